"""The order of steps: what comes first, in 先A再B, A之后B, "A is followed by B", "B after A"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.verification.atoms import Frame
from assistant.verification.markers import weight
from assistant.verification.negation import items

Side = Literal["left", "right"]

# Joints, and the side of each on which the earlier step stands. 后 and 前 as parts of other words
# (预后, 前列腺) say nothing of an order, and 再 alone means "again".
_ZH: tuple[tuple[re.Pattern[str], Side], ...] = (
    (re.compile(r"(?:之后|以后|(?<![预最前然随先背落滞今其而此])后(?![者续果期代背遗天来]))"), "left"),
    (re.compile(r"(?:之前|以前|(?<![目以先当眼此提日])前(?![列提者期体瞻驱述后臂景往]))"), "right"),
    (re.compile(r"再(?!次|发|生|入|现|障)|然后|而后|随后|继而|接着|序贯|→"), "left"),
)
_EN: tuple[tuple[re.Pattern[str], Side], ...] = (
    (
        re.compile(
            r"\b(?:follows|followed(?! (?:by|up))|after|following|preceded by|subsequent to)\b", re.ASCII
        ),
        "right",
    ),
    (re.compile(r"\b(?:before|prior to|precedes?|followed by|then)\b|→", re.ASCII), "left"),
)
# Cause and effect are told in the same ways: the earlier is the cause.
_CAUSES_ZH: tuple[tuple[re.Pattern[str], Side], ...] = (
    (re.compile(r"(?<![由因])(?:可能|可|会|能|常)*(?:引起|导致|造成|诱发|引发)(?!的)"), "left"),
    (re.compile(r"(?:变|转变|演变|发展|进展|转化|转)(?:成|为)"), "left"),
    (re.compile(r"由(?=[^,。;]{2,24}?(?:(?:发展|演变|转变|进展)而来|引起|导致|所致|造成))"), "right"),
    (re.compile(r"(?<![致即促])使(?![用得])|致使|促使"), "left"),
    (re.compile(r"是?因为|(?<!是)由于"), "right"),
    (re.compile(r"以便|从而|,以(?=[降减避防改提促缓控])"), "left"),
)
_CAUSES_EN: tuple[tuple[re.Pattern[str], Side], ...] = (
    (
        re.compile(
            r"\b(?:causes?|leads? to|results? in|(?:progress|evolve|develop|turn)(?:s|es|ed)? (?:in)?to)\b",
            re.ASCII,
        ),
        "left",
    ),
    (re.compile(r"\b(?:caused by|due to|because of|results? from|resulting from)\b", re.ASCII), "right"),
)
_DONE, _BY = ("引起", "导致", "造成"), re.compile(r"由(?!于)|因(?!此)")
_OPENING_EN = re.compile(r"after|following|before|prior to|because of|due to")
_OPENING_ZH = re.compile(r"因为|由于")
# What stands before a joint and only points at the clause before: 这通常是由于, "which may lead to".
_POINTING = re.compile(
    r"\s*(?:(?:[这那此其它是就都也又并而且正多常可会能]|原因|通常|往往|主要|可能|进而|进一步|一般)*"
    r"|(?:(?:which|that|this|it|and|is|are|was|may|can|often|usually|mainly|then|thereby)\s*)*)"
)
_FIRST = re.compile(r"(?<![首优])先(?![后天前进])|\bfirst\b", re.ASCII)
_NEXT = frozenset({"再", "然后", "随后", "继而", "接着", "then"})
_AT = re.compile(r"[在于](?=[^在于]{1,12}$)")
_STOP = re.compile(r"[,。;|!?]|\.(?=\s|$)")
_END = re.compile(r"[。;|!?]|\.(?=\s|$)")
_IN_NAME = re.compile(r"(?<=\d);(?=\d{1,2}\))")
# What says that there is an order is no part of a step.
# How sure, how often and how fast is told of either step.
_MANNER = ("modality:", "advise:", "freq:", "speed:", "term:cause", "word:所致", "word:引起", "word:导致")
_JOINTS = ("time:", "term:after", "term:before", "term:firstly", "nth:", "word:之后", "word:之前")


@dataclass(frozen=True, slots=True)
class Order:
    """Names of what is in the earlier step and not in the later one, and the other way round."""

    first: frozenset[str]
    then: frozenset[str]
    written: str


@lru_cache(maxsize=4096)
def _orders(read: Frame) -> tuple[Order, ...]:
    return tuple(_found(read, _ZH if read.chinese else _EN))


@lru_cache(maxsize=4096)
def _causes(read: Frame) -> tuple[Order, ...]:
    return tuple(_found(read, _CAUSES_ZH if read.chinese else _CAUSES_EN))


def _found(read: Frame, joints: tuple[tuple[re.Pattern[str], Side], ...]) -> Iterator[Order]:
    lower = _IN_NAME.sub("~", read.lower)
    for pattern, side in joints:
        for joint in pattern.finditer(lower):
            if joint.group().endswith(_DONE) and _BY.search(lower, *_before(lower, joint.start())):
                continue  # 由A引起 is read from 由 on
            left, right, rest = _segments(lower, joint, read.chinese)
            if left is None or right is None:
                continue
            one, other = _names(read, *left), _names(read, *right)
            if rest:
                other |= _names(read, *rest) - one
            first, then = (one, other) if (side == "left") else (other, one)
            if first - then and then - first:
                start, end = min(left[0], right[0]), max(left[1], right[1])
                yield Order(first - then, then - first, read.text[start:end].strip(" ,;。."))


Span = tuple[int, int]


def _segments(
    lower: str, joint: re.Match[str], chinese: bool
) -> tuple[Span | None, Span | None, Span | None]:
    """What stands left and right of a joint up to the next stops, and what belongs to the right as well."""
    left, right = _before(lower, joint.start()), _after(lower, joint.end())
    opens = not lower[left[0] : left[1]].strip()
    begins = _OPENING_ZH if chinese else _OPENING_EN
    if opens and begins.fullmatch(joint.group()) and not (chinese and lower[: left[0]].endswith(",")):
        behind = _after(lower, right[1] + 1)
        return behind, right, None
    if joint.group() in _NEXT:
        # From "first" on, or up to it: "first A, then B", "A first, then B".
        begun = [m for m in _FIRST.finditer(lower, _last_end(lower, joint.start()), joint.start())]
        if begun:
            said = lower[begun[-1].end() : joint.start()].strip(" ,;")
            said_after = (begun[-1].end(), joint.start())
            return said_after if said else _before(lower, begun[-1].start()), right, None
        if joint.group() == "再":
            return None, None, None
    if _POINTING.fullmatch(lower, *left):
        left = _before(lower, max(left[0] - 1, 0))
    if not lower[right[0] : right[1]].strip() and not _END.match(lower, right[1]):
        right = _after(lower, right[1] + 1)
    if chinese and (at := _AT.search(lower, *left)):
        # 应在A后B, B应在A后: what stands before 在 goes with B.
        return (at.end(), left[1]), right, (left[0], at.start())
    return left, right, None


def _before(lower: str, end: int) -> Span:
    return max((m.end() for m in _STOP.finditer(lower, 0, end)), default=0), end


def _after(lower: str, start: int) -> Span:
    match = _STOP.search(lower, min(start, len(lower)))
    return min(start, len(lower)), match.start() if match else len(lower)


def _last_end(lower: str, end: int) -> int:
    return max((m.end() for m in _END.finditer(lower, 0, end)), default=0)


def _names(read: Frame, start: int, end: int) -> frozenset[str]:
    return frozenset(name for name, _ in items(read, start, end) if not name.startswith(_JOINTS))


def reversed_order(sentence: Frame, spans: tuple[Frame, ...]) -> str:
    """The steps that the sentence puts the other way round than the evidence, as written, or ""."""
    for read in (_orders, _causes):
        known = [o for span in spans for o in read(span)]
        for order in read(sentence):
            straight, crossed = _likeness(order, known)
            if crossed > straight or (read is _causes and not straight and _begins_at_end(order, known)):
                return order.written
    return ""


def retold_order(sentence: Frame, spans: tuple[Frame, ...]) -> frozenset[str]:
    """The markers of time that the sentence may choose freely, because its order is the evidence's.

    先A再B may be told as "A之后B", "A before B" as "B after A".
    """
    known = [o for span in spans for o in _orders(span)]
    ours = _orders(sentence)
    retold = bool(ours) and all(
        any(order.first & k.first and order.then & k.then for k in known) for order in ours
    )
    return frozenset({"time:before", "time:after"}) if retold else frozenset()


def _likeness(order: Order, known: list[Order]) -> tuple[float, float]:
    """How much an order shares with the nearest of others: the same way, and the other way round."""
    straight = crossed = 0.0
    for other in known:
        straight = max(straight, _shared(order.first, other.first) + _shared(order.then, other.then))
        if order.first & other.then and order.then & other.first:
            crossed = max(crossed, _shared(order.first, other.then) + _shared(order.then, other.first))
    return straight, crossed


def _begins_at_end(order: Order, known: list[Order]) -> bool:
    """Whether a named thing is the cause here and only an effect there."""
    named = {name for name in order.first if name.startswith("concept:")}
    return any(named & other.then and not named & other.first for other in known)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return sum(weight(name) for name in one & other if not name.startswith(_MANNER))
