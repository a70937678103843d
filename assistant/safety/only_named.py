"""Signs that are named and told of nobody: their prevention, or why the disease brings them so often."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.safety.types import Hit, SignHit

_TREATED = frozenset({"treatment", "t_cell", "just_given", "neutropenia"})


def prevented(sign: SignHit, hits: Sequence[Hit], text: str) -> bool:
    """Whether only the prevention of a sign is named: "shingles prophylaxis", "预防带状疱疹"."""
    for hit in hits:
        behind = hit.family == "prevention" and hit.start >= sign.end
        if behind and not text[sign.end : hit.start].strip(" -的"):
            return True
        ahead = hit.family == "prevent" and hit.end <= sign.start
        if ahead and not text[hit.end : sign.start].strip():
            return True
    return False


def asks_why_often(hits: Sequence[Hit]) -> bool:
    """Whether a sentence with these words asks why the disease brings something again and again.

    Of no patient: who speaks of a treatment that was given has one in mind.
    """
    families = {hit.family for hit in hits}
    general = bool(families & {"of_disease", "generic"}) and not families & _TREATED
    return general and {"why", "habit"} <= families
