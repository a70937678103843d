"""Results that are said to be old, beside others that are not: "LDH normal last year", "old FISH negative".

They are none of the disease as it is now. Where every value is of that time, nothing is older than the rest,
and what was found at diagnosis counts however long ago that was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.staging.findings import Fish, LesionResult, Measurement
from assistant.staging.reading.lexicon import lexicon
from assistant.staging.reading.lines import SOFT, Line
from assistant.staging.reading.merge import awaited
from assistant.staging.reading.types import Mention

_PART = re.compile(rf"[;。!?{SOFT}]|,(?!\d{{3}})|\.(?=\s|$)")
_OLD = re.compile(
    r"去年|前年|(?:[几两三四五六七八九十多\d]+|半)年(?:以|之)?前|旧(?:的|片|版|报告|结果|单|fish)|陈旧|老(?:的|报告|结果|单)|早年|往年"
    r"|(?<![a-z])(?:last year|the year before|(?:\w+ )?years? ago|years? back|old|outdated|out[- ]of[- ]date)"
    r"(?![a-z-]|\s(?:man|woman|male|female|lady|gentleman|patient))"
)
_EARLIER = re.compile(
    r"以前|之前|先前|上次|前次|原来|原先|(?<!\d)(?:19|20)\d\d(?!\d)|(?<![a-z])(?:previous|prior|earlier|former)(?![a-z])"
)
_ANEW = re.compile(
    r"新|复查|复测|重[新做送测]|再[次送做]|本次|这次|此次|今年"
    r"|(?<![a-z])(?:new|repeat(?:ed)?|recent|fresh|current|second|this year)(?![a-z])"
)
_AGE = re.compile(r"(?<![a-z])years?[- ]old|y/?o(?![a-z])|岁")


def marked(line: Line, mentions: list[Mention]) -> Iterator[Mention]:
    """The statements of a turn, those that are said to be old marked ``outdated``; in order of place."""
    text = _AGE.sub(lambda m: " " * len(m.group()), re.sub(r"(?<=\d);(?=\s?\d)", "_", line.text))
    anew = any(m.finding == "fish" and awaited(m) and _ANEW.search(_part(text, m)[0]) for m in mentions)
    first = min((m.start for m in mentions), default=0)
    for mention in mentions:
        part, start = _part(text, mention)
        if lexicon().context["diagnosis"].search(part) or awaited(mention):
            yield mention
            continue
        old = _OLD.search(part)
        if mention.finding == "fish" and anew:
            found = old or (_EARLIER.search(part) and not _ANEW.search(part))
            yield replace(mention, outdated=bool(found))
            continue
        # A time before the first value is that of all values: "去年查的B2M 3.0 mg/L，白蛋白40 g/L".
        heads = old is not None and start <= first and start + old.start() < first
        yield replace(mention, outdated=old is not None and not heads)


def current(mentions: list[Mention]) -> list[Mention]:
    """Statements without those that are older than the rest."""
    values = [m for m in mentions if isinstance(m.payload, Measurement | LesionResult | Fish)]
    if all(m.outdated for m in values):
        return mentions
    return [m for m in mentions if not m.outdated]


def _part(text: str, mention: Mention) -> tuple[str, int]:
    """The part of the sentence in which a statement stands, and where it starts."""
    starts = [m.end() for m in _PART.finditer(text, 0, mention.start)]
    # The span of a bare verdict, "LDH normal", may reach into the next part.
    bare = isinstance(mention.payload, Measurement) and mention.payload.value is None
    stop = _PART.search(text, mention.start if bare else mention.end)
    start = starts[-1] if starts else 0
    return text[start : stop.start() if stop else len(text)], start
