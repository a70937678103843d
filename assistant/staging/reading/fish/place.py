"""Where a token of a FISH report stands: what is around it, and what its word may be about."""

from __future__ import annotations

import re
from itertools import islice, takewhile

from assistant.staging.reading.fish.tokens import Token
from assistant.staging.reading.fish.walk import Walk
from assistant.staging.reading.lexicon import only_filler
from assistant.staging.reading.lines import SOFT, Line

SKIPPED = frozenset({"assertive", "all", "only"})
"""Words that may stand between a verdict and its lesion."""

_SAYING = frozenset(
    {"positive", "above", "percent", "copies", "query", "except", "outside", "pending", "not_done"}
)
_PART_ENDS = f",;。!?){SOFT}."
_HEAD = re.compile(
    r"\s?的?(?:项目|位点|探针|异常|结果|指标|者|有|probes?|loci|markers?|lesions?|results?|findings?)?\s?:\s?"
)
_CALLED = re.compile(
    r".?|\s?(?:结果|结论|最终|报告|本室|我院|故|因此)*(?:[判定评报认视]|判定|评定|报告|认定|解读|结论|结果)(?:为|作|是|读)?\s?:?\s?"
    r"|\s?(?:so |hence |and )?(?:is |was )?"
    r"(?:called|reported|read|scored|interpreted|considered|deemed)(?: as)?\s?"
)
_SUBJECTS = frozenset(
    {
        "lesion",
        "fish",
        "comma",
        "hard",
        "lab",
        "other",
        "karyotype",
        "mutation",
        "risk",
        "percent",
        "copies",
        "cutoff",
        "close",
    }
)


class Place:
    """One token in its surroundings: the line, the tokens around it and the walk so far."""

    def __init__(self, walk: Walk, line: Line, stream: list[Token], at: int) -> None:
        self.walk, self.line, self.stream, self.at, self.token = walk, line, stream, at, stream[at]
        self._text = line.text
        self.before = stream[at - 1] if at else None
        self.earlier = stream[max(0, at - 2) : at]
        self.after = stream[at + 1 : at + 4]

    def word(self, token: Token) -> str:
        """The text of a token."""
        return self._text[token.start : token.end]

    @property
    def said(self) -> str:
        """The text of this token."""
        return self.word(self.token)

    def next_kind(self, skipped: frozenset[str]) -> str:
        """The kind of the next token that is not one of ``skipped``; "" for none near."""
        return next((t.kind for t in self.after if t.kind not in skipped), "")

    @property
    def of_something_else(self) -> bool:
        """Whether other words part this verdict from a lesion or the panel: "FISH做了，心电图正常"."""
        end, gap = self.token.start, ""
        for token in reversed(self.stream[: self.at]):
            gap = self._text[token.end : end] + gap
            if token.kind in _SUBJECTS:
                break
            end = token.start
        return not only_filler(gap)

    @property
    def behind_comma(self) -> bool:
        """Whether nothing stands between the last comma and this token but "判为", "reported as"."""
        return (
            self.before is not None
            and self.before.kind == "comma"
            and _CALLED.fullmatch(self._text[self.before.end : self.token.start]) is not None
        )

    @property
    def direct(self) -> bool:
        """Whether a verdict is for the lesions before it, whatever parts them from it."""
        return self.behind_comma or "all" in self.walk.flags or "result" in self.walk.statement

    @property
    def behind_test(self) -> bool:
        """Whether the token before is another test, whose word this is: "LDH normal FISH pending"."""
        named = (t for t in reversed(self.stream[: self.at]) if t.kind not in ("close", "open", "all"))
        before = next(named, None)
        return before is not None and before.kind in ("lab", "other", "karyotype")

    @property
    def asked(self) -> bool:
        """Whether the word is part of a question: "阳性吗", "标危还是高危"."""
        rest = self._text[self.token.end : self.token.end + 2]
        return rest[:1] in ("?", "吗", "否") or rest == "还是"

    def at_part_end(self) -> bool:
        """Whether the token ends its part of the sentence."""
        return (self._text[self.token.end :].lstrip(" ")[:1] or ";") in _PART_ENDS

    def stands_behind(self) -> bool:
        """Whether a negation ends its item, by the blank that was typed behind it: "4;14没有 17p-有"."""
        before = self.before
        if before is None or before.kind != "lesion":
            return False
        if self._text[before.end : self.token.start].strip() == ":":
            return self.line.blank_before(self.token.end)  # "17p缺失：无 1q扩增：有"
        if before.end != self.token.start:
            return False
        if self._text[self.token.end : self.token.end + 1] == "、":
            return True  # "17p缺失无、t(4;14)无"
        return self.line.blank_before(self.token.end) and not self.line.blank_before(self.token.start)

    def own_cell(self) -> bool:
        """Whether the word is a sign, or the cell of the lesion before it in a form: "t(4;14)：无"."""
        before = self.before
        named = before is not None and before.kind == "lesion"
        cell = named and before is not None and self._text[before.end : self.token.start].strip() == ":"
        return cell or self.said in "-×✗✘☒"

    def parted(self) -> bool:
        """Whether a blank was typed inside the word, behind a lesion: "17p缺失没有 查到1q扩增"."""
        before = self.before
        if before is None or before.kind != "lesion" or before.end != self.token.start:
            return False
        return any(self.line.blank_before(at) for at in range(self.token.start + 1, self.token.end))

    def between_lesions(self) -> bool:
        """Whether a negation stands between two lesions with no blank on either side."""
        before = self.before
        if before is None or before.kind != "lesion" or before.end != self.token.start:
            return False
        said = "assertive" in self.walk.flags or self.line.blank_before(self.token.start)
        return not said and self.after[0].start == self.token.end

    def reaches_next(self) -> bool:
        """Whether nothing but fillers stands between a negation and the lesion behind it."""
        gap, end = "", self.token.end
        for token in self.after:
            gap += self._text[end : token.start]
            if token.kind == "lesion":
                break
            end = token.end
        return only_filler(gap)

    def before_another_word(self) -> bool:
        """Whether a word stands between a negation and the lesion behind it: "no confirmed del(17p)"."""
        kinds = [t.kind for t in self.after[:2]]
        return kinds[1:] == ["lesion"] and not self.walk.group

    def found_inside(self) -> bool:
        """Whether the bracket behind the word says more than what was looked for.

        "negative (only del(17p) positive)", "阴性（17p除外）"
        """
        later = islice(self.stream, self.at + 1, None)
        inside = takewhile(lambda t: t.kind not in ("close", "hard"), later)
        return any(t.kind in _SAYING for t in inside)

    def heads_list(self) -> bool:
        """Whether the word is the head of a list: "阴性项目：17p、t(4;14)", "Positive: t(4;14)"."""
        later = islice(self.stream, self.at + 1, None)
        ahead = next((t for t in later if t.kind not in ("request", "fish", "all", "only")), None)
        if ahead is None or ahead.kind != "lesion" or self.walk.group or self.said in "+-":
            return False
        return _HEAD.fullmatch(self._text[self.token.end : ahead.start]) is not None
