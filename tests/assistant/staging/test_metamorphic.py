"""What must not change a result, and what may only narrow it."""

from __future__ import annotations

from functools import cache
from itertools import product
from random import Random

import pytest

from assistant.staging.iss import System
from assistant.staging.tools import diagnose_myeloma, myeloma_risk, stage_durie_salmon, stage_myeloma

STAGING = {
    "b2m": ["3.4 mg/L", "297 nmol/L", "5.49 mg/L", "466 nmol/L", "> 4 mg/L"],
    "albumin": ["34.9 g/L", "3.5 g/dL"],
    "ldh": ["250/250", "251/250", "high"],
    "fish": ["negative", "del(17p) positive, t(4;14) negative", "t(4;14), 1q+", "t(14;16)", "1q21 negative",
     "pending"],
}
DIAGNOSIS = {
    "marrow_plasma_cells": ["5%", "10%", "59%", "60%"],
    "calcium": ["2.2 mmol/L", "2.76 mmol/L", "11 mg/dL", "normal"],
    "creatinine": ["60 µmol/L", "150 µmol/L", "2.1 mg/dL"], "age": ["50", "80"], "sex": ["female", "male"],
    "haemoglobin": ["99 g/L", "130 g/L", "105 g/L (130-175)"], "lytic_lesions": ["0", "1", "2"],
    "kappa": ["12 mg/L", "500 mg/L"], "lambda_": ["4 mg/L", "20 mg/L"], "mri_focal_lesions": ["0", "2"],
    "m_protein_serum": ["12 g/L", "30 g/L"], "m_protein_urine": ["100 mg/24h", "0.5 g/24h"],
    "heavy_chain": ["IgG", "IgM"],
}
RISK = {
    "marrow_plasma_cells": ["20%", "21%"], "m_protein_serum": ["20 g/L", "2.1 g/dL"],
    "kappa": ["12 mg/L", "90 mg/L"],
    "lambda_": ["1 mg/L", "20 mg/L"], "fish": ["t(4;14) negative, 1q+", "del(13q)", "negative"],
}
HIGH = {
    "fish": ["del(17p) 30%", "t(4;14)", "t(4;14), 1q+", "1q+, t(4;14) negative", "negative"],
    "tp53_mutation": ["no", "yes"],
    "b2m": ["5.5 mg/L", "3 mg/L"], "creatinine": ["1.1 mg/dL", "1.2 mg/dL"],
}
DURIE = {
    "haemoglobin": ["8.4 g/dL", "9 g/dL", "12 g/dL"], "calcium": ["normal", "2.9 mmol/L", "3.1 mmol/L"],
    "lytic_lesions": ["0", "2", "4", "6"], "m_protein_serum": ["20 g/L", "40 g/L", "80 g/L"],
    "m_protein_urine": ["1 g/24h", "5 g/24h", "13 g/24h"], "heavy_chain": ["IgG", "IgA"],
    "creatinine": ["1.9 mg/dL", "177 µmol/L"],
}
TOOLS = [
    (stage_myeloma, STAGING, {"system": "iss"}), (stage_myeloma, STAGING, {"system": "r-iss"}),
    (stage_myeloma, STAGING, {"system": "r2-iss"}), (diagnose_myeloma, DIAGNOSIS, {}),
    (myeloma_risk, RISK, {"model": "20-2-20"}), (myeloma_risk, RISK, {"model": "20-2-20-fish"}),
    (myeloma_risk, HIGH, {"model": "ims-2025"}), (stage_durie_salmon, DURIE, {}),
]


@pytest.mark.parametrize("index", range(len(TOOLS)))
def test_adding_information_never_enlarges_the_possible_set(index: int) -> None:
    tool, pool, fixed = TOOLS[index]

    random = Random(index)

    def drawn(values: list[str]) -> str | None:
        return random.choice([None, random.choice(values)])

    for _ in range(200):
        known = {name: drawn(values) for name, values in pool.items()}
        more = {name: known[name] or drawn(values) for name, values in pool.items()}
        before, after = tool(**known, **fixed), tool(**more, **fixed)  # type: ignore[operator]
        if before.applicable and after.applicable:
            assert not before.problems, known
            assert not after.problems, more
            assert after.possible, more
            assert set(after.possible) <= set(before.possible), (known, more)


@pytest.mark.parametrize("system", ["iss", "r-iss", "r2-iss"])
def test_a_possible_stage_is_reached_by_some_completion(system: System) -> None:
    """Every stage in the set comes out for some value of what is missing, so the set is not too wide."""
    full = {
        "b2m": ["2 mg/L", "4 mg/L", "6 mg/L"], "albumin": ["30 g/L", "40 g/L"], "ldh": ["200/250", "300/250"],
        "fish": [f"del(17p) {a}, t(4;14) {b}, t(14;16) negative, 1q {c}"
                 for a, b, c in product(("positive", "negative"), repeat=3)],
    }
    stage = cache(stage_myeloma)  # the completions of one choice are those of many others
    for choice in product(*([None, *values] for values in full.values())):
        known = dict(zip(full, choice, strict=True))
        completions = product(*([known[name]] if known[name] else values for name, values in full.items()))
        reached = {stage(b2m, alb, ldh, fish, system).stage for b2m, alb, ldh, fish in completions}
        b2m, albumin, ldh, fish = choice
        assert set(stage(b2m, albumin, ldh, fish, system).possible) == reached, known


@pytest.mark.parametrize(
    "same",
    [
        ["5.6 mg/L", "5.6mcg/mL", "5600 ng/ml", "0.56 mg/dL", "5600 µg/L", "５．６ｍｇ／Ｌ", "5.60 mg·L-1",
         "5.6微克/毫升"],
        ["3.4 mg/L", "3.4 μg/mL", "3400ng/mL", "288 nmol/L"], ["4 mg/L", "4000 μg/L", "339 nmol/L"],
    ],
)
def test_units_do_not_change_the_stage(same: list[str]) -> None:
    systems: tuple[System, ...] = ("iss", "r-iss", "r2-iss")
    others = product(("34 g/L", "3.6 g/dL", None), ("300/250", None), ("del(17p)", "negative", None), systems)
    for albumin, ldh, fish, system in others:
        assert len({stage_myeloma(b2m, albumin, ldh, fish, system).possible for b2m in same}) == 1


def test_the_order_of_lesions_does_not_matter() -> None:
    for fish in ("t(4;14) positive, 1q+, del(17p) negative", "del(17p) negative, 1q+, t(4;14) positive"):
        assert stage_myeloma("6 mg/L", "40 g/L", "200/250", fish, "r2-iss").stage == "IV"
