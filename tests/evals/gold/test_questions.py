"""Reading gold files, and the state of those that ship."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from evals.gold.questions import BadGold, load_gold
from tests.evals.conftest import ROWS, Write, fact, row

SHIPPED = sorted(Path(str(files("evals") / "gold")).glob("*.jsonl"))
STATUSES = {"answered", "partial", "not_in_source", "out_of_scope", "clarify", "urgent"}
KINDS = {
    "fact", "number", "list", "table", "why", "compare", "yesno", "criteria", "unanswerable", "false_premise",
    "followup", "emergency", "misuse", "staging", "injection",
}  # fmt: skip


def test_a_file_is_read(write: Write) -> None:
    questions = load_gold(write([*ROWS, "", row("t", "", turns=["甲？", "乙？"])]))
    assert [q.id for q in questions] == ["a1", "a2", "a3", "u1", "u2", "h1", "t"]
    first, *_, turns = questions
    assert first.turns == ("硼替佐米的主要不良反应是什么？",)
    assert turns.turns == ("甲？", "乙？")
    assert first.sections == (("蛋白酶体",),)


def test_a_line_separator_inside_a_text_ends_no_line(write: Write) -> None:
    line = json.dumps(row("q", "甲\u2028乙？"), ensure_ascii=False)
    assert "\u2028" in line
    [question] = load_gold(write([line]))
    assert question.turns == ("甲\u2028乙？",)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "JSONDecodeError"),
        ("[1]", "TypeError"),
        ('{"id": "x"}', "has no field 'question'"),
        (json.dumps(row("x", "？", facts=[{"importance": "vital"}])), "has no field 'any'"),
        (json.dumps(row("x", "？", facts=[fact("(")])), "error: missing \\)"),
        (json.dumps(row("x", "？", forbidden=["["])), "error: unterminated"),
        (json.dumps(row("x", "？", facts=[{"any": "每月"}])), "'any' is '每月', not a list"),
        (json.dumps(row("x", "？", status="answered")), "'status' is 'answered', not a list"),
        (json.dumps(row("x", "？", sections=["用法"])), "not a list of texts"),
        (json.dumps(row("a1", "？")), "id 'a1' is used twice"),
    ],
)
def test_a_bad_line_is_named(write: Write, line: str, reason: str) -> None:
    path = write([ROWS[0], "", line])
    with pytest.raises(BadGold, match=rf"{re.escape(str(path))}:3: .*{reason}"):
        load_gold(path)


def _rows(path: Path) -> list[tuple[int, dict[str, Any]]]:
    lines = path.read_text("utf-8").split("\n")
    return [(number, json.loads(line)) for number, line in enumerate(lines, 1) if line.strip()]


def test_there_is_gold() -> None:
    assert SHIPPED


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
class TestShipped:
    def test_it_loads(self, path: Path) -> None:
        assert load_gold(path)

    def test_every_field_is_there_and_of_its_kind(self, path: Path) -> None:
        problems = [
            f"{path.name}:{number}: {problem}" for number, row_ in _rows(path) for problem in _problems(row_)
        ]
        assert problems == []

    def test_it_has_an_origin(self, path: Path) -> None:
        for number, row_ in _rows(path):
            provenance = row_.get("provenance", {})
            assert provenance.get("author", "").strip(), f"{path.name}:{number}"
            date.fromisoformat(provenance["date"])

    def test_no_pattern_matches_nothing_at_all(self, path: Path) -> None:
        for question in load_gold(path):
            patterns = [*question.forbidden, *(p for f in question.facts for p in f.patterns)]
            assert [p.pattern for p in patterns if p.search("")] == [], question.id


def test_ids_are_unique_over_all_files() -> None:
    counts = Counter(question.id for path in SHIPPED for question in load_gold(path))
    assert [id_ for id_, n in counts.items() if n > 1] == []


def _problems(row_: dict[str, Any]) -> list[str]:
    """What is wrong with a row beyond what keeps it from loading."""
    turns = row_.get("turns", [row_.get("question")])
    status, sections = row_.get("status"), row_.get("sections")
    checks = {
        "a text as id": isinstance(row_.get("id"), str) and bool(row_["id"]),
        "a question, or turns": _texts(turns) and bool(turns),
        "lang": row_.get("lang") in ("zh", "zh-Hant", "en"),
        "audience": row_.get("audience") in ("clinician", "patient"),
        "split": row_.get("split") in ("dev", "held"),
        "kind": row_.get("kind") in KINDS,
        "a list of known statuses": _texts(status) and bool(status) and set(status or ()) <= STATUSES,
        "facts": isinstance(row_.get("facts"), list) and all(map(_is_fact, row_["facts"])),
        "sections, each a list of texts": isinstance(sections, list)
        and all(s and _texts(s) for s in sections),
        "forbidden, a list of texts": _texts(row_.get("forbidden")),
        "source": isinstance(row_.get("source"), str) and bool(row_["source"]),
        "no facts where refusing is right": not (
            row_.get("facts") and {"not_in_source", "out_of_scope"} & set(status or ())
        ),
    }
    return [f"needs {what}" for what, fulfilled in checks.items() if not fulfilled]


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)


def _is_fact(value: Any) -> bool:
    return bool(value["any"]) and _texts(value["any"]) and value.get("importance") in ("vital", "okay")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"status": "answered"}, "needs a list of known statuses"),
        ({"status": ["maybe"]}, "needs a list of known statuses"),
        ({"split": "test"}, "needs split"),
        ({"facts": [{"any": "贫血", "importance": "vital"}]}, "needs facts"),
        ({"sections": ["诊断"]}, "needs sections, each a list of texts"),
        ({"status": ["not_in_source"], "facts": [fact("贫血")]}, "needs no facts where refusing is right"),
    ],
)
def test_the_check_of_shipped_gold_can_fail(change: dict[str, Any], problem: str) -> None:
    assert _problems(row("q", "？")) == []
    assert _problems(row("q", "？", **change)) == [problem]
