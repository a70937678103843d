"""The terminology: one concept behind every spelling, and finding its mentions in a text.

The table ``data/terminology.tsv`` serves retrieval (an English question meets a Chinese passage),
verification (two names of one drug are equal, two drugs are not) and rendering in English.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest.errors import BadRegister
from ingest.folding import fold, folded_text, is_chinese

_COLUMNS = [
    "concept_id",
    "category",
    "zh_preferred",
    "zh_variants",
    "zh_lay",
    "en_preferred",
    "en_variants",
    "en_lay",
    "gloss_zh",
    "gloss_en",
]
# Latin forms of up to this many letters are matched in the case they are written in: CR is
# complete response, Cr is creatinine.
_CASED_UP_TO = 4
_WORD = re.compile(r"[a-z0-9]")
# 托珠单抗 is another drug than 埃罗托珠单抗 (妥 misspelt): two characters more make it the longer name.
_PART_LEAVES = 2
# One wrong letter is forgiven only in Latin names long enough that no other drug is that close.
# Chinese drug names share their endings and differ in one character (利妥昔单抗 and 艾妥昔单抗, 埃万妥
# 单抗 and 埃纳妥单抗), so a wrong character must sound like the right one: what a typist or a
# transcriber gets wrong. Each group is one Mandarin syllable, tones ignored.
_FUZZY_CHINESE, _FUZZY_LATIN = 4, 9
_SYLLABLES = [
    "艾埃爱哀", "依伊易衣宜以亦益意奕", "达答大", "雷累蕾类", "妥托脱拓", "尤由优忧", "木姆穆慕", "单丹",
    "抗亢", "昔西希息锡", "罗洛络", "珠朱株猪", "硼彭蓬", "替提缇体", "佐左唑座", "米咪迷", "卡咔",
    "非菲肺霏", "来莱徕", "那纳娜拿呐", "度杜渡", "胺氨安铵", "利立力丽里", "泊博波伯柏铂", "马玛码",
    "地迪帝", "塞赛", "尼妮泥", "索所锁", "帕怕", "比必碧", "司斯丝思", "他塔她它", "维韦唯围", "奈耐乃",
    "克科柯", "拉啦", "奎魁葵", "尔耳", "膦磷林", "诺懦", "舒书", "呤令", "醇纯", "布步", "酶梅美镁",
    "氟弗", "苯本", "莫末", "汀丁", "仑伦轮", "奥澳", "基吉", "沙莎砂纱", "佳加", "贝倍", "兰蓝", "阿啊",
]  # fmt: skip
_SYLLABLE_OF = {char: number for number, group in enumerate(_SYLLABLES) for char in group}


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


class _Form(NamedTuple):  # fifteen thousand are made at start, three times as fast as frozen dataclasses
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
                    if not known or all(entry[:2] != other[:2] for other in known):
                        known.append(entry)
        self._forms = forms
        self._patterns = sorted(forms)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard)
        self._ready()

    def _ready(self) -> None:
        self._masked = self._masked_names()
        # The same passages are read for search, verification and rendering.
        self._cached = lru_cache(maxsize=4096)(self._find)

    def part(self, concepts: Collection[str]) -> Terminology:
        """The terminology of some of the concepts (ids) alone: as if made from them, on this automaton."""
        part = copy(self)
        part.concepts = {id_: concept for id_, concept in self.concepts.items() if id_ in concepts}
        part._ready()
        return part

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Concepts in ``text``, left to right, longest first, without overlap.

        A Latin form must stand as a whole word; short ones in the case they are written in.
        """
        return self._cached(text)

    def _find(self, text: str) -> tuple[Mention, ...]:
        folded = fold(text)
        hay = folded.text
        candidates: list[Mention] = []
        for index, start, end in self._automaton.find_matches_as_indexes(hay, overlapping=True):
            if not _whole_word(hay, start, end):
                continue
            left, right = folded.original(start, end)
            written = text[left:right]
            for form in self._forms[self._patterns[index]]:
                if form.concept in self.concepts and (not form.cased or _same_case(form.cased, written)):
                    candidates.append(Mention(form.concept, left, right, written, lay=form.lay))
                    break
        found = _longest(candidates)
        fuzzy = self._fuzzy(text, found)
        kept = [m for m in found if not any(f.start <= m.start and m.end <= f.end for f in fuzzy)]
        return tuple(sorted(kept + fuzzy, key=lambda m: m.start))

    def concept_ids(self, text: str) -> frozenset[str]:
        """Ids of the concepts that ``text`` mentions."""
        return frozenset(m.concept for m in self.mentions(text))

    def _masked_names(self) -> dict[str, dict[str, str]]:
        """Name with one character left out → the character that belongs there → concept."""
        masked: dict[str, dict[str, str]] = {}
        for concept in self.concepts.values():
            if concept.category != "drug":
                continue
            for form in concept.forms:
                name = folded_text(form)
                chinese = all(map(is_chinese, name))
                shortest = _FUZZY_CHINESE + name.endswith("单抗") if chinese else _FUZZY_LATIN
                if len(name) < shortest or not name.isalpha():
                    continue
                for i in range(len(name)):
                    masked.setdefault(f"{name[:i]}\0{name[i + 1 :]}", {})[name[i]] = concept.id
        return masked

    def _fuzzy(self, text: str, found: list[Mention]) -> list[Mention]:
        folded = fold(text)
        result: list[Mention] = []
        for start, end in _name_windows(folded.text):
            name = folded.text[start:end]
            # A misspelling that could stand for two drugs says nothing.
            meant = {
                concept
                for i, written in enumerate(name)
                for right, concept in self._masked.get(f"{name[:i]}\0{name[i + 1 :]}", {}).items()
                if right != written and _easily_mistaken(written, right)
            }
            concept = meant.pop() if len(meant) == 1 else ""
            if not concept:
                continue
            left, right = folded.original(start, end)
            # A name that is right as it stands is not a misspelling of another one.
            overlapping = [m for m in (*found, *result) if m.start < right and m.end > left]
            if all(self._part_of_name(m, concept, left, right) for m in overlapping):
                result.append(Mention(concept, left, right, text[left:right], fuzzy=True))
        return result

    def _part_of_name(self, mention: Mention, concept: str, left: int, right: int) -> bool:
        """Whether a mention is only a part of the longer, misspelt name."""
        longer = (right - left) - (mention.end - mention.start)
        if mention.fuzzy or not (left <= mention.start and mention.end <= right and longer):
            return False
        same = mention.concept == concept or self.concepts[mention.concept].category != "drug"
        return same or longer >= _PART_LEAVES


def _name_windows(hay: str) -> Iterable[tuple[int, int]]:
    """Windows that could be a drug name with one wrong character, longest first at each place."""
    for match in re.finditer(rf"[\u3400-\u9fff]{{{_FUZZY_CHINESE},}}", hay):
        for start in range(match.start(), match.end()):
            for size in range(min(8, match.end() - start), _FUZZY_CHINESE - 1, -1):
                yield start, start + size
    for match in re.finditer(rf"[a-z]{{{_FUZZY_LATIN},}}", hay):
        yield match.start(), match.end()


def _easily_mistaken(written: str, right: str) -> bool:
    if not is_chinese(right):
        return True
    return written in _SYLLABLE_OF and _SYLLABLE_OF[written] == _SYLLABLE_OF.get(right)


def _needs_case(form: str) -> bool:
    return len(form) <= _CASED_UP_TO and form.isascii() and form.isalpha() and not form.islower()


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
            id_,
            category,
            zh,
            en,
            _split(zh_forms),
            _split(en_forms),
            _split(zh_lay),
            _split(en_lay),
            gloss_zh,
            gloss_en,
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
