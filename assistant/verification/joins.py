"""One or the other, or both together: 或 is not 且, and neither is 联合."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from typing import Literal

from assistant.verification.atoms import Atom, Frame
from assistant.verification.negation import LIGHT_TERMS

Join = Literal["or", "and", "both"]

# "both" leaves no doubt that the two go together; a plain "and" may join what is true of each.
_OR = re.compile(r"或(?!许)者?|\bor\b|\beither\b", re.ASCII)
_BOTH = re.compile(
    r"且|同时|联合|合用|联用|加用|并用|\+|(?<!增)加(?![重强深快])"
    r"|\b(?:plus|combined with|in combination with|together with|with|as well as)\b",
    re.ASCII,
)
_AND = re.compile(r"和|与|及|\band\b|&", re.ASCII)
# "Patients with A and patients with B" are those with either.
_GROUPS = re.compile(
    r"(?:患者|病人|者),?(?:和|与|及|以及)|\b(?:and|or) (?:those|patients|people)\b", re.ASCII
)
# Text that may stand between two members of one list.
_COMMA = re.compile(r"\s*[,、/]\s*(?:\w+\s+)?$")
_TOGETHER = re.compile(r"同时|合用|联用|联合|并用|共同|\b(?:both|together|combin\w+|all of)\b", re.ASCII)
_FREE = re.compile(r"任一|任何|均|都|之一|\bany\b|\beach\b", re.ASCII)
# Where a choice is open "A and B" comes to the same as "A or B"; where it is denied, always.
_OPEN = frozenset({"modality:may", "modality:can"})
_REACH = 24


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things of one clause and how they are joined.

    ``open`` where both are possible, ``denied`` where they are denied.
    """

    things: frozenset[str]
    join: Join
    open: bool
    denied: bool
    written: str


@lru_cache(maxsize=4096)
def _pairs(read: Frame) -> tuple[Pair, ...]:
    found: list[Pair] = []
    named = [a for a in read.atoms if _thing(a)]
    # Plain words are joined too, but names that stand apart in words are still neighbours.
    worded = [a for a in read.atoms if _thing(a) or (a.kind == "term" and not a.values <= LIGHT_TERMS)]
    for atoms, index in product((named, worded), range(read.clauses[-1].sentence + 1)):
        things = [a for a in atoms if a.sentence == index]
        run: list[Atom] = []
        for one, two in pairwise(things):
            between = read.lower[one.end : two.start]
            if _COMMA.fullmatch(between):
                run = [*run, one] if run and run[-1].end <= one.start else [one]
                continue
            join = _join(read, one, two, between)
            if join:
                for member in (*run, one):
                    if _name(member) != _name(two):
                        written = read.text[member.start : two.end]
                        names = frozenset({_name(member), _name(two)})
                        found.append(Pair(names, join, *_mood(read, one), written))
            run = []
    return tuple(found)


def _join(read: Frame, one: Atom, two: Atom, between: str) -> Join | None:
    if len(between) > _REACH or re.search(r"[。|;!?]|\.\s", between):
        return None
    if _OR.search(between) or _GROUPS.search(between):
        return "or"
    inside = (a for a in read.atoms if one.end <= a.start < two.start)
    adjacent = all(a.kind == "term" or _is_join(a) for a in inside)
    if _BOTH.search(between) and (adjacent or re.search(r"且|同时", between)):
        return "both"
    if not _AND.search(between):
        return None
    clause = read.clauses[one.clause]
    around = read.lower[clause.start : one.start] + read.lower[two.end : clause.end]
    return "both" if _TOGETHER.search(around) and not _FREE.search(around) else "and"


def _is_join(atom: Atom) -> bool:
    return atom.kind == "marker" and all(v.startswith("combo:") for v in atom.strict)


def _mood(read: Frame, one: Atom) -> tuple[bool, bool]:
    """Whether the clause of a thing leaves a choice, and whether it denies something."""
    clause = read.clauses[one.clause]
    inside = [a for a in read.atoms if a.clause == one.clause]
    free = bool(_FREE.search(read.lower[clause.start : clause.end]))
    denied = any(a.kind == "negation" or a.flipped or "advise:-" in a.strict for a in inside)
    return free or any(a.strict & _OPEN for a in inside), denied


def _thing(atom: Atom) -> bool:
    return atom.kind in ("concept", "code", "stage", "quantity") or any(
        v.startswith(("site:", "specimen:", "cell:", "route:", "group:")) for v in atom.strict
    )


def _name(atom: Atom) -> str:
    if quantity := atom.quantity:
        return f"quantity:{quantity.low}-{quantity.high}"
    return f"{atom.kind}:{atom.key}" if atom.key else min(atom.strict or atom.values)


def exchanged_join(sentence: Frame, spans: tuple[Frame, ...]) -> tuple[str, str]:
    """(what the sentence joins otherwise than its evidence, as the evidence has it), or ("", "")."""
    known = [p for span in spans for p in _pairs(span)]
    for pair in _pairs(sentence):
        same = [k for k in known if k.things == pair.things]
        if same and not any(_agree(pair, k) for k in same):
            return pair.written, same[0].written
    return "", ""


def _agree(one: Pair, other: Pair) -> bool:
    if one.join == other.join:
        return True
    joins = {one.join, other.join}
    if joins == {"and", "both"} or one.denied or other.denied:
        return True
    return joins == {"and", "or"} and (one.open or other.open)
