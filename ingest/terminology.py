"""The terminology: one concept behind every spelling, and finding its mentions in a text.

The table ``data/terminology.tsv`` serves retrieval (an English question meets a Chinese passage),
verification (two names of one drug are equal, two drugs are not) and rendering in English.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest.errors import BadRegister
from ingest.folding import fold, folded_text, is_chinese

_COLUMNS = [
    "concept_id", "category", "zh_preferred", "zh_variants", "zh_lay",
    "en_preferred", "en_variants", "en_lay", "gloss_zh", "gloss_en",
]
# Latin forms of up to this many letters are matched in the case they are written in: CR is
# complete response, Cr is creatinine.
_CASED_UP_TO = 4
_WORD = re.compile(r"[a-z0-9]")
# One wrong character is forgiven only in names long enough that no other drug is that close.
_FUZZY_CHINESE, _FUZZY_LATIN = 5, 9


@dataclass(frozen=True, slots=True)
class Concept:
    """One row of the terminology."""

    id: str
    category: str
    zh: str
    en: str
    zh_forms: tuple[str, ...]
    en_forms: tuple[str, ...]
    zh_lay: tuple[str, ...]
    en_lay: tuple[str, ...]
    gloss_zh: str
    gloss_en: str

    @property
    def forms(self) -> tuple[str, ...]:
        """Every written form, preferred ones first, without repeats."""
        every = (self.zh, self.en, *self.zh_forms, *self.en_forms, *self.zh_lay, *self.en_lay)
        return tuple(dict.fromkeys(every))


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in a text: original offsets, the form as written, and how it was found.

    ``fuzzy`` is True when one character of a long drug name was wrong; ``lay`` when the form is a
    lay word.
    """

    concept: str
    start: int
    end: int
    text: str
    fuzzy: bool = False
    lay: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    concept: str
    cased: str  # the form as written, if it must be matched in that case, else ""
    lay: bool


class Terminology:
    """The concepts and an automaton over all their forms."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: dict[str, Concept] = {c.id: c for c in concepts}
        forms: dict[str, list[_Form]] = {}
        for concept in self.concepts.values():
            lay = {*concept.zh_lay, *concept.en_lay}
            for form in concept.forms:
                entry = _Form(concept.id, form if _needs_case(form) else "", form in lay)
                for spelling in _spellings(form):
                    known = forms.setdefault(spelling, [])
                    if all(other.concept != concept.id for other in known):
                        known.append(entry)
        self._forms = forms
        self._patterns = sorted(forms)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard)
        self._masked = self._masked_names()

    def mentions(self, text: str) -> list[Mention]:
        """Concepts in ``text``, left to right, longest first, without overlap.

        A Latin form must stand as a whole word; short ones in the case they are written in.
        """
        folded = fold(text)
        hay = folded.text
        candidates: list[Mention] = []
        for index, start, end in self._automaton.find_matches_as_indexes(hay, overlapping=True):
            if not _whole_word(hay, start, end):
                continue
            left, right = folded.original(start, end)
            written = text[left:right]
            for form in self._forms[self._patterns[index]]:
                if not form.cased or _same_case(form.cased, written):
                    candidates.append(Mention(form.concept, left, right, written, lay=form.lay))
                    break
        found = _longest(candidates)
        fuzzy = self._fuzzy(text, found)
        kept = [m for m in found if not any(f.start <= m.start and m.end <= f.end for f in fuzzy)]
        return sorted(kept + fuzzy, key=lambda m: m.start)

    def concept_ids(self, text: str) -> frozenset[str]:
        """Ids of the concepts that ``text`` mentions."""
        return frozenset(m.concept for m in self.mentions(text))

    def _masked_names(self) -> dict[str, str]:
        masked: dict[str, str] = {}
        for concept in self.concepts.values():
            if concept.category != "drug":
                continue
            for form in concept.forms:
                name = folded_text(form)
                chinese = all(map(is_chinese, name))
                if len(name) < (_FUZZY_CHINESE if chinese else _FUZZY_LATIN) or not name.isalpha():
                    continue
                for i in range(len(name)):
                    key = f"{name[:i]}\0{name[i + 1 :]}"
                    # A pattern that two drugs share says nothing.
                    masked[key] = concept.id if masked.get(key, concept.id) == concept.id else ""
        return masked

    def _fuzzy(self, text: str, found: list[Mention]) -> list[Mention]:
        folded = fold(text)
        result: list[Mention] = []
        for start, end in _name_windows(folded.text):
            name = folded.text[start:end]
            keys = (f"{name[:i]}\0{name[i + 1 :]}" for i in range(len(name)))
            concept = next((c for key in keys if (c := self._masked.get(key))), None)
            if not concept:
                continue
            left, right = folded.original(start, end)
            # A name that is right as it stands is not a misspelling of another one.
            overlapping = [m for m in (*found, *result) if m.start < right and m.end > left]
            if all(self._part_of_name(m, concept, left, right) for m in overlapping):
                result.append(Mention(concept, left, right, text[left:right], fuzzy=True))
        return result

    def _part_of_name(self, mention: Mention, concept: str, left: int, right: int) -> bool:
        inside = left <= mention.start and mention.end <= right and mention.end - mention.start < right - left
        return inside and not mention.fuzzy and (
            mention.concept == concept or self.concepts[mention.concept].category != "drug"
        )


def _name_windows(hay: str) -> Iterable[tuple[int, int]]:
    """Windows that could be a drug name with one wrong character, longest first at each place."""
    for match in re.finditer(r"[\u3400-\u9fff]{5,}", hay):
        for start in range(match.start(), match.end()):
            for size in range(min(8, match.end() - start), _FUZZY_CHINESE - 1, -1):
                yield start, start + size
    for match in re.finditer(r"[a-z]{9,}", hay):
        yield match.start(), match.end()


def _needs_case(form: str) -> bool:
    letters = [c for c in form if c.isalpha()]
    return (
        form.isascii() and 0 < len(letters) <= _CASED_UP_TO and any(c.isupper() for c in letters)
        and len(form) == len(letters)
    )


def _same_case(form: str, written: str) -> bool:
    # A form in capitals may be written in small letters only when it is long enough not to be a word.
    return written == form or (len(form) >= 3 and form.isupper() and written.islower() and len(written) >= 4)


def _spellings(form: str) -> Iterable[str]:
    folded = folded_text(form.strip())
    if not folded:
        return
    yield folded
    if folded.isascii() and len(folded) > 3 and folded[-1].isalpha() and not folded.endswith("s"):
        yield folded + "s"
        if folded.endswith("y") and folded[-2] not in "aeiou":
            yield folded[:-1] + "ies"
        if folded.endswith("is"):
            yield folded[:-2] + "es"


def _whole_word(hay: str, start: int, end: int) -> bool:
    left = not (_WORD.match(hay[start]) and start and _WORD.match(hay[start - 1]))
    right = not (_WORD.match(hay[end - 1]) and end < len(hay) and _WORD.match(hay[end]))
    return left and right


def _longest(candidates: list[Mention]) -> list[Mention]:
    """Leftmost-longest selection without overlap."""
    chosen: list[Mention] = []
    edge = -1
    for mention in sorted(candidates, key=lambda m: (m.start, -(m.end - m.start), m.lay)):
        if mention.start >= edge:
            chosen.append(mention)
            edge = mention.end
    return chosen


def parse_terminology(text: str) -> list[Concept]:
    """Concepts of a terminology table.

    Raises:
        BadRegister: wrong columns, a repeated id, or a concept without a preferred name.
    """
    rows = csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(rows, [])
    if header != _COLUMNS:
        raise BadRegister(f"terminology: columns are {header}, expected {_COLUMNS}")
    concepts: dict[str, Concept] = {}
    for number, row in enumerate(rows, 2):
        if len(row) != len(_COLUMNS):
            raise BadRegister(f"terminology line {number}: {len(row)} columns, expected {len(_COLUMNS)}")
        id_, category, zh, zh_forms, zh_lay, en, en_forms, en_lay, gloss_zh, gloss_en = row
        if id_ in concepts or not zh or not en:
            raise BadRegister(f"terminology line {number}: {id_!r} is repeated or has no preferred name")
        concepts[id_] = Concept(
            id_, category, zh, en, _split(zh_forms), _split(en_forms), _split(zh_lay), _split(en_lay),
            gloss_zh, gloss_en,
        )
    return list(concepts.values())


def _split(cell: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in cell.split("|") if form.strip())


@cache
def default_terminology() -> Terminology:
    """The terminology that ships with the project: medical concepts and general words."""
    return Terminology(
        concept
        for name in ("terminology.tsv", "terminology-general.tsv")
        for concept in parse_terminology((files("ingest") / "data" / name).read_text("utf-8"))
    )
