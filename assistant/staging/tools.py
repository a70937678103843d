"""The tools as plain functions: texts in, a ``StagingResult`` out (``to_record()`` gives JSON values).

Every laboratory value is a text with its unit, as on the report; what is not known is left out. These
signatures are the argument schemas of the command line and of language models; the arithmetic ones are in
``assistant.staging.calculators``. All raise ``BadValue`` when a text is no value.
"""

from __future__ import annotations

from typing import Literal

from assistant.staging.diagnosis import diagnose
from assistant.staging.durie_salmon import durie_salmon
from assistant.staging.findings import Disease, HeavyChain, IssStage, Sex, TimePoint
from assistant.staging.high_risk import high_risk
from assistant.staging.inputs import findings_from
from assistant.staging.iss import System
from assistant.staging.result import StagingResult
from assistant.staging.smouldering import smouldering_risk
from assistant.staging.stated_iss import stage_with_iss

RiskModel = Literal["20-2-20", "20-2-20-china", "20-2-20-fish", "ims-2025"]


def stage_myeloma(
    b2m: str | None = None,
    albumin: str | None = None,
    ldh: str | None = None,
    fish: str | None = None,
    system: System = "r-iss",
    disease: Disease | None = None,
    time_point: TimePoint | None = None,
    iss: IssStage | None = None,
) -> StagingResult:
    """Stage newly diagnosed symptomatic multiple myeloma by R-ISS, ISS or R2-ISS.

    Values at diagnosis, before treatment; leave out what is not known: the stages still possible come back.

    Args:
        b2m: serum β2-microglobulin with unit: "5.6 mg/L", "5.6 µg/mL", "5600 ng/mL", "466 nmol/L". Not urine.
        albumin: serum albumin with unit: "32 g/L" or "3.2 g/dL".
        ldh: "310/250" (value/laboratory's upper limit, U/L), "310 U/L (120-250)", "high" or "normal". A bare
            number is unknown.
        fish: lesions found or excluded: "del(17p)", "t(4;14) negative, 1q+", "del(17p), others negative",
            "negative", "not done". A lesion that is not mentioned is unknown.
        system: "r-iss", "iss" or "r2-iss".
        disease: the diagnosis where stated; the systems do not apply to smouldering myeloma and MGUS.
        time_point: when the values were taken; the systems do not apply after treatment and at relapse.
        iss: the ISS stage where it is stated; it stands for B2M and albumin that are not known.
    """
    texts = {"b2m": b2m, "albumin": albumin, "ldh": ldh, "fish": fish}
    findings = findings_from(**texts, disease=disease, time_point=time_point)
    return stage_with_iss(findings, iss, system)


def diagnose_myeloma(
    marrow_plasma_cells: str | None = None,
    plasmacytoma: str | None = None,
    calcium: str | None = None,
    albumin: str | None = None,
    creatinine: str | None = None,
    creatinine_clearance: str | None = None,
    age: str | None = None,
    sex: Sex | None = None,
    haemoglobin: str | None = None,
    lytic_lesions: str | None = None,
    crab_from_myeloma: str | None = None,
    kappa: str | None = None,
    lambda_: str | None = None,
    flc_ratio: str | None = None,
    mri_focal_lesions: str | None = None,
    m_protein_serum: str | None = None,
    m_protein_urine: str | None = None,
    heavy_chain: HeavyChain | None = None,
    amyloidosis: str | None = None,
    time_point: TimePoint | None = None,
) -> StagingResult:
    """Active myeloma, smouldering myeloma, MGUS or other by IMWG 2014, with each letter of CRAB and SLiM.

    Args:
        marrow_plasma_cells: clonal, percent: "15%".
        plasmacytoma: biopsy-proven: "yes" or "no".
        calcium: total serum calcium: "2.6 mmol/L", "11.2 mg/dL", "2.6 mmol/L (2.1-2.55)" with its reference
            range, or "normal".
        albumin: for the corrected calcium: "32 g/L" or "3.2 g/dL".
        creatinine: serum: "163 µmol/L" or "1.8 mg/dL"; or "normal".
        creatinine_clearance: measured or estimated: "38 mL/min".
        age: years; with sex and creatinine it gives eGFR (CKD-EPI 2021).
        sex: "female" or "male".
        haemoglobin: "92 g/L" or "9.2 g/dL", with the laboratory's range where known: "105 g/L (130-175)".
        lytic_lesions: number of osteolytic lesions ≥ 5 mm on X-ray, CT or PET-CT: "0", "3", "multiple".
        crab_from_myeloma: "no" when organ damage has another cause.
        kappa: serum free κ: "300 mg/L" or "30 mg/dL"; below detection "< 0.5 mg/L".
        lambda_: serum free λ, likewise.
        flc_ratio: κ/λ as reported, no unit.
        mri_focal_lesions: number of focal lesions ≥ 5 mm on MRI: "0", "2".
        m_protein_serum: "32 g/L" or "3.2 g/dL".
        m_protein_urine: "600 mg/24 h" or "0.6 g/24 h".
        heavy_chain: type of the M protein; "light chain" or "none" where there is no heavy chain.
        amyloidosis: "yes" or "no".
        time_point: when the values were taken; the criteria hold at diagnosis.
    """
    return diagnose(findings_from(**locals()))


def myeloma_risk(
    model: RiskModel = "20-2-20",
    marrow_plasma_cells: str | None = None,
    m_protein_serum: str | None = None,
    kappa: str | None = None,
    lambda_: str | None = None,
    flc_ratio: str | None = None,
    flc_involved_ratio: str | None = None,
    fish: str | None = None,
    tp53_mutation: str | None = None,
    b2m: str | None = None,
    creatinine: str | None = None,
    disease: Disease | None = None,
) -> StagingResult:
    """Risk of smouldering myeloma by 20/2/20, or high risk of active myeloma by IMS/IMWG 2025.

    Args:
        model: "20-2-20" (Mayo 2018, IMWG 2020: > 20%, > 2 g/dL, > 20), "20-2-20-china" (2024: ≥),
            "20-2-20-fish" (IMWG 2020 with cytogenetics), or "ims-2025" (high-risk active myeloma).
        marrow_plasma_cells: percent: "25%".
        m_protein_serum: "25 g/L" or "2.5 g/dL".
        kappa: serum free κ: "300 mg/L" or "30 mg/dL".
        lambda_: serum free λ, likewise.
        flc_ratio: κ/λ as reported, no unit.
        flc_involved_ratio: involved/uninvolved as reported, no unit.
        fish: lesions with the clonal percentage of del(17p): "del(17p) 35%, t(4;14) negative, 1q+".
        tp53_mutation: by sequencing: "yes" or "no".
        b2m: serum: "5.6 mg/L" (ims-2025).
        creatinine: serum: "1.0 mg/dL" or "88 µmol/L" (ims-2025).
        disease: the diagnosis where stated.
    """
    texts = {name: text for name, text in locals().items() if name != "model"}
    findings = findings_from(**texts)
    if model == "ims-2025":
        return high_risk(findings)
    if model == "20-2-20-fish":
        return smouldering_risk(findings, "2020-fish")
    return smouldering_risk(findings, "2018" if model == "20-2-20" else "china-2024")


def stage_durie_salmon(
    haemoglobin: str | None = None,
    calcium: str | None = None,
    lytic_lesions: str | None = None,
    m_protein_serum: str | None = None,
    m_protein_urine: str | None = None,
    heavy_chain: HeavyChain | None = None,
    creatinine: str | None = None,
    plasmacytoma: str | None = None,
    time_point: TimePoint | None = None,
) -> StagingResult:
    """Durie-Salmon stage IA to IIIB; where copies of the system differ, every stage that one of them gives.

    Args:
        haemoglobin: "92 g/L" or "9.2 g/dL".
        calcium: "2.6 mmol/L" or "10.4 mg/dL", "2.6 mmol/L (2.1-2.55)" with its reference range, or "normal".
        lytic_lesions: number: "0", "4", "multiple".
        m_protein_serum: "45 g/L" or "4.5 g/dL".
        m_protein_urine: light chain: "5 g/24 h".
        heavy_chain: "IgG" or "IgA" (the system has no limit for the others), "light chain" or "none".
        creatinine: "150 µmol/L" or "1.7 mg/dL".
        plasmacytoma: "yes" when the one bone lesion is a solitary plasmacytoma.
        time_point: when the values were taken; the system holds at diagnosis.
    """
    return durie_salmon(findings_from(**locals()))
