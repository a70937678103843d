"""A Chinese quotation rendered in English, word for word: only what the tables are sure of.

It is no translation. It gives an English reader the numbers with their units and bounds, the names and the
general words of the quotation in its order and with its punctuation. What no table knows is left out, and an
ellipsis stands for it, so that nobody takes the rest for the whole. Names are the terminology's; general
words have a list of their own (``data/glosses.tsv``), for the terminology groups words of like use, not of
like meaning.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from assistant.messages import message
from ingest.folding import chinese_share, fold, is_chinese
from ingest.terminology import default_terminology
from ingest.types import Passage

# Words that bound a number, as signs: a limit without its direction would say the opposite.
_BOUNDS = {
    "≥": "≥|>=|大于(?:或|和)?等于|不(?:得)?低于|不少于|不小于|至少",
    "≤": "≤|<=|小于(?:或|和)?等于|不(?:得)?超过|不高于|不大于|不多于|最多|至多",
    ">": ">|超过|超出|大于|高于|多于",
    "<": "<|低于|小于|少于|不足|不到",
    "~": "[~～]|大?约",
    "=": "=",
}
_UNIT = (
    r"(?:(?:mg|kg|μg|µg|mcg|ng|g|mmol|μmol|µmol|nmol|mol|mL|ml|dL|L|IU|U|Gy|cm|mm|m²|m2|min|h)(?![A-Za-z])"
    r"(?:\s*/\s*(?:24\s*h|kg|mL|ml|dL|L|min|h|d|m²|m2|1\.73\s*m[²2])(?![A-Za-z]))*|[%％])"
)
_QUANTITY = re.compile(
    rf"(?:(?P<bound>{'|'.join(_BOUNDS.values())})\s*(?:大?约|为|达)?)?\s*"
    r"(?P<number>(?<![A-Za-z\d])\d[\d,]*(?:\.\d+)?(?:\s*/\s*\d[\d,]*)?(?:\s*[%％]?\s*[~～–至到-]\s*\d+(?:\.\d+)?)?)"
    rf"\s*(?P<unit>{_UNIT})?(?:\s*(?:及|或)?(?P<after>以[上下]))?"
)
_AFTER = {"以上": " or more", "以下": " or less"}
_LATIN = re.compile(r"[A-Za-z\d][A-Za-z0-9()+/;.-]*")
_PUNCTUATION = str.maketrans("，、；：（）［］。？！", ",,;:()[].?!")
_SKIPPED = frozenset(" *†‡“”‘’《》「」\u3000")
# Kept beside what is not rendered: without a denial or a hedge the rest might say the opposite, or more.
_KEPT = frozenset("不无未可")
_LEFT_OUT = "…"


class _Piece(NamedTuple):
    """What stands for ``end - start`` characters; ``english`` is "" for a particle."""

    start: int
    end: int
    english: str


def render_terms(passages: list[Passage]) -> str:
    """One line in English for Chinese passages; "" for passages that are English already."""
    rendered = [_render(_headed(p)) for p in passages if chinese_share(p.text) > 0.2]
    return message("en", "rendering", terms="; ".join(filter(None, rendered))) if any(rendered) else ""


def _headed(passage: Passage) -> str:
    """The text under its run-in heading, which may be the condition that it holds under."""
    if not passage.topic or passage.topic in passage.text:
        return passage.text
    return f"{passage.topic}；{passage.text}"


@cache
def _glosses() -> dict[str, str]:
    lines = (files("assistant") / "data" / "glosses.tsv").read_text("utf-8").splitlines()
    return dict(csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _longest_gloss() -> int:
    return max(map(len, _glosses()))


def _render(text: str) -> str:
    known = sorted([*_quantities(text), *_names(text)], key=lambda p: (p.start, -p.end))
    told = ""
    for word in _without_fragments(list(_words(text, {p.start: p for p in reversed(known)})), text):
        told = _joined(told, word)
    return told.strip(" ;,.:")


def _quantities(text: str) -> Iterator[_Piece]:
    names = default_terminology().mentions(text)
    for found in _QUANTITY.finditer(text):
        # The 4 of "t(4;14)" is no quantity, but 至少 in front of a number is no concept.
        if not any(m.start <= found.start("number") < m.end for m in names):
            yield _Piece(found.start(), found.end(), _quantity(found))


def _names(text: str) -> Iterator[_Piece]:
    """What the terminology names: a medical concept by any form, another word by its preferred one."""
    terminology = default_terminology()
    for mention in terminology.mentions(text):
        concept = terminology.concepts[mention.concept]
        medical = bool(concept.gloss_en) and not mention.lay
        if medical or fold(mention.text) == fold(concept.zh):
            yield _Piece(mention.start, mention.end, concept.en)


def _words(text: str, known: dict[int, _Piece]) -> Iterator[_Piece]:
    """The longest thing that is known at each place, else one character that is not ("…")."""
    glosses, at = _glosses(), 0
    while at < len(text):
        piece = known.get(at)
        for end in range(min(len(text), at + _longest_gloss()), piece.end - 1 if piece else at, -1):
            if (english := glosses.get(text[at:end])) is not None:
                piece = _Piece(at, end, english)
                break
        if piece is None and (latin := _LATIN.match(text, at)):
            piece = _Piece(at, latin.end(), latin.group())
        if piece is None:
            char = text[at]
            mark = "" if char in _SKIPPED else char.translate(_PUNCTUATION)
            piece = _Piece(at, at + 1, _LEFT_OUT if is_chinese(char) else mark)
        yield piece
        at = piece.end


def _without_fragments(pieces: list[_Piece], text: str) -> Iterator[str]:
    """The English of the pieces; a character beside an unknown one is part of a word that is not known."""
    for n, piece in enumerate(pieces):
        around = [p for p in pieces[max(0, n - 1) : n + 2] if p is not piece]
        char = text[piece.start : piece.end]
        torn = len(char) == 1 and is_chinese(char) and any(p.english == _LEFT_OUT for p in around)
        yield _LEFT_OUT if torn and char not in _KEPT and piece.english else piece.english


def _joined(told: str, word: str) -> str:
    """English spacing; an ellipsis stands once."""
    if not word or (word == _LEFT_OUT and told.endswith(_LEFT_OUT)):
        return told
    if word in ",;:.?!)]" or not told or told[-1] in "([" or word == "/" or told[-1] == "/":
        return told + word
    return f"{told} {word}"


def _quantity(match: re.Match[str]) -> str:
    """A number with its unit, and its bound as a sign."""
    bound = match["bound"] or ""
    sign = next((sign for sign, words in _BOUNDS.items() if bound and re.fullmatch(words, bound)), "")
    number = re.sub(r"\s*[至到]\s*", "–", match["number"])
    unit = match["unit"] or ""
    gap = " " if unit and unit not in "%％" else ""
    sign += " " if sign in ("<", ">") else ""
    return f"{sign}{number}{gap}{unit}{_AFTER.get(match['after'] or '', '')}"
