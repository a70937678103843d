"""Who tells a message: a patient or relative, or those who treat somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.safety.measures import vignettes
from assistant.safety.types import Hit, Speaker

_WORDS = frozenset({"self", "kin"})
_OWN = re.compile(r"我|俺|咱|本人|\b(?:my|our)\b")
_ENOUGH = 2  # of what charts have and people at home hardly write
# What is said at home, and words of the ward that are said there too ("下床").
_AT_HOME = re.compile(
    r"家里|在家|报告上|复诊|挂号|挂了号|预约|专家号"
    r"|\b(?:at home|my appointment|ok to wait|asking for a friend)\b"
)
_ANYWHERE = frozenset({"床", "夜班"})
# How charts write what they measure, and what only they say.
_CHARTED = re.compile(
    r"(?<![a-z])(?:mm|pt|rx|hx|nkda|ecog|gcs|ice|crrt|anc|plts?|hb|scr|egfr|spo2|sats|bp|hr|rr|d\+\d+|ctcae|ivig|vgpr)(?![a-z])"
    r"|ig[gadm]|t:?\s?\d\d\.\d\s?℃|[kt]\+?\s?[67]\.\d|10\^9|[μu]mol|mmol|g/l|校正钙|血清粘度|血清黏度|肌力[0-5一二三四]|查体|眼底见"
    r"|静脉腊肠|心电图t|qrs|维持血压|诉|予|拟|首剂|第\d+次递增|是否妥当|新诊断|回输后"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """How one message is told.

    ``own``: of one's own family ("my dad"); ``home``: of a relative; ``pronoun``: with a word that anybody
    uses ("he", "our"); ``ward``: as on a ward; ``treats``: by somebody who says that they treat the patient.
    """

    own: bool
    home: bool
    pronoun: bool
    ward: bool
    treats: bool


def telling_of(text: str, hits: Sequence[Hit]) -> Telling:
    """How a normalised text with these words is told."""
    families = {h.family for h in hits}
    pronouns = {h.start for h in hits if h.family == "pronoun"}
    kin = [h for h in hits if h.family in _WORDS and h.start not in pronouns]
    own = any(_OWN.search(text, max(0, h.start - 4), h.end) for h in kin)
    charted = {m.group() for m in _CHARTED.finditer(text)}
    formal = {text[h.start : h.end] for h in hits if h.formal}
    signs = len(charted | formal) + any(True for _ in vignettes(text))
    cases = {text[h.start : h.end] for h in hits if h.family in ("case", "generic")}
    ward = (bool(cases - _ANYWHERE) or signs >= _ENOUGH) and not _AT_HOME.search(text)
    return Telling(own, bool(kin), bool(pronouns), ward, "treats" in families)


def speaker_of(told: Iterable[Telling]) -> Speaker:
    """Who tells a conversation: "clinician" where nobody speaks of a relative, and it is told as on a ward.

    A pronoun or the patient's relative is no relative of somebody who says that they treat the patient.
    """
    readings = [*told]
    if any(r.own for r in readings):
        return "lay"
    if any(r.treats for r in readings):
        return "clinician"
    if any(r.home for r in readings):
        return "lay"
    ward = any(r.ward for r in readings) and not any(r.pronoun for r in readings)
    return "clinician" if ward else "lay"
