"""What a text says of each lesion and of the FISH panel as a whole: a walk over the tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from assistant.staging.findings import Fish, Lesion, LesionResult
from assistant.staging.fish import HIGH_RISK
from assistant.staging.reading.fish.doubt import Doubt
from assistant.staging.reading.fish.event import Event
from assistant.staging.reading.fish.steps import Step
from assistant.staging.reading.fish.tokens import Token, tokens
from assistant.staging.reading.fish.walk import Walk
from assistant.staging.reading.lexicon import Name, lexicon
from assistant.staging.reading.lines import SOFT, Line
from assistant.staging.reading.types import Mention

_COUNTED = frozenset({*HIGH_RISK, "1q+", "IGH rearrangement"})
_DASHED = re.compile(rf"(?:[,{SOFT}]|fish\s?:?)\s?-\s?$")  # "FISH - del17p, - t(4;14)": a sign, or a list?
_DASH_BEHIND = re.compile(r"\s?-")  # "17p缺失-R-ISS"
_BANDED = re.compile(r"核型|g-?显带|karyotyp|g-?band|conventional")
_ON_KARYOTYPE = re.compile(
    r"\s?(?:(?:was|were|is|that|already|as|been|has|first)\s?)*"
    r"(?:seen|found|detected|noted|present|reported|identified|shown)?"
    r"\s?(?:on|by|in|from) (?:the |his |her |a )?(?:conventional |routine )?(?:karyotyp|g-?band)"
)
_SAYS_SOMETHING = ("no abnormality", "no other abnormality", "no high-risk lesion")


def fish_mentions(line: Line, names: list[Name], turn: int) -> Iterator[Mention]:
    """Every statement about FISH, and about a TP53 mutation, in a turn."""
    walk = Walk()
    stream = tokens(line, names)
    for at in range(len(stream)):
        Step(walk, line, stream, at).take()
    walk.end_statement()
    doubt = Doubt(line.text, stream)
    answered = any(verdict in _SAYS_SOMETHING for verdict, _ in walk.verdicts)
    known: set[str] = set()  # lesions plainly said to be there
    for e in walk.events:
        e.compare(walk.limits.get(e.lesion, walk.cutoff))
        guessed = e.doubted or (doubt.not_understood(e) and not e.seen) or doubt.denied_before(e)
        dashed = _DASHED.search(line.text[: e.name.start]) or _DASH_BEHIND.match(line.text, e.name.end)
        guessed = e.assumed and (guessed or dashed is not None)
        if e.state != "unknown" and (guessed or doubt.about_lesion(e)):
            e.state, e.unclear = "unknown", True
        if e.state == "present" and not e.unclear and not answered and _of_karyotype(line, stream, e):
            e.state = "unknown"  # no result of FISH
        if e.unclear and e.assumed and e.lesion in known:
            continue  # "因为有1q21+所以是III期", behind "1q21扩增阳性", only takes the result up again
        if e.state == "present" and not e.unclear:
            known.add(e.lesion)
        result = LesionResult(cast(Lesion, e.lesion), e.state or "unknown", e.text, e.percent, e.copies)
        # No system here counts the others, so that nothing need be asked about them.
        bad = e.unclear and e.lesion in _COUNTED
        yield Mention("fish", result, turn, e.name.start, e.name.end, bad=bad)
    for verdict, token in walk.verdicts:
        text = line.typed(token.start, token.end)
        unsure = verdict in _SAYS_SOMETHING and doubt.about_word(token)
        unsure = unsure or token in walk.taken_back
        if lexicon().context["hedged"].search(line.text[max(0, token.start - 16) : token.start]):
            verdict, unsure = "pending", False  # "可能阴性" is no report
        yield Mention("fish", Fish(verdict, (), text), turn, token.start, token.end, bad=unsure)
    for state, token in walk.mutations:
        yield Mention("tp53_mutation", state, turn, token.start, token.end)


def _of_karyotype(line: Line, stream: list[Token], event: Event) -> bool:
    """Whether a lesion was seen on the karyotype and not by FISH: "核型示del(17p)，FISH未做"."""
    if _ON_KARYOTYPE.match(line.text, event.name.end):
        return True
    for token in reversed([t for t in stream if t.end <= event.name.start]):
        if token.kind in ("fish", "hard", "comma"):
            return False
        if token.kind == "karyotype":
            return _BANDED.search(line.text, token.start, token.end) is not None
    return False
