"""A regular expression that is compiled when a text first holds the words that a match of it needs.

Compiling the hundreds of long patterns of the data files takes half a second, and a question meets few of
them. So the literal words that every match must hold are read off the pattern (Cox, "Regular expression
matching with a trigram index", 2012, does it for files), which takes a tenth of the time, and a text
without them is known not to match.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator

_TOKEN = re.compile(
    r"\((?:\?(?:[:>=!]|<[=!]|[Pp]<\w+>)?)?"  # a group begins
    r"|[*+?][?+]?|\{\d*,?\d*\}[?+]?"
    r"|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]"
    r"|[^\\()\[|*+?{.^$]+|.",
    re.DOTALL,
)
# Characters of which IGNORECASE takes no other for the same, or whose small letter is looked for.
_PLAIN = re.compile(r"[\x00-\x7f\u3000-\u303f\u3400-\u9fff]+")
_OPTIONAL = re.compile(r"[*?]|\{0*,|\{0+\}")
_SEQUENCE = ("(", "(?:", "(?>")  # groups whose content is matched where they stand; the rest only look
# What IGNORECASE takes for an ASCII letter beside the letter itself.
_LOOKS_ASCII = frozenset("İıſK")

# Any of its words must stand in the text.
_Clause = tuple[str, ...]
# For each way to match, the clauses that must all hold.
_Ways = list[list[_Clause]]


class LazyPattern:
    """``re.compile(source, flags)``, put off; its methods are those of ``re.Pattern``.

    >>> pattern = LazyPattern("(?:多少|几)个?疗程", re.IGNORECASE)
    >>> pattern.search("需要做移植吗"), pattern.compiled
    (None, False)
    >>> bool(pattern.search("一共几个疗程")), pattern.compiled
    (True, True)
    """

    __slots__ = ("_compiled", "_flags", "_missed", "_ways", "pattern")

    def __init__(self, source: str, flags: int = 0) -> None:
        self.pattern = source
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None
        self._ways: _Ways | None = None
        self._missed: str | None = None  # the last text without the words: some are walked place by place

    @property
    def compiled(self) -> bool:
        """Whether some text has had the words of a match."""
        return self._compiled is not None

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        found = self._compiled or self._for(text)
        return found.search(text, start, end) if found else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        found = self._compiled or self._for(text)
        return found.match(text, start, end) if found else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        found = self._compiled or self._for(text)
        return found.finditer(text, start, end) if found else iter(())

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        found = self._compiled or self._for(text)
        return found.sub(replacement, text) if found else text

    def may_match(self, text: str) -> bool:
        """False only where no match can stand in ``text``."""
        cased = not self._flags & re.IGNORECASE
        if self._ways is None:
            self._ways = _ways_of(self.pattern, cased)
        if not cased:
            if not text.isascii() and not _LOOKS_ASCII.isdisjoint(text):
                return True
            text = text.lower()
        return any(all(any(word in text for word in clause) for clause in way) for way in self._ways)

    def _for(self, text: str) -> re.Pattern[str] | None:
        if text is self._missed:
            return None
        if self.may_match(text):
            self._compiled, self._missed = re.compile(self.pattern, self._flags), None
        else:
            self._missed = text
        return self._compiled


def _ways_of(source: str, cased: bool) -> _Ways:
    """What a match of a pattern needs; ``re`` has the patterns checked in the tests, so nothing is here."""
    ways: _Ways = [[]]
    above: list[tuple[str, _Ways]] = []
    last: _Clause | None = None  # what the token before demands, that a quantifier may take back
    group = False  # whether that token is a group
    for token in _TOKEN.findall(source if cased else source.lower()):
        first = token[0]
        if first in "*+?" or (first == "{" and token != "{"):
            if last and _OPTIONAL.match(token):
                ways[-1].pop()
                if not group and len(last[0]) > 1:  # only the last letter is optional
                    ways[-1].append((last[0][:-1],))
            last = None
            continue
        last, group = None, first == ")"
        if first == "(":
            above.append((token, ways))
            ways = [[]]
        elif first == "|":
            ways.append([])
        elif group:
            opened, inner = above.pop()
            if opened in _SEQUENCE or opened[2:4] in ("P<", "p<"):
                last = _clause(ways)
            ways = inner
        elif first not in "\\[.^$" and (cased or _PLAIN.fullmatch(token)):
            last = (token,)
        if last:
            ways[-1].append(last)
    return ways


def _clause(ways: _Ways) -> _Clause | None:
    """Words of which a group needs one: of each way the clause that is hardest to meet."""
    words: list[str] = []
    for way in ways:
        if not way:
            return None
        hardest: _Clause = max(way, key=_hardness)
        words += hardest
    return tuple(words)


def _hardness(clause: _Clause) -> tuple[int, int]:
    """The longer its shortest word and the fewer its words, the fewer texts meet a clause."""
    return min(map(len, clause)), -len(clause)
