"""The state of a walk over a FISH report: which lesions wait for a verdict, and what a verdict reaches."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from assistant.staging.findings import FishVerdict, State
from assistant.staging.reader_fish_event import LOWEST_CUTOFF, Event
from assistant.staging.reader_fish_tokens import Token


@dataclass(slots=True)
class Walk:
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
        self.limit_of, self.decided = "", None
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

    def decide(self, state: State) -> bool:
        """A word on the share of cells just given: "8%，未达阈值"; False if there is none."""
        last = self.events[-1] if self.events else None
        if last is None or last.percent is None or last.judged:
            return False
        last.state, last.judged, last.tentative, last.by = state, True, False, self.now
        self.decided = last
        self.group = [e for e in self.group if e is not last]
        return True

    def retract(self) -> None:
        """A word that takes a verdict back: "阳性，复核为假阳性"; what holds, only the writer knows."""
        last = self.events[-1] if self.events else None
        if self.verdicts and (last is None or last.name.end < self.verdicts[-1][1].start):
            self.taken_back.append(self.verdicts[-1][1])
        elif last is not None:
            last.state, last.unclear = "unknown", True

    def doubt(self) -> None:
        """A verdict on something else right behind lesions, "17p缺失 HIV阴性": only the writer knows."""
        for event in self.group:
            event.state, event.unclear, event.tentative = "unknown", True, False
        self.group = []

    def judge_mutation(self, state: State) -> bool:
        """Give a verdict to a TP53 mutation; False if none waits."""
        if self.mutation is None or self.group:
            return False
        self.mutations.append((state, self.mutation))
        self.mutation = None
        return True

    def judge(self, state: State, direct: bool, sign: bool = False, repeats: bool = False) -> bool:
        """Give a verdict to the lesions that wait for one; False if it is not for them.

        ``direct``: the verdict stands right behind a comma or an "all", so that it may reach back.
        ``sign``: it is a sign, "-", not a word. ``repeats``: it only names what a negation denied.
        """
        own = [e for e in self.group if e.state is None or e.tentative or state == "unknown"]
        waiting = [e for part in self.carry for e in part]
        last = self.events[-1] if self.events else None
        near = last is not None and self.now is not None and self.now.start < last.name.end + 4
        if last and near and last.reached and last in self.unit and last.state != state:
            # "未见t(4;14)、17p缺失阳性": no positive signal of either, or one of the two? A sign is its own.
            if not repeats:
                last.state, last.unclear = (state, False) if sign else ("unknown", last.state != state)
            last.by, last.reached = self.now, False
            return True
        if state == "absent" and "all" not in self.flags and own and last and not last.seen:
            # "查到t(4;14)、17p缺失无": the word for the last takes nothing back from the one that was found.
            for event in (*waiting, *own):
                seen = event.seen or (event.percent or 0) >= LOWEST_CUTOFF
                if seen and event.abnormal and event.state is None:
                    event.state, event.judged = "present", True
                elif event.hinted and event.abnormal and event.state is None and event is not last:
                    event.state, event.unclear = "unknown", True
            own, waiting = ([e for e in part if e.state is None or e.tentative] for part in (own, waiting))
        if not own and not waiting and self.decided is not None:
            # "4%，低于阈值，判为阴性": the word repeats what the share says, or contradicts it.
            self.decided.unclear |= state != self.decided.state
            return True
        if not own and not (waiting and (direct or all(not e.abnormal for e in waiting))):
            return False
        if own and waiting and not self._reaches(own):
            for event in waiting if state == "absent" else ():
                if event.symbol and event.state is None and not event.told:
                    # "del(17p)，t(4;14)阴性": found, or negative like its neighbour? Only the writer knows.
                    event.state, event.unclear = "unknown", True
            waiting = [e for e in waiting if e.symbol] if state == "unknown" else []
        if sign and state == "absent":
            # "1q21+, 17p-, t(4;14)-": each has its own sign.
            for event in waiting:
                if event.text.endswith("+"):
                    event.state, event.judged = "present", True
            waiting = [e for e in waiting if e.state != "present"]
        for event in (*waiting, *own):
            event.state, event.tentative, event.judged, event.by = state, False, True, self.now
            if event.percent is not None and event.cutoff is None:
                event.unclear = False  # the word says what the two figures do not
        left = [[e for e in part if e.state is None or e.tentative] for part in self.carry]
        self.carry, self.group = [part for part in left if part], []
        return True

    def _reaches(self, own: list[Event]) -> bool:
        """Whether a verdict behind the last of a comma list is for all of it."""
        if "rest" in self.statement:
            return False
        parts = self.carry
        if all(not e.abnormal for part in parts for e in part) or "closed" in self.statement:
            return True
        if len(own) == 1 and "all" in self.flags:
            return True  # "t(4;14)、1q21+，17p-均阴性": all of one is no all
        if "and" in self.statement and all(len(part) == 1 for part in parts):
            return True  # "del(17p), t(4;14) and t(14;16) negative"
        return len(own) == 1 and len(parts) > 1 and all(len(part) == 1 for part in parts)
