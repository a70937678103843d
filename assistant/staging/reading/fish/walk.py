"""What a verdict of a FISH report reaches: the lesions that wait for one, and those judged already."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.staging.findings import State
from assistant.staging.reading.fish.event import HIGHEST_CUTOFF, LOWEST_CUTOFF, Event
from assistant.staging.reading.fish.waiting import Waiting


@dataclass(slots=True)
class Walk(Waiting):
    """A walk whose lesions are given verdicts."""

    def decide(self, state: State) -> bool:
        """A word on the share of cells just given, or on all of them: "8%，未达阈值".

        False if there is none.
        """
        last = self.events[-1] if self.events else None
        if last is None or last.percent is None or last.judged:
            return False
        for event in self.events[self.begun :]:
            if event.percent is None or event.judged:
                continue
            if event is last or "all" in self.flags:
                event.state, event.judged, event.tentative, event.by = state, True, False, self.now
            elif event.cutoff is None and LOWEST_CUTOFF <= event.percent <= HIGHEST_CUTOFF:
                event.unclear = True  # "17p缺失 12%、t(4;14) 9%，低于阈值": of the last, or of both?
        self.decided = last
        self.group = [e for e in self.group if e.state is None or e.tentative]
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
        ``sign``: it is a sign, "-", or the cell of a form, "t(4;14)：无", not a word.
        ``repeats``: it only names what a negation denied.
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
        if last and near and state != "unknown" and self._passed_over(last):
            # "没做t(4;14)、t(14;16)阴性": the second has a word of its own.
            last.state, last.by, self.prefix = state, self.now, ""
            return True
        if not (direct or "all" in self.flags):
            # "17p缺失 0%、t(4;14)阳性": a share of cells speaks for its own lesion.
            own, waiting = self._without_shares(own), self._without_shares(waiting)
        if state == "present" and last and last.percent == 0 and last in own:
            last.state, last.unclear, last.tentative = "unknown", True, False
            return True
        if state == "absent" and "all" not in self.flags and own and last and not last.seen:
            # "查到t(4;14)、17p缺失无": the word for the last takes nothing back from the one that was found.
            for event in (*waiting, *own):
                seen = event.seen or (event.percent or 0) >= LOWEST_CUTOFF
                if seen and event.abnormal and event.state is None:
                    event.state, event.judged = "present", True
                elif event.hinted and event.abnormal and event.state is None and event is not last:
                    found = sign and event.joined
                    event.state, event.judged = ("present", True) if found else ("unknown", event.judged)
                    event.unclear = not found
            own, waiting = ([e for e in part if e.state is None or e.tentative] for part in (own, waiting))
        if state == "absent" and own and any(e.alone for e in waiting):
            self._keep_alone(own, waiting)
            waiting = [e for e in waiting if e.state is None or e.tentative]
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
            for event in own[:-1]:
                if event.text.endswith("+"):
                    # "1q21+、17p缺失：阴性": found, or negative like its neighbour? Only the writer knows.
                    event.state, event.unclear, event.tentative = "unknown", True, False
            own = [e for e in own if not e.unclear]
        for event in (*waiting, *own):
            if event.tentative:
                # "no t(4;14), TP53 loss not seen, t(14;16)": here the "no" has ended.
                self.prefix, self.over_comma = "", 0
            event.state, event.tentative, event.judged, event.by = state, False, True, self.now
            if event.percent is not None and event.cutoff is None:
                event.unclear = False  # the word says what the two figures do not
        left = [[e for e in part if e.state is None or e.tentative] for part in self.carry]
        self.carry, self.group = [part for part in left if part], []
        return True

    def _keep_alone(self, own: list[Event], waiting: list[Event]) -> None:
        """What was found alone is no part of the list behind it: "only 1q+, del(17p), t(4;14) negative"."""
        for event in waiting:
            if event.alone and event.state is None:
                every = "all" in self.flags and len(own) != 2  # "both" of two is those two
                event.state, event.unclear = ("unknown", True) if every else ("present", False)
                event.judged = not every

    def _passed_over(self, event: Event) -> bool:
        """Whether a lesion is only unknown because a word before its list says that it was not tested."""
        return event in self.unit and event.state == "unknown" and event.judged and event.by is None

    def _without_shares(self, events: list[Event]) -> list[Event]:
        """Lesions without those, bar the last, that a share of cells of their own decides."""
        for event in events:
            if event.percent is not None and event.state is None and event is not self.events[-1]:
                event.settle()
        return [e for e in events if e.state is None or e.tentative]

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
