"""A long Chinese sentence laid out in lines: what leads it in, then one thing a line.

The words stay those of the verified sentence; only where it ends in a conclusion, or begins with what it
counts up, is that said first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.plain.clauses import LONG, split_outside
from assistant.plain.dependence import says_something
from ingest.folding import chinese_share

LONGEST = 35
"""Characters of a sentence that a patient can still take in one piece."""

Lines = tuple[str, tuple[str, ...]]
"""A lead-in without its colon, and its items; no items: the sentence stays as it is."""

_FEWEST, _FEW = 4, 3  # items from which an enumeration is easier to read as lines; of a longer sentence
_LEAST = 4  # characters of a clause
_LED = re.compile(r"^([^（(]{2,40}?(?:包括|有|依次[为是]))：?([^，。；]+)$")
# Long names are parted by commas too.
_LED_LONG = re.compile(r"^([^（(，]{2,20}包括)([^。；：]+)$")
_JOINED = re.compile(r"以?及|和|或|并|其")
# "needs four kinds of test: A, B, C and D"
_NUMBERED = re.compile(
    r"^([^：，]{4,40}?([两二三四五六七八九])(?:[个种项组类点]|方面)[^：，]{0,6})：([^，。；：]+)$"
)
_NUMBERS = {numeral: i for i, numeral in enumerate("二三四五六七八九", 2)} | {"两": 2}
_COUNTED = re.compile(r"^([^，]+)(?:是|为)(最?常[见出][^，。、]{0,8})$")
_AND = re.compile(r"以及|和(?!/)")
_EXAMPLE = re.compile(r"(?:组合)?(?:例|比)?如")
_CONCLUSION = re.compile(r"(?:则|都|均|就)?(?:应|需|须|要|可(?!能)|建议)")
# A clause under which others stand: a condition, a group, a report; and one that belongs to the one before it
# or to the one behind it.
_LEADS = re.compile(r"(?:患者|病人|者|时|后|中|情况下|相比|显示|表明|发现|认为|提示|估计)$|^(?:如果|若|一旦)")
_BELONGS = re.compile(
    r"以(?!上|下)|即|约(?!有)|其(?!他|余)|特别是|尤其|包括|例如|比如|或|因为|由于|从而|且|前提|作为|直到"
    r"|并(?!发)|也"
)
_AWAITS = re.compile(r"即使|虽然|尽管|如果|若|由于|因为|不仅|只要|除非|[无不]论|其中|.*的(?:患者|病人)")
_FIGURE = re.compile(r"\d|更[长短高低差好多少]|[不没无]|先|每")
_WHO = re.compile(r"(?:患者|病人)$")
_ABOVE_ALL = re.compile(r"特别是|尤其是")
_WAY = re.compile(r"^是(.{2,}的(?:重要)?(?:方法|办法|措施|手段))$")
# What says more under the same heading, without being the next step.
_ADDS = re.compile(r"有时|另外|必要时|需要时")
_TOPIC = re.compile(r"^([^，。：]{2,12})：(?=.)")


def as_lines(sentence: str) -> Lines:
    """A long sentence as lines, in the first of several ways that fits it.

    >>> as_lines("不利的迹象包括分期较高、白蛋白较低、LDH升高以及肾功能衰竭。")
    ('不利的迹象包括', ('分期较高', '白蛋白较低', 'LDH升高', '肾功能衰竭'))
    """
    body = sentence.rstrip("。")
    if len(sentence) <= LONG or chinese_share(body) < 0.4:
        return sentence, ()
    long = (_counted, _alternatives, _for_whom, _by_what, _under) if len(sentence) > LONGEST else ()
    for way in (_enumerated, *long):
        lead, items = way(body)
        if items:
            return lead, items
    topic = _TOPIC.match(body) if len(sentence) > LONGEST else None
    return (topic.group(1), (body[topic.end() :],)) if topic else (sentence, ())


def cells_as_lines(row: str, kind: str) -> Lines:
    """A table row of a label and three or more findings, in the same way; other passages have no items."""
    label, colon, rest = row.partition("：")
    items = tuple(part.rstrip("；") for part in split_outside(rest, "；"))
    return (label, items) if kind == "row" and colon and len(items) > 2 else (row, ())


def _enumerated(body: str) -> Lines:
    """ "… include A, B, C and D"."""
    if numbered := _NUMBERED.match(body):
        items = _things(numbered.group(3))
        whole = len(items) == _NUMBERS[numbered.group(2)] and len(items) >= _FEW and _are_things(items)
        return (numbered.group(1), items) if whole else (body, ())
    led = _LED.match(body)
    if not led:
        return _enumerated_at_commas(body)
    items = _things(led.group(2))
    few = _FEW if len(body) > LONGEST and led.group(1).endswith("包括") else _FEWEST
    return (led.group(1), items) if len(items) >= few and _are_things(items) else (body, ())


def _enumerated_at_commas(body: str) -> Lines:
    """ "… include A, B of the C, D", none of which says anything by itself."""
    led = _LED_LONG.match(body) if len(body) > LONGEST else None
    if not led:
        return body, ()
    items = tuple(item.rstrip("、，") for item in split_outside(led.group(2), "、，"))
    if len(items) < _FEWEST or not _are_things(items):
        return body, ()
    spoken = any(says_something(i) or _JOINED.match(i) or _BELONGS.match(i) for i in items)
    return (body, ()) if spoken else (led.group(1), items)


def _counted(body: str) -> Lines:
    """ "A, B and C are the most common signs"."""
    counted = _COUNTED.match(body)
    if not counted:
        return body, ()
    items, said = _things(counted.group(1)), counted.group(2)
    lead = f"{said if said.endswith('常见的') else said.removesuffix('的')}是"
    return (lead, items) if len(items) >= _FEW and _are_things(items) else (body, ())


def _things(text: str) -> tuple[str, ...]:
    items = [item.rstrip("、") for item in split_outside(text, "、")]
    found = _AND.search(items[-1])
    if len(items) > 1 and found and not any(items[-1][: found.start()].count(c) for c in "（("):
        items = [*items[:-1], items[-1][: found.start()], items[-1][found.end() :]]
    return tuple(filter(None, items))


def _are_things(items: Sequence[str]) -> bool:
    """Whether items stand beside each other: none is a letter, none begins a list of examples."""
    return all(len(item) >= 2 and chinese_share(item) for item in items) and not any(
        map(_EXAMPLE.search, items)
    )


def _alternatives(body: str) -> Lines:
    """ "A, or B, or C: then D" as "with any of these D", and A, B, C."""
    topic, clauses = _clauses(body)
    *before, last = clauses
    if sum(clause.startswith("或") for clause in before) < 2 or not _CONCLUSION.match(last):
        return body, ()
    if any(map(_CONCLUSION.match, before)):
        return body, ()
    items: list[str] = []
    for clause in before:
        if clause.startswith("或") or not items:
            items.append(clause)
        else:
            items[-1] += f"，{clause}"
    return f"{topic}有下面任何一种情况，{last}", tuple(item.removeprefix("或") for item in items)


def _for_whom(body: str) -> Lines:
    """ "A, above all B, should have C" as "These should have C", and A and B."""
    topic, clauses = _clauses(body)
    if len(clauses) != 3 or not _CONCLUSION.match(clauses[2]):
        return body, ()
    first, second, last = clauses
    if not (_WHO.search(first) and _WHO.search(second) and _ABOVE_ALL.match(second)):
        return body, ()
    return f"{topic}下面的患者{last}", (first, second)


def _by_what(body: str) -> Lines:
    """ "Doing A, doing B is a way to C" as "A way to C is", and A and B."""
    topic, clauses = _clauses(body)
    way = _WAY.match(clauses[-1])
    if not way or len(clauses) < 3 or not all(_LEAST <= len(c) <= LONGEST for c in clauses[:-1]):
        return body, ()
    if any(_LEADS.search(c) or _BELONGS.match(c) or _AWAITS.match(c) for c in clauses[:-1]):
        return body, ()
    return f"{topic}{way.group(1)}是", tuple(clauses[:-1])


def _under(body: str) -> Lines:
    """What holds under one condition, or is said under one heading, clause by clause."""
    topic, clauses = _clauses(body)
    led = 0
    while led < len(clauses) and _LEADS.search(clauses[led]):
        led += 1
    items: list[str] = []
    for clause in clauses[led:]:
        if items and (_BELONGS.match(clause) or _AWAITS.match(items[-1].rpartition("，")[2])):
            items[-1] += f"，{clause}"
        else:
            items.append(clause)
    fewest = 2 if led or _ADDS.match(items[-1]) else 3
    if len(items) < fewest or not (led or topic) or _BELONGS.match(items[0]):
        return body, ()
    if any(len(item) < _LEAST or _LEADS.search(item) or _AWAITS.match(item) for item in items):
        return body, ()
    if not all(says_something(item) or _FIGURE.search(item) for item in items):
        return body, ()
    return f"{topic}{'，'.join(clauses[:led])}".rstrip("："), tuple(items)


def _clauses(body: str) -> tuple[str, list[str]]:
    """The run-in heading of a sentence with its colon, or "", and its clauses."""
    topic = _TOPIC.match(body)
    rest = body[topic.end() :] if topic else body
    return topic.group() if topic else "", [c.rstrip("，,") for c in split_outside(rest, "，,")]
