"""What the sources say to a message, and the question that they were asked."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.context import CONFIDENCE, TOGETHER, names_unknown, together
from assistant.conversation import Carried, Standalone, in_context, shown_before
from assistant.extractive import Extract, extract
from assistant.request import Request
from assistant.writer import Writing
from index import Index

# Rules that complete a turn, and may have completed it wrongly.
_COMPLETED = frozenset({"pointing", "instead", "gap", "aspect"})


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one wording of a message."""

    wording: Standalone
    extract: Extract

    @property
    def answers(self) -> bool:
        """Whether the sources answer it, at least in part."""
        return self.extract.sufficiency.verdict != "not_in_source"

    @property
    def answers_all(self) -> bool:
        """Whether they leave nothing open."""
        return self.extract.sufficiency.verdict == "answered"


def understood(index: Index, request: Request, writing: Writing | None) -> Found:
    """The message in the wording that the sources answer.

    A language model's wording comes first, where there is one; then that of the rules; then, for a turn
    that no rule could complete, the turn with an earlier topic, where the evidence is for that.
    """
    if writing:
        worded = writing.standalone(request.asked, request.earlier, request.state, request.meant)
        if worded and worded != request.meant.text:
            found = _found(index, request, Standalone(worded, True, "model"))
            if found.answers:
                return found
    return _found(index, request, request.meant)


def _found(index: Index, request: Request, meant: Standalone) -> Found:
    known = shown_before(index, request.state) if meant.how == "more" else frozenset()
    found = Found(meant, extract(index, request.analysed(meant), request.audience, known, request.told))
    # A wording that answers stands, and so do fixed forms: what else there is, why, a new topic.
    if meant.changed and (found.answers or meant.how not in _COMPLETED):
        return found
    for carried in in_context(request.asked, request.state):
        if carried.wording == meant or not _may_carry(index, request, found, carried):
            continue
        again = extract(index, request.analysed(carried.wording), request.audience, earlier=request.told)
        if again.sufficiency.verdict != "not_in_source" and again.sufficiency.confidence >= CONFIDENCE:
            return Found(carried.wording, again)
    return found


def _may_carry(index: Index, request: Request, found: Found, carried: Carried) -> bool:
    """Whether a turn may be about what was spoken of: answered alone, it is found together with it."""
    evidence = found.extract.evidence
    if found.answers_all:
        return carried.goes_on or together(index, evidence, carried.topic, request.language) >= TOGETHER
    # What no source speaks of is not found by naming an earlier topic beside it.
    return found.answers or not names_unknown(index, evidence.question)
