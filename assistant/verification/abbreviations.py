"""Abbreviations that the evidence spells out."""

from __future__ import annotations

import re

_INITIAL_WORDS = re.compile(r"[a-z]+|\d+")
_JOINING_WORDS = frozenset({"and", "of", "the", "for", "in", "to"})


def spelled_by_initials(key: str, written: str) -> bool:
    """Whether consecutive words begin with the letters of an abbreviation: HR, "hazard ratio"."""
    if not re.fullmatch(r"[a-z]+\d?[a-z\d]*", key) or len(key) < 2:
        return False
    words = (w for w in _INITIAL_WORDS.findall(written) if w not in _JOINING_WORDS)
    return key in "".join(w if w.isdigit() else w[0] for w in words)
