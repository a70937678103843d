"""Findings from texts, one text a finding, as typed in a form, on the command line or by a language model."""

from __future__ import annotations

from typing import get_args

from assistant.staging.findings import Chain, Disease, Findings, HeavyChain, Sex, TimePoint
from assistant.staging.parse import BadValue, parse_measurement, parse_number, parse_state
from assistant.staging.parse_fish import parse_fish
from assistant.staging.units import unit_tables

_WORDS: dict[str, tuple[str, ...]] = {
    "sex": get_args(Sex), "disease": get_args(Disease), "time_point": get_args(TimePoint),
    "heavy_chain": get_args(HeavyChain), "involved_chain": get_args(Chain),
}


def findings_from(**texts: str | None) -> Findings:
    """Findings from texts by field name of ``Findings``; None and empty texts are left out.

    Raises:
        BadValue: a text is no value; all such texts are named at once.
    """
    fields: dict[str, object] = {}
    problems: list[BadValue] = []
    for name, text in texts.items():
        if text is None or not text.strip():
            continue
        try:
            fields[name] = _field(name, text)
        except BadValue as problem:
            problems.append(problem)
    if problems:
        # Either all are said in both languages or none is: a reader must not miss one of them.
        said = [said for p in problems for said in p.said] if all(p.said for p in problems) else []
        raise BadValue("; ".join(map(str, problems)), *said)
    return Findings(**fields)  # type: ignore[arg-type]  # each field was made by its own parser


def _field(name: str, text: str) -> object:
    if name in unit_tables():
        return parse_measurement(name, text)
    if name == "fish":
        return parse_fish(text)
    if name == "age":
        return parse_number("age", text)
    if name in ("tp53_mutation", "plasmacytoma", "amyloidosis"):
        return parse_state(name, text)
    if name == "crab_from_myeloma":
        return {"present": True, "absent": False, "unknown": None}[parse_state(name, text)]
    words = _WORDS[name]
    if text not in words:
        raise BadValue(f"{name} {text!r}: say one of {', '.join(words)}")
    return text
