"""ISS, R-ISS and R2-ISS against the independent truth table, in every unit and with everything missing."""

from __future__ import annotations

from itertools import product

import pytest

from assistant.staging.iss import System
from assistant.staging.parse import BadValue
from assistant.staging.parse_fish import parse_fish
from assistant.staging.tools import stage_myeloma
from tests.assistant.staging import truth
from tests.rows import every_row

UNKNOWN = (None, "unknown")
ALBUMINS = [row for row in truth.ALBUMIN if row[1] != "unknown unit"]
FISHES = [row for row in truth.FISH if row[1] != "ambiguous"]


@every_row(("b2m", "band"), truth.B2M)
def test_iss_in_every_unit(b2m: str, band: str) -> None:
    for albumin, level in (*ALBUMINS, UNKNOWN):
        result = stage_myeloma(b2m, albumin, system="iss")
        assert set(result.possible) == truth.possible_iss(band, level), albumin
        assert not result.problems


@every_row(("albumin", "level"), ALBUMINS)
def test_iss_without_b2m(albumin: str, level: str) -> None:
    result = stage_myeloma(albumin=albumin, system="iss")
    assert set(result.possible) == truth.possible_iss(None, level)
    assert result.to_record()["missing"] == ["B2M"]


B2MS = [("3.49 mg/L", "low"), ("297 nmol/L", "mid"), ("466 nmol/L", "high"), UNKNOWN]
TWO_ALBUMINS = [("35 g/L", "ok"), ("3.49 g/dL", "low"), UNKNOWN]
SOME_LDH = [("251/250", "high"), ("250/250", "normal"), ("900", "unknown")]
SOME_FISH = [("t(4;14)", "high"), ("未见异常", "standard"), UNKNOWN]


@pytest.mark.parametrize(
    "grid",
    [(truth.B2M, TWO_ALBUMINS, SOME_LDH, SOME_FISH), (B2MS, [*ALBUMINS, UNKNOWN], SOME_LDH, SOME_FISH),
     (B2MS, TWO_ALBUMINS, [*truth.LDH, UNKNOWN], [*FISHES, UNKNOWN])],
    ids=["every B2M", "every albumin", "every LDH and FISH"],
)
def test_riss_over_the_grid(grid: tuple[list[tuple[str | None, str]], ...]) -> None:
    wrong = []
    for (b2m, band), (albumin, level), (ldh, high), (fish, risk) in product(*grid):
        found = set(stage_myeloma(b2m, albumin, ldh, fish).possible)
        if found != truth.possible_riss(band, level, high, risk):
            wrong.append((b2m, albumin, ldh, fish, found))
    assert not wrong


@every_row(("given", "possible"), truth.RISS_ROWS)
def test_riss_table_of_missing_findings(given: truth.Given, possible: str) -> None:
    result = stage_myeloma(*given)
    assert " ".join(result.possible) == possible
    assert result.stage == (possible if " " not in possible else None)


def test_r2iss_over_the_whole_grid() -> None:
    words = {True: "positive", False: "negative"}
    wrong = []
    for (b2m, band), albumin, ldh, *states in product(
        [("2 mg/L", "low"), ("3.5 mg/L", "mid"), ("466 nmol/L", "high"), UNKNOWN],
        [("35 g/L", "ok"), ("3.49 g/dL", "low"), UNKNOWN],
        [("251/250", "high"), ("250/250", "normal"), ("251", "unknown")],
        (True, False, None), (True, False, None), (True, False, None),
    ):
        named = zip(("del(17p)", "t(4;14)", "1q21"), states, strict=True)
        fish = ", ".join(f"{lesion} {words[state]}" for lesion, state in named if state is not None) or None
        found = set(stage_myeloma(b2m, albumin[0], ldh[0], fish, "r2-iss").possible)
        if found != truth.possible_r2iss(band, albumin[1], ldh[1], *states):
            wrong.append((b2m, albumin, ldh, fish, found))
    assert not wrong


# b2m, albumin, ldh, fish → ISS, R-ISS, R2-ISS with its points; worked out by hand from the printed rules.
@pytest.mark.parametrize(
    ("b2m", "albumin", "ldh", "fish", "iss", "riss", "r2iss", "points"),
    [
        ("3.2 mg/L", "38 g/L", "180/250", "negative, 1q negative", "I", "I", "I", "0"),
        ("3.4 mg/L", "35 g/L", "250/250", "1q+, others negative", "I", "I", "II", "0.5"),
        ("3.0 mg/L", "30 g/L", "200/250", "t(14;16) positive, others negative, 1q negative", "II", "II",
         "II", "1"),
        ("4.0 mg/L", "40 g/L", "300/250", "negative, 1q negative", "II", "II", "III", "2"),
        ("6.0 mg/L", "36 g/L", "200/250", "negative, 1q negative", "III", "II", "III", "1.5"),
        ("5.5 mg/L", "42 g/L", "200/250", "t(4;14) positive, others negative, 1q negative", "III", "III",
         "III", "2.5"),
        ("5.6 mg/L", "32 g/L", "310/250", "del(17p) positive, others negative, 1q negative", "III", "III",
         "IV", "3.5"),
        ("9 mg/L", "30 g/L", "300/250", "del(17p), t(4;14), 1q+", "III", "III", "IV", "5"),
    ],
)
def test_worked_examples(
    b2m: str, albumin: str, ldh: str, fish: str, iss: str, riss: str, r2iss: str, points: str
) -> None:
    stages = [stage_myeloma(b2m, albumin, ldh, fish, system).stage for system in ("iss", "r-iss", "r2-iss")]
    assert stages == [iss, riss, r2iss]
    computed = {c.name: c.value for c in stage_myeloma(b2m, albumin, ldh, fish, "r2-iss").computed}
    assert computed["points"] == points


@pytest.mark.parametrize(
    ("b2m", "albumin", "possible"),
    # sum without 1q: 0 → I/II, 1 → II/III, 1.5 → III, 2.5 → III/IV (FISH negative without 1q in the panel)
    [("2 mg/L", "40 g/L", "I II"), ("4 mg/L", "40 g/L", "II III"), ("6 mg/L", "40 g/L", "III")],
)
def test_r2iss_negative_fish_leaves_1q_unknown(b2m: str, albumin: str, possible: str) -> None:
    result = stage_myeloma(b2m, albumin, "200/250", "negative", "r2-iss")
    assert " ".join(result.possible) == possible
    assert result.to_record()["missing"] == ["FISH 1q"]


def test_r2iss_sum_of_two_and_a_half_without_1q() -> None:
    assert stage_myeloma("6 mg/L", "40 g/L", "300/250", "negative", "r2-iss").possible == ("III", "IV")


@pytest.mark.parametrize(
    ("b2m", "possible"),
    [(">20 mg/L", "III"), ("≥5.5 mg/L", "III"), (">5.5mg/L", "III"), ("<3.5 mg/L", "I"), ("<3.0 mg/L", "I"),
     (">3.5 mg/L", "II III"), ("≥3.5 mg/L", "II III"), ("<5.5 mg/L", "I II"), ("≤3.5 mg/L", "I II"),
     ("<=5.5 mg/L", "I II III"), (">2 mg/L", "I II III"), ("≥ 466 nmol/L", "III"), ("<297nmol/L", "I")],
)
def test_bounded_values(b2m: str, possible: str) -> None:
    assert " ".join(stage_myeloma(b2m, "40 g/L", system="iss").possible) == possible


def test_fish_of_the_truth_table_that_is_ambiguous_is_refused() -> None:
    for text, state in truth.FISH:
        if state == "ambiguous":
            with pytest.raises(BadValue, match="whether it is positive or negative"):
                parse_fish(text)


def test_lesions_of_other_systems_do_not_count() -> None:
    negative = "del(17p) negative, t(4;14) negative, t(14;16) negative"
    others = ("1q+", "t(14;20) positive", "del(13q) positive", "del(1p32) positive", "trisomies positive")
    for lesion in others:
        assert stage_myeloma("2 mg/L", "40 g/L", "200/250", f"{negative}, {lesion}").stage == "I"
        assert stage_myeloma("6 mg/L", "40 g/L", "200/250", f"{negative}, {lesion}").stage == "II"
    t1416 = stage_myeloma("2 mg/L", "40 g/L", "200/250", "t(14;16) positive, others negative, 1q negative",
     "r2-iss")
    assert t1416.stage == "I"


def test_a_record_holds_the_contract_and_its_reasons() -> None:
    record = stage_myeloma("5.6mg/L", "32g/L", "310/250", "del(17p)").to_record()
    assert list(record)[:7] == ["system", "stage", "possible", "missing", "criteria", "problems", "source"]
    assert (record["system"], record["stage"], record["possible"]) == ("R-ISS", "III", ["III"])
    assert "26240224" in str(record["source"])
    criteria = record["criteria"]
    assert isinstance(criteria, list)
    assert criteria[3] == {
        "name": "LDH", "value": "310", "unit": "", "met": True,
        "rule": "LDH > the laboratory's upper limit of normal (equal is normal) [ULN 250]",
    }
    assert [c["met"] for c in criteria] == [False, False, True, True, True, None, None]
    figures = record["figures"]
    assert isinstance(figures, list)
    assert [(f["endpoint"], f["value"], f["n"]) for f in figures] == [
        ("5-year overall survival", "40", 3060), ("5-year progression-free survival", "24", 3060),
    ]


def test_a_settled_stage_says_what_is_missing() -> None:
    record = stage_myeloma("4 mg/L", "40 g/L").to_record()
    assert (record["stage"], record["settled"], record["missing"]) == ("II", True, ["LDH", "FISH"])


@pytest.mark.parametrize("system", ["iss", "r-iss", "r2-iss"])
@pytest.mark.parametrize("given", [{"disease": "smouldering myeloma"}, {"disease": "MGUS"},
                                   {"time_point": "after treatment"}, {"time_point": "relapse"}])
def test_systems_do_not_apply_elsewhere(system: System, given: dict[str, str]) -> None:
    result = stage_myeloma("6 mg/L", "40 g/L", "300/250", "del(17p)", system,
     **given)  # type: ignore[arg-type]
    assert (result.stage, result.possible, result.applicable) == (None, (), False)
    assert len(result.problems) == 1
    assert result.name in result.problems[0].text("en")
    assert all(c.met is None for c in result.criteria)
