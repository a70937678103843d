"""Conditions, and what they govern: a statement may not be quoted without its condition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from assistant.verification.atoms import Clause, Frame
from assistant.verification.negation import items
from assistant.verification.quantities import Quantity

_WHO = r"(?:患者|病人|人群|病例|者)"
_ZH = re.compile(
    r"(?:如果|倘若|假如|一旦|除非|只要|若|(?<![(、,:例])如(?=出现|果|有|伴|患者|发生|尿|肾|血))[^,。;|]+"
    r"|只有[^,。;|]+?(?=才)|[仅只](?:在|当|限于|能?用于|适用于|适合|对)[^,。;|]+?(?=才|时|,|。|;|\||$)"
    rf"|(?:对于|对|在|针对|当)[^,。;|]{{2,30}}?(?:{_WHO}(?:中|里)?|时|后|前|期间|过程中|[情状][况态]下|基础上)"
    r"|(?<![\u3400-\u9fff])[^,。;|]{2,48}?(?:[时后前]|期间|过程中|[情状][况态]下)(?=,)"
    rf"|用于[^,。;|]{{2,30}}?{_WHO}"
)
# Of whom: it may stand inside another condition, "X的患者发热时".
_ZH_WHO = re.compile(
    r"(?<![\u3400-\u9fff])(?!如果|若|当|在|一旦|除非|针对)[^,。;|对]{2,30}?(?:患者|病人|者)(?=[^。;|])"
)
_END = (
    r"(?=,|;|\.\s|\.$|。|$|\b(?:should|must|may|can|could|might|is|are|was|were|has|had|have|need|needs|require|requires"
    r"|receive|respond|responds|benefit|do|does|did|progress|the|but)\b)"
)
_EN = re.compile(
    r"\b(?:if|unless|only (?:if|in|for|when)|provided that|in case of|when|except|as long as|where"
    r"|once(?! (?:an?|daily|weekly|monthly|yearly|every|per|or|in)\b))\b[^,;.。]*"
    r"|\b(?:before|after|during|until)(?: the)? \b"
    rf"|\b(?:(?:in|for|among|to) (?:the |most )?)?(?:patients|people|those|cases|women|men|recipients)\s+"
    rf"(?:with|without|who|whose|receiving|treated|taking|given|on|in|having|older|younger|aged|over|under)\b.*?{_END}",
    re.IGNORECASE,
)
_IN_NAME = re.compile(r"(?<=\d);(?=\d{1,2}\))")
_WHOSE = re.compile(rf"{_WHO}$|\b(?:patients|people|those|cases|women|men|recipients)\b", re.IGNORECASE)
_IF = re.compile(r"如|若|倘若|假如|一旦|除非|只要|if|unless|when|only|provided", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|or|also|then)\b")
# A clause opened by one of these is no longer under the condition before it.
_FREE = re.compile(r"\s*(?:其(?![他余中])|which\b|但|然而|否则|而|不过|but|however|otherwise|whereas|while)")
# What comes before or after counts where it is a thing that is known by name in any wording.
_TIME = re.compile(r"(?:before|after|during|until) (?:the )?")
# What every population has in common makes no condition of its own.
_EMPTY_WORDS = (
    "大约",
    "约半",
    "半数",
    "多数",
    "大多",
    "大部",
    "部分",
    "少数",
    "所有",
    "全部",
    "许多",
    "很多",
    "某些",
    "有些",
)
_EMPTY_FREQUENCIES = ("all", "many", "majority", "often", "some", "sometimes", "minority", "rare")
_EMPTY = frozenset(
    {
        "concept:multiple_myeloma",
        "term:patient",
        "term:disease",
        "term:have",
        "term:half",
        "term:diagnosis",
        "number:multiple",
        "word:患者",
        "word:病人",
        *(f"word:{w}" for w in _EMPTY_WORDS),
        *(f"freq:{f}" for f in _EMPTY_FREQUENCIES),
    }
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as written, its items, and the items of the clauses that it governs.

    ``start`` and ``end`` are its place, ``ruled`` the places of what it governs.
    """

    written: str
    items: frozenset[str]
    quantities: tuple[Quantity, ...]
    governed: tuple[frozenset[str], ...]
    start: int
    end: int
    ruled: tuple[tuple[int, int], ...]


@lru_cache(maxsize=4096)
def conditions(read: Frame) -> tuple[Condition, ...]:
    """The conditions of a text."""
    return tuple(_conditions(read))


def _conditions(read: Frame) -> Iterator[Condition]:
    # The semicolon of t(4;14) ends nothing.
    lower = _IN_NAME.sub("~", read.lower)
    for match in chain(
        *(pattern.finditer(lower) for pattern in ((_ZH, _ZH_WHO) if read.chinese else (_EN,)))
    ):
        start, end = match.span()
        if _TIME.fullmatch(match.group()):
            end = next((a.end for a in read.of("concept") if a.start == end), start)
        inside = _outside_brackets(read, start, end) or _weighty(read, start, end)
        numbers = tuple(
            a.quantity
            for a in read.of("quantity")
            if a.quantity
            and start <= a.start < end
            and (a.quantity.signs or a.quantity.unit.dimension != "%")
            and not _in_brackets(read.lower, a.start, a.end)
        )
        named = any(not i.startswith("word:") for i in inside)
        if not named and not numbers and not (len(inside) > 1 and _IF.match(match.group())):
            continue
        ruled = [(places, told) for places in _ruled(read, start, end) if _says(told := _told(read, places))]
        if ruled:
            governed = tuple(told for _, told in ruled)
            places = tuple(place for parts, _ in ruled for place in parts)
            yield Condition(read.text[start:end], inside, numbers, governed, start, end, places)


def _outside_brackets(read: Frame, start: int, end: int) -> frozenset[str]:
    """What a condition says, examples in brackets aside."""
    inside = [m.span() for m in re.finditer(r"\([^()]*\)", read.lower[start:end])]
    told = items(read, start, end)
    kept = frozenset(n for n, at in told if not any(a <= at - start < b for a, b in inside))
    return kept - _EMPTY


def _in_brackets(lower: str, start: int, end: int) -> bool:
    """Whether a number stands alone in brackets, as the mark of a citation does."""
    opened = lower.rfind("(", 0, start)
    return (
        opened >= 0
        and not lower[opened + 1 : start].strip("0123456789, ")
        and bool(re.match(r"[\d, ]*(?:\)|$)", lower[end:]))
    )


_Places = tuple[tuple[int, int], ...]


def _told(read: Frame, places: _Places) -> frozenset[str]:
    return frozenset[str]().union(*(_weighty(read, start, end) for start, end in places))


def _says(told: frozenset[str]) -> bool:
    """Whether a clause says something: a name alone does not."""
    return len(told) > 1 or any(not name.startswith(("concept:", "code:")) for name in told)


def _ruled(read: Frame, start: int, end: int) -> Iterator[_Places]:
    """The places of each clause that a condition at ``start``..``end`` rules; its own clause in two."""
    own = next(i for i, c in enumerate(read.clauses) if start < c.end)
    # A condition may run over a joint: 有高黏滞综合征而必须输血时.
    last = next(i for i, c in enumerate(read.clauses) if end <= c.end)
    clause = read.clauses[own]
    around = ((clause.start, start), (end, read.clauses[last].end))
    rest = _told(read, around)
    if rest:
        yield around
    # "X患者应避免…" holds until another subject comes; an "if" holds to the end of the sentence.
    whose = bool(_WHOSE.search(read.lower[start:end]) and not _IF.match(read.lower[start:end]))
    found = False
    for later in read.clauses[last + 1 :]:
        if later.sentence != clause.sentence or _FREE.match(read.lower[later.start : later.end]):
            break
        if (
            whose
            and rest
            and (_has_subject(read, later) if read.chinese else not _AND.match(read.lower, later.start))
        ):
            break
        found = True
        yield ((later.start, later.end),)
    if not found and not rest and own and read.clauses[own - 1].sentence == clause.sentence:
        yield ((read.clauses[own - 1].start, read.clauses[own - 1].end),)


def _has_subject(read: Frame, clause: Clause) -> bool:
    named = (a.start for a in read.of("concept") if clause.start <= a.start < clause.end)
    return not read.lower[clause.start : min(named, default=clause.end)].strip(" ,;")


def _weighty(read: Frame, start: int, end: int) -> frozenset[str]:
    return frozenset(name for name, _ in items(read, start, end)) - _EMPTY
