"""Signs that are named and told of nobody: their prevention, or why the disease brings them so often."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.safety.types import Hit, SignHit

_TREATED = frozenset({"treatment", "t_cell", "just_given", "neutropenia"})
# Signs that may last for years without a change; how long is said right behind them.
LASTING = frozenset({"leg_numb", "foot_numb", "limb_numb", "vision"})
_FOR_YEARS = re.compile(
    r"(?: in [a-z' ]{2,20})?\s?(?:for|about|over)(?: \w+){0,3} years?\b"
    r"|(?:已经|都|有)?(?:[一两二三四五六七八九十几多\d]+年|半年)多?了?"
)


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


def former(sign: SignHit, hits: Sequence[Hit], text: str) -> bool:
    """Whether it is named as a thing of the past: "prior pulmonary embolism", "陈旧性骨折"."""
    return any(
        h.family == "former" and h.end <= sign.start and not text[h.end : sign.start].strip(" 性的")
        for h in hits
    )


def unchanged(sign: SignHit, hits: Sequence[Hit], text: str) -> bool:
    """Whether a sign that may last is told to have lasted for years, and not to grow worse."""
    if sign.sign not in LASTING or any(h.family in ("spreading", "onset", "again") for h in hits):
        return False
    lasted = _FOR_YEARS.match(text, sign.end)
    return lasted is not None and not any(
        h.family == "recent" and h.start >= lasted.end() and text[h.start : h.end] != "since" for h in hits
    )


def asks_why_often(hits: Sequence[Hit]) -> bool:
    """Whether a sentence with these words asks why the disease brings something again and again.

    Of no patient: who speaks of a treatment that was given has one in mind.
    """
    families = {hit.family for hit in hits}
    general = bool(families & {"of_disease", "generic"}) and not families & _TREATED
    return general and {"why", "habit"} <= families
