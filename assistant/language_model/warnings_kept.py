"""An answer in the model's words, held against the one by rule: no warning of that is lost.

For a patient the model simplifies what the clinician is told, and for a clinician it may choose too little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from assistant.language_model.claims import Claim
from assistant.language_model.layout import Shown
from assistant.language_model.passages import Key, Numbered, Passages
from assistant.language_model.quoting import source_words
from assistant.page import marks_of
from assistant.plain.brief import warns
from assistant.plain.patient import Patient
from assistant.selection import Group
from assistant.types import Language
from assistant.verification import verify


def lost_warnings(
    passages: Passages,
    groups: Sequence[Group],
    shown: Sequence[Shown],
    language: Language,
    patient: Patient | None,
) -> Iterator[Shown]:
    """The warnings of the ``groups`` that the model left out, in the source's words; in plain ones for a
    patient. What another cited passage says as well, and what is in another language, is not added."""
    told = {(n.source.id, n.position) for s in shown for n in s.cited}
    owed = {(g.source.id, i) for g in groups for i in g.positions}
    order = max((s.claim.order for s in shown), default=0)
    block = max((s.claim.block for s in shown), default=0) + 1
    for numbered in passages.numbered:
        if not _is_lost(numbered, owed, told) or numbered.source.language != language:
            continue
        said = [n.passage.text for s in shown for n in s.cited]
        if verify(
            numbered.said, said, numbered.context, marks_of(numbered.source, numbered.passage)
        ).supported:
            continue
        for piece in source_words(numbered, patient):
            order += 1
            claim = Claim(piece, (numbered.number,), order, block, order)
            yield Shown(claim, piece, (numbered,))


def _is_lost(numbered: Numbered, owed: Collection[Key], told: Collection[Key]) -> bool:
    key = (numbered.source.id, numbered.position)
    return key in owed and key not in told and warns(numbered.passage.text)
