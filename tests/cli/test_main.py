"""The frame of the command line: help, exit codes, and a process of its own."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Myeloma
from ui.cli.main import build_parser


def subcommands() -> dict[str, argparse.ArgumentParser]:
    """The commands that the parser knows."""
    (action,) = (a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


def run(*argv: str | Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    """``myeloma`` in a process of its own."""
    command = [sys.executable, "-m", "ui.cli.main", *map(str, argv)]
    return subprocess.run(command, capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_help_names_every_command(myeloma: Myeloma) -> None:
    result = myeloma("--help")
    assert (result.code, result.err) == (0, "")
    for name in subcommands():
        assert re.search(rf"\n    {re.escape(name)}\s", result.out)


@pytest.mark.parametrize("command", sorted(subcommands()))
def test_every_command_has_help(myeloma: Myeloma, command: str) -> None:
    result = myeloma(command, "--help")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"usage: myeloma {command}")
    for action in subcommands()[command]._actions:
        named = action.option_strings or action.nargs == argparse.PARSER
        assert action.help or (not named and action.choices), f"{command}: {action.dest} has no help"


@pytest.mark.parametrize(
    "argv", [[], ["no-such-command"], ["ingest"], ["answer", "x.jsonl"], ["index", "burn"]]
)
def test_misuse(myeloma: Myeloma, argv: list[str]) -> None:
    result = myeloma(*argv)
    assert (result.code, result.out) == (2, "")
    assert "usage: myeloma" in result.err


def test_a_process_of_its_own(built: Path) -> None:
    """Chinese in and out in a plain locale; data on stdout, nothing else."""
    plain = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "HF_HUB_OFFLINE": "1"}
    result = run("ask", "-", "--index", built, env=plain, input="活疫苗可以接种吗？".encode())
    assert (result.returncode, result.stderr) == (0, b"")
    assert "活疫苗不得接种。[1]" in result.stdout.decode("utf-8")


def test_whoever_reads_may_stop(built: Path) -> None:
    """As in ``myeloma ask … | head -n 0``."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "-m", "ui.cli.main", "ask", "活疫苗可以接种吗？", "--index", str(built)]
        result = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)
    assert (result.returncode, result.stderr) == (0, b"")


def test_the_app_is_not_started_on_an_index_that_is_not_there(myeloma: Myeloma, tmp_path: Path) -> None:
    result = myeloma("ui", "--index", tmp_path / "none")
    assert (result.code, result.out) == (2, "")
    assert re.search(r"none: no index here; run `myeloma ingest", result.err)
    assert not (tmp_path / "none").exists()
