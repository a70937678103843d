"""Words beside a lesion or a verdict that were not understood and that could turn it."""

from __future__ import annotations

import re

from assistant.staging.reading.fish.event import Event
from assistant.staging.reading.fish.tokens import Token
from assistant.staging.reading.lexicon import lexicon, only_filler

_TURNS = re.compile(
    r"[未无没不非否疑误假错]|临界|边缘|[弱]|模棱|作废|矛盾"
    r"|(?<![a-z])(?:no|not|non|never|without|lacks?|free|cannot|isn.?t|wasn.?t|aren.?t|weren.?t|hardly|false(?:ly)?|artefact|artifact"
    r"|doubt\w*|uncertain|borderline|weak(?:ly)?|error|typo|mistake\w*|unreliable|wrong(?:ly)?|disputed|retracted)(?![a-z])"
)
_NEXT = frozenset({"lesion", "fish", "lab", "other", "rest", "karyotype", "mutation"})
_BEFORE, _BEHIND = 8, 14


class Doubt:
    """A text in which every word that was understood is blank."""

    def __init__(self, text: str, stream: list[Token]) -> None:
        rest = list(text)
        for token in stream:
            blank = ";" if token.kind in ("comma", "hard") else "|" if token.kind in _NEXT else " "
            rest[token.start : token.end] = blank * (token.end - token.start)
        left = "".join(rest)
        for key in ("diagnosis", "not_turning"):
            left = lexicon().context[key].sub(_blank, left)
        # "LDH不高 t(4;14)阳性": a word on a value turns no lesion.
        left = lexicon().values["not_high"].sub(_blank, left)
        self._rest = left
        self._hard = [t for t in stream if t.kind == "hard"]

    def about_lesion(self, event: Event) -> bool:
        """Whether such a word stands beside the lesion or beside the word that judges it."""
        if self._around(event.name.start, event.name.end):
            return True
        return event.by is not None and self.about_word(event.by)

    def not_understood(self, event: Event) -> bool:
        """Whether unknown words or figures stand behind a lesion that only its form calls present."""
        behind = re.split("[;|]", self._rest[event.name.end : event.name.end + _BEHIND])[0]
        return re.search(r"\d", behind) is not None or not only_filler(behind, 0)

    def denied_before(self, event: Event) -> bool:
        """Whether such a word stands anywhere before a lesion that only its form calls present.

        "FISH was unable to bring out del(17p)": of what the words say, the denial at least is plain.
        """
        start = max((t.end for t in self._hard if t.end <= event.name.start), default=0)
        return _TURNS.search(self._rest, start, event.name.start) is not None

    def about_word(self, token: Token) -> bool:
        """Whether such a word stands beside a verdict."""
        return self._around(token.start, token.end)

    def _around(self, start: int, end: int) -> bool:
        before = self._rest[max(0, start - _BEFORE) : start].rpartition(";")[2]
        behind = self._rest[end : end + _BEHIND].partition(";")[0]
        return _TURNS.search(before) is not None or _TURNS.search(behind) is not None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
