"""From statements to findings: what adds up, what replaces, and what has to be asked."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assistant.staging.findings import Fish, FishVerdict, LesionResult, Measurement
from assistant.staging.reading.types import Mention, Problem
from assistant.staging.units import unit_tables

_ROUNDING = Decimal("0.015")  # "5.5 mg/L (466 nmol/L)" is one value: printed conversions are rounded
_SECOND = re.compile("2|另|下|还有|other|another|next")
_EITHER = re.compile(
    r"(?<![这该那此本位名个])(?:患者|病人)(?![甲乙丙丁一二三\d])|(?<!this )(?<!that )\bpatient\b(?! \w\b)"
)
_SILENT: tuple[FishVerdict, ...] = ("not done", "pending")


def one_patient(mentions: list[Mention], request: str = "") -> tuple[list[Mention], Problem | None]:
    """Refuse to mix patients. A later turn about one other patient starts afresh.

    ``request``: a last turn without values; behind two patients "the patient" may be either.
    """
    last = max((m.turn for m in mentions), default=0)
    now = {m.patient for m in mentions if m.turn == last and m.patient}
    before = {m.patient for m in mentions if m.turn < last and m.patient}
    if len(now) == 1 and before and not now & before and not _EITHER.search(request):
        return [m for m in mentions if m.turn == last], None
    labels = list(dict.fromkeys(m.patient for m in mentions if m.patient))
    first = min((m.start for m in mentions if m.patient and m.turn == last), default=0)
    if (
        len(labels) == 1
        and _SECOND.search(labels[0])
        and any(not m.patient and m.turn == last and m.start < first for m in mentions)
    ):
        # "…; the other patient has …": the values before it are the first patient's.
        labels.insert(0, "")
    if len(labels) > 1:
        texts = tuple(_text(next(m for m in mentions if m.patient == label)) for label in labels)
        return [], Problem("patient", "patient", texts)
    return mentions, None


def before_treatment(mentions: list[Mention]) -> tuple[list[Mention], bool]:
    """Values at diagnosis before those after treatment, where both are given; whether some were left out."""
    values = [m for m in mentions if isinstance(m.payload, Measurement | LesionResult | Fish)]
    # What is awaited is no value, and a correction is no later sample.
    values = [m for m in values if not awaited(m)]
    late = [m for m in values if m.phase in ("after", "relapse")]
    early = [m for m in values if m.phase not in ("after", "relapse")]
    first = {m.finding for m in early if m.phase == "diagnosis"}
    # "今天复查3.0 mg/L（初诊时6.2 mg/L）": a dated value gives way to the one at diagnosis.
    late += [m for m in early if m.date and not m.corrects and m.phase != "diagnosis" and m.finding in first]
    early = [m for m in early if not any(m is x for x in late)]
    if not late or not early:
        return mentions, False
    diagnosed = any(m.phase == "diagnosis" for m in early)
    known = {m.finding for m in early}
    dropped = [m for m in late if diagnosed or m.finding in known]
    return [m for m in mentions if not any(m is d for d in dropped)], bool(dropped)


def awaited(mention: Mention) -> bool:
    """Whether a statement on FISH only says that there is no result."""
    said = mention.payload
    if isinstance(said, Fish):
        return said.verdict in _SILENT
    return isinstance(said, LesionResult) and said.state == "unknown" and not mention.bad


def merge_values(finding: str, mentions: list[Mention]) -> tuple[Measurement | None, Problem | None]:
    """One value for a test, or what to ask."""
    if any(m.bad for m in mentions):
        return None, Problem("unreadable", finding, tuple(_text(m) for m in mentions if m.bad))
    current: Measurement | None = None
    kept: list[Mention] = []
    for mention in mentions:
        new = mention.payload
        assert isinstance(new, Measurement)
        if mention.void:
            current, kept = None, []
            continue
        if current is None:
            current, kept = new, [mention]
            continue
        together = _together(finding, current, new)
        if mention.corrects and (together is None or new.value is not None or new.verdict):
            current, kept = _corrected(current, new), [mention]
        elif together is None:
            return None, _rival(finding, [*kept, mention], mentions)
        else:
            current = together
            kept.append(mention)
    return current, None


def _rival(finding: str, rivals: list[Mention], mentions: list[Mention]) -> Problem:
    dates = {m.date for m in mentions}
    phases = {m.phase for m in mentions}
    texts = tuple(dict.fromkeys(_text(m) for m in rivals))
    if len(dates) > 1 or len(phases) > 1:
        return Problem("date", "date", texts)
    return Problem("conflict", finding, texts)


def _corrected(old: Measurement, new: Measurement) -> Measurement:
    """A correction brings its number; a unit and a limit that it does not repeat stay as they were."""
    unit = new.unit if new.value is None else new.unit or old.unit
    return replace(new, unit=unit, low=_first(new.low, old.low), high=_first(new.high, old.high))


def _first(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one


def _together(finding: str, one: Measurement, other: Measurement) -> Measurement | None:
    """Two statements about one test as one, or None if they cannot both hold."""
    if one.verdict and other.verdict and one.verdict != other.verdict:
        return None
    for a, b in ((one.low, other.low), (one.high, other.high)):
        if a is not None and b is not None and a != b:
            return None
    value, unit, relation = one.value, one.unit, one.relation
    if value is None:
        value, unit, relation = other.value, other.unit or one.unit, other.relation
    elif other.value is not None:
        if not _same(finding, one, other):
            return None
        if not unit:
            unit = other.unit
        relation = "=" if other.relation == "=" else relation  # "about 5.5" and "5.5" are 5.5
    elif other.unit and not unit:
        unit = other.unit
    text = one.text if other.text in one.text else "; ".join(t for t in (one.text, other.text) if t)
    low, high = _first(one.low, other.low), _first(one.high, other.high)
    return Measurement(value, unit, relation, low, high, one.verdict or other.verdict, text)


def _same(finding: str, one: Measurement, other: Measurement) -> bool:
    """One value, said twice: the same number, or converted and rounded as reports do."""
    if one.value is None or other.value is None:
        return False
    if one.relation != other.relation and {one.relation, other.relation} != {"=", "~"}:
        return False
    if one.value == other.value and (one.unit == other.unit or not one.unit or not other.unit):
        return True
    table = unit_tables()[finding]
    first, second = table.to_base(one.unit), table.to_base(other.unit)
    if first is None or second is None or not one.value:
        return False
    a, b = one.value * first[1], other.value * second[1]
    if first[0] == second[0]:
        return a == b
    turned = table.convert(b, second[0], first[0])
    return turned is not None and abs(turned - a) <= _ROUNDING * a


def merge_fish(mentions: list[Mention]) -> tuple[Fish | None, Problem | None]:
    """One report out of all that was said of FISH. Contradictions stay in it, for the tools to refuse."""
    results: list[LesionResult] = []
    verdict: FishVerdict | None = None
    texts: list[str] = []
    for mention in mentions:
        said = mention.payload
        if mention.bad:
            return None, Problem("conflict", "fish", (_text(mention),))
        texts.append(_text(mention))
        if isinstance(said, LesionResult):
            # What is known takes the place of what was awaited; "t(4;14)待查" takes nothing back.
            old = [
                r for r in results if r.lesion == said.lesion and (mention.corrects or r.state == "unknown")
            ]
            results = [r for r in results if r not in old]
            if said.state != "unknown" or all(r.lesion != said.lesion for r in results):
                results.append(said)
            if mention.corrects and said.state == "present" and verdict == "no abnormality":
                verdict = "no other abnormality"
        elif isinstance(said, Fish):
            if mention.corrects and said.verdict in ("no abnormality", "no high-risk lesion"):
                results, verdict = [], None
            verdict = _verdict(verdict, said.verdict)
    if not mentions:
        return None, None
    return Fish(verdict, tuple(results), "; ".join(dict.fromkeys(texts))), None


def _verdict(old: FishVerdict | None, new: FishVerdict | None) -> FishVerdict | None:
    """What was found outranks what was awaited; "no other abnormality" goes with lesions that were named."""
    if old is None or old in _SILENT:
        return new
    if new in _SILENT or "no other abnormality" in (old, new):
        return old if new in _SILENT else "no other abnormality"
    return new


def _text(mention: Mention) -> str:
    payload = mention.payload
    return payload if isinstance(payload, str) else payload.text
