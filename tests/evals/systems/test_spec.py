"""Names of systems on the command line."""

from __future__ import annotations

import pytest

from evals.systems.base import Unavailable
from evals.systems.spec import parse_system


@pytest.mark.parametrize("name", ["nothing", "openai:model", "openai:", "answers:", "bare:m@ftp://x"])
def test_an_unknown_system_is_misuse(name: str) -> None:
    with pytest.raises(Unavailable):
        parse_system(name).open()
