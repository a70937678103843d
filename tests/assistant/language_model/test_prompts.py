"""A prompt that changes gets a new version: what was measured with the old one holds for it alone."""

from __future__ import annotations

import hashlib
from importlib.resources import files

from assistant.language_model.prompt import prompt

# Name and version → the beginning of the SHA-256 of its text. A new text: a new version, a new line here.
KNOWN = {
    "answer-clinician.en/1": "60f4f0cb5635",
    "answer-clinician.zh/1": "36efd4d1bda2",
    "answer-patient.en/1": "da1c80bc2123",
    "answer-patient.zh/1": "3ad0c488346b",
    "condense.en/1": "446fab0168b6",
    "condense.zh/1": "5540909b2c7b",
    "question.en/1": "918d94df8cca",
    "question.zh/1": "b674645403ac",
    "repair.en/1": "d918bcf1da17",
    "repair.zh/1": "f5f4babe49ca",
    "tools.en/1": "8d3e1175f79f",
    "tools.zh/1": "d6fc53bb74d5",
}


def _all() -> dict[str, str]:
    found = {}
    for file in sorted(p.name for p in (files("assistant.language_model") / "prompts").iterdir()):
        name, language, _ = file.split(".")
        one = prompt(name, language)  # type: ignore[arg-type]
        found[one.id] = hashlib.sha256(one.text.encode()).hexdigest()[:12]
    return found


def test_no_prompt_changed_without_a_new_version() -> None:
    assert _all() == KNOWN


def test_each_is_there_in_both_languages() -> None:
    names = {(one.split(".")[0], one.split(".")[1].split("/")[0]) for one in _all()}
    assert {(name, other) for name, _ in names for other in ("zh", "en")} == names


def test_what_is_filled_in_is_not_filled_again() -> None:
    asked = prompt("question", "zh").filled(passages="{question}", question="{passages}")
    assert asked == "{question}\n\n问题：{passages}"
