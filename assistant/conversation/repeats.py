"""Which passages a conversation has already shown, for a turn that asks for more."""

from __future__ import annotations

import re

from assistant.conversation.state import ConversationState, Span
from assistant.presentation import readable
from index import Index
from ingest.types import Passage, Source

_NO_WORD = re.compile(r"\[\d+\]|[\W_]+")  # markers, escapes and the punctuation that presentation changes
# Characters by which a passage is found in an answer: no fewer, so that it is no chance; no more, for a
# remembered line may be cut.
_FEWEST, _MOST = 6, 60


def shown_before(index: Index, state: ConversationState) -> frozenset[Span]:
    """The passages cited in remembered turns; of a turn known by its text alone, those quoted in it."""
    said = frozenset(_letters(line) for past in state.turns if not past.shown for line in past.lines)
    if not said:
        return state.shown
    quoted = {
        (source.id, p.start, p.end)
        for source in index.sources.values()
        for p in source.passages
        if _is_quoted(_parts(source, p), said)
    }
    return state.shown | quoted


def _is_quoted(parts: list[str], said: frozenset[str]) -> bool:
    """Whether one line of the answers holds all parts of a passage; short ones must be the whole line."""
    if not parts or max(map(len, parts)) < _FEWEST:
        return "".join(parts) in said
    return any(all(part in line for part in parts) for line in said)


def _parts(source: Source, passage: Passage) -> list[str]:
    """A passage, or the cells of a row, as an answer shows them."""
    marks = tuple(r.number for r in source.sections[passage.section].references)
    texts = [source.text[start:end] for start, end in passage.cells] or [passage.text]
    return [key for text in texts if (key := _letters(readable(text, marks))[:_MOST])]


def _letters(text: str) -> str:
    return _NO_WORD.sub("", text)
