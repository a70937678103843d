"""Many wordings of one thing: each must lead to the same stages, whatever the words.

The findings around a wording are fixed, so that the stages follow from what it means. B2M 6.1 mg/L is
ISS III, which is R-ISS III with a high LDH or a high-risk lesion, II with neither,
and II or III while one is open.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

from assistant.staging.reading.conversation import read_findings
from assistant.staging.reading.stage import stage_reading
from tests.rows import every_row

WORDINGS: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "wordings.toml").read_text("utf-8")
)
_NEGATIVE = "FISH 17p缺失、t(4;14)、t(14;16)均阴性"
_HEAD = "初诊多发性骨髓瘤，β2-MG 6.1 mg/L，白蛋白 38 g/L，"
_HIGH = f"β2-MG 6.1 mg/L，白蛋白 38 g/L，LDH 310 U/L（上限250），{_NEGATIVE}。"
_LOW = f"{_HEAD}LDH正常，{_NEGATIVE}。"
_SHAPES: dict[str, Callable[[str], list[str]]] = {
    "treated": lambda said: [f"多发性骨髓瘤，{said}。{_HIGH}"],
    "not_treated": lambda said: [f"多发性骨髓瘤，{said}。{_HIGH}"],
    "corrected": lambda said: [_LOW, said],
    "ldh": lambda said: [f"{_HEAD}{said}，{_NEGATIVE}。"],
    "fish": lambda said: [f"{_HEAD}LDH 210 U/L（120-250），{said}。"],
}
_STAGES = {
    "treated": (),
    "not_treated": ("III",),
    "corrected": ("I",),
    "ldh_high": ("III",),
    "ldh_normal": ("II",),
    "ldh_open": ("II", "III"),
    "fish_high": ("III",),
    "fish_negative": ("II",),
    "fish_open": ("II", "III"),
}
CASES = [(kind, said) for kind in _STAGES for said in WORDINGS[kind]]


def _possible(turns: list[str]) -> tuple[str, ...]:
    return stage_reading(read_findings(turns)).possible


@every_row(("kind", "said"), CASES)
def test_stages(kind: str, said: str) -> None:
    shape = _SHAPES.get(kind) or _SHAPES[kind.partition("_")[0]]
    assert _possible(shape(said)) == _STAGES[kind]


@every_row("said", WORDINGS["doubted"])
def test_a_value_in_doubt_gives_no_stage(said: str) -> None:
    assert _possible([_LOW]) == ("II",)
    assert len(_possible([_LOW, said])) != 1


@every_row("said", WORDINGS["treated"])
def test_treatment_told_before_or_after_the_values(said: str) -> None:
    assert _possible([f"我爸多发性骨髓瘤，{said}。", _HIGH]) == ()
    assert len(_possible([f"多发性骨髓瘤。{_HIGH}", f"{said}。"])) != 1
