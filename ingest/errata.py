"""The register of known errors of texts in circulation, and where they stand in a source."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.errors import BadRegister
from ingest.folding import folded_text
from ingest.types import Erratum, Passage, Section


@cache
def errata_register() -> dict[str, Erratum]:
    """All entries by id, from ``data/errata.toml``."""
    return read_register((files("ingest") / "data" / "errata.toml").read_text("utf-8"))


def read_register(text: str) -> dict[str, Erratum]:
    """Entries by id from the text of a register.

    Raises:
        BadRegister: an entry lacks a field, has one that is not known, repeats an id, or has no anchor.
    """
    known = [f.name for f in fields(Erratum)]
    register: dict[str, Erratum] = {}
    for entry in tomllib.loads(text)["erratum"]:
        if unknown := sorted(entry.keys() - set(known)):
            raise BadRegister(
                f"errata.toml: entry {entry.get('id')!r}: nothing reads {', '.join(unknown)};"
                f" use {', '.join(known)}"
            )
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
        }
        try:
            erratum = Erratum(**values)
        except TypeError as error:
            raise BadRegister(f"errata.toml: entry {entry.get('id')!r}: {error}") from error
        if erratum.id in register or not (erratum.anchors or erratum.lead_anchors):
            raise BadRegister(f"errata.toml: entry {erratum.id!r} is repeated or has no anchors")
        register[erratum.id] = erratum
    return register


def _squeezed(text: str) -> str:
    return folded_text(text).replace(" ", "")


def matching_errata(passage: Passage, path: tuple[str, ...], before_repair: str = "") -> tuple[str, ...]:
    """Ids of the entries that a passage shows; ``before_repair`` is damaged text that stood in it."""
    text = _squeezed(passage.text) + "\n" + _squeezed(before_repair)
    lead, where = _squeezed(passage.lead), _squeezed(" ".join(path))
    return tuple(
        entry.id
        for entry in errata_register().values()
        if all(_squeezed(a) in text for a in entry.anchors)
        and not any(_squeezed(a) in text for a in entry.not_anchors)
        and all(_squeezed(a) in lead for a in entry.lead_anchors)
        and (not entry.within or _squeezed(entry.within) in where)
    )


def attach_errata(
    passages: tuple[Passage, ...],
    sections: tuple[Section, ...],
    repaired: tuple[tuple[int, int, str], ...] = (),
) -> tuple[Passage, ...]:
    """Passages with the ids of the errata they show.

    ``repaired`` holds (start, end, text before the repair) of spots that were put right.
    """
    return tuple(
        replace(
            p,
            errata=matching_errata(
                p,
                (*sections[p.section].path, p.topic),
                " ".join(before for start, end, before in repaired if start < p.end and end > p.start),
            ),
        )
        for p in passages
    )
