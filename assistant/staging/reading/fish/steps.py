"""What one token of a FISH report does to the walk over it."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.staging.findings import FishVerdict, State
from assistant.staging.reading.fish.finding import Finding
from assistant.staging.reading.fish.place import SKIPPED

_EARLIER = re.compile(
    r"之前|先前|前面|那[份张次]|前一|上一|第一份|原报告|初步|原来|原先|上次|前次|旧"
    r"|previous|preliminary|earlier|\bold|prior|first"
)
# The head of an order, not of a report: what stands behind it is looked for.
_ORDER = re.compile("项目|申请|医嘱|开单|目的|套餐|组套|panel|probes|ordered|requested| for$|detect")
_RESULT = re.compile(
    r"\s?(?:检测|检查|fish)?(?:结果|结论|判读|诊断)(?:意见|为)?\s?:|\s?(?:results?|interpretation|conclusion)\s?:"
)
_WHERE = re.compile(r"\s?(?:in|on|by)\s|了")
_PANEL_WORDS: dict[str, FishVerdict] = {
    "no_high_risk": "no high-risk lesion",
    "standard": "no high-risk lesion",
    "other_negative": "no other abnormality",
}


class Step(Finding):
    """One token with what stands around it, at work on the walk."""

    def take(self) -> None:
        """Change the walk by this token."""
        kind, walk, text = self.token.kind, self.walk, self.line.text
        walk.now = self.token
        if kind == "lesion":
            self.lesion()
        elif kind == "fish":
            self.fish()
        elif kind == "mutation":
            self.mutation()
        elif kind in ("lab", "other", "karyotype"):
            # "FISH及核型均正常": a list keeps the panel in the statement.
            if [t.kind for t in self.earlier] != ["fish", "list"]:
                walk.end_statement()
                walk.panel = False
        elif kind == "hard" and "request" in walk.statement and _RESULT.match(text, self.token.end):
            walk.end_part()  # "检测项目：17p缺失\n结果：阴性"
            walk.statement.add("result")
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
            self.positive()
        elif kind in ("pending", "not_done", "query"):
            self.unknown()
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
            denied = self.before and self.before.kind == "negative" and self.before.prefix
            ended = len(self.earlier) > 1 and self.earlier[0].kind == "lesion"
            if denied and not (ended and self.line.blank_before(self.token.start)):
                return  # but in "t(4;14)未检出 见17p缺失" the denial is of the first
            walk.prefix = ""
            ends = self.line.blank_before(self.token.end) or self.at_part_end()
            ends = ends or text[self.token.end : self.token.end + 1] == "、"
            ends = ends or _WHERE.match(text, self.token.end) is not None
            if self.before and self.before.kind == "lesion" and ends and self.found_behind():
                return
            walk.flags.add("assertive")
        elif kind == "request":
            leads = text[self.token.end : self.token.end + 1] in (":", "示", "提", "结", "显", "发", "为")
            order = _ORDER.search(self.said) and not text[: self.token.start].endswith(("性", "异常"))
            if not leads or order:
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
