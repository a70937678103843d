"""A Chinese quotation rendered in English, term by term: only what the terminology is sure of.

It is no translation. It gives an English reader the numbers, the drugs and the concepts of the
quotation in its order, with negations and comparisons kept, so that the answer can be read.
"""

from __future__ import annotations

import re

from assistant.messages import message
from ingest.folding import chinese_share
from ingest.references import without_marks
from ingest.terminology import default_terminology
from ingest.types import Passage

_TOKEN = re.compile(
    r"[<>≤≥=~～]?\s*\d[\d,]*(?:\.\d+)?(?:\s*/\s*\d[\d,]*)?(?:\s*[~～–-]\s*\d+(?:\.\d+)?)?\s*[%％]?"
    r"(?:\s*(?:mg/24h|mg/L|mcg/mL|g/dL|g/L|nmol/L|mL|Gy|mg|g)(?![A-Za-z]))?"
    r"|[A-Za-z][A-Za-z0-9()+/;.-]*|[；。;]"
)
# Words that turn or bind what they stand before; everything else between terms is left out.
_FUNCTION_WORDS = {
    "不": "not",
    "不高": "not high",
    "不低": "not low",
    "可以": "may",
    "无": "no",
    "未": "not",
    "没有": "no",
    "无法": "cannot",
    "避免": "avoid",
    "除非": "unless",
    "如果": "if",
    "或": "or",
    "但": "but",
    "可能": "may",
    "应": "should",
    "约": "about",
    "大约": "about",
    "超过": "more than",
    "以上": "or more",
    "以下": "or less",
    "每": "per",
    "年": "years",
    "月": "months",
    "周": "weeks",
    "岁": "years of age",
    "例": "cases",
    "例如": "such as",
    "比例": "proportion",
    "倍": "times",
    "天": "days",
    "仅": "only",
    "只": "only",
    "两": "two",
    "三": "three",
    "很少": "rarely",
    "极": "extremely",
    "不是": "is not",
    "不再": "no longer",
}
_DENIALS = frozenset({"not", "no", "cannot", "avoid"})
_WORDS = re.compile("|".join(sorted(map(re.escape, _FUNCTION_WORDS), key=len, reverse=True)))


def render_terms(passages: list[Passage]) -> str:
    """One line in English for Chinese passages; "" for passages that are English already."""
    rendered = [_render(without_marks(_headed(p))) for p in passages if chinese_share(p.text) > 0.2]
    return message("en", "rendering", terms="; ".join(filter(None, rendered))) if any(rendered) else ""


def _headed(passage: Passage) -> str:
    """The text under its run-in heading, which may be the condition that it holds under."""
    if not passage.topic or passage.topic in passage.text:
        return passage.text
    return f"{passage.topic}；{passage.text}"


def _render(text: str) -> str:
    terminology = default_terminology()
    pieces: list[str] = []
    cursor = 0
    for mention in (*terminology.mentions(text), None):
        pieces += _between(text[cursor : mention.start if mention else len(text)])
        if mention is None:
            break
        pieces.append(terminology.concepts[mention.concept].en)
        cursor = mention.end
    kept: list[str] = []
    for piece in pieces:
        if piece and not (kept and (kept[-1] == piece or (piece == ";" and kept[-1] == ";"))):
            kept.append(piece)
    return " · ".join(kept).replace(" · ; · ", "; ").removesuffix(" · ;").removeprefix("; · ").strip(";")


def _between(gap: str) -> list[str]:
    found: list[str] = []
    position, denied_to = 0, -1
    while position < len(gap):
        token = _TOKEN.match(gap, position) or _WORDS.match(gap, position)
        if token is None:
            # What is denied is left out: the denial must not seem to belong to the next term.
            if position == denied_to:
                found[-1] += " …"
            position += 1
            continue
        text = token.group()
        found.append(";" if text in "；。;" else _FUNCTION_WORDS.get(text, text.strip()))
        position = token.end()
        denied_to = position if found[-1] in _DENIALS else -1
    return found
