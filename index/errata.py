"""The errata of a stored index: those of the register that this version ships, not of an older one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files

from ingest.errata import attach_errata
from ingest.types import Source


@cache
def errata_version() -> str:
    """SHA-256 of the register of errata, hexadecimal."""
    return hashlib.sha256((files("ingest") / "data" / "errata.toml").read_bytes()).hexdigest()


def with_current_errata(sources: Iterable[Source], version: str) -> tuple[Source, ...]:
    """Sources that were stored with the register of ``version``, with the errata of this one.

    They are matched again only where the register has changed.
    """
    if version == errata_version():
        return tuple(sources)
    return tuple(map(_matched_again, sources))


def _matched_again(source: Source) -> Source:
    repaired = tuple((r.start, r.end, r.before) for r in source.repairs)
    return replace(source, passages=attach_errata(source.passages, source.sections, repaired))
