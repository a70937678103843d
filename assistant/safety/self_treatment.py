"""What is not quoted below an emergency: advice to take a drug at home for what the alarm is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from assistant.safety.lexicon import red
from assistant.types import Answer
from ingest.folding import folded_text

_CLAUSE = re.compile(r"[，,；;。]|\.(?=\s|$)|\b(?:and|but|while|whereas)\b")


def advises(text: str, flags: Iterable[str]) -> bool:
    """Whether a sentence tells to take a drug that a patient may have at home for one of these flags.

    >>> advises("Mild pain can first be treated with acetaminophen.", ["fever"])
    True
    >>> advises("Nonsteroidal anti-inflammatory drugs should be avoided.", ["fever"])
    False
    """
    patterns = [_drugs(key) for key in ("any", *flags) if key in red().self_treatment]
    for clause in _CLAUSE.split(folded_text(text)):
        named = any(pattern.search(clause) for pattern in patterns)
        if named and _drugs("advice").search(clause) and not _drugs("against").search(clause):
            return True
    return False


def without_advice(answer: Answer, flags: Iterable[str]) -> Answer:
    """``answer`` without the sentences that advise this, and without what only they cite."""
    given = tuple(flags)
    dropped = [s for s in answer.sentences if advises(s.text, given)]
    kept = tuple(s for s in answer.sentences if s not in dropped)
    text = answer.text
    for sentence in dropped:
        whole = re.escape(sentence.text) + r"\s?(?:\[\d+\])*(?:\s?(?:\([^()\n]*\)|（[^（）\n]*）))?"
        text, found = re.subn(r"(?:(?<=\n)|^)[ \t]*- " + whole + r"(?=\n|$)|" + whole, "", text)
        if not found:  # it is worded otherwise in the text: quote nothing rather than that
            kept, text = (), ""
    markers = {marker for s in kept for marker in s.citations}
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+(?=\n|$)", "", text)).strip()
    citations = tuple(c for c in answer.citations if c.marker in markers)
    return replace(answer, text=text, sentences=kept, citations=citations) if dropped else answer


@cache
def _drugs(key: str) -> re.Pattern[str]:
    return re.compile(red().self_treatment[key])
