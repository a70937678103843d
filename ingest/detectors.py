"""Detectors of likely defects in any text. They report; they never change anything."""

from __future__ import annotations

import re

from ingest.types import Finding, Passage

_BROKEN_INEQUALITY = re.compile(r"<\s*\d[^<>]{0,12}>\s*<|=\s*\"\"\s*>|[<>≤≥]\s*[。，；）)]")
_STRAY_DIGIT = re.compile(r"(?<![0-9A-Za-z.β])\d(?=[λκ]-?型|[λκ]\s*轻链)")
_DOUBLED_CHARACTER = re.compile(r"([渴痛热汗])\1")


def detect(text: str, passages: tuple[Passage, ...]) -> tuple[Finding, ...]:
    """Everything the detectors notice in ``text``, in reading order."""
    found = [
        *(_find("broken_inequality", _BROKEN_INEQUALITY, text, "an inequality without its value")),
        *(_find("stray_citation_digit", _STRAY_DIGIT, text, "a digit that may be a lost citation mark")),
        *(_find("doubled_character", _DOUBLED_CHARACTER, text, "a character written twice")),
    ]
    return tuple(sorted(found, key=lambda f: f.start))


def _find(name: str, pattern: re.Pattern[str], text: str, message: str) -> list[Finding]:
    return [Finding(name, m.start(), m.end(), message) for m in pattern.finditer(text)]
