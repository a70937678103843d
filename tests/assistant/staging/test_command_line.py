"""``myeloma stage`` and its siblings: output, exit codes, one clear line for misuse."""

from __future__ import annotations

import argparse
import json

import pytest

from ui.cli.staging import add_parsers


def run(*argv: str) -> int:
    parser = argparse.ArgumentParser(prog="myeloma")
    add_parsers(parser.add_subparsers(dest="command", required=True))
    args = parser.parse_args(argv)
    result: int = args.run(args)
    return result


def test_the_contract_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stage", "--b2m", "5.6mg/L", "--albumin", "32g/L", "--ldh", "310/250", "--fish", "del(17p)",
     "--json") == 0
    out, err = capsys.readouterr()
    record = json.loads(out)
    assert (record["system"], record["stage"], record["possible"], record["missing"]) == ("R-ISS", "III",
     ["III"], [])
    assert err == ""


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stage", "--b2m", "6mg/L", "--albumin", "40g/L") == 1
    out = capsys.readouterr().out
    assert out.startswith("R-ISS: not determined; possible stage II / stage III\n")
    assert "met      B2M       6 mg/L   stage III: B2M ≥ 5.5 mg/L (≥ 466 nmol/L)" in out
    assert "missing: LDH, FISH" in out
    assert "PMID 26240224" in out


def test_the_table_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stage", "--b2m", "466nmol/L", "--albumin", "40g/L", "--ldh", "升高", "--lang", "zh") == 0
    out = capsys.readouterr().out
    assert out.startswith("R-ISS: III期\n")
    assert "缺少: FISH" in out


@pytest.mark.parametrize(
    ("argv", "code", "first"),
    [
        (["stage", "--system", "r2-iss", "--b2m", "2mg/L", "--albumin", "40g/L", "--ldh", "200/250", "--fish",
          "negative, 1q negative"], 0, "R2-ISS: stage I"),
        (["stage", "--b2m", "5.6mg/L", "--disease", "smouldering"], 1, "R-ISS: does not apply"),
        (["stage", "--b2m", "5.6mg/L", "--time", "relapse"], 1, "R-ISS: does not apply"),
        (["diagnose", "--marrow", "25%", "--hb", "92g/L"], 0, "IMWG 2014: active myeloma"),
        (["diagnose", "--marrow", "25%"], 1,
         "IMWG 2014: not determined; possible active myeloma / smouldering myeloma"),
        (["risk", "--marrow", "25%", "--m-protein", "22g/L", "--kappa", "300mg/L", "--lambda", "10mg/L"], 0,
         "20/2/20 (Mayo 2018, IMWG 2020): high"),
        (["risk", "--model", "20-2-20-china", "--marrow", "20%", "--m-protein", "20g/L"], 0,
         "20/2/20 (China 2024): high"),
        (["risk", "--model", "ims-2025", "--fish", "t(4;14)"], 1,
         "IMS/IMWG 2025: not determined; possible high risk / not high risk"),
        (["durie-salmon", "--hb", "80g/L", "--creatinine", "150µmol/L"], 0, "Durie-Salmon: stage IIIA"),
        (["calcium", "--calcium", "2.60mmol/L", "--albumin", "30g/L"], 0, "corrected calcium:"),
        (["calcium", "--calcium", "2.60mmol/L"], 1, "corrected calcium: not determined"),
        (["egfr", "--creatinine", "163µmol/L", "--age", "71", "--sex", "male"], 0, "eGFR (CKD-EPI 2021):"),
        (["egfr", "--creatinine", "163µmol/L"], 1, "eGFR (CKD-EPI 2021): not determined"),
        (["flc", "--kappa", "2mg/L", "--lambda", "250mg/L"], 0, "free light chains: λ involved"),
        (["flc", "--kappa", "2mg/L"], 1, "free light chains: not determined; possible"),
    ],
)
def test_every_command(argv: list[str], code: int, first: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*argv) == code
    out, err = capsys.readouterr()
    assert out.splitlines()[0].startswith(first)
    assert err == ""
    assert run(*argv, "--json", "--lang", "zh") == code
    assert json.loads(capsys.readouterr().out)["criteria"]


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        (["stage", "--b2m", "5.6", "--albumin", "32g/L"],
         "myeloma: B2M 5.6 has no unit. Which unit: mg/L / nmol/L?"),
        (["stage", "--b2m", "5.6mg/L", "--albumin", "350g/L"],
         "myeloma: albumin 350 g/L is not possible. Please check the value and its unit."),
        (["stage", "--b2m", "high-ish"],
         "myeloma: B2M 'high-ish' cannot be read; give a number with its unit (mg/L / nmol/L)"),
        (["stage"], "myeloma stage: no value given; see myeloma stage --help"),
        (["egfr", "--creatinine", "1mg/dL", "--age", "seventy"], "myeloma: age 'seventy' is not a number"),
    ],
)
def test_misuse_is_one_clear_line(argv: list[str], line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*argv) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", line + "\n")


def test_a_refusal_is_still_a_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stage", "--b2m", "5.6mg/L", "--albumin", "3.2g/L", "--json") == 2
    record = json.loads(capsys.readouterr().out)
    assert (record["stage"], record["possible"]) == (None, [])
    assert record["problems"] == ["albumin 3.2 g/L is not possible. Please check the value and its unit."]


@pytest.mark.parametrize("command", ["stage", "diagnose", "risk", "durie-salmon", "calcium", "egfr", "flc"])
def test_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(command, "--help")
    assert f"example:\n  myeloma {command} " in capsys.readouterr().out
