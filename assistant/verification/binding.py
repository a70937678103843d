"""What belongs to what: a number to its drug, a direction to its measure, a stage to its rate."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.atoms import Atom, Frame
from assistant.verification.lexicon import default_lexicon
from assistant.verification.pairing import paired

# What stands between two members of one list, and nothing more.
_JOINT = re.compile(r"[\s、,/()和及与或加+]*(?:and|or|以及)?[\s(]*")
_WITHOUT = re.compile(r"(?:\bwithout|没有|未|无)\s?$")
_WITH = re.compile(r"\b(?:with|without)\s$")
_ARM = re.compile(r"\s*(?:组|\bgroup|\barm)")
# Words for what befalls patients: of two of them each has its own number.
_EVENTS = ("term:death", "term:new")
_OUTCOMES = ("term:survival", "term:remission")
_RESPECTIVELY = re.compile(r"分别|依次|respectively")
# What can own a value: names, stages, and the markers that name a place, a route or a group.
_OWNING_AXES = frozenset({"route", "specimen", "site", "group", "risk", "time", "grade", "cell", "side"})
# Everything is about myeloma and its patients; these own nothing.
_NO_OWNER = frozenset({"multiple_myeloma", "plasma_cell", "stage", "uln", "response", "prognosis"})
_VALUE_AXES = frozenset(
    {
        "level",
        "quality",
        "duration",
        "relieve",
        "freq",
        "effective",
        "advise",
        "modality",
        "act",
        "normal",
        "result",
        "reversible",
        "route",
        "time",
        "risk",
        "dose",
        "give",
        "interval",
        "day",
        "meal",
        "side",
        "known",
        "only",
    }
)
# Of these every owner must be right; of others one of several is enough (M蛋白 beside IgG).
_EVERY_OWNER = frozenset({"drug", "outcome", "stage", "cytogenetics", "target", "route", "group"})
# A named thing that is said of another: a drug's target, its class.
_VALUE_CATEGORIES = frozenset({"target", "drug_class", "cytogenetics", "complication", "adverse_event"})


@dataclass(frozen=True, slots=True)
class Bond:
    """``owner`` (of a ``group`` of rivals) has ``value`` (of a ``dimension`` of rivals).

    ``atom`` is where the value stands, ``place`` where the owner does.
    """

    group: str
    owner: str
    dimension: str
    value: str
    atom: Atom
    place: Atom


@lru_cache(maxsize=4096)
def bonds(read: Frame) -> tuple[Bond, ...]:
    """The bonds of a text."""
    found: list[Bond] = []
    for sentence in range(read.clauses[-1].sentence + 1):
        atoms = [a for a in read.atoms if a.sentence == sentence]
        owners: dict[str, list[tuple[str, Atom]]] = defaultdict(list)
        values: dict[str, list[tuple[str, Atom]]] = defaultdict(list)
        for atom in atoms:
            # "Valaciclovir, not valganciclovir, is used": what is denied owns nothing.
            denied = any(0 <= atom.start - n.end <= 1 for n in read.of("negation"))
            if not denied or _WITHOUT.search(read.lower, 0, atom.start):
                for group, name in _owner(atom, read.lower):
                    owners[group].append((f"without {name}" if denied else name, atom))
            for dimension, name in _value(atom, read.lower):
                values[dimension].append((name, atom))
        ordered = bool(_RESPECTIVELY.search(read.lower))
        for group, having in owners.items():
            for dimension, had in values.items():
                if group != dimension:
                    found += [
                        Bond(group, o, dimension, v, a, p)
                        for o, v, a, p in paired(having, had, ordered, read.lower)
                    ]
    return tuple(found)


def _owner(atom: Atom, lower: str) -> list[tuple[str, str]]:
    own = _own(atom)
    named = atom.key or min(atom.values, default="")
    if named and _ARM.match(lower, atom.end):
        own.append(("arm", named))
    elif named and (beside := _WITH.search(lower, max(0, atom.start - 10), atom.start)):
        own.append(("arm", f"{beside.group().strip()} {named}"))
    own += [("event", v) for v in _EVENTS if v in atom.values]
    own += [("outcome", v) for v in _OUTCOMES if v in atom.values and len(atom.values) == 1]
    return own


def _own(atom: Atom) -> list[tuple[str, str]]:
    if atom.kind == "concept" and atom.key not in _NO_OWNER:
        return [(atom.category, atom.key)]
    if atom.kind == "stage":
        return [("stage", atom.key)]
    if atom.kind == "code":
        return [("cytogenetics" if re.match(r"\d|t\(|del|gain|amp", atom.key) else "code", atom.key)]
    return [(v.partition(":")[0], v) for v in atom.strict if v.partition(":")[0] in _OWNING_AXES]


def _value(atom: Atom, lower: str) -> list[tuple[str, str]]:
    if quantity := atom.quantity:
        unit = quantity.unit.dimension
        return [(f"quantity {unit}", f"{quantity.low}-{quantity.high}")]
    if atom.kind == "concept":
        found = [(atom.category, atom.key)] if atom.category in _VALUE_CATEGORIES else []
        # High-risk abnormalities are a name with a value in it.
        inside = default_lexicon().find(lower[atom.start : atom.end]) if found else ()
        return found + [("risk", v) for _, _, values in inside for v in values if v.startswith("risk:")]
    return [(v.partition(":")[0], v) for v in atom.strict if v.partition(":")[0] in _VALUE_AXES]


def exchanged(sentence: Frame, spans: tuple[Frame, ...]) -> list[tuple[Atom, str]]:
    """Values that the sentence gives to another owner than the evidence, with the owner there.

    A bond is only called wrong when the evidence gives the value to a rival of the same group and
    gives a rival value to the owner: what the evidence leaves open is not held against a sentence.
    """
    known = [b for span in spans for b in bonds(span)]
    wrong: list[tuple[Atom, str]] = []
    ours = bonds(sentence)
    right = {(b.group, b.owner, b.dimension, b.value) for b in known}
    for bond in ours:
        if _denied_between(sentence, bond):
            continue
        same = [o for o in ours if o.atom is bond.atom and o.group == bond.group]
        fitting = [o for o in same if (o.group, o.owner, o.dimension, o.value) in right]
        if any(o.owner == bond.owner for o in fitting) or (fitting and bond.group not in _EVERY_OWNER):
            continue
        if any(_beside(o) and not _listed(o.place, bond.place, sentence.lower) for o in fitting):
            continue
        alike = [b for b in known if b.group == bond.group and b.dimension == bond.dimension]
        rivals = sorted({b.owner for b in alike if b.value == bond.value})
        # A drug or a stage that the evidence speaks of owns what is said of it, and nothing else.
        owns_all = bond.group in _EVERY_OWNER and not bond.atom.quantity
        spoken_of = known if owns_all else alike
        spoken = any(b.owner == bond.owner and b.group == bond.group for b in spoken_of)
        # Of two outcomes that the evidence names, one has no value of its own there at all.
        spoken = spoken or (bond.group == "outcome" and any(bond.owner in s.concepts for s in spans))
        if rivals and spoken:
            wrong.append((bond.atom, f"{rivals[0]}: {bond.value}"))
    return wrong


def _denied_between(read: Frame, bond: Bond) -> bool:
    """Whether the owner is denied the value: 1q获得不属于高危异常."""
    first, second = sorted((bond.place, bond.atom), key=lambda a: a.start)
    return any(first.end <= n.start < second.start for n in read.of("negation"))


def _beside(bond: Bond) -> bool:
    """Whether value and owner touch: 口服美法仑."""
    if bond.atom is bond.place:
        return False
    gap = max(bond.atom.start - bond.place.end, bond.place.start - bond.atom.end)
    return gap <= 1


def _listed(one: Atom, other: Atom, lower: str) -> bool:
    first, second = sorted((one, other), key=lambda a: a.start)
    return bool(_JOINT.fullmatch(lower[first.end : second.start]))
