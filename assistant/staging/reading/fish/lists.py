"""Lists of lesions in a FISH report: those that explain a verdict, and those without a probe."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.staging.fish import HIGH_RISK
from assistant.staging.reading.fish.tokens import Token
from assistant.staging.reading.lexicon import lexicon

_JOINT = re.compile(r"[\s、,¦/&+和及与或]*(?:(?:and|or|以及|还有)\s?)?")
_HAVING = re.compile(r"(?:没有?|无|缺|no|without|lacks?|absent|none|missing)")


def explained(text: str, stream: list[Token], at: int) -> dict[int, bool]:
    """The bare list that explains a verdict on the panel: "未见高危异常（17p-、t(4;14)）".

    By the start of each lesion: whether the verdict excludes it. A list with any further word is none: the
    word may be a verdict on some of them. "无高危异常（1q21+）" does not say whether it was found.
    """
    listed = _listed(stream, at + 1)
    if not listed or not lexicon().report["lead"].fullmatch(text[stream[at].end : listed[0].start]):
        return {}
    for one, other in pairwise(listed):
        if not _JOINT.fullmatch(text[one.end : other.start]):
            return {}
    behind = re.match(r"\s?(?:\)|\]|[;。.!?,¦]|$)", text[listed[-1].end :])
    if behind is None:
        return {}
    lesions = [t.name.what for t in listed if t.name is not None]
    of_risk = stream[at].kind in ("no_high_risk", "standard")
    known = not of_risk or len(set(lesions) & set(HIGH_RISK)) > 1 or set(lesions) <= set(HIGH_RISK)
    return {t.start: known for t in listed}


def without_probe(text: str, stream: list[Token], at: int) -> set[int]:
    """The lesions behind a negation that is about their probes: "没有1q探针", "no t(14;16) or 1q probe"."""
    listed = _listed(stream, at + 1)
    if not listed or not _HAVING.fullmatch(text[stream[at].start : stream[at].end].strip()):
        return set()
    return {t.start for t in listed} if lexicon().report["its_probe"].match(text, listed[-1].end) else set()


def lacks_probe(text: str, stream: list[Token], at: int) -> bool:
    """Whether a negation is about the probe before it: "1q探针没有"."""
    token, before = stream[at], [t for t in stream[:at] if t.kind == "lesion"]
    if not before or not _HAVING.fullmatch(text[token.start : token.end].strip()):
        return False
    gap = text[before[-1].end : token.start]
    return len(gap) < 16 and lexicon().report["its_probe"].match(gap) is not None


def _listed(stream: list[Token], first: int) -> list[Token]:
    """The lesions from a token on, as far as nothing but separators and brackets stands between them."""
    listed: list[Token] = []
    for token in stream[first:]:
        if token.kind == "lesion":
            listed.append(token)
        elif token.kind not in ("comma", "list", "open", "request", "all", "fish") or (
            token.kind in ("request", "all", "fish") and listed
        ):
            break
    return listed
