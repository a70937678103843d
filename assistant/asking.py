"""What a long message asks: the sentences that ask, without the text that was pasted around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.folding import folded_text

_LONG = 400  # characters; up to here a message is read as a whole
_MOST = 6  # sentences that ask, at most
_EDGE = 2  # sentences at the beginning and at the end of a message, where people ask
_LINE = 200  # characters of a line that somebody typed above or below what was pasted
_SENTENCE = re.compile(r"[^。！？!?；;]*?(?:[。！？!?；;]+|(?<=[a-z\d)])\.(?=\s|$)|$)")
_ADDRESSED = re.compile(
    r"请问|想问|请教|问一下|问下|问问|想知道|想了解|请告诉|告诉我|我的问题|问题是|帮我看|麻烦(?:问|帮|看)|想咨询"
    r"|\b(?:my question|i (?:want|would like|wonder|need) to (?:know|ask)|i'd like to (?:know|ask)|tell me"
    r"|please (?:explain|tell|answer)|question:|q:)"
)
_ASKS = re.compile(
    r"什么|啥|怎么|咋|怎样|如何|为何|干嘛|多少|多久|多大|哪|吗[。?!]?$|呢[。?!]?$|是不是|有没有|能不能|要不要|会不会"
    r"|可不可以|需不需要|该不该|几期|几个|几年|几种|是否|有无|能否|可否"
    r"|^\W*(?:and |so |but |now )?(?:what|which|who|when|where|why|how|is|are|does|do|did|can|should|will)\b"
)
_STATED = 60  # characters from which a sentence without a question mark states how things are


@dataclass(frozen=True, slots=True)
class _Sentence:
    """``edge``: it stands where people ask; ``plain``: it asks outright, ``likely``: it may."""

    text: str
    edge: bool
    plain: bool
    likely: bool


def asked_part(text: str) -> str:
    """The sentences of a long message that ask; a short one, or one that asks nothing, as it is.

    The edges of the message count before its middle, for a pasted text has questions of its own; in the
    middle a question mark or an address ("请问") counts before a mere interrogative.
    """
    if len(text) <= _LONG:
        return text
    sentences = _sentences(text)
    outer = [s for s in sentences if s.edge and (s.plain or s.likely)]
    inner = [s for s in sentences if s.plain] or [s for s in sentences if s.likely]
    return " ".join(s.text for s in (outer or inner)[:_MOST]) or text


def _sentences(text: str) -> list[_Sentence]:
    lines = [line for line in text.splitlines() if any(c.isalnum() for c in line)]
    found: list[tuple[str, bool]] = []
    for number, line in enumerate(lines):
        outer = number in (0, len(lines) - 1) and len(line) <= _LINE
        parts = [m.group().strip() for m in _SENTENCE.finditer(line)]
        found += [(part, outer) for part in parts if any(c.isalnum() for c in part)]
    return [
        _Sentence(
            part,
            outer or i < _EDGE or i >= len(found) - _EDGE,
            folded.endswith("?") or _ADDRESSED.search(folded) is not None,
            len(folded) < _STATED and _ASKS.search(folded) is not None,
        )
        for i, (part, outer) in enumerate(found)
        for folded in [folded_text(part)]
    ]
