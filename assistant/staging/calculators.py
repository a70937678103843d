"""The arithmetic tools as plain functions: texts with units in, a ``StagingResult`` with ``computed`` out."""

from __future__ import annotations

from assistant.staging.calcium import calcium_tool
from assistant.staging.egfr import egfr_tool
from assistant.staging.findings import Sex
from assistant.staging.inputs import findings_from
from assistant.staging.light_chains import free_light_chain_ratio
from assistant.staging.result import StagingResult


def correct_calcium(calcium: str | None = None, albumin: str | None = None) -> StagingResult:
    """Calcium corrected for albumin, in the unit of the calcium.

    Args:
        calcium: total serum calcium: "2.6 mmol/L" or "10.3 mg/dL".
        albumin: "30 g/L" or "3.0 g/dL".

    Raises:
        BadValue: a text is no value.
    """
    return calcium_tool(findings_from(calcium=calcium, albumin=albumin))


def estimate_gfr(
    creatinine: str | None = None, age: str | None = None, sex: Sex | None = None
) -> StagingResult:
    """eGFR by CKD-EPI 2021, mL/min/1.73 m², adults.

    Args:
        creatinine: serum: "163 µmol/L" or "1.84 mg/dL".
        age: years, 18 or more.
        sex: "female" or "male".

    Raises:
        BadValue: a text is no value.
    """
    return egfr_tool(findings_from(creatinine=creatinine, age=age, sex=sex))


def light_chain_ratio(
    kappa: str | None = None, lambda_: str | None = None, flc_ratio: str | None = None, renal: bool = False
) -> StagingResult:
    """κ/λ ratio of serum free light chains, the involved chain, and the involved/uninvolved ratio.

    Args:
        kappa: "300 mg/L" or "30 mg/dL"; below detection "< 0.5 mg/L".
        lambda_: likewise.
        flc_ratio: κ/λ as reported, when a chain is not known.
        renal: judge by the reference range of renal impairment (0.37-3.10).

    Raises:
        BadValue: a text is no value.
    """
    return free_light_chain_ratio(findings_from(kappa=kappa, lambda_=lambda_, flc_ratio=flc_ratio), renal)
