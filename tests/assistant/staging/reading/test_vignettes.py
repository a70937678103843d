"""What clinicians and patients type, with findings and stage worked out by hand from the rules.

A line of ``vignettes_*.jsonl``: the turns, whether a stage is asked for, what is to be read (values with
unit, LDH with its limit in brackets or its verdict, FISH lesion by lesion), and the result: the possible
stages and what is missing, or the reason to refuse.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.staging.findings import Findings, Measurement
from assistant.staging.fish import lesion_state
from assistant.staging.limits import holds
from assistant.staging.reading.conversation import read_findings
from assistant.staging.reading.request import asks_for_staging
from assistant.staging.reading.stage import arguments_of, stage_reading
from assistant.staging.tools import stage_myeloma
from assistant.staging.units import fold_unit
from tests.rows import every_row

_HERE = Path(__file__).parent
VIGNETTES: list[dict[str, Any]] = [
    json.loads(line)
    for name in ("vignettes_zh.jsonl", "vignettes_en.jsonl")
    for line in (_HERE / name).read_text("utf-8").splitlines()
]
ASKED = [v for v in VIGNETTES if v["asks"]]
_LDH = re.compile(r"(?:(?P<value>[\d.]+)(?: \((?P<limit>\d+)\))?)? ?(?P<verdict>high|normal)?")
_REASONS = {"unit": "-unit", "conflict": "", "after": "after treatment"}


def _id(vignette: dict[str, Any]) -> str:
    return str(vignette["id"])


def _refused(vignette: dict[str, Any]) -> bool:
    return bool({"patient", "date"} & set(vignette["read"].get("conflicts", ())))


@every_row("vignette", VIGNETTES, ids=_id)
def test_request(vignette: dict[str, Any]) -> None:
    turns = vignette["turns"]
    requests = [asks_for_staging(turn, turns[:i]) for i, turn in enumerate(turns)]
    assert any(requests) is vignette["asks"]
    if vignette["asks"]:
        named = [r.systems[-1] for r in requests if r.systems]
        assert (named[-1] if named else "r-iss") == vignette["expect"]["system"]


@every_row("vignette", [v for v in ASKED if not _refused(v)], ids=_id)
def test_findings(vignette: dict[str, Any]) -> None:
    read = vignette["read"]
    findings = read_findings(vignette["turns"]).findings
    for name in ("b2m", "albumin"):
        _same_value(read.get(name), getattr(findings, name), name in read.get("conflicts", ()))
    if "ldh" not in read.get("conflicts", ()):
        _same_ldh(read.get("ldh"), findings)
    for lesion, state in read.get("fish", {}).items():
        if "fish" not in vignette["expect"].get("refuse", [""])[0]:
            assert lesion_state(findings.fish, lesion) == state, lesion
    if "fish_verdict" in read:
        assert findings.fish is not None
        assert findings.fish.verdict == read["fish_verdict"]
    assert findings.tp53_mutation == read.get("tp53", "unknown")


def _same_value(expected: str | None, given: Measurement | None, contradicted: bool) -> None:
    if expected is None:
        assert given is None or contradicted
        return
    value, _, unit = expected.partition(" ")
    assert given is not None
    assert (given.value, fold_unit(given.unit)) == (Decimal(value), fold_unit(unit))


def _same_ldh(expected: str | None, findings: Findings) -> None:
    if expected is None:
        assert findings.ldh is None
        return
    match = _LDH.fullmatch(expected)
    assert match is not None
    assert findings.ldh is not None
    if match["value"]:
        limit = Decimal(match["limit"]) if match["limit"] else None
        assert (findings.ldh.value, findings.ldh.high) == (Decimal(match["value"]), limit)
    else:
        assert holds("ldh-high", findings.ldh) is (match["verdict"] == "high")


@every_row("vignette", ASKED, ids=_id)
def test_result(vignette: dict[str, Any]) -> None:
    expected = vignette["expect"]
    result = stage_reading(read_findings(vignette["turns"]), expected["system"])
    if "refuse" in expected:
        assert result.possible == ()
        said = str([(p.key, p.values) for p in result.problems])
        for reason in expected["refuse"]:
            kind, _, finding = reason.partition(" ")
            assert _REASONS.get(kind, kind) in said
            assert kind == "after" or finding in said or (finding == "fish" and "lesion" in said)
        return
    assert result.problems == ()
    assert list(result.possible) == expected["possible"]
    assert result.stage == expected["stage"]
    missing = {"1q" if "1q" in m else m.split()[0] for m in result.missing}
    assert missing == set(expected["missing"])


def test_enough_of_them() -> None:
    languages = [_id(v)[:2] for v in VIGNETTES]
    assert languages.count("zh") >= 85
    assert languages.count("en") >= 45
    assert len({tuple(v["turns"]) for v in VIGNETTES}) == len(VIGNETTES)


@every_row("vignette", [v for v in ASKED if "refuse" not in v["expect"]], ids=_id)
def test_the_recorded_call_can_be_made_again(vignette: dict[str, Any]) -> None:
    """The arguments in the answer record are the tool's, and give the same stages."""
    system = vignette["expect"]["system"]
    reading = read_findings(vignette["turns"])
    again = stage_myeloma(**arguments_of(reading, system))
    result = stage_reading(reading, system)
    assert (again.possible, again.missing) == (result.possible, result.missing)
