"""The claims of an answer: its sentences as the system lists them, and whatever else its text states."""

from __future__ import annotations

import re

from evals.answers.sentences import said, without_marks
from evals.answers.stored import Said, StoredAnswer
from ingest.folding import folded_text

_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_WORD = re.compile(r"[^\W_]+")
# Shorter text that no sentence accounts for is a label, not a claim: characters (Chinese) or words.
_LABEL_CHARACTERS, _LABEL_WORDS = 10, 6
_TERMS = 3  # separators of a list of terms


def claims_of(answer: StoredAnswer) -> tuple[Said, ...]:
    """Every statement of an answer with what it cites, in order.

    A system that lists its sentences is not taken at its word: what its text says beyond them, its
    notices and explanations in brackets, is a claim like the others, and cites what its own marks say.
    """
    if answer.staged or answer.status == "urgent":
        # What a rule computed, and what to do first in an emergency, claims nothing about a source.
        return answer.sentences
    if not answer.sentences:
        return said(answer.text)
    known = _letters(" ".join([*(s.text for s in answer.sentences), *answer.notices]))
    return (*answer.sentences, *(s for s in said(_without_asides(answer)) if _unaccounted(s, known)))


def _without_asides(answer: StoredAnswer) -> str:
    text = answer.text
    for notice in answer.notices:
        text = text.replace(notice, "")
    return _BRACKETED.sub("", text)


def _unaccounted(sentence: Said, known: str) -> bool:
    bare = _BRACKETED.sub("", without_marks(sentence.text))
    words = _WORD.findall(bare)
    chinese = sum("\u3400" <= c <= "\u9fff" for c in bare)
    if chinese < _LABEL_CHARACTERS and len(words) < _LABEL_WORDS:
        return False
    # A list of terms, such as the key to a quotation in another language, states nothing.
    if bare.count("·") >= _TERMS:
        return False
    letters = _letters(bare)
    if letters in known:
        return False
    # A table row or list is laid out with labels between the pieces of its sentence.
    pieces = [p for p in re.split(r"[：:;；,，。|]", bare) if p.strip()]
    return not all(_letters(p) in known for p in pieces)


def _letters(text: str) -> str:
    """What counts of a text when it is compared: letters and digits, in simplified script."""
    return "".join(_WORD.findall(folded_text(text)))
