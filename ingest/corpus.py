"""The monograph that ships with the project."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ingest.types import Source

EDITIONS = ("zh-clinician", "en-clinician")


def monograph_files() -> tuple[tuple[str, Path], ...]:
    """(source id, file) of every chapter of every edition, in reading order."""
    root = Path(str(files("ingest") / "monograph"))
    return tuple(
        (f"monograph/{edition}/{path.stem}", path)
        for edition in EDITIONS
        for path in sorted((root / edition).glob("*.md"))
    )


def monograph_sources() -> tuple[Source, ...]:
    """The chapters, read and taken apart."""
    from ingest.load import load_source  # whoever asks a stored index need not import its readers

    return tuple(load_source(path, source_id) for source_id, path in monograph_files())
