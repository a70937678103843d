"""Many rows of a table in one test, which names every row that fails."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest


def every_row(
    names: str | tuple[str, ...], rows: Iterable[Any], ids: Callable[[Any], str] = repr
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Like ``pytest.mark.parametrize``, but all rows are one test: for hundreds of rows of milliseconds.

    Collecting, reporting and distributing a test takes longer than most rows. No row hides another: each
    is run, whatever became of those before. Fixtures are set up once for all rows.
    """
    table = list(rows)
    assert table, "no rows to test"

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def over_rows(**fixtures: Any) -> None:
            failed = []
            for row in table:
                given = {names: row} if isinstance(names, str) else dict(zip(names, row, strict=True))
                try:
                    test(**given, **fixtures)
                except (Exception, pytest.fail.Exception) as error:
                    failed.append(f"{ids(row)}\n    {type(error).__name__}: {error}")
            if failed:
                pytest.fail("\n".join([f"{len(failed)} of {len(table)} rows:", *failed]), pytrace=False)

        taken = {names} if isinstance(names, str) else set(names)
        signature = inspect.signature(test)
        assert taken <= signature.parameters.keys(), taken
        others = [p for name, p in signature.parameters.items() if name not in taken]
        del over_rows.__wrapped__  # type: ignore[attr-defined]  # pytest would ask it for its fixtures
        over_rows.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return over_rows

    return decorate
