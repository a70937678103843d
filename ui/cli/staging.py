"""``myeloma stage`` and its siblings: the deterministic tools on the command line.

Exit 0 with an outcome, 1 when findings are missing or the system does not apply, 2 when a value cannot
be used (one line on stderr says which and what to do).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

from assistant.staging import BadValue, StagingResult, calculators, tools
from ui.cli.staging_table import as_table

_DISEASES = {
    "active": "active myeloma", "smouldering": "smouldering myeloma", "mgus": "MGUS", "other": "other",
}
_TIMES = {"diagnosis": "diagnosis", "treated": "after treatment", "relapse": "relapse"}
_KINDS = ("IgG", "IgA", "IgM", "IgD", "IgE", "light chain", "none")

# option → (parameter of the tool, help). What is left out is unknown.
_OPTIONS = {
    "--b2m": ("b2m", "serum β2-microglobulin with unit: 5.6mg/L, 466nmol/L"),
    "--albumin": ("albumin", "serum albumin with unit: 32g/L, 3.2g/dL"),
    "--ldh": ("ldh", "value/upper limit: 310/250; or high, normal"),
    "--fish": ("fish", "'del(17p)', 't(4;14) negative, 1q+', negative, pending; not named is unknown"),
    "--marrow": ("marrow_plasma_cells", "clonal marrow plasma cells: 15%%"),
    "--plasmacytoma": ("plasmacytoma", "biopsy-proven plasmacytoma: yes or no"),
    "--calcium": ("calcium", "total serum calcium: 2.6mmol/L, 11.2mg/dL, '2.6mmol/L (2.1-2.55)', normal"),
    "--creatinine": ("creatinine", "serum creatinine: 163µmol/L, 1.8mg/dL, normal"),
    "--clearance": ("creatinine_clearance", "creatinine clearance: 38mL/min"),
    "--hb": ("haemoglobin", "haemoglobin: 92g/L, 9.2g/dL, '105g/L (130-175)', normal"),
    "--lytic": ("lytic_lesions", "osteolytic lesions (IMWG counts those ≥ 5 mm): 0, 3, multiple"),
    "--mri": ("mri_focal_lesions", "MRI focal lesions ≥ 5 mm: 0, 2, normal"),
    "--kappa": ("kappa", "serum free κ: 300mg/L, 30mg/dL, '<0.5mg/L'"),
    "--lambda": ("lambda_", "serum free λ: 250mg/L, 25mg/dL, '<0.5mg/L'"),
    "--ratio": ("flc_ratio", "κ/λ ratio as reported"),
    "--involved-ratio": ("flc_involved_ratio", "involved/uninvolved ratio as reported"),
    "--m-protein": ("m_protein_serum", "serum M protein: 32g/L, 3.2g/dL"),
    "--urine": ("m_protein_urine", "urine M protein: 600mg/24h, 0.6g/24h"),
    "--amyloidosis": ("amyloidosis", "yes or no"),
    "--from-myeloma": ("crab_from_myeloma", "no: organ damage has another cause"),
    "--tp53-mutation": ("tp53_mutation", "by sequencing: yes or no"),
    "--age": ("age", "years"),
}


def add_parsers(subcommands: argparse._SubParsersAction[Any]) -> None:
    """Add ``stage``, ``diagnose``, ``risk``, ``durie-salmon``, ``calcium``, ``egfr`` and ``flc``."""
    stage = _command(
        subcommands, "stage", "stage newly diagnosed active myeloma", tools.stage_myeloma,
        "--b2m --albumin --ldh --fish",
        'myeloma stage --b2m 5.6mg/L --albumin 32g/L --ldh 310/250 --fish "del(17p)"',
    )
    stage.add_argument("--system", choices=("r-iss", "iss", "r2-iss"), default="r-iss", help="default: r-iss")
    stage.add_argument("--iss", choices=("I", "II", "III"), help="the ISS stage where it is already known")
    _context(stage, "--disease", "--time")
    diagnose = _command(
        subcommands, "diagnose", "active myeloma, smouldering or MGUS, with CRAB and SLiM (IMWG 2014)",
        tools.diagnose_myeloma,
        "--marrow --plasmacytoma --calcium --albumin --creatinine --clearance --age --hb --lytic"
        " --from-myeloma --kappa --lambda --ratio --mri --m-protein --urine --amyloidosis",
        "myeloma diagnose --marrow 25% --hb 92g/L",
    )
    _context(diagnose, "--sex", "--type", "--time")
    risk = _command(
        subcommands, "risk", "risk of smouldering myeloma (20/2/20), or high risk by IMS/IMWG 2025",
        tools.myeloma_risk,
        "--marrow --m-protein --kappa --lambda --ratio --involved-ratio --fish --tp53-mutation --b2m"
        " --creatinine",
        "myeloma risk --marrow 25% --m-protein 22g/L --kappa 300mg/L --lambda 10mg/L\n"
        '  myeloma risk --model ims-2025 --fish "t(4;14), 1q+"',
    )
    risk.add_argument(
        "--model", choices=("20-2-20", "20-2-20-china", "20-2-20-fish", "ims-2025"), default="20-2-20",
        help="20-2-20 (Mayo 2018, IMWG 2020; default), the Chinese one of 2024 (≥), with FISH; IMS/IMWG 2025",
    )
    _context(risk, "--disease")
    salmon = _command(
        subcommands, "durie-salmon", "Durie-Salmon stage, disputed limits named", tools.stage_durie_salmon,
        "--hb --calcium --lytic --m-protein --urine --creatinine --plasmacytoma",
        "myeloma durie-salmon --hb 80g/L --creatinine 150µmol/L",
    )
    _context(salmon, "--type", "--time")
    _command(
        subcommands, "calcium", "calcium corrected for albumin", calculators.correct_calcium,
        "--calcium --albumin",
        "myeloma calcium --calcium 2.60mmol/L --albumin 30g/L",
    )
    egfr = _command(
        subcommands, "egfr", "eGFR by CKD-EPI 2021", calculators.estimate_gfr, "--creatinine --age",
        "myeloma egfr --creatinine 163µmol/L --age 71 --sex male",
    )
    _context(egfr, "--sex")
    flc = _command(
        subcommands, "flc", "free light chains: ratio and involved chain", calculators.light_chain_ratio,
        "--kappa --lambda --ratio", "myeloma flc --kappa 2mg/L --lambda 250mg/L",
    )
    flc.add_argument("--renal", action="store_true", help="use the reference range of renal impairment")


def _command(
    subcommands: argparse._SubParsersAction[Any], name: str, summary: str, tool: Callable[..., StagingResult],
    options: str, example: str,
) -> argparse.ArgumentParser:
    first = summary[0] if summary[1].isupper() else summary[0].upper()  # "eGFR" stays as it is
    parser: argparse.ArgumentParser = subcommands.add_parser(
        name, help=summary, description=f"{first}{summary[1:]}. What is left out is unknown.",
        epilog=f"example:\n  {example}", formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for option in options.split():
        parameter, text = _OPTIONS[option]
        parser.add_argument(option, dest=parameter, metavar="VALUE", help=text)
    parser.add_argument("--json", action="store_true", help="print the result record as JSON")
    parser.add_argument("--lang", choices=("zh", "en"), default="en", help="language (default: en)")
    parser.set_defaults(run=run, tool=tool)
    return parser


def _context(parser: argparse.ArgumentParser, *options: str) -> None:
    for option in options:
        if option == "--disease":
            parser.add_argument(option, choices=_DISEASES, help="the diagnosis where known")
        elif option == "--time":
            parser.add_argument(option, dest="time_point", choices=_TIMES, help="when the values were taken")
        elif option == "--type":
            parser.add_argument(option, dest="heavy_chain", choices=_KINDS, help="type of the M protein")
        else:
            parser.add_argument(option, choices=("female", "male"), help="for the eGFR")


def run(args: argparse.Namespace) -> int:
    """Call the tool of the subcommand and print what it found."""
    own = ("command", "run", "tool", "json", "lang")
    given = {name: value for name, value in vars(args).items() if name not in own}
    for name, words in (("disease", _DISEASES), ("time_point", _TIMES)):
        if given.get(name):
            given[name] = words[given[name]]
    if not any(value for name, value in given.items() if name not in ("system", "model", "renal")):
        print(f"myeloma {args.command}: no value given; see myeloma {args.command} --help", file=sys.stderr)
        return 2
    try:
        result: StagingResult = args.tool(**given)
    except BadValue as problem:
        print(f"myeloma: {problem}", file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps(result.to_record(args.lang), ensure_ascii=False))
    refused = result.applicable and bool(result.problems)
    if refused:
        print("myeloma: " + " ".join(p.text(args.lang) for p in result.problems), file=sys.stderr)
        return 2
    if not args.json:
        print(as_table(result, args.lang))
    return 0 if result.stage is not None or (result.computed and not result.possible) else 1
