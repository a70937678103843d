"""A passage in its own words, where the model's did not stand: it chose the passage, the source speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.language_model.checking import instructs
from assistant.language_model.claims import Claim
from assistant.language_model.layout import Shown
from assistant.language_model.passages import Numbered, Passages
from assistant.language_model.trace import Dropped
from assistant.markdown import readable
from assistant.page import marks_of
from assistant.plain.patient import Patient
from assistant.types import Language
from assistant.verification import verify

# A sentence that says something else, in another language, or cites more than there is.
_REPLACED = ("unsupported", "wording", "language", "marker")
_LONGEST = 240  # characters of a passage that takes the place of a sentence


def quoted(
    failed: Sequence[tuple[Claim, Dropped]],
    shown: Sequence[Shown],
    passages: Passages,
    language: Language,
    patient: Patient | None,
) -> dict[int, tuple[Shown, ...]]:
    """The cited passages of sentences that the verifier refused, by the position of the sentence.

    Only what the answer does not cite anyway, and what is in its language.
    """
    told = {n.number for s in shown for n in s.cited}
    found: dict[int, tuple[Shown, ...]] = {}
    for position, (claim, dropped) in enumerate(failed):
        if dropped.reason not in _REPLACED or dropped.replaced:
            continue
        own = [n for number in claim.markers if (n := passages.get(number)) is not None]
        new = [n for n in own if n.number not in told and n.source.language == language and _is_plain(n)]
        told |= {n.number for n in new}
        said = [(n, text) for n in new for text in source_words(n, patient)]
        if said:
            plain = replace(claim, lead="", parts=())
            found[position] = tuple(Shown(plain, text, (n,)) for n, text in said)
    return found


def _is_plain(numbered: Numbered) -> bool:
    """Whether a passage is a sentence or an item that can stand for what a model wrote."""
    passage = numbered.passage
    is_prose = passage.kind in ("sentence", "item") and len(passage.text) <= _LONGEST
    return is_prose and not instructs(passage.text)


def source_words(numbered: Numbered, patient: Patient | None) -> tuple[str, ...]:
    """What a passage says, with its lead-in; in plain words for a patient."""
    source, passage = numbered.source, numbered.passage
    context, marks = numbered.context, marks_of(source, passage)
    colon = "：" if source.language == "zh" else ": "
    lead = readable(passage.lead, marks).rstrip("：: ") if passage.kind == "item" else ""
    texts = [f"{lead}{colon}{readable(numbered.said, marks)}"] if lead else []
    texts += [readable(numbered.said, marks), readable(passage.text, marks)]
    said = next((t for t in texts if verify(t, [passage.text], context, marks).supported), "")
    if not said or patient is None:
        return (said,) if said else ()
    pieces = patient.sentences(said, source.language, passage.text, context, marks)
    return tuple(piece.strip() for piece in pieces)
