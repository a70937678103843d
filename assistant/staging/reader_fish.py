"""What a text says of each lesion and of the FISH panel as a whole: a walk over the tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from assistant.staging.findings import Fish, Lesion, LesionResult
from assistant.staging.reader_fish_steps import Step
from assistant.staging.reader_fish_tokens import Token, tokens
from assistant.staging.reader_fish_walk import Event, Walk
from assistant.staging.reader_lexicon import Name
from assistant.staging.reader_text import Line
from assistant.staging.reader_types import Mention

_DENIAL = re.compile(r"[未无没不非否]|\b(?:no|not|non|never|without|lacks?|free|cannot|isn.?t|wasn.?t)\b")


def fish_mentions(line: Line, names: list[Name], turn: int) -> Iterator[Mention]:
    """Every statement about FISH, and about a TP53 mutation, in a turn."""
    walk = Walk()
    stream = tokens(line.text, names)
    for at in range(len(stream)):
        Step(walk, line, stream, at).take()
    walk.end_statement()
    for e in walk.events:
        e.compare(walk.cutoff)
        if e.assumed and _denied(line.text, e, stream):
            e.state, e.unclear = "unknown", True
        result = LesionResult(cast(Lesion, e.lesion), e.state or "unknown", e.text, e.percent, e.copies)
        yield Mention("fish", result, turn, e.name.start, e.name.end, bad=e.unclear)
    for verdict, token in walk.verdicts:
        text = line.typed(token.start, token.end)
        yield Mention("fish", Fish(verdict, (), text), turn, token.start, token.end)
    for state, token in walk.mutations:
        yield Mention("tp53_mutation", state, turn, token.start, token.end)


def _denied(text: str, event: Event, stream: list[Token]) -> bool:
    """Whether a negation that the walk did not understand stands beside a lesion: then nothing is assumed."""
    first, last = max(0, event.name.start - 8), event.name.end + 10
    around = list(text[first:last])
    for token in stream:
        for place in range(max(token.start, first), min(token.end, last)):
            around[place - first] = " " if token.kind not in ("comma", "hard") else ";"
    before = "".join(around[: event.name.start - first]).rpartition(";")[2]
    after = "".join(around[event.name.end - first :]).partition(";")[0]
    return _DENIAL.search(before) is not None or _DENIAL.search(after) is not None
