"""Whether a language model is configured, found out without reading more than a line."""

from __future__ import annotations

import os
from dataclasses import dataclass
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
    if not _may_be_configured():
        return None
    from assistant.language_model.settings import read_settings
    from assistant.language_model.writing import ModelWriter

    settings = read_settings()
    return ModelWriter.of(settings) if settings.llm else None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The model that answers are worded by, and the address it is reached at, "" for its provider's own."""

    model: str
    address: str


def configured_endpoint() -> Endpoint | None:
    """Where questions and passages are sent; None where no language model is configured.

    Raises:
        assistant.language_model.problems.SettingsProblem: a setting is wrong.
    """
    if not _may_be_configured():
        return None
    from assistant.language_model.settings import read_settings

    settings = read_settings()
    return Endpoint(settings.llm, settings.llm_base_url) if settings.llm else None


def _may_be_configured() -> bool:
    return bool(os.environ.get(MODEL) or os.environ.get(FILE) or _mentioned() or config_file().is_file())


def _mentioned() -> bool:
    """Whether a ``.env`` in the working directory speaks of a model."""
    try:
        return MODEL in Path(DOTENV).read_text("utf-8", errors="replace").upper()
    except OSError:
        return False
