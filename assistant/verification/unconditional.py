"""A claim made for every case: 无论, "regardless of". The evidence has to make it too, of the same thing."""

from __future__ import annotations

import re

from assistant.verification.atoms import Frame
from assistant.verification.negation import items

_CLAIMED = re.compile(
    r"无论|不论|不管|不问"
    r"|(?:是否|有没有|有无)(?=[^。;]{1,24}(?:都|均))"
    r"|\b(?:regardless of|irrespective of|independent of|whatever|whether or not|no matter"
    r"|in (?:every|any) case)\b"
)
# What may stand for it in other words.
_KNOWN = re.compile(
    rf"{_CLAIMED.pattern}|任何|是否|均|都|皆|不限|不依赖"
    r"|\b(?:any|whether|every|all|both|either|even if|independently)\b"
)
# What is put aside stands before these: 白蛋白高低不影响.
_NO_MATTER = re.compile(
    r"不影响|不受|无关|不重要|\b(?:(?:does|do) not (?:matter|affect)|(?:is|are) (?:irrelevant|independent))\b"
)
_STOP = re.compile(r"[,;。|!?]|\.(?=\s|$)|都|均|皆")


# What every text here is about is no thing that two of them share.
_SUBJECT = frozenset({"concept:multiple_myeloma", "word:患者", "word:病人"})


def unconditional(sentence: Frame, spans: tuple[Frame, ...]) -> str:
    """What the sentence puts aside ("whatever the renal function") and the evidence does not, or ""."""
    known = [(span, _put_aside(span, m)) for span in spans for m in _KNOWN.finditer(span.lower)]
    known += [
        (span, frozenset(name for name, _ in items(span, clause.start, match.start())) - _SUBJECT)
        for span in spans
        for clause in span.clauses
        if (match := _NO_MATTER.search(span.lower, clause.start, clause.end))
    ]
    for match in _CLAIMED.finditer(sentence.lower):
        ours = _put_aside(sentence, match)
        named = any(not name.startswith("word:") for name in ours)
        if not any(
            ours & theirs or (span.chinese != sentence.chinese and not named) for span, theirs in known
        ):
            return sentence.text[match.start() : match.end()]
    return ""


def _put_aside(read: Frame, match: re.Match[str]) -> frozenset[str]:
    stop = _STOP.search(read.lower, match.end())
    told = items(read, match.end(), stop.start() if stop else len(read.lower))
    return frozenset(name for name, _ in told) - _SUBJECT
