"""A text as a frame: its clauses, and the atoms of meaning that stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.verification.atoms import Atom, AtomKind, Clause, Frame
from assistant.verification.lexicon import default_lexicon
from assistant.verification.normal import chinese, normal
from assistant.verification.quantities import quantities
from assistant.verification.scope import negate
from assistant.verification.stages import SYSTEMS, stages
from assistant.verification.vocabulary import clinical
from assistant.verification.words import bare_signs, content, latin_codes

# "but" and its like open a clause of their own without a comma.
_CLAUSE = re.compile(
    r"[。!?|]|(?<!\d),|,(?!\s*\d)|;(?!\d{1,2}\))|(?<!\d)\.(?=\s|$)|\.(?=\s+[A-Z])"
    r"|(?:但是?|然而|而(?![且非言]))|\b(?:but|whereas|while|because|although)\b"
)
_SENTENCE_END = frozenset("。!?.;")


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    concept: str = ""
    values: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def frame(text: str) -> Frame:
    """Take ``text`` apart."""
    base = normal(text)
    lower = base.lower()
    clauses = _clauses(base)
    spans = _spans(base, lower)
    masked = bytearray(len(lower))
    for span in spans:
        if span.concept:
            masked[span.start : span.end] = b"\1" * (span.end - span.start)
    words = [s for s in spans if not s.concept]
    codes = [
        c for c in latin_codes(base, masked) if not any(s.start <= c[0] and c[1] <= s.end for s in words)
    ]
    for start, end, _ in codes:
        masked[start:end] = b"\1" * (end - start)
    systems = [(s.start, s.end, s.concept) for s in spans if s.concept in SYSTEMS]
    found = list(stages(lower, systems))
    for stage in found:
        masked[stage.start : stage.end] = b"\1" * (stage.end - stage.start)
    amounts = quantities(lower, masked)
    taken = bytearray(len(lower))
    for start, end in [(q.start, q.end) for q in amounts] + [(s.start, s.end) for s in found]:
        taken[start:end] = b"\1" * (end - start)

    place = _Placer(clauses)
    atoms = [Atom("stage", s.name, s.start, s.end, *place(s.start), category=s.system) for s in found]
    atoms += [Atom("quantity", "", q.start, q.end, *place(q.start), quantity=q) for q in amounts]
    atoms += [Atom("code", key, start, end, *place(start)) for start, end, key in codes]
    atoms += [Atom("code", key, start, end, *place(start)) for start, end, key in bare_signs(lower, taken)]
    for span in spans:
        if span.concept:
            atom = Atom("concept", span.concept, span.start, span.end, *place(span.start), span.values)
            atoms.append(replace(atom, category=clinical().concepts[span.concept].category))
        elif not any(taken[span.start : span.end]):
            atoms.append(_lexical(span, place))
    atoms.sort(key=lambda a: (a.start, a.end))
    atoms = negate(atoms, lower)
    by_kind: dict[AtomKind, tuple[Atom, ...]] = {}
    for atom in atoms:
        by_kind[atom.kind] = (*by_kind.get(atom.kind, ()), atom)
    return Frame(
        base,
        lower,
        chinese(base),
        clauses,
        tuple(atoms),
        content(lower),
        frozenset(a.key for a in atoms if a.kind == "concept"),
        frozenset(v for a in atoms for v in a.values),
        by_kind,
    )


class _Placer:
    """Finds the clause and sentence of a position."""

    def __init__(self, clauses: tuple[Clause, ...]) -> None:
        self._clauses = clauses

    def __call__(self, position: int) -> tuple[int, int]:
        for index, clause in enumerate(self._clauses):
            if position < clause.end:
                return index, clause.sentence
        return len(self._clauses) - 1, self._clauses[-1].sentence


def _clauses(base: str) -> tuple[Clause, ...]:
    found: list[Clause] = []
    start = sentence = 0
    for match in _CLAUSE.finditer(base):
        word = match.group()[0].isalpha()
        end = match.start() if word else match.end()
        if base[start:end].strip(" ,;。.|"):
            found.append(Clause(start, end, sentence))
            start = end
        if match.group() in _SENTENCE_END:
            sentence += 1
    found.append(Clause(start, len(base) + 1, sentence))
    return tuple(found)


def _spans(base: str, lower: str) -> list[_Span]:
    """Concepts and words of the lexicon, leftmost and longest; a word of the lexicon wins a tie."""
    spans = [_named(start, end, values) for start, end, values in default_lexicon().find(lower)]
    # "stage" and 分期 are lay words for every staging system, so they name none.
    spans += [
        _Span(m.start, m.end, m.concept, _LAY if m.lay else frozenset())
        for m in clinical().mentions(base)
        if not (m.lay and clinical().concepts[m.concept].category == "staging")
    ]
    spans.sort(key=lambda s: (s.start, -s.end, _rank(s)))
    chosen: list[_Span] = []
    edge = 0
    for span in spans:
        if span.start < edge:
            # A longer name that begins inside a shorter word takes its place: 高 + 高钙血症.
            longer = span.end > edge and span.end - span.start > 2
            if longer and span.concept and not chosen[-1].concept and span.start > chosen[-1].start:
                last = chosen.pop()
                kept = [s for s in spans if s.start == last.start and s.end <= span.start and not s.concept]
                chosen += kept[:1]
            else:
                continue
        chosen.append(span)
        edge = span.end
    return chosen


# Lay words are put together freely (血钙高), so a name in lay words is read more loosely.
_LAY = frozenset({"term:lay"})


def _named(start: int, end: int, values: frozenset[str]) -> _Span:
    concept = next((v.removeprefix("concept:") for v in values if v.startswith("concept:")), "")
    return _Span(start, end, concept, values - {f"concept:{concept}"})


def _rank(span: _Span) -> int:
    """Order of two readings of the same characters: a marker, then a name, then a plain word."""
    if span.concept:
        return 1
    plain = all(v.startswith(("term:", "plain:")) for v in span.values)
    return 2 if plain else 0


def _lexical(span: _Span, place: _Placer) -> Atom:
    values = span.values
    if negator := next((v for v in values if v.startswith("neg:")), ""):
        return Atom("negation", negator.removeprefix("neg:"), span.start, span.end, *place(span.start))
    strict = any(not v.startswith(("term:", "plain:", "word:")) for v in values)
    return Atom(
        "marker" if strict else "term",
        "",
        span.start,
        span.end,
        *place(span.start),
        frozenset(v for v in values if not v.startswith(("plain:", "word:"))),
    )
