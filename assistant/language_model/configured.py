"""Whether a language model is configured, found out without reading more than a line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_config_path

if TYPE_CHECKING:
    from assistant.writer import Writer

MODEL, FILE = "MYELOMA_LLM", "MYELOMA_CONFIG"
DOTENV = ".env"


def config_file() -> Path:
    """``MYELOMA_CONFIG``, or ``config.toml`` in the user's own configuration directory."""
    named = os.environ.get(FILE)
    return Path(named) if named else user_config_path("myeloma-assistant") / "config.toml"


def configured_writer() -> Writer | None:
    """The configured language model, or None when there is none.

    Raises:
        assistant.language_model.problems.SettingsProblem: a setting is wrong, or its provider is not
            installed; the message names the setting and the next step.
    """
    if not (os.environ.get(MODEL) or os.environ.get(FILE) or _mentioned() or config_file().is_file()):
        return None
    from assistant.language_model.settings import read_settings
    from assistant.language_model.writing import ModelWriter

    settings = read_settings()
    return ModelWriter.of(settings) if settings.llm else None


def _mentioned() -> bool:
    """Whether a ``.env`` in the working directory speaks of a model."""
    try:
        return MODEL in Path(DOTENV).read_text("utf-8", errors="replace").upper()
    except OSError:
        return False
