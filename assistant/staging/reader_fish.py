"""What a text says of each lesion and of the FISH panel as a whole: a walk over the tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from assistant.staging.findings import Fish, FishVerdict, Lesion, LesionResult, State
from assistant.staging.reader_fish_tokens import Token, tokens
from assistant.staging.reader_fish_walk import Event, Walk
from assistant.staging.reader_lexicon import Name
from assistant.staging.reader_text import SOFT, Line
from assistant.staging.reader_types import Mention

_PART_ENDS = f",;。!?){SOFT}."
_DENIAL = re.compile(r"[未无没不非否]|\b(?:no|not|non|never|without|lacks?|free|cannot|isn.?t|wasn.?t)\b")
_SKIPPED = frozenset({"assertive", "all", "only"})
_PANEL_WORDS: dict[str, FishVerdict] = {
    "no_high_risk": "no high-risk lesion",
    "standard": "no high-risk lesion",
    "other_negative": "no other abnormality",
}


def fish_mentions(line: Line, names: list[Name], turn: int) -> Iterator[Mention]:
    """Every statement about FISH, and about a TP53 mutation, in a turn."""
    walk = Walk()
    stream = tokens(line.text, names)
    for at in range(len(stream)):
        _Step(walk, line, stream, at).take()
    walk.end_statement()
    for e in walk.events:
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


class _Step:
    """One token in its surroundings."""

    def __init__(self, walk: Walk, line: Line, stream: list[Token], at: int) -> None:
        self.walk, self.line, self.token = walk, line, stream[at]
        self.before = stream[at - 1] if at else None
        self.after = stream[at + 1 : at + 4]
        self.earlier = stream[max(0, at - 2) : at]

    def take(self) -> None:
        """Change the walk by this token."""
        kind, walk = self.token.kind, self.walk
        if kind in ("lesion", "fish", "mutation"):
            getattr(self, f"_{kind}")()
        elif kind in ("lab", "other", "karyotype"):
            if not (len(self.earlier) == 2 and self.earlier[1].kind == "list" and self.earlier[0].kind == "fish"):
                walk.end_statement()
                walk.panel = False
        elif kind == "hard":
            walk.end_statement()
        elif kind == "comma":
            follows = self._next_kind(frozenset({"list"}))
            if walk.prefix and not (walk.prefix == "absent" and follows == "lesion"):
                walk.prefix = ""
            walk.crossed = True
            walk.end_part()
        elif kind in ("percent", "copies"):
            self._figure(kind)
        elif kind in ("negative", "none_found", "below"):
            self._negative()
        elif kind in ("positive", "above", "risk", "high_risk"):
            self._positive()
        elif kind in ("pending", "not_done", "query"):
            self._unknown()
        elif kind in _PANEL_WORDS:
            if not self._asked():
                walk.verdicts.append((_PANEL_WORDS[kind], self.token))
                walk.used = True
        else:
            self._word(kind)

    def _word(self, kind: str) -> None:
        walk, text = self.walk, self.line.text
        if kind == "list":
            if self.before and self.before.kind == "comma" and self._next_kind(frozenset()) == "lesion":
                walk.statement.add("closed")
            if walk.over_comma and text[self.token.start : self.token.end] in ("and", "or", "nor", "或", "或者"):
                walk.statement.add("closed")
        elif kind == "assertive":
            if self.before and self.before.kind == "negative" and self.before.prefix:
                return
            walk.prefix = ""
            walk.flags.add("assertive")
        elif kind == "request":
            if text[self.token.end : self.token.end + 1] not in (":", "示", "提", "结", "显", "发", "为"):
                walk.statement.add("request")
        elif kind == "rest":
            if walk.group:
                walk.carry.append(walk.group)
                walk.group = []
            walk.statement.add("rest")
        elif kind in ("except", "outside"):
            walk.prefix = ""
            if kind == "except" and walk.verdicts and walk.verdicts[-1][0] == "no abnormality":
                walk.verdicts[-1] = ("no other abnormality", walk.verdicts[-1][1])
            if kind == "outside" and "except" in walk.statement:
                walk.judge("present", True)
                walk.statement.add("rest")
            walk.statement.add(kind)
        elif kind in ("only", "all"):
            walk.flags.add(kind)

    def _lesion(self) -> None:
        walk, name = self.walk, self.token.name
        assert name is not None
        event = Event(name.what, name, self.line.typed(name.start, name.end))
        walk.events.append(event)
        walk.unit.append(event)
        walk.used = True
        if walk.prefix:
            event.state = cast(State, walk.prefix)
            if walk.crossed:
                event.tentative = True
                walk.over_comma += 1
        if event.state is None or event.tentative:
            walk.group.append(event)

    def _fish(self) -> None:
        walk = self.walk
        if walk.carry and not walk.group:
            walk.end_statement()
        walk.panel, walk.used = True, False

    def _mutation(self) -> None:
        if self.walk.prefix:
            self.walk.mutations.append((cast(State, self.walk.prefix), self.token))
        else:
            self.walk.mutation = self.token

    def _figure(self, kind: str) -> None:
        walk = self.walk
        if not walk.events or not (walk.unit or walk.carry):
            return
        last = walk.events[-1]
        if kind == "percent":
            last.percent = Decimal(self.token.number)
        elif last.lesion == "1q+":
            last.copies = int(self.token.number)
        if not walk.unit:
            last.settle()
            left = [[e for e in part if e.state is None or e.tentative] for part in walk.carry]
            walk.carry = [part for part in left if part]

    def _negative(self) -> None:
        walk, text = self.walk, self.line.text
        follows = self._next_kind(_SKIPPED)
        listed = self.after[:1] and self.after[0].kind == "open" and self._next_kind(_SKIPPED | {"open"}) == "lesion"
        waits = bool(walk.group or walk.carry)
        gap = text[self.token.end : self.after[0].start] if self.after else ""
        names_panel = walk.panel and not waits and (listed or (follows == "lesion" and ":" in gap))
        if names_panel or (self.token.prefix and follows in ("lesion", "mutation")):
            walk.prefix, walk.over_comma, walk.crossed = "absent", 0, False
            return
        at_end = (text[self.token.end :].lstrip(" ")[:1] or ";") in _PART_ENDS
        if self.token.prefix and self.token.kind == "negative" and not at_end and "all" not in walk.flags:
            return  # "17p缺失，无骨痛": this negation is about something else
        if walk.mutation and not walk.group:
            walk.mutations.append(("absent", walk.mutation))
            walk.mutation = None
        elif "rest" in walk.statement and not walk.group:
            self._panel("no other abnormality")
            walk.statement.discard("rest")
        elif not walk.judge("absent", self._direct()):
            self._panel_negative(follows)

    def _panel_negative(self, follows: str) -> None:
        walk = self.walk
        if "risk" in walk.flags:
            self._panel("no high-risk lesion")
        elif walk.panel or (follows == "fish" and not (self.before and self.before.kind in ("lab", "other", "karyotype"))):
            later = [t.kind for t in self.after]
            other = later[:1] == ["only"] or later[:2] in (["comma", "only"], ["open", "only"])
            but = self.after[1:2] and self.line.text[self.after[1].start : self.after[1].end] in ("但", "but", "不过")
            self._panel("no other abnormality" if other or but else "no abnormality")

    def _positive(self) -> None:
        walk, kind = self.walk, self.token.kind
        if self._asked():
            walk.judge("unknown", True)
            return
        if kind in ("risk", "high_risk"):
            if walk.prefix == "absent":
                self._panel("no high-risk lesion")
            elif kind == "risk" or walk.panel:
                walk.flags.add("risk")
                if "assertive" in walk.flags or (walk.panel and kind == "high_risk"):
                    self._panel("high-risk lesion, not named")
            return
        walk.prefix = ""
        if self._next_kind(_SKIPPED) == "lesion" and not walk.group:
            return
        if walk.mutation and not walk.group:
            walk.mutations.append(("present", walk.mutation))
            walk.mutation = None
        elif not walk.judge("present", self._direct()) and ((walk.panel and not walk.used) or "risk" in walk.flags):
            self._panel("high-risk lesion, not named")

    def _unknown(self) -> None:
        walk, kind = self.walk, self.token.kind
        if self.line.text[self.token.start] == "?":
            near = self.before is not None and self.token.start - self.before.end <= 1
            if near and self.before and self.before.kind == "lesion":
                walk.judge("unknown", False)
                return
            walk.end_statement()
            return
        follows = self._next_kind(_SKIPPED)
        if follows in ("lesion", "mutation") and not (walk.group and kind != "query"):
            walk.prefix, walk.over_comma, walk.crossed = "unknown", 0, False
        elif not walk.judge("unknown", self._direct()) and (walk.panel or follows == "fish"):
            self._panel("not done" if kind == "not_done" else "pending")

    def _panel(self, verdict: FishVerdict) -> None:
        self.walk.verdicts.append((verdict, self.token))
        self.walk.used = True

    def _next_kind(self, skipped: frozenset[str]) -> str:
        return next((t.kind for t in self.after if t.kind not in skipped), "")

    def _direct(self) -> bool:
        close = self.before is not None and self.before.kind == "comma" and self.token.start - self.before.end <= 1
        return close or "all" in self.walk.flags

    def _asked(self) -> bool:
        rest = self.line.text[self.token.end : self.token.end + 2]
        return rest[:1] in ("?", "吗", "否") or rest == "还是"
