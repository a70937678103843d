"""What a text says of each lesion and of the FISH panel as a whole.

A walk over tokens with four things in mind: the lesions that wait for a verdict (``group`` since the last
comma, ``carry`` before it), a negator or doubt that goes before lesions (``prefix``), and whether the
statement is about the panel (``panel``). What stays without a verdict is present only if its form says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from assistant.staging.findings import Fish, FishVerdict, Lesion, LesionResult, State
from assistant.staging.reader_fish_tokens import Token, tokens
from assistant.staging.reader_lexicon import Name
from assistant.staging.reader_text import Line
from assistant.staging.reader_types import Mention

_LOWEST_CUTOFF = Decimal(8)
"""Percent of cells; laboratories call del(17p) from 8 to 20 % on, so less is no verdict."""


@dataclass(slots=True)
class _Event:
    lesion: str
    name: Name
    state: State | None = None
    tentative: bool = False  # a negation that reached it over a comma
    percent: Decimal | None = None
    copies: int | None = None
    unclear: bool = False


@dataclass(slots=True)
class _Walk:
    line: Line
    turn: int
    events: list[_Event] = field(default_factory=list)
    verdicts: list[tuple[FishVerdict, Token]] = field(default_factory=list)
    mutations: list[tuple[State, Token]] = field(default_factory=list)
    group: list[_Event] = field(default_factory=list)
    carry: list[list[_Event]] = field(default_factory=list)
    prefix: str = ""
    over_comma: int = 0
    closed: bool = False  # the list ended with "or": a negation before it reached all of it
    panel: bool = False
    flags: set[str] = field(default_factory=set)
    mutation: Token | None = None

    def resolve(self) -> None:
        """End of a statement: what has no verdict is present if its form says so and nobody only asked for it."""
        asked = "request" in self.flags
        for event in [e for part in (*self.carry, self.group) for e in part]:
            if event.state is None:
                event.state = "present" if event.name.abnormal and not asked else "unknown"
            elif event.tentative and not (self.closed or self.over_comma > 1):
                event.state, event.unclear = "unknown", True
        if self.mutation:
            self.mutations.append(("present", self.mutation))
        self.group, self.carry, self.prefix, self.over_comma = [], [], "", 0
        self.closed, self.mutation = False, None

    def judge(self, state: State, token: Token) -> bool:
        """Give a verdict to the lesions that wait for one; False if none waits."""
        own, before = self.group, self.carry
        if not own and not before:
            return False
        waiting = [e for part in before for e in part]
        if own and waiting and not self._reaches(own, before):
            if state == "absent" and len(before) == 1 and _symbol(waiting[0]) and waiting[0].state is None:
                # "del(17p)，t(4;14)阴性": found, or negative like its neighbour? Only the writer knows.
                waiting[0].state, waiting[0].unclear = "unknown", True
            waiting = [] if state != "unknown" else [e for e in waiting if _symbol(e)]
        for event in (*waiting, *own):
            if event.state is None or event.tentative:
                event.state, event.tentative = state, False
        rest = [e for part in before for e in part if e.state is None]
        self.carry, self.group = ([rest] if rest else []), []
        return True

    def _reaches(self, own: list[_Event], before: list[list[_Event]]) -> bool:
        if all(not e.name.abnormal for part in before for e in part):
            return True
        if "list" in self.flags:
            return True
        single = len(own) == 1 and all(len(part) == 1 for part in before)
        return single and (len(before) > 1 or "all" in self.flags)


def _symbol(event: _Event) -> bool:
    """Written as a symbol, "del(17p)", which names the probe as often as the finding."""
    return not any("\u4e00" <= c <= "\u9fff" for c in event.name.what) and event.name.abnormal


def fish_mentions(line: Line, names: list[Name], turn: int) -> Iterator[Mention]:
    """Every statement about FISH in a turn."""
    walk = _Walk(line, turn)
    stream = tokens(line.text, names)
    for position, token in enumerate(stream):
        _step(walk, token, stream, position)
    walk.resolve()
    for event in walk.events:
        text = line.typed(event.name.start, event.name.end)
        result = LesionResult(
            cast(Lesion, event.lesion), event.state or "unknown", text, event.percent, event.copies
        )
        yield Mention("fish", result, turn, event.name.start, event.name.end, bad=event.unclear)
    for verdict, token in walk.verdicts:
        text = line.typed(token.start, token.end)
        yield Mention("fish", Fish(verdict, (), text), turn, token.start, token.end)
    for state, token in walk.mutations:
        yield Mention("tp53_mutation", state, turn, token.start, token.end)


def _step(walk: _Walk, token: Token, stream: list[Token], position: int) -> None:
    from assistant.staging import reader_fish_steps

    reader_fish_steps.step(walk, token, stream, position)


__all__ = ["_LOWEST_CUTOFF", "_Event", "_Walk", "fish_mentions"]
