from __future__ import annotations

import socket
from datetime import date
from string import Formatter

import pytest

from ui import launch
from ui.sources.source_info import months_since
from ui.strings import texts_in


def test_both_languages_say_the_same_things_with_the_same_names() -> None:
    zh, en = texts_in("zh"), texts_in("en")
    assert zh.texts.keys() == en.texts.keys()
    assert {k: len(v) for k, v in zh.lists.items()} == {k: len(v) for k, v in en.lists.items()}

    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert {k: names(v) for k, v in zh.texts.items()} == {k: names(v) for k, v in en.texts.items()}


@pytest.mark.parametrize(
    ("reviewed", "months"),
    [("2024-08", 27), ("2024-08-31", 27), ("2026-11", 0), ("2027-01", 0), ("", None), ("soon", None)],
)
def test_age_in_months(reviewed: str, months: int | None) -> None:
    assert months_since(reviewed, date(2026, 11, 22)) == months


def test_a_port_in_use_is_one_line_with_the_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind((launch.ADDRESS, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert launch.run(port, None) == 2
    error = capsys.readouterr().err
    assert str(port) in error
    assert "--port" in error
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_does_not_exist_is_refused(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert launch.run(port, None) == 2
    assert str(port) in capsys.readouterr().err
