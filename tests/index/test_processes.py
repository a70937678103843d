"""What only a process of its own shows: a build that is killed, and what a search imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index import Index, build_index, verify_index
from index.generations import building_folder, current_generation
from ingest.types import Source
from tests.index.conftest import DRUGS

# Kills the process at the n-th report of progress, or at a call inside the swap.
BUILD = """
import os, pathlib, shutil, sys
from pathlib import Path
from index import build_index
from index.embedding import static_fit
from ingest.load import load_source
from ingest.terminology import Terminology, default_terminology
directory, document, at = sys.argv[1:]
# As in conftest.py: the model is fitted on the concepts of the document alone.
whole = default_terminology()
mentioned = sorted(whole.concept_ids(Path(document).read_text("utf-8")))
some = Terminology(whole.concepts[i] for i in mentioned)
static_fit.default_terminology = lambda: some
calls = 0
def progress(step, done, total):
    global calls
    calls += 1
    if at == f"{step} {done == total}":
        os._exit(9)
if at == "before the pointer":
    pathlib.Path.replace = lambda *args: os._exit(9)
if at == "before cleaning":
    rmtree = shutil.rmtree
    shutil.rmtree = lambda path, **options: os._exit(9)
build_index(Path(directory), [load_source(Path(document), "drugs")], progress=progress)
"""


def run(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", *args],
        capture_output=True, text=True, check=False, env=os.environ | environment,
    )


def test_two_builds_of_a_document_are_the_same_bytes(tmp_path: Path) -> None:
    document = tmp_path / "drugs.md"
    document.write_text(DRUGS, encoding="utf-8")
    manifests = []
    for seed in ("1", "2"):
        directory = tmp_path / seed
        built = run(BUILD, str(directory), str(document), "", PYTHONHASHSEED=seed)
        assert built.returncode == 0, built.stderr
        # It names the hash of every other file.
        manifests.append((current_generation(directory) / "manifest.json").read_bytes())
    assert manifests[0] == manifests[1]


@pytest.mark.parametrize(
    ("at", "new"),
    [
        ("fit True", False),
        ("embed True", False),
        ("write False", False),
        ("write True", False),
        ("swap False", False),
        ("before the pointer", False),
        ("before cleaning", True),
        ("swap True", True),
    ],
)
def test_a_killed_build_leaves_an_index_that_answers(
    index_copy: Path, tmp_path: Path, drugs: Source, at: str, new: bool
) -> None:
    document = tmp_path / "drugs.md"
    document.write_text(DRUGS.replace("手足麻木", "手脚发麻"), encoding="utf-8")
    killed = run(BUILD, str(index_copy), str(document), at)
    assert killed.returncode == 9, killed.stderr
    assert verify_index(index_copy) == []
    text = Index.open(index_copy).search("硼替佐米")[0].chunk.text
    assert ("手脚发麻" in text, "手足麻木" in text) == (new, not new)
    # The lock has gone with its process, and the next build sweeps up.
    build_index(index_copy, [drugs])
    assert len(list(index_copy.iterdir())) == 3
    assert "手足麻木" in Index.open(index_copy).search("硼替佐米")[0].chunk.text


def test_a_first_build_that_is_killed_leaves_no_index(tmp_path: Path) -> None:
    document = tmp_path / "drugs.md"
    document.write_text(DRUGS, encoding="utf-8")
    directory = tmp_path / "index"
    assert run(BUILD, str(directory), str(document), "fit False").returncode == 9
    assert "no index here" in verify_index(directory)[0]
    with building_folder(directory) as folder:  # the next build finds no lock and no leftovers
        assert {path.name for path in directory.iterdir()} == {"lock", folder.name}


def test_opening_and_searching_imports_nothing_heavy(built: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index import Index\n"
        "assert Index.open(Path(sys.argv[1])).search('bortezomib 的不良反应')\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'scipy', 'bm25s', 'numba', 'sklearn'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = run(code, str(built))
    assert (result.stdout.strip(), result.stderr) == ("[]", "")
