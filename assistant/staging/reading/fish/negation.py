"""What a negation in a FISH report is about: lesions, probes, the panel, or something else."""

from __future__ import annotations

import re

from assistant.staging.findings import FishVerdict, State
from assistant.staging.reading.fish.lists import explained, lacks_probe, without_probe
from assistant.staging.reading.fish.place import SKIPPED, Place
from assistant.staging.reading.lexicon import only_filler

_ONLY_TESTED = re.compile(
    r"\s?[(,¦]?\s?(?:但|but )?(?:只|仅|only )(?:是|有)?"
    r"(?:做|查|检测|检|测|送|含|包括|tested|did|for|covers|includes)了?"
)
_BEYOND = re.compile(r"\s?(?:以外|之外|外)的?(?:其他|其它)?的?(?:明显)?(?:异常|改变|病变)")
_CORRECTED = re.compile(
    r"(?:(?:更正|修正|订正|纠正|修订|改)(?:后|报告)?(?:为|成|是)?"
    r"|(?:amended|corrected|revised|changed) to)\s?:?\s?$"
)
_AGAIN = re.compile(
    r"(?:(?:复核|复查|复检|重做|重测|再次?查|最终|实际|实为|后来)(?:后|上|结果|报告)?(?:为|是)?"
    r"|(?<![a-z])(?:repeat(?:ed)?|on review|final(?:ly)?|actually|later|then)(?: was| is)?)\s?:?\s?$"
)
_WITH = re.compile(
    r"^(?!.*(?:仅|只|only|;|。)).*(?:(?<![a-z])(?:incl(?:\.|uding|udes)?|covering|containing|with)"
    r"|包括|(?<![不未没有])(?:含|包含|涵盖|覆盖)(?:了|有)?|连同?)\s?$"
)
_COUNT = re.compile(r"[一二两三四五六\d]\s?(?:个|项|种|条|probes?|loci|markers?)")


class Negation(Place):
    """A token in its surroundings, read as a negation."""

    def foretell(self) -> bool:
        """Judge the lesions of a list that explains this verdict; False if there is none."""
        listed = explained(self.line.text, self.stream, self.at)
        self.walk.foretold |= {at: "absent" if known else "unknown" for at, known in listed.items()}
        return bool(listed)

    def negative(self) -> None:
        """Change the walk by a negation."""
        walk, text = self.walk, self.line.text
        if self.asked:
            if not walk.judge("unknown", True) and walk.panel:
                self.panel("pending")  # "FISH阴性吗？"
            return
        if self.heads_list():
            walk.statement.add("closed")
            walk.prefix, walk.over_comma, walk.crossed = "absent", 0, False
            return
        found = next((t for t in self.after if t.kind == "lesion"), None)
        if self.token.prefix and found and _BEYOND.match(text, found.end):
            walk.foretold[found.start] = "present"  # "没有发现17p缺失以外的异常"
            self.panel("no other abnormality")
            return
        if untested := without_probe(text, self.stream, self.at):
            walk.foretold |= dict.fromkeys(untested, "unknown")
            return
        if lacks_probe(text, self.stream, self.at):
            walk.judge("unknown", True)
            return
        follows = self.next_kind(SKIPPED)
        if follows == "lesion" and self.parted() and walk.judge("absent", False):
            walk.flags.add("assertive")
            return
        gap = text[self.token.end : self.after[0].start] if self.after else ""
        if self.token.prefix and follows == "list" and not only_filler(gap):
            walk.doubts = True  # "no evidence of gain/amp(1q)"
            return
        opens = self.next_kind(frozenset()) == "open"
        listed = opens and self.next_kind(SKIPPED | {"open"}) == "lesion" and not self.found_inside()
        waits = bool(walk.group or walk.carry)
        names_panel = walk.panel and not waits and (listed or (follows == "lesion" and ":" in gap))
        if self.said == "nor" and walk.over_comma:
            walk.statement.add("closed")  # "neither del(17p), t(4;14) nor t(14;16)"
        if self.token.prefix and follows == "lesion" and self.stands_behind():
            walk.judge("absent", False)
            walk.prefix = ""  # "无t(14;16) t(4;14)未检出 见17p缺失": here what was denied before has ended
            return
        if self.token.prefix and follows == "lesion" and self.between_lesions():
            walk.doubt()  # "4;14没有17p缺失": of which is it said?
        if self.token.prefix and follows == "lesion" and not names_panel and not self.reaches_next():
            walk.doubts = True  # "no doubt about del(17p)": of what is it said?
            return
        if self.token.prefix and follows in ("positive", "none_found") and self.before_another_word():
            walk.doubts = True  # "no confirmed del(17p)"
            return
        if names_panel or (self.token.prefix and follows in ("lesion", "mutation")):
            walk.prefix, walk.over_comma, walk.crossed = "absent", 0, False
            return
        at_end = self.at_part_end() or self._text[self.token.end : self.token.end + 1] == "、"
        at_end = at_end or self.line.blank_before(self.token.end)
        if self.token.prefix and self.token.kind == "negative" and not at_end and "all" not in walk.flags:
            # "17p缺失，无骨痛": this negation is about something else; "17p缺失没说" is not.
            if not self.behind_comma and self.before is not None and self.before.kind == "lesion":
                walk.doubt()
            return
        if self.taken_up("absent"):
            return
        if self.of_something_else:
            walk.doubt()
            return
        if walk.judge_mutation("absent"):
            return
        if "rest" in walk.statement and not walk.group:
            self.panel("no other abnormality")
            walk.statement.discard("rest")
        elif not walk.judge("absent", self.direct, self.own_cell()):
            self._panel_negative(follows)
        elif self._of_panel_with():
            self.panel("no other abnormality")

    def taken_up(self, state: State) -> bool:
        """Whether a word changes a verdict given before: "17p缺失阳性，更正为阴性"."""
        last = self.walk.events[-1] if self.walk.events and not self.walk.group else None
        if last is None or last.state in (None, "unknown", state):
            return False
        between = self.line.text[last.name.end : self.token.start]
        if _CORRECTED.search(between):
            last.state, last.by, last.assumed, last.judged = state, self.token, False, True
            return True
        if _AGAIN.search(between):
            last.state, last.unclear = "unknown", True  # "阳性，复核阴性": which holds, only the writer knows
            return True
        return False

    def _of_panel_with(self) -> bool:
        """Whether the lesions just judged are only a part of the panel: "full panel incl. 1q21 negative"."""
        heads = [t for t in self.stream[: self.at] if t.kind == "fish"]
        if not heads:
            return False
        head = heads[-1].end
        listed = [t for t in self.stream[: self.at] if t.kind == "lesion" and t.start >= head]
        if not listed or _COUNT.search(self._text[listed[-1].end : self.token.start]):
            return False  # "包含17p、t(4;14)两个探针": that is all of it
        return _WITH.search(self._text[head : listed[0].start]) is not None

    def _panel_negative(self, follows: str) -> None:
        walk = self.walk
        if narrow := _ONLY_TESTED.match(self.line.text, self.token.end):
            # "阴性（只做了17p）" answers for that probe alone.
            probes = [t for t in self.stream[self.at :] if t.kind == "lesion" and t.start >= narrow.end()]
            stop = re.search(r"[)\];。]", self.line.text[narrow.end() :])
            last = narrow.end() + stop.start() if stop else len(self.line.text)
            walk.foretold |= {t.start: "absent" for t in probes if t.end <= last}
            return
        self.foretell()
        if "risk" in walk.flags:
            self.panel("no high-risk lesion")
        elif self._lesions_between():
            return  # "没做t(4;14)、t(14;16)，阴性": of what, only the writer knows
        elif walk.panel or (follows == "fish" and not self.behind_test):
            later = [t.kind for t in self.after]
            other = later[:1] == ["only"] or later[:2] in (["comma", "only"], ["open", "only"])
            but = len(self.after) > 1 and self.word(self.after[1]) in ("但", "but", "不过")
            self.panel("no other abnormality" if other or but else "no abnormality")

    def _lesions_between(self) -> bool:
        """Whether the statement names lesions between the panel and this word."""
        walk = self.walk
        heads = [t.end for t in self.stream[: self.at] if t.kind == "fish"]
        return bool(heads) and any(e.name.start >= heads[-1] for e in walk.events[walk.begun :])

    def panel(self, verdict: FishVerdict) -> None:
        """A verdict on the panel as a whole."""
        self.walk.verdicts.append((verdict, self.token))
        self.walk.used = True
