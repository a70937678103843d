"""What can be wrong with the settings of a language model."""

from __future__ import annotations


class SettingsProblem(Exception):
    """A setting cannot be used; the message names it, its value and the next step."""
