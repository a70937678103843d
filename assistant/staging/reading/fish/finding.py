"""What a lesion, the panel, a mutation, or a word that finds or leaves open does to the walk."""

from __future__ import annotations

import re
from typing import cast

from assistant.staging.findings import State
from assistant.staging.reading.fish.event import Event
from assistant.staging.reading.fish.negation import Negation
from assistant.staging.reading.fish.place import SKIPPED

_FOUND = re.compile(
    r"检[出见]|报[告出]?了|查[到见]|检测到|发现|可见|存在|携带"
    r"|showed?|shows|carries|carrying|harbou?r|demonstrat|exhibit|found|reveal"
)
_BEHIND = re.compile(r"有|检[出见]|查[到见]|检测到|发现|可见|存在|found|seen")
_SIGNS = frozenset({"+", "(+)", "(++)", ": +", ":+", "√", "✓", "✔", "☑"})
_HINTS = frozenset({"提示", "伴", "见", "合并"})
_JOINED = frozenset({"伴", "合并"})
_SIGNAL = re.compile(r"的?(?:信号|细胞|克隆|改变|结果|者)")
_BEHIND_ZH = re.compile(r"[\u4e00-\u9fff]+")
_HAVING = frozenset({"有", "伴", "见", "has", "had", "with"})
_THERE = frozenset({"有", "has", "had", "there is", "there are", "there was", "there were"})
_POSITIVE_FOR = frozenset({"positive for"})
_GENES = re.compile(r"^(?:igh\W|.*\Wigh$)", re.IGNORECASE)


class Finding(Negation):
    """A token in its surroundings, read as something found, or as something not known."""

    def found_behind(self) -> bool:
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

    def lesion(self) -> None:
        """Add a lesion to those that wait, or note whose cut-off comes next."""
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
        event.seen = near and (told or self.word(self.earlier[-1]) in _THERE)
        event.seen |= self.before is not None and self.word(self.before) in _POSITIVE_FOR
        event.hinted = near and self.word(self.earlier[-1]) in _HINTS
        event.joined = near and self.word(self.earlier[-1]) in _JOINED
        walk.add(event)

    def fish(self) -> None:
        """Begin what is said of the panel as a whole."""
        walk = self.walk
        if walk.carry and not walk.group and "rest" not in walk.statement:
            walk.end_statement()
        walk.panel, walk.used = True, False

    def mutation(self) -> None:
        """Add a TP53 mutation, judged by what stands before it or waiting."""
        if self.walk.prefix:
            self.walk.mutations.append((cast(State, self.walk.prefix), self.token))
        else:
            self.walk.mutation = self.token

    def positive(self) -> None:
        """Change the walk by a word that finds something."""
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
        if self.taken_up("present"):
            return
        if self.of_something_else:
            walk.doubt()
            return
        if walk.judge_mutation("present"):
            return
        if "result" in walk.statement and not walk.group and sum(len(part) for part in walk.carry) > 1:
            walk.group, walk.carry = [e for part in walk.carry for e in part], []
            walk.doubt()  # "项目：17p、t(4;14)。结果：阳性": which of them, only the writer knows
            return
        sign = self.said in _SIGNS
        signal = _SIGNAL.match(self.line.text, self.token.end) is not None
        judged = walk.judge("present", self.direct, sign, signal)
        if not judged and ((walk.panel and not walk.used) or "risk" in walk.flags):
            self.panel("high-risk lesion, not named")

    def unknown(self) -> None:
        """Change the walk by a word that leaves something open."""
        walk, kind = self.walk, self.token.kind
        if self.line.text[self.token.start] == "?":
            near = self.before is not None and self.token.start - self.before.end <= 1
            if near and self.before and self.before.kind == "lesion":
                walk.judge("unknown", False)
                return
            walk.end_statement()
            return
        follows = self.next_kind(SKIPPED)
        parted = self.before is not None and self.before.kind == "list"
        if parted and follows == "lesion" and walk.group and kind != "query":
            walk.end_part()  # "查到1q扩增、没做t(4;14)": the word is about what follows
        if follows in ("lesion", "mutation") and not (walk.group and kind != "query"):
            walk.prefix, walk.over_comma, walk.crossed = "unknown", 0, False
        elif not walk.judge("unknown", self.direct) and (
            walk.panel or follows == "fish"
        ):
            if follows == "fish":
                walk.statement.add("request")
            self.panel("not done" if kind == "not_done" else "pending")
