"""What the passages that a claim cites say of it: which of them support it, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language_model.closeness import likeness
from assistant.language_model.names import unknown_name
from assistant.language_model.passages import Numbered
from assistant.language_model.polarity import turned
from assistant.page import marks_of
from assistant.types import Language
from assistant.verification import Problem, Verdict, verify
from assistant.verification.frames import frame

_CLAUSE = re.compile(r"[，；。]|[,;](?=\s)|\.(?=\s|[A-Z])|\s(?:and|but)\s")
_MISSING = "(missing)"
NO_CONDITION = f"condition: {_MISSING}"


@dataclass(frozen=True, slots=True)
class Support:
    """``problem`` is "" when the claim stands; ``cited`` are then the passages that support it: those that
    do so alone, or all of them where it takes them together. ``lead``: its lead-in, where that stands too.
    """

    problem: str
    cited: tuple[Numbered, ...] = ()
    lead: str = ""


def supported(text: str, lead: str, cited: tuple[Numbered, ...], language: Language) -> Support:
    """Hold a claim, under its lead-in, against the passages that it cites."""
    if name := unknown_name(f"{lead} {text}", cited, language):
        return Support(f"name: {name}")
    wordings = [(f"{lead}：{text}", lead)] if lead else []
    # Without its lead-in an item has to be a sentence of its own.
    if not lead or text.endswith(("。", ".", "！", "!")):
        wordings.append((text, ""))
    first: Verdict | None = None
    for wording, kept in wordings:
        if copied := tuple(p for p in cited if _stands(wording, (p,)).verbatim):
            return Support("", copied, kept)
        alone = _alone(wording, cited)
        together = Verdict(True) if alone else _stands(wording, cited)
        if together.supported:
            together = _affirmed_elsewhere(wording, alone or cited)
        if together.supported and (clause := turned(wording, [p.said for p in alone or cited])):
            together = Verdict(False, (Problem("negation", clause, ""),))
        if together.supported:
            return Support("", alone or cited, kept)
        first = first or together
    assert first is not None
    problem = first.problems[0]
    detail = f"{problem.kind}: {problem.found or _MISSING}" + (
        f" (passage: {problem.expected})" if problem.expected else ""
    )
    return Support(detail)


def _alone(text: str, cited: Sequence[Numbered]) -> tuple[Numbered, ...]:
    """The passages that support a claim alone, unless one that does not is nearer to it."""
    near = {passage: likeness(text, passage.said) for passage in cited}
    alone = tuple(passage for passage in cited if _stands(text, (passage,)).supported)
    best = max((near[passage] for passage in alone), default=0.0)
    return () if any(near[p] > best for p in cited if p not in alone) else alone


def _affirmed_elsewhere(text: str, cited: Sequence[Numbered]) -> Verdict:
    """The verdict on a claim that denies something in one clause and may affirm the same in another.

    Each clause has to stand by itself, also with the subject of a clause that denies put before it.
    """
    if all(frame(passage.said).chinese != frame(text).chinese for passage in cited):
        return Verdict(True)  # between languages a clause alone has too few words that are known
    clauses = [part for part in _CLAUSE.split(text) if part.strip()]
    subjects = []
    for clause in clauses:
        read = frame(clause)
        subjects += [read.text[: read.of("negation")[0].start]] if read.of("negation") else []
    for clause in clauses if len(clauses) > 1 else ():
        wordings = (
            [clause] if frame(clause).of("negation") else [clause, *(f"{s} {clause}" for s in subjects)]
        )
        for wording in wordings:
            lost = tuple(p for p in _stands(wording, cited).problems if p.kind == "negation" and not p.found)
            if lost:
                return Verdict(False, lost)
    return Verdict(True)


def _stands(text: str, cited: Sequence[Numbered]) -> Verdict:
    context = "\n".join(dict.fromkeys(passage.context for passage in cited))
    marks = frozenset(mark for p in cited for mark in marks_of(p.source, p.passage))
    return verify(text, [p.said for p in cited], context, marks)
