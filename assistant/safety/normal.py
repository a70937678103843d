"""A message made ready for reading: folded, rewritten, cut into sentences and clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.safety.lexicon import words
from ingest.folding import fold

# White space beside Chinese is a pause in typing; folding would lose it.
_PAUSE = re.compile(
    r"(?<=[\u3400-\u9fff，。0-9])[ \t\u3000]+(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[ \t\u3000]+"
)
_SPELT_OUT = re.compile(r"(?<![\u3400-\u9fff])(?:[\u3400-\u9fff] ){3,}[\u3400-\u9fff](?![\u3400-\u9fff])")
_LINE = re.compile(r"\s*\n\s*")
_SENTENCE_END = re.compile(r"[。！？!?；;…]+|\.(?=\s|$)|\.{2,}|~+|(?<=[\u3400-\u9fff])\.")
_CLAUSE_END = re.compile(
    r"[，,：:（）()\"“”—]+|\s-+\s|\b(?:but|although|though|however)\b|(?=但是|可是|不过)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Span of a sentence and the spans of its clauses."""

    start: int
    end: int
    clauses: tuple[tuple[int, int], ...]

    def clause_of(self, position: int) -> tuple[int, int]:
        """The clause that holds ``position``."""
        return next((c for c in self.clauses if c[0] <= position < c[1]), self.clauses[-1])


def normalised(message: str) -> str:
    """``message`` folded and rewritten; offsets are not kept."""
    # Half a surrogate pair, from a broken paste, is no text.
    text = message.encode("utf-8", "replace").decode("utf-8").replace("’", "'").replace("‘", "'")
    text = _SPELT_OUT.sub(lambda m: m.group().replace(" ", ""), text)
    text = _LINE.sub("。", text.strip())
    text = _PAUSE.sub("，", text)
    return words().rewritten(fold(text).text)


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a normalised text."""
    found = []
    for start, end in _pieces(text, 0, len(text), _SENTENCE_END):
        found.append(Sentence(start, end, tuple(_pieces(text, start, end, _CLAUSE_END))))
    return tuple(found)


def _pieces(text: str, start: int, end: int, ends: re.Pattern[str]) -> list[tuple[int, int]]:
    cuts = [m.end() for m in ends.finditer(text, start, end)]
    return [(a, b) for a, b in zip([start, *cuts], [*cuts, end], strict=True) if b > a] or [(start, end)]
