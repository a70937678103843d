"""What a long message asks: the sentences that ask, without the text that was pasted around them."""

from __future__ import annotations

import re

from ingest.folding import folded_text

_LONG = 400  # characters; up to here a message is read as a whole
_MOST = 4  # sentences that ask, at most
_EDGE = 2  # sentences at the beginning and at the end of a message, where people ask
_SENTENCE = re.compile(r"[^。！？!?；;\n]*?(?:[。！？!?；;\n]+|(?<=[a-z\d)])\.(?=\s|$)|$)")
_ADDRESSED = re.compile(
    r"请问|想问|请教|问一下|问下|问问|想知道|想了解|请告诉|告诉我|我的问题|问题是|帮我看|麻烦(?:问|帮|看)|咨询"
    r"|\b(?:my question|i (?:want|would like|wonder|need) to (?:know|ask)|i'd like to (?:know|ask)|tell me|please (?:explain|tell|answer)|question:|q:)"
)
_ASKS = re.compile(
    r"什么|怎么|怎样|如何|为何|多少|哪些|哪种|哪个|吗[。?!]?$|呢[。?!]?$|是不是|有没有|能不能|要不要|会不会|几期|几个|是否"
    r"|^\W*(?:and |so |but |now )?(?:what|which|who|when|where|why|how|is|are|does|do|did|can|should|will)\b"
)
_STATED = 60  # characters from which a sentence without a question mark states how things are


def asked_part(text: str) -> str:
    """The sentences of a long message that ask; a short one, or one that asks nothing, as it is.

    A question mark or an address ("请问") counts before a mere interrogative, and the edges of the
    message before its middle: a pasted text has questions of its own.
    """
    if len(text) <= _LONG:
        return text
    sentences = [m.group().strip() for m in _SENTENCE.finditer(text)]
    sentences = [s for s in sentences if any(c.isalnum() for c in s)]
    folded = [folded_text(s) for s in sentences]
    plain = [i for i, s in enumerate(folded) if s.endswith("?") or _ADDRESSED.search(s)]
    likely = [i for i, s in enumerate(folded) if len(s) < _STATED and _ASKS.search(s)]
    last = len(sentences) - _EDGE
    for found in (plain, likely):
        outer = [i for i in found if i < _EDGE or i >= last]
        if chosen := outer or found:
            return " ".join(sentences[i] for i in chosen[:_MOST])
    return text
