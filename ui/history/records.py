"""An answer as JSON with everything in it, so that a stored conversation opens as it was."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter, ValidationError

from assistant.types import Answer


def to_json(answer: Answer) -> str:
    """Every field, the passages that were weighed included."""
    return _adapter().dump_json(answer).decode("utf-8")


def from_json(text: str) -> Answer | None:
    """What ``to_json`` wrote; None for a record of a version that held other fields."""
    try:
        return _adapter().validate_json(text)
    except ValidationError:
        return None


@cache
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)
