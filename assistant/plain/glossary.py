"""What technical terms mean, in a few plain words, from ``data/glossary.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.types import Language
from ingest.errors import BadRegister

# Categories of the terminology whose names are a profession's words.
MEDICAL = frozenset(
    {
        "disease", "drug", "drug_class", "regimen", "cell", "protein", "cytogenetics", "target", "test",
        "imaging", "procedure", "finding", "complication", "adverse_event", "response", "staging", "outcome",
        "anatomy", "organism",
    }
)  # fmt: skip
_COLUMNS = ["concept", "level", "zh", "en"]
_FORM = "form:"


@dataclass(frozen=True, slots=True)
class Entry:
    """How a concept is told to a patient; ``everyday`` ones need no explanation and have none."""

    everyday: bool
    zh: str
    en: str

    def told(self, language: Language) -> str:
        """The explanation, without a full stop."""
        return self.zh if language == "zh" else self.en


def parse_glossary(table: str) -> dict[str, Entry]:
    """Concept id → entry; ``form:`` and a written form → the entry of that form alone.

    Raises:
        BadRegister: other columns, a repeated id, an unknown level, a term without its explanations.
    """
    lines = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    if not lines or lines[0] != _COLUMNS:
        raise BadRegister(f"glossary: columns are {lines[:1]}, expected {_COLUMNS}")
    entries: dict[str, Entry] = {}
    for row in lines[1:]:
        if len(row) != len(_COLUMNS) or row[0] in entries or row[1] not in ("term", "everyday"):
            raise BadRegister(f"glossary: {row} is repeated or malformed")
        id_, level, zh, en = row
        if (level == "term") != bool(zh and en):
            raise BadRegister(f"glossary: {id_!r}: a term, and only a term, is explained in both languages")
        entries[id_] = Entry(level == "everyday", zh, en)
    return entries


@cache
def glossary() -> dict[str, Entry]:
    """The glossary that ships with the project."""
    return parse_glossary((files("assistant.plain") / "data" / "glossary.tsv").read_text("utf-8"))


def entry_of(concept: str, written: str) -> Entry | None:
    """The entry of a concept as it is written; None where the glossary has none."""
    return glossary().get(_FORM + written.lower()) or glossary().get(concept)
