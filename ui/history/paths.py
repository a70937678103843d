"""Where the conversations lie."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

_ENVIRONMENT = "MYELOMA_HISTORY"


def default_history_file() -> Path | None:
    """``MYELOMA_HISTORY``, or a file in the user's own data directory; None where it says "off"."""
    named = os.environ.get(_ENVIRONMENT)
    if named == "off":
        return None
    return Path(named) if named else user_data_path("myeloma-assistant") / "history.sqlite3"
