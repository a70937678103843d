"""What one token of a FISH report does to the walk over it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import cast

from assistant.staging.findings import FishVerdict, State
from assistant.staging.reader_fish_event import Event
from assistant.staging.reader_fish_negation import Negation
from assistant.staging.reader_fish_place import SKIPPED

_EARLIER = re.compile(
    r"之前|先前|前面|那[份张次]|前一|上一|第一份|原报告|初步|原来|原先|上次|前次|旧"
    r"|previous|preliminary|earlier|\bold|prior|first"
)
_FOUND = re.compile(
    r"检出|报[告出]?了|查到|检测到|发现|可见|存在|携带"
    r"|showed?|shows|carries|carrying|found|revealed"
)
_BEHIND = re.compile(r"有|检出|查到|检测到|发现|存在|found|seen")
_SIGNS = frozenset({"+", "(+)", "(++)", ": +", ":+", "√", "✓", "✔", "☑"})
_HINTS = frozenset({"提示", "伴", "见", "合并"})
_SIGNAL = re.compile(r"的?(?:信号|细胞|克隆|改变|结果|者)")
_BEHIND_ZH = re.compile(r"[\u4e00-\u9fff]+")
_WHERE = re.compile(r"\s?(?:in|on|by)\s|了")
_HAVING = frozenset({"有", "伴", "见", "has", "had", "with"})
_POSITIVE_FOR = frozenset({"positive for"})
_GENES = re.compile(r"^(?:igh\W|.*\Wigh$)", re.IGNORECASE)
_PANEL_WORDS: dict[str, FishVerdict] = {
    "no_high_risk": "no high-risk lesion",
    "standard": "no high-risk lesion",
    "other_negative": "no other abnormality",
}


class Step(Negation):
    """One token with what stands around it, at work on the walk."""

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
            if walk.prefix and not (walk.prefix in ("absent", "present") and follows == "lesion"):
                walk.prefix = ""
            walk.crossed = True
            walk.end_part()
        elif kind == "cutoffs":
            walk.statement.add("cutoffs")
        elif kind == "percent" and walk.limit_of:
            walk.limits[walk.limit_of], walk.limit_of = Decimal(self.token.number), ""
        elif kind in ("percent", "copies", "cutoff"):
            open_event = bool(walk.unit) and walk.unit[-1].percent is None
            if kind == "percent" and not open_event and self.next_kind(SKIPPED) == "lesion":
                walk.share = Decimal(self.token.number)
            else:
                of_all = re.search("[均都各]|全部|all|each", self.said) is not None
                walk.figure(kind, self.token.number, of_all)
        elif kind in ("below", "above") and self._decides("absent" if kind == "below" else "present"):
            pass
        elif kind == "retracted":
            if not _EARLIER.search(self.line.text[max(0, self.token.start - 14) : self.token.start]):
                walk.retract()
        elif kind in ("negative", "none_found", "below"):
            self.negative()
        elif kind in ("positive", "above", "risk", "high_risk"):
            self._positive()
        elif kind in ("pending", "not_done", "query"):
            self._unknown()
        elif kind in _PANEL_WORDS:
            if not self.asked:
                self.foretell()
                walk.verdicts.append((_PANEL_WORDS[kind], self.token))
                walk.used = True
        else:
            self._word(kind)

    def _decides(self, state: State) -> bool:
        """Whether "below the cut-off of 10 %" is about a share of cells just given."""
        if not self.walk.decide(state):
            return False
        if own := re.search(r"(\d+(?:\.\d+)?)\s?%", self.said):
            self.walk.figure("cutoff", own.group(1))
        return True

    def _word(self, kind: str) -> None:
        walk, text = self.walk, self.line.text
        if kind == "list":
            if self.before and self.before.kind == "comma" and self.next_kind(frozenset()) == "lesion":
                walk.statement.add("closed")
            joins = walk.carry and walk.group and self.next_kind(frozenset()) == "lesion"
            if self.said in ("and", "or") and joins:
                walk.statement.add("and")
            if walk.over_comma and self.said in ("and", "or", "nor", "或", "或者"):
                walk.statement.add("closed")
        elif kind == "assertive":
            if self.before and self.before.kind == "negative" and self.before.prefix:
                return
            walk.prefix = ""
            ends = self._typed_blank(self.token.end) or self.at_part_end()
            ends = ends or text[self.token.end : self.token.end + 1] == "、"
            ends = ends or _WHERE.match(text, self.token.end) is not None
            if self.before and self.before.kind == "lesion" and ends and self._found_behind():
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
            if kind == "all" and "except" in walk.statement and walk.group:
                # "除了t(4;14)都是阴性"
                walk.judge("present", True)
                walk.statement.add("rest")
            walk.flags.add(kind)

    def _found_behind(self) -> bool:
        """Whether the word says of the lesion before it that it was found; its share of cells may follow."""
        walk = self.walk
        last = walk.group[-1] if walk.group else None
        if walk.events[-1:] and walk.events[-1].reached and _BEHIND_ZH.fullmatch(self.said):
            return walk.judge("present", False)
        if self.said == "有":
            return walk.judge("present", False)
        if last is None or last.state is not None or walk.prefix or not _BEHIND.fullmatch(self.said):
            return False
        last.told = last.seen = True
        return self.next_kind(SKIPPED) not in ("percent", "negative") and walk.judge("present", False)

    def _lesion(self) -> None:
        walk, name = self.walk, self.token.name
        assert name is not None
        if "cutoffs" in walk.statement:
            walk.limit_of = name.what
            return
        text = self.line.typed(name.start, name.end)
        # "示IGH/FGFR3融合" reports a fusion; without a word before it, it is the name of a probe.
        fused = "assertive" in walk.flags and re.search("融合$|fusion$", text) is not None
        # So does "检出IGH::NSD2", and "positive for IGH/MAF".
        told = any(_FOUND.match(self.word(t)) for t in self.earlier if t.kind == "assertive")
        near = self.before is not None and self.before.kind == "assertive"
        found = told or (near and self.word(self.earlier[-1]) in _HAVING)
        found = found or (self.before is not None and self.word(self.before) in _POSITIVE_FOR)
        fused = fused or (found and _GENES.search(text) is not None)
        event = Event(name.what, name, text, name.abnormal or fused, told=told)
        event.seen = near and (told or self.word(self.earlier[-1]) == "有")
        event.hinted = near and self.word(self.earlier[-1]) in _HINTS
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

    def _positive(self) -> None:
        walk, kind = self.walk, self.token.kind
        if self.asked:
            walk.judge("unknown", True)
            return
        if kind in ("risk", "high_risk"):
            if walk.prefix == "absent":
                self.panel("no high-risk lesion")
            elif kind == "risk" or walk.panel:
                walk.flags.add("risk")
                if "assertive" in walk.flags or (walk.panel and kind == "high_risk"):
                    self.panel("high-risk lesion, not named")
            return
        walk.prefix = ""
        if self.heads_list():
            walk.statement.add("closed")
            walk.prefix, walk.over_comma, walk.crossed = "present", 0, False
            return
        if self.next_kind(SKIPPED) == "lesion" and not walk.group:
            return
        if self.of_something_else:
            walk.doubt()
            return
        if walk.judge_mutation("present"):
            return
        sign = self.said in _SIGNS
        signal = _SIGNAL.match(self.line.text, self.token.end) is not None
        judged = walk.judge("present", self.behind_comma or "all" in walk.flags, sign, signal)
        if not judged and ((walk.panel and not walk.used) or "risk" in walk.flags):
            self.panel("high-risk lesion, not named")

    def _unknown(self) -> None:
        walk, kind = self.walk, self.token.kind
        if self.line.text[self.token.start] == "?":
            near = self.before is not None and self.token.start - self.before.end <= 1
            if near and self.before and self.before.kind == "lesion":
                walk.judge("unknown", False)
                return
            walk.end_statement()
            return
        follows = self.next_kind(SKIPPED)
        if follows in ("lesion", "mutation") and not (walk.group and kind != "query"):
            walk.prefix, walk.over_comma, walk.crossed = "unknown", 0, False
        elif not walk.judge("unknown", self.behind_comma or "all" in walk.flags) and (
            walk.panel or follows == "fish"
        ):
            if follows == "fish":
                walk.statement.add("request")
            self.panel("not done" if kind == "not_done" else "pending")
