"""Tokens are counted without a network; the shipped vocabulary is near the usual ones."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from assistant.language_model import tokens

# Counted with cl100k_base, the less thrifty of the two usual vocabularies.
KNOWN = {
    "硼替佐米是蛋白酶体抑制剂，皮下注射，周围神经病变较静脉给药少见。": 53,
    "Bortezomib is a proteasome inhibitor that is given by subcutaneous injection.": 20,
}


@pytest.fixture(autouse=True)
def _no_stored_vocabulary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    tokens._encoding.cache_clear()


def test_the_estimate_is_near() -> None:
    for text, exact in KNOWN.items():
        assert 0.75 * exact <= tokens.count(text) <= 2 * exact, text


def test_every_text_can_be_counted() -> None:
    for text in ("", "\ud7ff😀 \x00<|endoftext|>", "𠮷" * 50, "a" * 5000, " \n\t"):
        assert tokens.count(text) >= 0


def test_a_damaged_stored_vocabulary_is_not_used(tmp_path: Path) -> None:
    name = "fb374d419588a4632f3f557e76b4b70aebbca790"  # SHA-1 of the address of o200k_base
    (tmp_path / name).write_bytes(base64.b64encode(b"a") + b" 0\n")
    assert tokens.count("骨髓瘤") > 0
    assert (tmp_path / name).exists()
