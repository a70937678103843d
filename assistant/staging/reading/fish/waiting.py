"""The state of a walk over a FISH report: which lesions wait for a verdict, and what ends their wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from assistant.staging.findings import FishVerdict, State
from assistant.staging.reading.fish.event import LOWEST_CUTOFF, Event
from assistant.staging.reading.fish.tokens import Token


@dataclass(slots=True)
class Waiting:
    """``group``: lesions since the last comma; ``carry``: those before it, by comma."""

    events: list[Event] = field(default_factory=list)
    verdicts: list[tuple[FishVerdict, Token]] = field(default_factory=list)
    limits: dict[str, Decimal] = field(default_factory=dict)  # the cut-off for each lesion, listed apart
    limit_of: str = ""  # the lesion whose cut-off comes next
    doubts: bool = False  # a negation that may be about the lesion to come
    taken_back: list[Token] = field(default_factory=list)  # verdicts that are said not to hold
    mutations: list[tuple[State, Token]] = field(default_factory=list)
    group: list[Event] = field(default_factory=list)
    carry: list[list[Event]] = field(default_factory=list)
    unit: list[Event] = field(default_factory=list)
    now: Token | None = None  # the token at work
    foretold: dict[int, State] = field(default_factory=dict)  # lesions to come, by start, already judged
    prefix: str = ""  # a state said before the lesions that follow
    crossed: bool = False  # the prefix has passed a comma
    over_comma: int = 0  # lesions that the prefix reached over a comma
    cutoff: Decimal | None = None  # of the laboratory, for all lesions
    share: Decimal | None = None  # of cells, said before the lesion: "4%的细胞17p缺失"
    panel: bool = False  # the statement is about the panel as a whole
    used: bool = False  # and something was said of it
    flags: set[str] = field(default_factory=set)  # of this part, up to a comma
    statement: set[str] = field(default_factory=set)  # of the statement
    mutation: Token | None = None
    begun: int = 0  # where the lesions of this statement start in ``events``
    decided: Event | None = None  # by its share of cells, in this statement

    def end_part(self) -> None:
        """A comma, or the end of a statement."""
        self.doubts = False
        for event in self.unit:
            waited = event.tentative
            event.settle()
            # "no TP53 loss, gain of 1q in 40%": its figure says that the negation did not reach it.
            self.over_comma -= waited and not event.tentative
        if self.mutation:
            self.mutations.append(("present", self.mutation))
            self.mutation = None
        found = [e for e in self.unit if e.state == "present" or (e.state is None and e.abnormal)]
        if "only" in self.flags and found and "request" not in self.statement:
            last = found[-1].name
            for event in found:
                event.alone = event.abnormal
            self.verdicts.append(("no other abnormality", Token("only", last.start, last.end)))
        if waiting := [e for e in self.group if e.state is None or e.tentative]:
            self.carry.append(waiting)
        self.group, self.unit, self.flags = [], [], set()

    def end_statement(self) -> None:
        """What has no verdict is present if its form says so and nobody only asked for it."""
        self.end_part()
        for event in [e for part in self.carry for e in part]:
            if event.tentative and not ("closed" in self.statement or self.over_comma > 1):
                # "无17p缺失，1q21扩增": does the negation reach the second? Only the writer knows.
                event.state, event.unclear = "unknown", True
            elif event.state is None:
                few = event.percent is not None and event.percent < LOWEST_CUTOFF
                said = event.abnormal and not few and "request" not in self.statement
                event.state, event.assumed = ("present", True) if said else ("unknown", False)
        self.carry, self.prefix, self.over_comma, self.statement = [], "", 0, set()
        self.limit_of, self.decided, self.begun = "", None, len(self.events)
        self.panel = self.panel and not self.used

    def figure(self, kind: str, number: str, of_all: bool = False) -> None:
        """Copies, a percentage or the cut-off for it, of the lesion before them."""
        if kind == "cutoff":
            last = self.events[-1] if self.events and (self.unit or self.carry) else None
            if last is None or last.cutoff is not None or of_all:
                self.cutoff = Decimal(number)
            else:
                last.cutoff = Decimal(number)
                self.cutoff = self.cutoff if last.percent is not None else last.cutoff
            return
        if not self.events or not (self.unit or self.carry):
            return
        last = self.events[-1]
        if kind == "percent":
            # A second figure without a word may be the cut-off: only the writer knows.
            last.unclear = last.unclear or last.percent not in (None, Decimal(number))
            last.percent = last.percent if last.percent is not None else Decimal(number)
        elif last.lesion == "1q+":
            last.copies = int(number)
        if not self.unit:
            last.settle()
            left = [[e for e in part if e.state is None or e.tentative] for part in self.carry]
            self.carry = [part for part in left if part]

    def add(self, event: Event) -> None:
        """A lesion, with what was said before it."""
        self.events.append(event)
        self.unit.append(event)
        self.used = True
        event.percent, self.share = self.share, None
        event.doubted, self.doubts = self.doubts, False
        if event.name.start in self.foretold:
            event.state, event.judged = self.foretold[event.name.start], True
        elif self.prefix:
            event.state = cast(State, self.prefix)
            event.judged = True
            event.reached = self.prefix == "absent" and len(self.unit) > 1 and not self.crossed
            if self.crossed:
                event.tentative = True
                self.over_comma += 1
        if event.state is None or event.tentative:
            self.group.append(event)
