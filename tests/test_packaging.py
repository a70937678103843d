"""What a wheel must carry: every data file that lies beside the modules."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]
# For readers of the repository: nothing opens them at run time.
READING = {"INJECTION.md", "RAGAS.md", "README.md", "RESULTS.md", "XQUAD.md"}


@pytest.mark.parametrize("package", ["ingest", "index", "assistant", "evals", "ui"])
def test_every_data_file_is_packaged(package: str) -> None:
    folder = ROOT / package
    packaged = {path for pattern in DATA[package] for path in folder.glob(pattern)}
    there = {
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc") and path.name not in READING
    }
    assert sorted(str(p.relative_to(ROOT)) for p in there - packaged) == []


def test_every_folder_with_modules_is_a_package() -> None:
    """Without it a wheel leaves the folder out, while the checkout still works."""
    for package in DATA:
        for module in (ROOT / package).rglob("*.py"):
            assert (module.parent / "__init__.py").exists(), module
