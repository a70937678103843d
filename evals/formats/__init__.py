"""Formats of other tools, read and written; nothing of them is imported."""

from evals.formats.reading import read_any

__all__ = ["read_any"]
