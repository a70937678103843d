"""What one token of a FISH report does to the walk over it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import cast

from assistant.staging.findings import FishVerdict, State
from assistant.staging.reader_fish_lists import explained, lacks_probe, without_probe
from assistant.staging.reader_fish_tokens import Token, View
from assistant.staging.reader_fish_walk import Event, Walk
from assistant.staging.reader_lexicon import only_filler
from assistant.staging.reader_text import SOFT, Line

_PART_ENDS = f",;。!?){SOFT}."
_EARLIER = re.compile(r"之前|先前|初步|原来|原先|上次|前次|旧|previous|preliminary|earlier|\bold|prior|first")
_SKIPPED = frozenset({"assertive", "all", "only"})
_PANEL_WORDS: dict[str, FishVerdict] = {
    "no_high_risk": "no high-risk lesion",
    "standard": "no high-risk lesion",
    "other_negative": "no other abnormality",
}


class Step(View):
    """One token with what stands around it, at work on the walk."""

    def __init__(self, walk: Walk, line: Line, stream: list[Token], at: int) -> None:
        super().__init__(line.text, stream, at)
        self.walk, self.line = walk, line

    def take(self) -> None:
        """Change the walk by this token."""
        kind, walk = self.token.kind, self.walk
        walk.now = self.token
        if kind in ("lesion", "fish", "mutation"):
            getattr(self, f"_{kind}")()
        elif kind in ("lab", "other", "karyotype"):
            # "FISH及核型均正常": a list keeps the panel in the statement.
            if [t.kind for t in self.earlier] != ["fish", "list"]:
                walk.end_statement()
                walk.panel = False
        elif kind == "hard":
            walk.end_statement()
        elif kind == "comma":
            follows = self.next_kind(frozenset({"list"}))
            if walk.prefix and not (walk.prefix == "absent" and follows == "lesion"):
                walk.prefix = ""
            walk.crossed = True
            walk.end_part()
        elif kind == "cutoffs":
            walk.statement.add("cutoffs")
        elif kind == "percent" and walk.limit_of:
            walk.limits[walk.limit_of], walk.limit_of = Decimal(self.token.number), ""
        elif kind in ("percent", "copies", "cutoff"):
            open_event = bool(walk.unit) and walk.unit[-1].percent is None
            if kind == "percent" and not open_event and self.next_kind(_SKIPPED) == "lesion":
                walk.share = Decimal(self.token.number)
            else:
                of_all = re.search("[均都各]|全部|all|each", self.said) is not None
                walk.figure(kind, self.token.number, of_all)
        elif kind in ("below", "above") and walk.decide("absent" if kind == "below" else "present"):
            pass
        elif kind == "retracted":
            if not _EARLIER.search(self.line.text[max(0, self.token.start - 14) : self.token.start]):
                walk.retract()
        elif kind in ("negative", "none_found", "below"):
            self._negative()
        elif kind in ("positive", "above", "risk", "high_risk"):
            self._positive()
        elif kind in ("pending", "not_done", "query"):
            self._unknown()
        elif kind in _PANEL_WORDS:
            if not self.asked:
                self._foretell()
                walk.verdicts.append((_PANEL_WORDS[kind], self.token))
                walk.used = True
        else:
            self._word(kind)

    def _word(self, kind: str) -> None:
        walk, text = self.walk, self.line.text
        if kind == "list":
            if self.before and self.before.kind == "comma" and self.next_kind(frozenset()) == "lesion":
                walk.statement.add("closed")
            if self.said in ("and", "or") and walk.carry and walk.group and self.next_kind(frozenset()) == "lesion":
                walk.statement.add("and")
            if walk.over_comma and self.said in ("and", "or", "nor", "或", "或者"):
                walk.statement.add("closed")
        elif kind == "assertive":
            if self.before and self.before.kind == "negative" and self.before.prefix:
                return
            walk.prefix = ""
            ends = self._typed_blank(self.token.end) or self._at_part_end()
            if self.said == "有" and self.before and self.before.kind == "lesion" and ends:
                # "17p-有 4;14没有": the word stands behind its lesion.
                walk.judge("present", False)
                return
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
        if "cutoffs" in walk.statement:
            walk.limit_of = name.what
            return
        text = self.line.typed(name.start, name.end)
        # "示IGH/FGFR3融合" reports a fusion; without a word before it, it is the name of a probe.
        fused = "assertive" in walk.flags and re.search("融合$|fusion$", text) is not None
        event = Event(name.what, name, text, name.abnormal or fused)
        walk.add(event)

    def _fish(self) -> None:
        walk = self.walk
        if walk.carry and not walk.group and "rest" not in walk.statement:
            walk.end_statement()
        walk.panel, walk.used = True, False

    def _mutation(self) -> None:
        if self.walk.prefix:
            self.walk.mutations.append((cast(State, self.walk.prefix), self.token))
        else:
            self.walk.mutation = self.token

    def _foretell(self) -> bool:
        listed = explained(self.line.text, self._stream, self._at)
        self.walk.foretold |= {at: "absent" if known else "unknown" for at, known in listed.items()}
        return bool(listed)

    def _negative(self) -> None:
        walk, text = self.walk, self.line.text
        if untested := without_probe(text, self._stream, self._at):
            walk.foretold |= dict.fromkeys(untested, cast(State, "unknown"))
            return
        if lacks_probe(text, self._stream, self._at):
            walk.judge("unknown", True)
            return
        follows = self.next_kind(_SKIPPED)
        opens = self.next_kind(frozenset()) == "open"
        listed = opens and self.next_kind(_SKIPPED | {"open"}) == "lesion"
        waits = bool(walk.group or walk.carry)
        gap = text[self.token.end : self.after[0].start] if self.after else ""
        names_panel = walk.panel and not waits and (listed or (follows == "lesion" and ":" in gap))
        if self.token.prefix and follows == "lesion" and self._stands_behind():
            walk.judge("absent", False)
            return
        if self.token.prefix and follows == "lesion" and self._between_lesions():
            walk.doubt()  # "4;14没有17p缺失": of which is it said?
        if self.token.prefix and follows == "lesion" and not names_panel and not self._reaches_next():
            walk.doubts = True  # "no doubt about del(17p)": of what is it said?
            return
        if self.token.prefix and follows in ("positive", "none_found") and self._lesion_behind():
            walk.doubts = True  # "no confirmed del(17p)"
            return
        if names_panel or (self.token.prefix and follows in ("lesion", "mutation")):
            walk.prefix, walk.over_comma, walk.crossed = "absent", 0, False
            return
        at_end = self._at_part_end()
        if self.token.prefix and self.token.kind == "negative" and not at_end and "all" not in walk.flags:
            # "17p缺失，无骨痛": this negation is about something else; "17p缺失没说" is not.
            if not self.behind_comma and self.before is not None and self.before.kind == "lesion":
                walk.doubt()
            return
        if self.of_something_else:
            walk.doubt()
            return
        if walk.judge_mutation("absent"):
            return
        if "rest" in walk.statement and not walk.group:
            self._panel("no other abnormality")
            walk.statement.discard("rest")
        elif not walk.judge("absent", self.behind_comma or "all" in walk.flags):
            self._panel_negative(follows)

    def _at_part_end(self) -> bool:
        return (self.line.text[self.token.end :].lstrip(" ")[:1] or ";") in _PART_ENDS

    def _stands_behind(self) -> bool:
        """Whether a negation ends its item, by the blank that was typed behind it: "4;14没有 17p-有"."""
        before = self.before
        if before is None or before.kind != "lesion" or before.end != self.token.start:
            return False
        return self._typed_blank(self.token.end) and not self._typed_blank(self.token.start)

    def _between_lesions(self) -> bool:
        """Whether a negation stands between two lesions with no blank on either side."""
        before = self.before
        if before is None or before.kind != "lesion" or before.end != self.token.start:
            return False
        said = "assertive" in self.walk.flags or self._typed_blank(self.token.start)
        return not said and self.after[0].start == self.token.end

    def _lesion_behind(self) -> bool:
        kinds = [t.kind for t in self.after[:2]]
        return kinds[1:] == ["lesion"] and not self.walk.group

    def _reaches_next(self) -> bool:
        """Whether nothing but fillers stands between a negation and the lesion behind it."""
        gap, end = "", self.token.end
        for token in self.after:
            gap += self.line.text[end : token.start]
            if token.kind == "lesion":
                break
            end = token.end
        return only_filler(gap)

    def _typed_blank(self, at: int) -> bool:
        """Whether a blank was typed before a place; folding drops those beside a Chinese character."""
        offsets = self.line.offsets
        typed = self.line.raw[offsets[at - 1] + 1 : offsets[at]] if 0 < at < len(offsets) else ""
        return bool(typed) and typed.isspace()

    def _panel_negative(self, follows: str) -> None:
        walk = self.walk
        self._foretell()
        if "risk" in walk.flags:
            self._panel("no high-risk lesion")
        elif walk.panel or (follows == "fish" and not self.behind_test):
            later = [t.kind for t in self.after]
            other = later[:1] == ["only"] or later[:2] in (["comma", "only"], ["open", "only"])
            but = len(self.after) > 1 and self.word(self.after[1]) in ("但", "but", "不过")
            self._panel("no other abnormality" if other or but else "no abnormality")

    def _positive(self) -> None:
        walk, kind = self.walk, self.token.kind
        if self.asked:
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
        if self.next_kind(_SKIPPED) == "lesion" and not walk.group:
            return
        if self.of_something_else:
            walk.doubt()
            return
        if walk.judge_mutation("present"):
            return
        judged = walk.judge("present", self.behind_comma or "all" in walk.flags)
        if not judged and ((walk.panel and not walk.used) or "risk" in walk.flags):
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
        follows = self.next_kind(_SKIPPED)
        if follows in ("lesion", "mutation") and not (walk.group and kind != "query"):
            walk.prefix, walk.over_comma, walk.crossed = "unknown", 0, False
        elif not walk.judge("unknown", self.behind_comma or "all" in walk.flags) and (
            walk.panel or follows == "fish"
        ):
            if follows == "fish":
                walk.statement.add("request")
            self._panel("not done" if kind == "not_done" else "pending")

    def _panel(self, verdict: FishVerdict) -> None:
        self.walk.verdicts.append((verdict, self.token))
        self.walk.used = True
