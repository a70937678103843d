"""What the sources say to a message, and the question that they were asked."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversation import Standalone, about_last_topic, shown_before
from assistant.extractive import Extract, extract
from assistant.request import Request
from assistant.writer import Writing
from index import Index


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
    that goes on from what was said and is not wholly answered alone, the topic of the last turn.
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
    if meant.changed or found.answers_all:
        return found
    if about := about_last_topic(request.asked, request.state):
        again = extract(index, request.analysed(about), request.audience, earlier=request.told)
        other = Found(about, again)
        if other.answers_all or (other.answers and not found.answers):
            return other
    return found
