"""A small document of our own with gold questions, and a system that answers by script."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import evals.studies.benchmark.__main__ as benchmark
import evals.studies.calibration.__main__ as calibrate
from evals.gold.questions import GoldQuestion, load_gold
from evals.studies.benchmark.responders import Response, temporary_index
from index import Index
from tests.small_fit import fitted_on

DOCUMENT = """---
title: 药物备忘
---

# 药物备忘

## 蛋白酶体抑制剂

硼替佐米的主要不良反应是手足麻木，改为皮下给药后较轻。用药期间应预防带状疱疹。

## 单克隆抗体

达雷妥尤单抗会干扰交叉配血，首次输注前应先查血型。输注反应多见于第一次给药。

## 支持治疗

唑来膦酸用于溶骨性病变，每月一次。用药前请口腔科检查牙齿，以防颌骨坏死。
"""


def row(id_: str, question: str, **fields: Any) -> dict[str, Any]:
    """A gold question as a line of JSON has it; answerable and of the dev split unless told."""
    return {
        "id": id_,
        "split": "dev",
        "question": question,
        "lang": "zh",
        "audience": "clinician",
        "kind": "fact",
        "status": ["answered", "partial"],
        "facts": [],
        "sections": [],
        "forbidden": [],
        "source": "memo",
        "provenance": {"author": "the test", "date": "2026-11-22"},
    } | fields


def fact(*patterns: str, **fields: str) -> dict[str, Any]:
    return {"any": list(patterns), "importance": "vital"} | fields


ROWS = [
    row("a1", "硼替佐米的主要不良反应是什么？", facts=[fact("麻木")], sections=[["蛋白酶体"]]),
    row("a2", "唑来膦酸多久用一次？", audience="patient", facts=[fact("每月")], sections=[["支持治疗"]]),
    row("a3", "达雷妥尤单抗输注前要查什么？", facts=[fact("血型"), fact("交叉配血")]),
    row("u1", "骨髓移植要花多少钱？", status=["not_in_source"], kind="unanswerable"),
    row("u2", "今天天气怎么样？", status=["not_in_source", "out_of_scope"], kind="unanswerable"),
    row("h1", "硼替佐米期间预防什么？", split="held", facts=[fact("带状疱疹")]),
]

Write = Callable[..., Path]


@pytest.fixture(scope="package", autouse=True)
def _quick_fit() -> Iterator[None]:
    with fitted_on(DOCUMENT):
        yield


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes rows (or lines as they are) as a gold file: ``write(rows, name)``."""

    def written(rows: list[dict[str, Any] | str], name: str = "memo.jsonl") -> Path:
        path = tmp_path / name
        lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in rows]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    return written


@pytest.fixture
def suite(write: Write) -> Path:
    return write(
        [*ROWS[:3], row("u1", "骨髓移植要花多少钱？", status=["not_in_source"], kind="unanswerable")]
    )


@pytest.fixture
def gold(write: Write) -> Callable[..., GoldQuestion]:
    """One gold question: ``gold(facts=[…])``."""

    def made(**fields: Any) -> GoldQuestion:
        return load_gold(write([row("q", "问题？", **fields)], "one.jsonl"))[0]

    return made


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("memo") / "memo.md"
    path.write_text(DOCUMENT, "utf-8")
    return path


@pytest.fixture(scope="session")
def memo(document: Path) -> Iterator[Index]:
    with temporary_index(document) as index:
        yield index


@pytest.fixture
def one_index(memo: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares a command the second in which it would build the same index again."""
    for command in (benchmark, calibrate):
        monkeypatch.setattr(command, "temporary_index", lambda *_: nullcontext(memo))


def shipped_data(name: str) -> str:
    """A data file of the assistant, as it ships."""
    return (files("assistant") / "data" / name).read_text("utf-8")


class Scripted:
    """Gives the response that the script has for a question; an exception there is raised."""

    def __init__(self, script: dict[str, Response | Exception], name: str = "scripted") -> None:
        self.name = name
        self.asked: list[str] = []
        self._script = script

    def respond(self, question: GoldQuestion) -> Response:
        self.asked.append(question.id)
        response = self._script[question.id]
        if isinstance(response, Exception):
            raise response
        return response


def answered(text: str, *paths: tuple[str, ...]) -> Response:
    return Response(text, "answered", paths)


REFUSED = Response("资料中没有。", "not_in_source", ())
