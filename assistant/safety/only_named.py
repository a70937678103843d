"""Signs that are named and told of nobody: their prevention, or why the disease brings them so often."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.safety.types import Hit, SignHit


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
    """Whether a sentence with these words asks why the disease brings something again and again."""
    families = {hit.family for hit in hits}
    return {"why", "habit"} <= families
