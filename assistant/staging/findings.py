"""What is known about one patient: frozen, typed, in the units of the report.

Nothing here is computed, converted or guessed. A value keeps the unit that it was given in, because
the staging limits are printed in several units and are compared in the one given. ``None`` and
``"unknown"`` both mean that the finding is missing; missing is never the same as normal.

    >>> Findings(b2m=Measurement(Decimal("466"), "nmol/L"), ldh=Measurement(verdict="high")).b2m.unit
    'nmol/L'
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

State = Literal["present", "absent", "unknown"]
"""``unknown``: not done, pending, not reported, or reported so that it cannot be told."""

Relation = Literal["=", "<", "<=", ">", ">=", "~"]
"""How a report bounds a value: "β2-MG >20 mg/L" has the relation ">" and is known only to exceed 20.

"~": about so much; beside a limit it does not say on which side.
"""

Verdict = Literal["low", "normal", "high"]
"""The report's own word (升高, 正常, 不高, ↑, 偏低), against its own reference range."""

Lesion = Literal[
    "del(17p)",
    "t(4;14)",
    "t(14;16)",  # high risk in R-ISS
    "t(14;20)",
    "1q+",
    "del(1p32)",
    "del(13q)",  # counted by other systems
    "t(11;14)",
    "t(6;14)",
    "trisomies",  # counted by none
    "IGH rearrangement",  # break-apart probe, partner not typed
]
"""Lesions of a FISH report. TP53 deletion is del(17p); TP53 *mutation* is sequencing, see ``Findings``."""

FishVerdict = Literal[
    "no abnormality", "no other abnormality", "no high-risk lesion", "high-risk lesion, not named",
    "not done", "pending",
]
"""What a report says of the panel as a whole.

"no abnormality" and "no high-risk lesion" answer for del(17p), t(4;14) and t(14;16) only: which other
probes the panel held is not known, so 1q+ and the rest stay unknown unless named. "no other abnormality"
(其余阴性) is the same beside named lesions. "high-risk lesion, not named" answers for none. A normal G-band
karyotype is no FISH result and has no place here.
"""

TimePoint = Literal["diagnosis", "after treatment", "relapse"]
"""When the values were taken; "diagnosis" means before any treatment."""

Disease = Literal["active myeloma", "smouldering myeloma", "MGUS", "other"]
"""The diagnosis as stated by the user, not derived."""

HeavyChain = Literal["IgG", "IgA", "IgM", "IgD", "IgE", "light chain", "none"]
"""Type of the M protein; "light chain": no heavy chain on immunofixation; "none": non-secretory."""

IssStage = Literal["I", "II", "III"]
Chain = Literal["kappa", "lambda"]
Sex = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class Measurement:
    """A laboratory value, a bounded value, or only the report's verdict.

    ``low`` and ``high`` are the laboratory's own reference limits, in the same unit as ``value``.
    ``unit`` is as written ("" when none was given): "mg/L", "μg/ml", "ｍｇ／Ｌ", "%", "g/24h", …
    Counts (bone lesions) have the unit "" and may have a relation: "multiple" is >= 2.
    ``text`` is what the finding was read from, for messages.
    """

    value: Decimal | None = None
    unit: str = ""
    relation: Relation = "="
    low: Decimal | None = None
    high: Decimal | None = None
    verdict: Verdict | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class LesionResult:
    """One lesion of a FISH report.

    ``text``: the report's wording. ``percent``: clonal cells that carry it, 0..100. ``copies``: of 1q
    (3 gain, 4 or more amplification). ``alleles``: lost, for del(1p32): 1 monoallelic, 2 biallelic.
    """

    lesion: Lesion
    state: State
    text: str = ""
    percent: Decimal | None = None
    copies: int | None = None
    alleles: int | None = None


@dataclass(frozen=True, slots=True)
class Fish:
    """A FISH report: its verdict as a whole answers for the lesions that are not named one by one.

    Results that contradict each other both belong in ``results``, and a verdict that contradicts a named
    lesion stays beside it; the tools then refuse and ask.
    """

    verdict: FishVerdict | None = None
    results: tuple[LesionResult, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements that cannot all hold, or that need a choice. A tool that uses ``finding`` refuses.

    ``finding``: a field name of ``Findings`` ("b2m"), or "patient" when the values belong to several
    patients and "date" when they belong to several dates; these two stop every tool. ``texts``: the
    statements as written.
    """

    finding: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the tools may use; leave out what is not known.

    "No CRAB" is five findings with the verdict "normal": calcium, creatinine, creatinine_clearance,
    haemoglobin and lytic_lesions; "MRI normal" is ``mri_focal_lesions`` with the verdict "normal".
    """

    # Staging
    b2m: Measurement | None = None  # serum β2-microglobulin: mg/L, nmol/L, …; never urine
    albumin: Measurement | None = None  # serum albumin: g/L, g/dL
    ldh: Measurement | None = None  # U/L with ``high`` (upper limit of normal), or a verdict
    fish: Fish | None = None  # iFISH on marrow plasma cells
    tp53_mutation: State = "unknown"  # by sequencing
    # CRAB
    calcium: Measurement | None = None  # total serum calcium: mmol/L, mg/dL; ``high`` = its limit
    ionised_calcium: Measurement | None = None  # mmol/L
    creatinine: Measurement | None = None  # serum: µmol/L, mg/dL
    creatinine_clearance: Measurement | None = None  # measured or estimated: mL/min
    haemoglobin: Measurement | None = None  # g/L, g/dL; ``low`` = lower limit of normal
    lytic_lesions: Measurement | None = None  # number of osteolytic lesions >= 5 mm (X-ray, CT, PET-CT)
    crab_from_myeloma: bool | None = None  # False: explained by another disease
    # Clone
    marrow_plasma_cells: Measurement | None = None  # clonal, percent of marrow cells
    plasmacytoma: State = "unknown"  # biopsy-proven, bony or extramedullary
    mri_focal_lesions: Measurement | None = None  # number of focal lesions >= 5 mm on MRI
    m_protein_serum: Measurement | None = None  # g/L, g/dL
    m_protein_urine: Measurement | None = None  # mg/24 h, g/24 h
    heavy_chain: HeavyChain | None = None
    kappa: Measurement | None = None  # free light chain κ: mg/L, mg/dL
    lambda_: Measurement | None = None  # free light chain λ: mg/L, mg/dL
    flc_ratio: Measurement | None = None  # κ/λ as reported, no unit
    flc_involved_ratio: Measurement | None = None  # involved/uninvolved as reported, no unit
    involved_chain: Chain | None = None
    amyloidosis: State = "unknown"
    # Patient
    age: Decimal | None = None  # years
    sex: Sex | None = None
    disease: Disease | None = None
    time_point: TimePoint | None = None
    # Reader
    conflicts: tuple[Conflict, ...] = ()
