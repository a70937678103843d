"""A patient's answer in the model's words, held against the clinician's: no warning of it is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from assistant.language_model.claims import Claim
from assistant.language_model.layout import Shown
from assistant.language_model.passages import Key, Numbered, Passages
from assistant.language_model.quoting import source_words
from assistant.plain.brief import warns
from assistant.plain.patient import Patient
from assistant.selection import Group


def lost_warnings(
    passages: Passages, groups: Sequence[Group], shown: Sequence[Shown], patient: Patient
) -> Iterator[Shown]:
    """The warnings of the clinician's answer that the model left out, in plain words by rule."""
    told = {(n.source.id, n.position) for s in shown for n in s.cited}
    owed = {(g.source.id, i) for g in groups for i in g.positions}
    order = max((s.claim.order for s in shown), default=0)
    block = max((s.claim.block for s in shown), default=0) + 1
    for numbered in passages.numbered:
        if not _is_lost(numbered, owed, told):
            continue
        for piece in source_words(numbered, patient):
            order += 1
            claim = Claim(piece, (numbered.number,), order, block, order)
            yield Shown(claim, piece, (numbered,))


def _is_lost(numbered: Numbered, owed: Collection[Key], told: Collection[Key]) -> bool:
    key = (numbered.source.id, numbered.position)
    return key in owed and key not in told and warns(numbered.passage.text)
