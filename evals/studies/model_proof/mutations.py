"""Right sentences with one thing wrong: a number, a unit, a bound, a denial, a drug, a stage, a citation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.sentences import sentence_spans

_NUMBER = re.compile(r"(?<![A-Za-z0-9_.(;-])(\d+(?:\.\d+)?)(?![A-Za-z0-9_;)]|\.\d)")
_CITED = re.compile(r"«.+?»")
_SWAPS = (
    ("硼替佐米", "来那度胺"), ("来那度胺", "硼替佐米"), ("沙利度胺", "泊马度胺"), ("唑来膦酸", "阿仑膦酸"),
    ("地塞米松", "泼尼松"), ("托珠单抗", "西妥昔单抗"), ("地舒单抗", "达雷妥尤单抗"), ("BCMA", "GPRC5D"),
    ("Bortezomib", "Lenalidomide"), ("bortezomib", "lenalidomide"), ("dexamethasone", "prednisone"),
    ("denosumab", "romosozumab"), ("zoledronic acid", "alendronate"), ("del(17p)", "del(13q)"),
    ("t(14;16)", "t(11;14)"), ("无进展生存期", "总生存期"), ("CD138", "CD38"),
    ("不能", "能"), ("不推荐", "推荐"), ("没有", "有"), ("并非", "是"), ("未见", "见到"), ("无需", "需要"),
    ("不需要", "需要"), ("尽量避免", "可以"), ("必须", "不必"), ("is not ", "is "), ("does not ", "does "),
    ("neither", "both"), ("should be avoided", "should be done"),
    ("至少", "至多"), ("at least", "at most"), ("more than", "less than"), ("<", ">"), ("≥", "<"),
    ("增加", "降低"), ("延长", "缩短"), ("降低", "升高"), ("高", "低"), ("快于", "慢于"),
    ("mmol/L", "mg/L"), ("g/L", "mg/L"), ("个月", "年"), ("months", "years"), ("first", "last"),
    ("开始", "结束"), ("before", "after"), ("罕见", "常见"), ("lower the", "raise the"),
)  # fmt: skip


def mutated(answer: str) -> Iterator[str]:
    """Every cited sentence of an answer, each with one thing wrong at a time."""
    for line in answer.splitlines():
        for start, end in sentence_spans(re.sub(r"^\s*(?:-|\d\.)\s", "", line)):
            sentence = re.sub(r"^\s*(?:-|\d\.)\s", "", line)[start:end].replace("**", "")
            if _CITED.search(sentence):
                yield from dict.fromkeys(_wrong(sentence))


def _wrong(sentence: str) -> Iterator[str]:
    plain = _CITED.sub(lambda m: " " * len(m.group()), sentence)
    for match in _NUMBER.finditer(plain):
        value = float(match.group(1))
        other = f"{value * 2 + 1:g}"
        yield sentence[: match.start()] + other + sentence[match.end() :]
    for before, after in _SWAPS:
        at = plain.find(before)
        if at >= 0:
            yield sentence[:at] + after + sentence[at + len(before) :]
    yield _CITED.sub("[99]", sentence)
