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
_FUNCTION_WORDS = {
    "不": "not", "无": "no", "未": "not", "没有": "no", "无法": "cannot", "避免": "avoid", "除非": "unless",
    "如果": "if", "或": "or", "和": "and", "及": "and", "以及": "and", "但": "but", "然而": "however",
    "可能": "may", "可": "can", "应": "should", "需": "need", "最": "most", "更": "more", "或者": "or",
    "尤其": "especially", "特别": "especially", "例如": "e.g.", "包括": "including", "因为": "because",
    "由于": "due to", "导致": "leads to", "引起": "causes", "约": "about", "大约": "about", "超过": "more than",
    "以上": "or more", "以下": "or less", "至": "to", "每": "per", "年": "years", "月": "months", "周": "weeks",
    "岁": "years of age", "例": "cases", "倍": "times", "天": "days", "后": "after", "前": "before", "尽管": "although",
    "仅": "only", "只": "only", "也": "also", "除了": "besides", "两": "two", "三": "three", "用于": "used for", "与": "with",
    "对": "for", "在": "in", "从": "from", "为": "is", "是": "is", "有": "has", "高": "high", "低": "low", "很少": "rarely",
    "极": "extremely", "多": "many", "其他": "other", "伴": "with", "新": "new", "个": "", "种": "kinds of",
}
_WORDS = re.compile("|".join(sorted(map(re.escape, _FUNCTION_WORDS), key=len, reverse=True)))


def render_terms(passages: list[Passage]) -> str:
    """One line in English for Chinese passages; "" for passages that are English already."""
    rendered = [_render(without_marks(p.text)) for p in passages if chinese_share(p.text) > 0.2]
    return message("en", "rendering", terms="; ".join(filter(None, rendered))) if any(rendered) else ""


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
    return " ".join(kept).replace(" ;", ";").strip(" ;")


def _between(gap: str) -> list[str]:
    found: list[str] = []
    position = 0
    while position < len(gap):
        token = _TOKEN.match(gap, position) or _WORDS.match(gap, position)
        if token is None:
            position += 1
            continue
        text = token.group()
        found.append(";" if text in "；。;" else _FUNCTION_WORDS.get(text, text.strip()))
        position = token.end()
    return found
