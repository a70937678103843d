"""What the assistant itself says: complete in both languages, with the same names to fill in."""

from __future__ import annotations

import string
import tomllib
from importlib.resources import files

import pytest

from assistant.messages import message
from tests.rows import every_row

MESSAGES: dict[str, dict[str, str]] = tomllib.loads(
    (files("assistant") / "data" / "messages.toml").read_text("utf-8")
)
# An English quotation needs no frame in Chinese: the Chinese reader is shown it as it is.
ONE_LANGUAGE = {"rendering"}


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_same_messages_in_both_languages() -> None:
    assert set(MESSAGES) == {"zh", "en"}
    assert set(MESSAGES["zh"]) ^ set(MESSAGES["en"]) <= ONE_LANGUAGE


@every_row("key", sorted(set(MESSAGES["zh"]) & set(MESSAGES["en"])))
def test_a_message_has_the_same_names_in_both(key: str) -> None:
    assert names(MESSAGES["zh"][key]) == names(MESSAGES["en"][key])


@every_row("key", sorted(MESSAGES["en"]))
def test_english_messages_are_english(key: str) -> None:
    assert not any("\u3400" <= char <= "\u9fff" for char in MESSAGES["en"][key])


def test_names_are_filled_in_and_nothing_else() -> None:
    assert "贫血{x}" in message("zh", "missing", what="贫血{x}")
    assert message("en", "missing", what="anaemia") == "Not mentioned in the source: anaemia."


def test_a_missing_name_or_message_is_an_error() -> None:
    with pytest.raises(KeyError, match="what"):
        message("zh", "missing")
    with pytest.raises(KeyError, match="no such message"):
        message("zh", "no such message")
