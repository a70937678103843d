"""Questions that name a sign: what somebody's sign may be, or whether a treatment would bring one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.safety.normal import Sentence
from assistant.safety.types import Hit, SignHit

_CAUSES = frozenset(
    {"treatment", "t_cell", "just_given", "neutropenia", "medicine", "of_disease", "generic"}
    | {"calcium_high", "platelet_low"}
)
"""What a question may suppose to bring a sign: a treatment, the disease, a value."""
_ANCHORS = frozenset({"recent", "onset", "temp_high", "temp_low"})
_YES_OR_NO = re.compile(r"[^,;。!]{0,10}(?:吗|么|嘛|[?])\W*$")
# "Will chemo …", "Can you die from …": no word of a patient may stand before the sign.
_INVERTED = re.compile(
    r"\W*(?:(?:and|so|but|also|hi|hello|then|is it true that)\W+)*(?:will|would|can|could|do|does)\b"
)
_ANYBODY = re.compile(r"\s+(?:you|one|people) (?:die|get|have|lose|go|become|bleed|break|need)\b")
# "Will Zometa make me feverish": nobody is yet.
_TO_COME = re.compile(
    r"\W*(?:will|would)\b[^,.;?!]{0,40}\b(?:make|give|cause|leave) (?:me|him|her|us|my \w+)\b"
)
_GOING_ON = re.compile(r"\b(?:be|been) \w+ing\b|\bhave (?:been|caused|made|given)\b")
# "Could my swollen leg be a clot": the leg is swollen; "could my legs go numb": they are not.
_OWNED = re.compile(
    r"\b(?:my|his|her|the|this|these|that)(?: (?!cause|of|for|from|with|after|during)[a-z]+){0,4} $"
)
_IS_WHAT = re.compile(
    r"[^,.;?!]{0,40}\b(?:be|come|mean|have (?:to do|anything))\b"
    r"(?! (?:prevent|avoid|treat|manag|control|reduc|cured))"
)
# A question on the sign as such: what kind of thing it is, or what a word means.
_IS_A_KIND = re.compile(
    r"[^,。;?!]{0,4}(?:是不是|是|算不算|算是|算|属于)[^,。;?!]{0,12}(?:症状|表现|副作用|副反应|不良反应|并发症|后遗症|征兆|信号)"
    r"[^,。;!]{0,3}(?:吗|么|嘛|[?]|$)|的意思"
)
_ASKS_KIND = re.compile(r"\W*(?:is|are|can)\b[^,.;?!]{0,24}$")
_KIND = re.compile(
    r"[^,.;?!]{0,24}\b(?:symptoms?|signs?|side[- ]effects?|complications?|features?|presentations?)\b"
)
_HELPS = re.compile(r"\b(?:help|helps|work|works|good|useful|effective|ease|relieve)\b[^,.;?!]{0,30}$")
_HELPS_BEHIND = re.compile(r"[^,。;?!]{0,6}(?:有没有用|有用|有效|管用|有帮助|有好处)")
_BECOMING = re.compile(r"\b(?:go|become|get|turn|swell|start)\b")


def asks_what_it_is(sign: SignHit, text: str, clause: tuple[int, int]) -> bool:
    """Whether a question asks what somebody's sign may be: "could my swollen leg be a clot".

    >>> from assistant.safety.types import SignHit
    >>> text = "could my swollen leg be a clot?"
    >>> asks_what_it_is(SignHit("leg_swollen", 9, 17, 20, False), text, (0, len(text)))
    True
    """
    start, end = clause
    return bool(
        _OWNED.search(text, start, sign.start)
        and _IS_WHAT.match(text, sign.end, end)
        and not _BECOMING.search(text, sign.start, sign.end)
    )


def asks_of_the_sign(sign: SignHit, text: str, clause: tuple[int, int], lasting: bool) -> bool:
    """Whether a sentence without a person asks what kind of thing a sign is, or what eases a lasting one.

    >>> from assistant.safety.types import SignHit
    >>> text = "发烧是骨髓瘤的首发症状吗"
    >>> asks_of_the_sign(SignHit("fever", 0, 0, 2, False), text, (0, len(text)), False)
    True
    """
    start, end = clause
    if _IS_A_KIND.match(text, sign.end, end):
        return True
    if _ASKS_KIND.match(text, start, sign.start) and _KIND.match(text, sign.end, end):
        return True
    helped = _HELPS.search(text, start, sign.start) or _HELPS_BEHIND.match(text, sign.end, end)
    return lasting and helped is not None


def asks_whether_it_brings(
    sign: SignHit, sentence: Sentence, hits: Sequence[Hit], text: str, persons: Collection[str]
) -> bool:
    """Whether a question supposes that a treatment or the disease brings a sign: "打骨针会烂下巴吗".

    Not so where the clause says when it began; ``persons``: families of those who may have it.
    """
    start, end = sentence.clause_of(sign.start)
    if any(h.family in _ANCHORS and start <= h.start < end for h in hits):
        return False
    for hit in hits:
        if hit.family == "will" and start <= hit.start < sign.last and _YES_OR_NO.match(text, sign.end, end):
            return True
    inverted = _INVERTED.match(text, start)
    if not inverted or _GOING_ON.search(text, start, end):
        return False
    between = [h.family for h in hits if inverted.end() <= h.start < sign.start]
    if _TO_COME.match(text, start, sign.start):
        return True
    if any(family in persons for family in between):
        return False
    return bool(_ANYBODY.match(text, inverted.end())) or any(family in _CAUSES for family in between)
