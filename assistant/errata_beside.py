"""The notices of known errors that stand beside a quotation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.messages import message
from assistant.types import ErratumNote, Language
from index.analysis import terms
from ingest.errata import errata_register
from ingest.terminology import default_terminology
from ingest.types import Passage

if TYPE_CHECKING:
    from assistant.plain.patient import Patient


def note_of(id_: str, language: Language) -> ErratumNote:
    """The entry of the register as a citation's record has it."""
    entry = errata_register()[id_]
    english = language == "en"
    return ErratumNote(
        id_,
        entry.says_en if english else entry.says,
        entry.right_en if english else entry.right,
        entry.evidence,
        entry.evidence_url,
        entry.severity,
        entry.confirmed,
    )


def errata_beside(
    passages: Sequence[Passage],
    language: Language,
    asked: Collection[str],
    direct: int,
    shown: set[str],
    patient: Patient | None,
) -> Iterator[str]:
    """Texts of the notices for some passages; ids are added to ``shown``, and what is in it is left out.

    ``direct`` is where the passage begins that answers directly; ``asked`` are the terms of the question.
    """
    for passage in passages:
        for id_ in passage.errata:
            note = note_of(id_, language)
            if id_ in shown or note.severity == "style":
                continue
            shown.add(id_)
            if patient:
                if note.severity == "clinical" or _says_how_long(passage):
                    kind = "patient_erratum" if note.confirmed else "patient_erratum_unconfirmed"
                    yield message(language, kind, right=patient.erratum(note.right))
                continue
            # A lost shade of meaning is worth its room only where the question touches it; the
            # citation's record has it in any case.
            touches = not set(asked).isdisjoint(terms(note.right + note.says))
            if note.severity == "meaning" and not (touches or passage.start == direct):
                continue
            kind = "erratum" if note.confirmed else "erratum_unconfirmed"
            if note.severity == "clinical":
                yield message(language, kind, right=note.right, evidence=_first_source(note.evidence))
            else:
                yield message(language, f"{kind}_short", right=note.right)


def _says_how_long(passage: Passage) -> bool:
    """Whether a passage tells how long people live: a figure that must not comfort more than it may."""
    terminology = default_terminology()
    named = terminology.concept_ids(passage.text)
    return any(terminology.concepts[concept].category == "outcome" for concept in named)


def _first_source(evidence: str) -> str:
    """The first of several sources; all of them stand in the citation's record."""
    return re.split(r"; |；", evidence)[0].strip()
