"""The command that refits, as a maintainer runs it."""

from __future__ import annotations

import tomllib
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from evals.studies.calibration import __main__ as command
from evals.studies.calibration.__main__ import main
from evals.studies.calibration.sufficiency import NAMES
from index import Index
from tests.evals.conftest import ROWS, Write, shipped_data

pytestmark = pytest.mark.usefixtures("one_index")


def test_fitting_writes_where_it_is_told(
    document: Path, write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped, kinds, gold = shipped_data("sufficiency.toml"), shipped_data("kinds.tsv"), str(write(ROWS))
    texts = []
    for name in ("one.toml", "two.toml"):
        out = tmp_path / name
        arguments = ["--source", str(document), "--date", "2026-01-02", gold, "--threshold", "0.55"]
        assert main([*arguments, "--out", str(out)]) == 0
        texts.append(out.read_text("utf-8"))
    assert texts[0] == texts[1]
    assert shipped_data("sufficiency.toml") == shipped
    assert shipped_data("kinds.tsv") == kinds
    data = tomllib.loads(texts[0])
    assert set(data["weights"]) == set(NAMES)
    assert data["threshold"] == 0.55
    provenance = " ".join(line.strip("# ") for line in texts[0].splitlines() if line.startswith("#"))
    assert "dev split of memo (5 questions, 2 of them unanswerable" in provenance
    assert "2026-01-02" in provenance
    assert "threshold  unanswerable recognised" in capsys.readouterr().out


def test_gold_on_the_monograph_is_asked_of_it(
    document: Path, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Path | None] = []
    one_index = command.temporary_index

    def noted(of: Path | None) -> AbstractContextManager[Index]:
        built.append(of)
        return one_index(document)

    monkeypatch.setattr(command, "temporary_index", noted)
    page = write(ROWS, "page.jsonl")
    shipped = write([r | {"source": "monograph"} for r in ROWS], "shipped.jsonl")
    arguments = ["--source", str(document), "--date", "2026-01-02", "--out", str(tmp_path / "out.toml")]
    assert main([*arguments, str(page)]) == 0
    assert built == [document]
    assert main([*arguments, str(page), str(shipped)]) == 0
    assert built == [document, document, None]


def test_tuning_writes_where_it_is_told(document: Path, write: Write, tmp_path: Path) -> None:
    shipped, out = shipped_data("ranking.toml"), tmp_path / "ranking.toml"
    arguments = ["--source", str(document), "--date", "2026-01-02", str(write(ROWS)), "--out", str(out)]
    assert main([*arguments, "--tune", "0.2", "--seed", "7"]) == 0
    assert shipped_data("ranking.toml") == shipped
    text = out.read_text("utf-8")
    assert "seed 7" in text
    assert "2026-01-02" in text
    assert tomllib.loads(text).keys() == tomllib.loads(shipped).keys()


def test_gold_of_one_kind_is_misuse(
    document: Path, write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "never.toml"
    arguments = ["--source", str(document), "--date", "2026-01-02", str(write(ROWS[:3])), "--out", str(out)]
    assert main(arguments) == 2
    assert "add the missing kind" in capsys.readouterr().err
    assert not out.exists()
