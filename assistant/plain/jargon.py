"""Which terms of a text a patient is left alone with: the measure, and what the writer must explain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.plain.glossary import MEDICAL, entry_of
from assistant.plain.own_notes import own_notes
from ingest.terminology import Mention, default_terminology

_MARKER = re.compile(r"\s?\[\d{1,3}\]")
# A name, or several, with what it means behind it: "name：…", "name（即…".
_TOLD_ZH = re.compile(r"(?:、[^、：。（）]{1,24}){0,9}：(?=[^。；）]{2,})|[（(](?:即|就是|指|也就是)")
_TOLD_EN = re.compile(r"(?:, [^,:.()]{1,40}){0,9}: (?=[a-zA-Z])|\s\((?:that is|i\.e\.|meaning)")
# A drug is told by the name of its class that it stands behind: in brackets, as one of a list, or directly.
_MEMBER = re.compile(r"\s?[（(][^（）()]*$|(?:是|比如|包括)[^，。；（）]*$|[^，。；、,;.]?$")
# "Myeloma | kidney failure" is no failure of a "myeloma kidney".
_TORN = re.compile(r"肾(?:功能|衰竭|损|脏)")


@dataclass(frozen=True, slots=True)
class Term:
    """A technical term in a text: where it stands, and whether it is told there what it means."""

    concept: str
    start: int
    end: int
    text: str
    told: bool


def terms(text: str) -> tuple[Mention, ...]:
    """Mentions of medical concepts that are not plain for everyone."""
    found = default_terminology().mentions(text)
    return tuple(m for m in found if _is_technical(m) and not _TORN.match(text, m.end - 1))


def _is_technical(mention: Mention) -> bool:
    concept = default_terminology().concepts[mention.concept]
    if concept.category not in MEDICAL or mention.lay:
        return False
    entry = entry_of(mention.concept, mention.text)
    return entry is None or not entry.everyday


def told_by_class(text: str, mention: Mention, others: tuple[Mention, ...]) -> bool:
    """Whether a drug stands behind the name of its class, in brackets or as its apposition."""
    concepts = default_terminology().concepts
    if concepts[mention.concept].category != "drug":
        return False
    classes = [
        m for m in others if concepts[m.concept].category == "drug_class" and m.end <= mention.start
    ]
    return any(_MEMBER.match(text[m.end : mention.start]) for m in classes[-2:])


def explained_there(text: str, mention: Mention) -> bool:
    """Whether what follows a mention says what it means, in words that are plain themselves."""
    if _TOLD_ZH.match(text, mention.end) or _TOLD_EN.match(text, mention.end):
        return True
    return any(note.mention == mention and not terms(note.meaning) for note in own_notes(text))


def unexplained(answer: str) -> tuple[Term, ...]:
    """Technical terms of an answer that are not explained in the paragraph where they first appear.

    A term is explained by what follows it there ("name：…", "name（即…）"), a drug by its class too.
    Citation markers are read over.
    """
    return tuple(term for term in _terms(_MARKER.sub("", answer).replace("\\", "")) if not term.told)


def _terms(answer: str) -> Iterator[Term]:
    told: dict[str, bool] = {}
    for paragraph in answer.split("\n\n"):
        found = terms(paragraph)
        for mention in found:
            if mention.concept not in told:
                same = [m for m in found if m.concept == mention.concept]
                told[mention.concept] = told_by_class(paragraph, mention, found) or any(
                    explained_there(paragraph, m) for m in same
                )
            yield Term(mention.concept, mention.start, mention.end, mention.text, told[mention.concept])


def per_hundred(answer: str) -> float:
    """Unexplained technical spans per 100 characters of an answer, citation markers not counted."""
    length = len(_MARKER.sub("", answer))
    return 100 * len(unexplained(answer)) / length if length else 0.0
