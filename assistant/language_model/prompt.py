"""The prompts: files in ``prompts/``, each with a version that goes into the record of an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from assistant.types import Language

Name = Literal["answer-clinician", "answer-patient", "tools", "question", "repair", "condense"]
_HEAD = re.compile(r"---\nversion: (\d+)\n---\n")
_FIELD = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """``id`` is "name.language/version"."""

    id: str
    text: str

    def filled(self, **values: str) -> str:
        """The text with its ``{names}`` filled in; a value that looks like a name is not filled again."""
        return _FIELD.sub(lambda match: values[match.group(1)], self.text).strip()


@cache
def prompt(name: Name, language: Language) -> Prompt:
    """The prompt of that name in ``language``."""
    raw = (files("assistant.language_model") / "prompts" / f"{name}.{language}.md").read_text("utf-8")
    head = _HEAD.match(raw)
    if head is None:
        raise ValueError(f"prompts/{name}.{language}.md has no version at its top")
    return Prompt(f"{name}.{language}/{head.group(1)}", raw[head.end() :])
