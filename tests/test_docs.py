"""What the README says is true: commands exist, packages and extras are those of pyproject."""

from __future__ import annotations

import argparse
import ast
import importlib
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ui.cli.main import build_parser

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
BLOCKS = [(kind, text) for kind, text in re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)]
SHELL = [text for kind, text in BLOCKS if kind in ("sh", "bash", "console")]
# Commands at a prompt, or at the beginning of a line of a script; also after "&&".
CALLS = [
    call
    for text in SHELL
    for line in text.splitlines()
    for call in re.findall(r"(?:^(?:\$ )?|&& )(?:\.venv/bin/)?(myeloma .*?)(?= &&|$)", line)
]
SETUP = [text.strip() for kind, text in BLOCKS if kind == "sh" and "-m venv" in text]


def subcommands() -> list[str]:
    (action,) = (a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return sorted(action.choices)


@pytest.mark.parametrize("command", subcommands())
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"\bmyeloma {command}\b", README), f"README.md does not name `myeloma {command}`"


def test_the_readme_shows_calls() -> None:
    assert CALLS


@pytest.mark.parametrize("call", CALLS)
def test_a_call_in_the_readme_is_understood(call: str) -> None:
    """Parsed, not run. A placeholder like DIR or NAME is a value as good as any."""
    words = shlex.split(call, comments=True)[1:]
    assert build_parser().parse_args(words).command == words[0]


def test_the_two_setup_commands() -> None:
    """Each is one line that can be pasted into a shell on a bare machine."""
    assert len(SETUP) == 2
    for command in SETUP:
        assert "\n" not in command
        steps = [shlex.split(step) for step in command.split(" && ")]
        assert steps[0] == ["python3", "-m", "venv", ".venv"]
        assert steps[1][:2] == [".venv/bin/pip", "install"]
        assert all(step[0].startswith(".venv/bin/") for step in steps[1:])
        assert "-e" in steps[1]
    first, second = SETUP
    assert first.endswith("myeloma ui")
    assert "-m pytest" in second


def test_the_marked_command_is_the_one_that_is_checked() -> None:
    marker = "<!-- test command -->\n```sh\n"
    assert README.count(marker) == 1
    assert README.split(marker)[1].split("\n```")[0] == SETUP[1]
    assert "<!-- test command -->" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_extras_exist() -> None:
    named = set(re.findall(r"\.\[(\w[\w,-]*)\]", README))
    known = set(PROJECT["project"]["optional-dependencies"])
    assert {extra for group in named for extra in group.split(",")} <= known


def test_the_command_is_installed_under_its_name() -> None:
    assert PROJECT["project"]["scripts"] == {"myeloma": "ui.cli.main:main"}


def test_the_version_of_python_is_the_same() -> None:
    wanted = re.search(r">=\s*(3\.\d+)", PROJECT["project"]["requires-python"])
    assert wanted
    assert set(re.findall(r"Python (3\.\d+)", README)) == {wanted.group(1)}


def test_versions_that_are_named_are_those_of_the_project() -> None:
    dependencies = [
        *PROJECT["project"]["dependencies"],
        *(d for extra in PROJECT["project"]["optional-dependencies"].values() for d in extra),
    ]
    known = {re.split(r"[\s\[<>=~!]", d, maxsplit=1)[0].lower(): d for d in dependencies}
    for name, pinned in re.findall(r"\b([A-Za-z][\w-]+)((?:[=~<>]=|[<>])\d[\w.]*)", README):
        assert name.lower() in known, f"README.md names {name}{pinned}, pyproject does not"
        assert pinned in known[name.lower()]
    own = PROJECT["project"]["version"]
    assert set(re.findall(r"myeloma-assistant[ =]+v?(\d+\.\d+\.\d+)", README)) <= {own}


@pytest.mark.parametrize("block", [text for kind, text in BLOCKS if kind == "python"])
def test_names_in_python_blocks_exist(block: str) -> None:
    for node in ast.walk(ast.parse(block)):
        if isinstance(node, ast.ImportFrom) and node.module:
            module = importlib.import_module(node.module)
            assert all(hasattr(module, alias.name) for alias in node.names)


def test_folders_that_are_named_exist() -> None:
    folders = re.findall(r"\| `(\w+)/` \|", README)
    assert set(folders) == set(PROJECT["tool"]["importlinter"]["root_packages"])
    assert all((ROOT / folder / "__init__.py").exists() for folder in folders)


def test_files_that_are_linked_exist() -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#\s]+)", README):
        assert (ROOT / target).exists(), f"README.md links to {target}"
