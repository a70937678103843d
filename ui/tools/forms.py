"""The forms as data, and the call of a tool with what a form holds."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.staging import StagingResult, calculators, tools
from assistant.staging.parse import with_unit

_TOOLS: dict[str, Callable[..., StagingResult]] = {
    tool.__name__: tool
    for tool in (
        tools.diagnose_myeloma, tools.myeloma_risk, tools.stage_durie_salmon, calculators.correct_calcium,
        calculators.estimate_gfr, calculators.light_chain_ratio,
    )
}


@dataclass(frozen=True, slots=True)
class Field:
    """One input: a value with ``units``, a choice of ``options``, or (without both) a plain number."""

    name: str
    units: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A tool and what it asks for. ``lesions`` are asked for where the model is in ``lesions_for``."""

    name: str
    tool: str
    fields: tuple[Field, ...]
    models: tuple[str, ...] = ()
    lesions: tuple[str, ...] = ()
    lesions_for: tuple[str, ...] = ()

    def result(self, given: dict[str, str], model: str = "", fish: str = "") -> StagingResult:
        """What the tool finds. ``given`` holds texts with their units, empty ones are unknown.

        Raises:
            assistant.staging.BadValue: a text is no value.
        """
        arguments: dict[str, object] = {name: text for name, text in given.items() if text.strip()}
        if "renal" in arguments:
            arguments["renal"] = True
        if model:
            arguments["model"] = model
        if fish:
            arguments["fish"] = fish
        return _TOOLS[self.tool](**arguments)


@cache
def forms() -> dict[str, Form]:
    """Every form by its name, in order."""
    data = tomllib.loads((files("ui.tools") / "forms.toml").read_text("utf-8"))
    fields = {
        name: Field(name, tuple(row.get("units", ())), tuple(row.get("options", ())), row.get("example", ""))
        for name, row in data["fields"].items()
    }
    return {
        name: Form(
            name, row["tool"], tuple(fields[field] for field in row["fields"]), tuple(row.get("models", ())),
            tuple(row.get("lesions", ())), tuple(row.get("lesions_for", ())),
        )
        for name, row in data["forms"].items()
    }


def valued(field: Field, typed: str, unit: str) -> str:
    """What was typed, with the unit that was chosen unless one was typed along."""
    return with_unit(field.name, typed, unit) if field.units and typed.strip() else typed


def fish_text(states: dict[str, str], percent: str, alleles: str) -> str:
    """A FISH report in the words of the tool: "del(17p) 35%, t(4;14) negative, del(1p32) biallelic"."""
    words = {"present": "positive", "absent": "negative"}
    parts = []
    for lesion, state in states.items():
        if state not in words:
            continue
        said = words[state]
        if state == "present" and lesion == "del(17p)" and percent.strip():
            said = f"{percent.strip().removesuffix('%')}%"
        if state == "present" and lesion == "del(1p32)" and alleles:
            said = alleles
        parts.append(f"{lesion} {said}")
    return ", ".join(parts)
