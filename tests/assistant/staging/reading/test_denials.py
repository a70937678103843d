"""Denials over "or", diseases ruled out, relapse told before the values, and a system wanted: read right."""

from __future__ import annotations

from assistant.staging.iss import System
from assistant.staging.reading.conversation import read_findings
from assistant.staging.reading.request import asks_for_staging
from assistant.staging.reading.stage import stage_reading
from tests.rows import every_row

_LABS = (
    "Untreated myeloma, B2M 2.6 mg/L, albumin 40 g/L, LDH normal, FISH: t(4;14) positive, del(17p) negative, "
)


@every_row(
    ("turns", "system", "stage"),
    [
        ([_LABS + "no gain or amplification of 1q. R2-ISS?"], "r2-iss", "II"),
        ([_LABS + "1q gain or amplification not seen. R2-ISS?"], "r2-iss", "II"),
        (
            [
                "New myeloma, B2M 6.1 mg/L, albumin 31 g/L, LDH normal. FISH has ruled out del(17p), t(4;14)"
                " and t(14;16). R-ISS?"
            ],
            "r-iss",
            "II",
        ),
        (
            [
                "New myeloma, B2M 6.1 mg/L, albumin 31 g/L, LDH high. MGUS and smouldering disease have been"
                " ruled out. R-ISS?"
            ],
            "r-iss",
            "III",
        ),
        (
            [
                "B2M 5.0 mg/L, albumin 35 g/L, LDH normal, new myeloma.",
                "FISH: del(17p) positive, t(4;14) negative, 1q normal. It's R2-ISS I want.",
            ],
            "r2-iss",
            "III",
        ),
        (
            ["He has relapsed after VRd. Work out the R-ISS?", "B2M 4.2 mg/L, albumin 34 g/L, LDH high"],
            "r-iss",
            None,
        ),
        (
            ["患者来那度胺方案后复发了，能重新算R-ISS吗？", "β2-MG 4.2 mg/L，白蛋白34 g/L，LDH升高。"],
            "r-iss",
            None,
        ),
    ],
)
def test_the_stage(turns: list[str], system: System, stage: str | None) -> None:
    request = asks_for_staging(turns[-1], turns[:-1])
    assert request
    assert request.systems[-1:] == (system,)
    assert stage_reading(read_findings(turns), system).stage == stage


@every_row(
    ("wish", "asked"), [("患者R-ISS几期？", True), ("这个患者R-ISS几期？", False), ("那R2-ISS呢？", False)]
)
def test_the_patient_behind_two_of_them(wish: str, asked: bool) -> None:
    turns = [
        "王女士，初诊，β2-MG 6.0 mg/L，白蛋白36 g/L，LDH升高。",
        "还有一位赵先生，初诊，β2-MG 3.0 mg/L，白蛋白41 g/L。",
    ]
    problems = read_findings([*turns, wish]).problems
    assert ("patient" in {p.kind for p in problems}) is asked
