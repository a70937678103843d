"""The command line on a small index of its own; nothing here touches the user's default index."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index import build_index
from ingest.load import load_source
from tests.small_fit import fitted_on
from ui.cli.main import main

NOTES = """---
title: 门诊备忘
reviewed: 2031-05
---

# 门诊备忘

## 给药

硼替佐米皮下注射，每周一次 (1)。达雷妥尤单抗会干扰交叉配血，首次输注之前先查血型。

## 感染

正在接受硼替佐米者可用阿昔洛韦或缬更昔洛韦预防性使用，以防带状疱疹。活疫苗不得接种。

### 参考文献

1. [Person A](https://pubmed.ncbi.nlm.nih.gov/11111111/). Injection in practice. 2031.
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What a command left behind; ``out`` is for data, ``err`` for progress and problems."""

    code: int
    out: str
    err: str


class Myeloma:
    """Runs ``main`` as a shell would."""

    def __init__(self, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capture, self._patch = capture, patch

    def __call__(self, *argv: str | Path, stdin: str | bytes = b"") -> Result:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        self._capture.readouterr()
        try:
            code = main([str(part) for part in argv])
        except SystemExit as stopped:  # argparse ends this way
            code = stopped.code if isinstance(stopped.code, int) else 2
        captured = self._capture.readouterr()
        assert "Traceback" not in captured.err
        return Result(code, captured.out, captured.err)


@pytest.fixture(scope="package", autouse=True)
def _quick_fit() -> Iterator[None]:
    with fitted_on(NOTES):
        yield


@pytest.fixture(autouse=True)
def _no_default_index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MYELOMA_INDEX", str(tmp_path / "default-index"))


@pytest.fixture
def myeloma(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Myeloma:
    return Myeloma(capsys, monkeypatch)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """The notes as a file."""
    path = tmp_path / "notes.md"
    path.write_text(NOTES, encoding="utf-8")
    return path


@pytest.fixture(scope="package")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the notes. Not to be changed: copy it."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "notes.md").write_text(NOTES, encoding="utf-8")
    build_index(folder / "index", [load_source(folder / "notes.md")])
    return folder / "index"


@pytest.fixture
def index_copy(built: Path, tmp_path: Path) -> Path:
    """A copy of the index that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "index"))
