"""What the detector reads in a message and what it says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["now", "today", "soon"]
"""The emergency number now; hospital or team today; the team before the next visit."""
Speaker = Literal["lay", "clinician"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a family in a normalised text. ``formal``: a name that textbooks use too."""

    family: str
    start: int
    end: int
    formal: bool = False


@dataclass(frozen=True, slots=True)
class SignHit:
    """A sign in a normalised text; ``last`` is where the last of its words starts."""

    sign: str
    start: int
    last: int
    end: int
    formal: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """A red flag of a conversation. ``repeated``: an earlier message told of it, the last one did not.

    ``speaker`` is "clinician" when a case is told by those who treat it.
    """

    flag: str
    level: Level
    signs: tuple[str, ...]
    speaker: Speaker
    repeated: bool = False
