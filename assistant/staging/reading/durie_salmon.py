"""A Durie-Salmon stage asked for in chat: whether it is, and the findings that the system needs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import cast

from assistant.staging.findings import Findings, HeavyChain, Measurement
from assistant.staging.parse import parse_measurement
from assistant.staging.reading.conversation import read_findings
from assistant.staging.reading.lines import prepare

FIELDS = (
    "haemoglobin", "calcium", "lytic_lesions", "m_protein_serum", "m_protein_urine", "heavy_chain",
    "creatinine", "time_point",
)
"""The arguments of ``tools.stage_durie_salmon`` that are read from prose."""

_KINDS = {"g": "IgG", "a": "IgA", "m": "IgM", "d": "IgD", "e": "IgE"}
_NUMBERS = "零一二三四五六七八九"
_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "两": "2"}
_ONE = frozenset({"single", "solitary"})


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    source = files("assistant.staging.reading") / "data" / "durie_salmon.toml"
    data = tomllib.loads(source.read_text("utf-8"))
    return {key: re.compile(pattern) for key, pattern in data.items()}


def durie_salmon_findings(turns: Sequence[str]) -> Findings | None:
    """The findings of a conversation whose last turn asks for a Durie-Salmon stage of a patient.

    None where it does not ask for one, or where nothing that the system uses is given: the system itself is
    asked about then.
    """
    last = prepare(turns[-1]).text
    if not (_patterns()["asked"].search(last) and _patterns()["stage"].search(last)):
        return None
    found = read_findings(turns).findings
    text = ";".join(prepare(turn).text for turn in turns)
    found = replace(
        found,
        lytic_lesions=_lesions(text),
        heavy_chain=_heavy_chain(text),
        m_protein_serum=found.m_protein_serum or _measured("m_protein_serum", "immunoglobulin", text),
        m_protein_urine=_measured("m_protein_urine", "urine", text),
    )
    values = [getattr(found, name) for name in FIELDS if name not in ("heavy_chain", "time_point")]
    return found if any(value is not None for value in values) else None


def _lesions(text: str) -> Measurement | None:
    patterns = _patterns()
    if patterns["none"].search(text):
        return parse_measurement("lytic_lesions", "0")
    if match := patterns["count"].search(text):
        word = match["n"]
        number = "1" if word in _ONE else _WORDS.get(word, word)
        figure = str(_NUMBERS.find(number)) if number in _NUMBERS else number
        return parse_measurement("lytic_lesions", figure)
    return parse_measurement("lytic_lesions", "multiple") if patterns["many"].search(text) else None


def _heavy_chain(text: str) -> HeavyChain | None:
    patterns = _patterns()
    if patterns["light"].search(text):
        return "light chain"
    kinds = {match["kind"] for match in patterns["heavy"].finditer(text)}
    return cast(HeavyChain, _KINDS[kinds.pop()]) if len(kinds) == 1 else None


def _measured(finding: str, pattern: str, text: str) -> Measurement | None:
    match = _patterns()[pattern].search(text)
    return parse_measurement(finding, match["value"]) if match else None
