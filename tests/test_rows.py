from __future__ import annotations

import pytest

from tests.rows import every_row


def test_every_failing_row_is_named_and_none_hides_another() -> None:
    seen = []

    @every_row(("number", "limit"), [(1, 2), (3, 2), (0, 2), (5, 2)])
    def rows(number: int, limit: int) -> None:
        seen.append(number)
        assert number < limit

    with pytest.raises(pytest.fail.Exception, match=r"(?s)2 of 4 rows:.*\(3, 2\).*\(5, 2\)"):
        rows()
    assert seen == [1, 3, 0, 5]


@every_row("word", ["a", "b"])
@every_row("number", [1, 2], ids=str)
def test_fixtures_and_other_tables_go_with_it(tmp_path: object, word: str, number: int) -> None:
    assert tmp_path
    assert (word, number) in {("a", 1), ("a", 2), ("b", 1), ("b", 2)}


def test_an_empty_table_is_an_error() -> None:
    with pytest.raises(AssertionError, match="no rows"):
        every_row("row", [])
