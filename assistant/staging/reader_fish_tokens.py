"""The words of a FISH report as tokens: lesions, verdicts, and what joins or parts them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.staging.reader_lexicon import Name, lexicon
from assistant.staging.reader_text import SOFT

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?%")
_COPIES = re.compile(r"(\d+|[二两三四五六])\s?(?:个)?(?:以上)?(?:拷贝|copies)")
_ZH = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_HARD = re.compile(r"[;。!]|\.(?=\s|$)")
_COMMA = re.compile(rf"[,{SOFT}]")
_LIST = re.compile(r"[、/&]|和|或者?|及|以及|与|(?:and|or|nor)(?![a-z])")
_PREFIXING = re.compile(
    r"未(?!扩|缺)|没|无|(?:已|可|基本)?排除|不存在|不伴|否认|no(?![a-z])|without|neither|nor(?![a-z])|negative for|absence of"
    r"|does not"
)


@dataclass(slots=True)
class Token:
    """``kind``: a key of ``[words]`` in the lexicon, a kind of name, comma, list, hard, percent, copies."""

    kind: str
    start: int
    end: int
    name: Name | None = None
    number: str = ""
    prefix: bool = False


def tokens(text: str, names: list[Name]) -> list[Token]:
    """Tokens in order. Inside a name nothing else is read (the ";" of t(4;14) ends no statement)."""
    found: list[Token] = []
    position = 0
    queue = list(names)
    while position < len(text):
        if queue and queue[0].start < position:
            queue.pop(0)
            continue
        if queue and queue[0].start == position and not _is_clause_word(text, queue[0]):
            name = queue.pop(0)
            found.append(Token(name.kind, name.start, name.end, name))
            position = name.end
            continue
        limit = queue[0].start if queue and queue[0].start > position else len(text)
        token = _token(text, position, limit)
        if token:
            found.append(token)
            position = token.end
        else:
            position += 1
    return found


def _is_clause_word(text: str, name: Name) -> bool:
    """"no high-risk cytogenetics" begins before the name; a name itself is never a word."""
    return name.start == name.end


def _token(text: str, position: int, limit: int) -> Token | None:
    if match := _PERCENT.match(text, position):
        return Token("percent", position, match.end(), number=match.group(1))
    if match := _COPIES.match(text, position):
        return Token("copies", position, match.end(), number=str(_ZH.get(match.group(1), match.group(1))))
    if text[position].isascii() and text[position].isalpha() and position and text[position - 1].isascii() and text[position - 1].isalpha():
        return None
    for kind, pattern in lexicon().words:
        match = pattern.match(text, position)
        if not match or match.end() == position:
            continue
        # A word may run over a name only if it is about that name ("未见高危遗传学异常").
        if match.end() > limit and kind not in ("no_high_risk", "none_found", "other_negative"):
            continue
        return Token(kind, position, match.end(), prefix=_PREFIXING.match(text, position) is not None)
    for kind, pattern in (("hard", _HARD), ("comma", _COMMA), ("list", _LIST)):
        if match := pattern.match(text, position):
            return Token(kind, position, match.end())
    if text[position] in "([":
        return Token("open", position, position + 1)
    if text[position] in ")]":
        return Token("close", position, position + 1)
    return None
