"""What the fitted model knows: written pieces, and the units of meaning that they share.

A unit is a concept (``c:bortezomib``), a Chinese word (``w:治疗``), the stem of a Latin word
(``w:▁relaps▁``) or a Chinese character (``w:药``). All spellings of a concept have the same unit, which
is how a question in English meets a passage in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhconv import convert

from index.analysis import is_stop_word, words
from index.embedding.tokenizer import normalizer
from ingest.folding import folded_text, is_chinese
from ingest.terminology import Concept, Terminology

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z][a-z0-9]*")
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk")

# Normalised piece → its units, several when one spelling names several concepts, () for a piece
# that carries no meaning.
Lexicon = dict[str, tuple[str, ...]]


def build_lexicon(texts: Iterable[str], terminology: Terminology) -> Lexicon:
    """Pieces for the words of ``texts`` and for every form of the terminology, in sorted order."""
    normalise = normalizer().normalize_str
    lexicon: Lexicon = {}
    for word in dict.fromkeys(word for text in texts for word in _words(text)):
        units = () if is_stop_word(word) else (f"w:{normalise(word)}",)
        for piece in map(normalise, _scripts(word)):
            lexicon[piece] = lexicon.get(piece) or units
    named: dict[str, tuple[str, ...]] = {}
    for concept in terminology.concepts.values():
        for form in concept.forms:
            # ALL and IS are names and also English words that say nothing.
            if not (form.isascii() and is_stop_word(form.lower())):
                for piece in map(normalise, _scripts(form)):
                    named[piece] = tuple(dict.fromkeys((*named.get(piece, ()), f"c:{concept.id}")))
    lexicon |= named  # a name is its concept, also where it is an ordinary word
    for char in sorted({char for piece in lexicon for char in piece}):
        lexicon.setdefault(char, (f"w:{char}",) if is_chinese(char) and not is_stop_word(char) else ())
    return dict(sorted(lexicon.items()))


def concept_texts(terminology: Terminology) -> list[str]:
    """One text for each concept: its names, its glosses, the words in its names."""
    return [
        "\n".join((concept.zh, concept.en, concept.gloss_zh, concept.gloss_en, *_parts(concept)))
        for concept in terminology.concepts.values()
    ]


def _words(text: str) -> Iterator[str]:
    for match in _RUN.finditer(folded_text(text)):
        run = match.group()
        if is_chinese(run[0]):
            yield from words(run)
        elif len(run) > 1 and run.isalpha():
            yield run


def _parts(concept: Concept) -> list[str]:
    """Words inside the names, which their longest match would hide."""
    parts = dict.fromkeys(word for form in concept.forms for word in _words(form))
    return [part for part in parts if len(part) > 1]


def _scripts(word: str) -> list[str]:
    """A word as it is and in traditional characters."""
    if not any(map(is_chinese, word)):
        return [word]
    return list(dict.fromkeys((word, *(convert(word, script) for script in _TRADITIONAL))))
