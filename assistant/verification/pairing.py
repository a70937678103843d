"""Which of several owners has which of several values, by their places in a sentence."""

from __future__ import annotations

import re

from assistant.verification.atoms import Atom

_LISTING = re.compile(r"[、,/;]|以及|[和及与或]|\b(?:and|or)\b")
_CONTINUED = re.compile(r"\s*[,，]\s*(?:and|or|和|及|以及|或)?\s*")
# A name and the atom that it stands at.
Named = tuple[str, Atom]
Pair = tuple[str, str, Atom, Atom]


def paired(owners: list[Named], values: list[Named], ordered: bool, lower: str) -> list[Pair]:
    """Who owns which value: by place in their clauses, or one by one where the text says so."""
    if len(owners) == 1 and owners[0][1].clause <= values[0][1].clause:
        return [(owners[0][0], v, a, owners[0][1]) for v, a in values]
    if ordered and len(owners) == len(values) > 1:
        return [(o, v, a, p) for (o, p), (v, a) in zip(owners, values, strict=True)]
    pairs: list[Pair] = []
    carried: list[Named] = []
    last: list[Named] = []
    end = -1
    for clause in sorted({a.clause for _, a in owners} | {a.clause for _, a in values}):
        having = [o for o in owners if o[1].clause == clause]
        had = [v for v in values if v[1].clause == clause]
        begin, stop = having[0][1].start if having else 0, max(a.end for _, a in having + had)
        if not had:
            # "include A, B, and C": a clause that only goes on with the list.
            if last and _CONTINUED.fullmatch(lower[end:begin]):
                pairs += [(o, v, a, p) for v, a in last for o, p in having]
            carried, end = having or carried, stop
            continue
        last, end = had, stop
        pairs += _pair_in_clause(having or carried, had, lower)
        carried = having or carried
    return pairs


def _pair_in_clause(having: list[Named], had: list[Named], lower: str) -> list[Pair]:
    events = sorted(
        [(a.start, True, n, a) for n, a in having] + [(a.start, False, n, a) for n, a in had],
        key=lambda e: e[:2],
    )
    items = _items(events, lower)
    full = sum(bool(owners and values) for owners, values in items)
    if full > 1 and full * 2 > len(items):
        return _pair_in_items(items)
    runs: list[tuple[bool, list[Named]]] = []
    for _, is_owner, name, atom in events:
        if not runs or runs[-1][0] != is_owner:
            runs.append((is_owner, []))
        runs[-1][1].append((name, atom))
    pairs: list[Pair] = []
    owner_first = runs[0][0]
    several = sum(is_owner for is_owner, _ in runs) > 1 and sum(not is_owner for is_owner, _ in runs) > 1
    every = [owner for is_owner, run in runs if is_owner for owner in run]
    for index, (is_owner, run) in enumerate(runs):
        if is_owner:
            continue
        # Names and values that take turns belong together pairwise; otherwise all to all.
        near = index - 1 if owner_first else (index + 1 if index + 1 < len(runs) else index - 1)
        mine = runs[near][1] if several else every
        pairs += [(o, v, a, p) for v, a in run for o, p in mine]
    return pairs


def _items(events: list[tuple[int, bool, str, Atom]], lower: str) -> list[tuple[list[Named], list[Named]]]:
    """Owners and values of each item of a list: 白蛋白较低、β2微球蛋白较高."""
    items: list[tuple[list[Named], list[Named]]] = [([], [])]
    end = events[0][0]
    depth = 0
    for start, is_owner, name, atom in events:
        between = lower[end:start]
        depth = max(0, depth + between.count("(") - between.count(")"))
        # What stands in brackets belongs to what stands before them.
        if depth == 0 and _LISTING.search(between):
            items.append(([], []))
        items[-1][0 if is_owner else 1].append((name, atom))
        end = atom.end
    return items


def _pair_in_items(
    items: list[tuple[list[Named], list[Named]]],
) -> list[Pair]:
    """An item with both keeps to itself; owners alone wait for a value, values alone go to the last."""
    pairs: list[Pair] = []
    waiting: list[Named] = []
    last: list[Named] = []
    for owners, values in items:
        if owners and values:
            last = waiting + owners
            waiting = []
        else:
            waiting += owners
        pairs += [(o, v, a, p) for v, a in values for o, p in last or waiting]
    return pairs
