"""An inequality that was read as a tag: mended where the document proves the reading, else marked."""

from __future__ import annotations

import pytest

from tests.ingest.documents import check_promises, source_of

DAMAGED = '甲蛋白<3.5mcg>< 297="">'
SISTER = "甲蛋白≥5.5 mcg/mL (≥ 466 nmol/L)"


def test_a_sister_limit_proves_the_units() -> None:
    source = source_of(f"| 期 | 值 |\n| --- | --- |\n| I | {DAMAGED} |\n| III | {SISTER} |\n")
    (repair,) = source.repairs
    assert repair.proven
    assert (repair.rule, repair.before) == ("inequality_read_as_tag", '<3.5mcg>< 297="">')
    assert source.text[repair.start : repair.end] == repair.after == "<3.5 mcg/mL (<297 nmol/L)"
    assert "5.5" in repair.evidence
    assert "466" in repair.evidence
    assert source.passages[0].text == "I | 甲蛋白<3.5 mcg/mL (<297 nmol/L)"
    assert not source.findings
    check_promises(source)


@pytest.mark.parametrize(
    "other",
    [
        "没有别的界值。",
        "甲蛋白≥5.5 mg/dL (≥ 466 nmol/L)",  # another unit than the one that is left
        "甲蛋白≥5.5 mcg/mL (≥ 500 nmol/L)",  # another ratio: 297/3.5 is 84.9, 500/5.5 is 90.9
        "甲蛋白≥5.5 mcg/mL",
    ],
)
def test_without_proof_it_is_only_marked(other: str) -> None:
    source = source_of(f"{DAMAGED}\n\n{other}\n")
    (repair,) = source.repairs
    assert not repair.proven
    assert repair.after == repair.before == source.text[repair.start : repair.end] == '<3.5mcg>< 297="">'
    assert source.passages[0].text == DAMAGED
    assert "broken_inequality" in {f.detector for f in source.findings}


def test_several_spots_in_reading_order() -> None:
    source = source_of(f'- {DAMAGED}\n- {SISTER}\n- 乙{DAMAGED}\n- <4.0mg>< 5="">\n')
    assert [r.proven for r in source.repairs] == [True, True, False]
    assert [r.start for r in source.repairs] == sorted(r.start for r in source.repairs)
    for repair in source.repairs:
        assert source.text[repair.start : repair.end] == repair.after


def test_sound_inequalities_are_left_alone() -> None:
    source = source_of("甲<3.5 mg/L，乙>5 g/L，丙 < 4 且 > 2。\n")
    assert not source.repairs
    assert not source.findings
    assert source.passages[0].text == "甲<3.5 mg/L，乙>5 g/L，丙 < 4 且 > 2。"
