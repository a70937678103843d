"""The verdict on one sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.verification.alignment import exchanged_in_place
from assistant.verification.atoms import Atom, Frame
from assistant.verification.binding import exchanged
from assistant.verification.causes import added_cause
from assistant.verification.concepts import kind_of_name, unknown_names
from assistant.verification.coverage import uncovered
from assistant.verification.crossing import crossed
from assistant.verification.denied import denied_otherwise
from assistant.verification.evidence import Evidence, evidence_of, quoted
from assistant.verification.frames import frame
from assistant.verification.joins import exchanged_join
from assistant.verification.lost_conditions import lost_conditions
from assistant.verification.markers import added_markers, kind_of, lost_markers
from assistant.verification.misplaced import misplaced
from assistant.verification.omissions import omitted_condition, omitted_share
from assistant.verification.poles import exchanged_pole
from assistant.verification.quantities import Quantity
from assistant.verification.relations import reversed_relation, turned_degrees
from assistant.verification.sequence import retold_order, reversed_order
from assistant.verification.superlatives import added_superlative
from assistant.verification.types import Kind, Problem, Verdict
from assistant.verification.unconditional import unconditional
from assistant.verification.versus import exchanged_contest
from ingest.references import without_marks


def verify(sentence: str, evidence: Sequence[str], context: str = "", marks: Collection[int] = ()) -> Verdict:
    """Whether ``evidence`` says what ``sentence`` says.

    ``evidence`` are the texts of the cited spans; ``context`` is what they stand under (heading,
    lead-in, table header); ``marks`` are the numbers of their references, whose citation marks are
    read over on both sides: any other number in brackets is a value. Everything that the sentence
    claims must be in the evidence, and nothing that restricts a claim may be missing from the
    sentence.

    >>> verify("达雷妥尤单抗的缓解率为30%。", ["达雷木单抗的缓解率为29%（3）。"], marks=(3,)).problems[0].kind
    'number'
    """
    spans = [without_marks(span, marks) for span in evidence]
    read, known = frame(without_marks(sentence, marks)), evidence_of(spans, without_marks(context, marks))
    if quoted(read, known):
        return Verdict(True, verbatim=True)
    problems = list(dict.fromkeys(_problems(read, known)))
    return Verdict(not problems, tuple(problems))


def _problems(sentence: Frame, evidence: Evidence) -> Iterator[Problem]:
    yield from _quantities(sentence, evidence)
    yield from unknown_names(sentence, evidence)
    turned = turned_degrees(sentence, evidence.spans) | retold_order(sentence, evidence.spans)
    yield from added_markers(sentence, evidence, turned)
    yield from denied_otherwise(sentence, evidence)
    yield from lost_markers(sentence, evidence, turned)
    yield from lost_conditions(sentence, evidence)
    for atom, expected in exchanged(sentence, evidence.spans):
        yield Problem(_kind(atom), sentence.written(atom), expected)
    for atom, other in exchanged_in_place(sentence, evidence.spans, turned):
        yield Problem(_kind(atom), sentence.written(atom), other)
    if turned_over := exchanged_pole(sentence, evidence.spans, turned):
        yield Problem(_kind(turned_over[0]), sentence.written(turned_over[0]), turned_over[1])
    if changed := crossed(sentence, evidence.spans):
        yield Problem(_kind(changed[0]), sentence.written(changed[0]), changed[1])
    if moved := misplaced(sentence, evidence.spans):
        yield Problem("number", sentence.written(moved[0]), moved[1])
    if number := exchanged_contest(sentence, evidence.spans):
        yield Problem("number", sentence.written(number), "")
    if pair := reversed_relation(sentence, evidence.spans):
        yield Problem("concept", pair, "")
    if steps := reversed_order(sentence, evidence.spans):
        yield Problem("concept", steps, "")
    joined, other_way = exchanged_join(sentence, evidence.spans)
    if joined:
        yield Problem("condition", joined, other_way)
    if rank := added_superlative(sentence, evidence):
        yield Problem("frequency", rank, "")
    if cause := added_cause(sentence, evidence):
        yield Problem("concept", cause, "")
    if condition := omitted_condition(sentence, evidence.spans):
        yield Problem("condition", "", condition)
    if share_of := omitted_share(sentence, evidence.spans):
        yield Problem("frequency", "", share_of)
    if always := unconditional(sentence, evidence.spans):
        yield Problem("condition", always, "")
    yield from uncovered(sentence, evidence)


def _kind(atom: Atom) -> Kind:
    if atom.quantity:
        return "number"
    if atom.kind == "marker":
        return kind_of(atom)
    return "stage" if atom.kind == "stage" else "gene" if atom.kind == "code" else kind_of_name(atom.category)


def _quantities(sentence: Frame, evidence: Evidence) -> Iterator[Problem]:
    known = [(f, a, a.quantity) for f in evidence.frames for a in f.of("quantity") if a.quantity]
    for atom in sentence.of("quantity"):
        quantity = atom.quantity
        if quantity is None or any(quantity.agrees(k) for _, _, k in known):
            continue
        if _counted_in_words(quantity, evidence) or _rounded(sentence, atom):
            continue
        if quantity.once and _regular(evidence) and not any(k.unit.dimension in _OFTEN for _, _, k in known):
            continue
        expected = next((f.text[k.told : a.end] for f, a, k in known if quantity.same_value(k)), "")
        if expected:
            yield Problem("comparator", sentence.text[quantity.told : atom.end], expected)
            continue
        expected = next((f.written(a) for f, a, k in known if quantity.raw == k.raw), "")
        if expected:
            yield Problem("unit", sentence.written(atom), expected)
        else:
            yield Problem("number", sentence.written(atom), _nearest(quantity, known))


# A share in round words before its number: "about a quarter (26.8%)".
_ROUNDED = re.compile(r"(?:约|近|差不多|大概|about|roughly|nearly|almost|around)\s*$")
_MOST_ROUNDED = 3  # points


def _rounded(sentence: Frame, atom: Atom) -> bool:
    """Whether a share only puts into round words the one in brackets behind it, which is checked itself."""
    quantity = atom.quantity
    if quantity is None or quantity.unit.dimension != "%":
        return False
    exact = next((a.quantity for a in sentence.of("quantity") if a.start >= atom.end), None)
    return (
        exact is not None
        and exact.unit.dimension == "%"
        and bool(_ROUNDED.search(sentence.lower, 0, atom.start))
        and sentence.lower[atom.end : exact.start].strip(" ") == "("
        and abs(exact.low - quantity.low) <= _MOST_ROUNDED
    )


# Small counts that a text may have in words that are no numerals.
_IN_WORDS = {
    1: re.compile(r"\b(?:one|single|a)\b|[一单]"),
    2: re.compile(r"\b(?:both|two|either)\b|[两双二]"),
}


def _counted_in_words(quantity: Quantity, evidence: Evidence) -> bool:
    """Whether a bare count of one or two is in the evidence in other words: "one lesion", "both"."""
    bare = quantity.unit.dimension == "" and not quantity.signs and quantity.low == quantity.high
    words = _IN_WORDS.get(int(quantity.low)) if bare and quantity.low.denominator == 1 else None
    return words is not None and bool(words.search(evidence.written))


# Dimensions in which a text says how often.
_OFTEN = frozenset({"times", "occasion"})


def _regular(evidence: Evidence) -> bool:
    """Whether the evidence has an interval, in which "once" goes without saying."""
    return any(v.startswith("interval:") for v in evidence.values) or any(
        a.quantity.unit.dimension in ("hour", "month") for a in evidence.atoms("quantity") if a.quantity
    )


def _nearest(quantity: Quantity, known: list[tuple[Frame, Atom, Quantity]]) -> str:
    alike = [(f, a) for f, a, k in known if k.unit.dimension == quantity.unit.dimension]
    return alike[0][0].written(alike[0][1]) if alike else ""
