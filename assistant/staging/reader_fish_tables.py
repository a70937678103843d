"""FISH results in a table: a header that names the columns, and a lesion with its figures in each row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.staging.reader_lexicon import Name

_SHARE = re.compile(r"比例|百分比|阳性(?:细胞|率|核)|异常(?:细胞|率|核)|结果|检测值|(?<![a-z])(?:abnormal|positive|result|percent|cells|nuclei)(?![a-z])|%")
_LIMIT = re.compile(r"阈值|界值|临界值|cut-?off|threshold|参考|正常(?!核)|(?<![a-z])(?:ref(?:erence)?|normal)(?![a-z])")
_FIGURES = re.compile(
    r"\)?(?:融合|缺失|扩增|获得|重排|易位|fusion|deletion|loss|gain)?(?:基因)?[\s|:\t]*(?P<one>\d+(?:\.\d+)?)\s?%?(?:[\s|\t]|[<≤>≥])+(?P<two>\d+(?:\.\d+)?)\s?%?(?=[\s|\t;]|$|[\u4e00-\u9fff(+-])"
)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures behind a lesion: the share of cells and the limit for it, in percent."""

    share: str
    limit: str
    end: int


def rows(text: str, names: list[Name]) -> dict[int, Row]:
    """The rows of a table, by the end of the name of their lesion."""
    found: dict[int, Row] = {}
    share_first: bool | None = None
    start = 0
    for line in _masked(text, names).split(";"):
        end = start + len(line)
        lesions = [n for n in names if n.kind == "lesion" and start <= n.start < end]
        if not lesions:
            share, limit = _SHARE.search(line), _LIMIT.search(line)
            if share and limit and not re.search(r"\d", line):
                share_first = share.start() < limit.start()
        elif share_first is not None and len({n.what for n in lesions}) == 1:
            last = lesions[-1].end
            match = _FIGURES.match(text, last)
            if match:
                one, two = match["one"], match["two"]
                share_of, limit_of = (one, two) if share_first else (two, one)
                found[last] = Row(share_of, limit_of, match.end())
        start = end + 1
    return found


def _masked(text: str, names: list[Name]) -> str:
    """The text without the ";" inside names such as t(4;14), which parts no lines."""
    for name in names:
        inside = text[name.start : name.end].replace(";", "_")
        text = text[: name.start] + inside + text[name.end :]
    return text
