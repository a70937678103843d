"""Questions of other tools become gold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evals.formats import beir
from evals.formats.gold_rows import gold_rows
from evals.gold.corpus import Document, Place
from evals.gold.questions import BadGold, GoldQuestion, load_gold
from tests.evals.conftest import Write

TEXT = "唑来膦酸每月一次。"


def test_a_beir_folder(gold: Callable[..., GoldQuestion], write: Write, tmp_path: Path) -> None:
    span = {"source_id": "memo", "start": 0, "end": 9, "quote": TEXT}
    question = gold(facts=[{"any": ["每月"], "spans": [span]}])
    corpus = {"memo": Document("memo", "备忘", TEXT, (Place(0, 9, "", "a"),))}
    beir.write(tmp_path / "beir", [question], corpus)
    [back] = load_gold(write(gold_rows(tmp_path / "beir") or []))
    assert (back.id, back.turns, back.language, back.evidence) == ("q", ("问题？",), "zh", question.evidence)


@pytest.mark.parametrize("name", ["config.yaml", "config.json"])
def test_a_promptfoo_configuration(name: str, write: Write, tmp_path: Path) -> None:
    test = {"vars": {"question": "How often?"}, "assert": [{"type": "icontains", "value": "monthly"}]}
    path = tmp_path / name
    path.write_text(json.dumps({"tests": [test]}), "utf-8")
    [back] = load_gold(write(gold_rows(path) or []))
    assert (back.turns, back.language, back.tags) == (("How often?",), "en", ("draft",))
    assert back.facts[0].patterns[0].search("Monthly.")


def test_what_is_neither(tmp_path: Path) -> None:
    assert gold_rows(tmp_path / "notes.md") is None
    path = tmp_path / "other.json"
    for text in ("[1]", "{", '{"tests": 1}'):
        path.write_text(text, "utf-8")
        with pytest.raises(BadGold, match="is no promptfoo configuration"):
            gold_rows(path)
