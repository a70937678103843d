"""Claims are judged as they come, each against the passages of its markers, and go into the draft."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from assistant.language_model.checking import Checked, check
from assistant.language_model.claims import Claim
from assistant.language_model.draft import Draft
from assistant.language_model.exchange import ModelFailed
from assistant.language_model.passages import Passages
from assistant.types import Language

_MOST = 80  # sentences of an answer; one that goes on has lost its way


@dataclass(frozen=True, slots=True)
class Judge:
    """``free``: a sentence that stands may be far from the wording of its passages."""

    draft: Draft
    passages: Passages
    language: Language
    free: bool

    def take(self, claims: Sequence[Claim]) -> Generator[str, None, None]:
        """Judge claims as they come; yields what stands. A claim without a marker waits for the next one
        of its block.

        Raises:
            ModelFailed: there are too many.
        """
        draft = self.draft
        for claim in claims:
            if claim.order >= _MOST:
                raise ModelFailed("too long", f"more than {_MOST} sentences")
            draft.latest = claim
            if claim.lead + claim.text in draft.texts:
                continue
            draft.texts.add(claim.lead + claim.text)
            if draft.waiting and draft.waiting[0].block != claim.block:
                self.settle()
            if not claim.markers:
                draft.waiting.append(claim)
                continue
            for waiting in (*draft.waiting, claim):
                self._judge(waiting, claim.markers)
            draft.waiting.clear()
            draft.last = (claim.block, claim.markers)
            yield from draft.unsent()

    def settle(self) -> None:
        """Claims that no marker followed lean on the one before them in their block, if any."""
        block, markers = self.draft.last
        for claim in self.draft.waiting:
            self._judge(claim, markers if block == claim.block else ())
        self.draft.waiting.clear()

    def check(self, claim: Claim, markers: Sequence[int]) -> Checked:
        """The verdict on one claim; the draft stays as it is."""
        draft = self.draft
        return check(claim, markers, self.passages, self.language, draft.results, draft.personal, self.free)

    def _judge(self, claim: Claim, markers: Sequence[int]) -> None:
        self.draft.judged(claim, markers, self.check(claim, markers))
