"""A Chinese quotation rendered in English, term by term: only what the terminology is sure of.

It is no translation. It gives an English reader the numbers with their units and bounds, the drugs and
the concepts of the quotation in its order, with denials kept, so that the answer can be read.
"""

from __future__ import annotations

import re

from assistant.messages import message
from ingest.folding import chinese_share
from ingest.terminology import default_terminology
from ingest.types import Passage

# Words that bound a number, as signs: a limit without its direction would say the opposite.
_BOUNDS = {
    "≥": "≥|>=|大于(?:或|和)?等于|不(?:得)?低于|不少于|不小于|至少",
    "≤": "≤|<=|小于(?:或|和)?等于|不(?:得)?超过|不高于|不大于|不多于|最多|至多",
    ">": ">|超过|超出|大于|高于|多于",
    "<": "<|低于|小于|少于|不足|不到",
    "~": "[~～]|大?约",
    "=": "=",
}
_UNIT = (
    r"(?:(?:mg|kg|μg|µg|mcg|ng|g|mmol|μmol|µmol|nmol|mol|mL|ml|dL|L|IU|U|Gy|cm|mm|m²|m2|min|h)(?![A-Za-z])"
    r"(?:\s*/\s*(?:24\s*h|kg|mL|ml|dL|L|min|h|d|m²|m2|1\.73\s*m[²2])(?![A-Za-z]))*|[%％])"
)
_QUANTITY = re.compile(
    rf"(?:(?P<bound>{'|'.join(_BOUNDS.values())})\s*(?:大?约|为|达)?)?\s*"
    r"(?P<number>(?<![A-Za-z\d])\d[\d,]*(?:\.\d+)?(?:\s*/\s*\d[\d,]*)?(?:\s*[%％]?\s*[~～–至到-]\s*\d+(?:\.\d+)?)?)"
    rf"\s*(?P<unit>{_UNIT})?(?:\s*(?:及|或)?(?P<after>以[上下]))?"
)
_AFTER = {"以上": " or more", "以下": " or less"}
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9()+/;.-]*|[；。;]")
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
    rendered = [_render(_headed(p)) for p in passages if chinese_share(p.text) > 0.2]
    return message("en", "rendering", terms="; ".join(filter(None, rendered))) if any(rendered) else ""


def _headed(passage: Passage) -> str:
    """The text under its run-in heading, which may be the condition that it holds under."""
    if not passage.topic or passage.topic in passage.text:
        return passage.text
    return f"{passage.topic}；{passage.text}"


def _render(text: str) -> str:
    terminology = default_terminology()
    mentions = terminology.mentions(text)
    # The 4 of "t(4;14)" is no quantity, but 至少 in front of a number is no concept.
    quantities = [
        q
        for q in _QUANTITY.finditer(text)
        if not any(m.start <= q.start("number") < m.end for m in mentions)
    ]
    known = [(q.start(), q.end(), _quantity(q)) for q in quantities]
    known += [
        (m.start, m.end, terminology.concepts[m.concept].en)
        for m in mentions
        if not any(q.start() < m.end and m.start < q.end() for q in quantities)
    ]
    pieces: list[str] = []
    cursor = 0
    for start, end, piece in sorted(known):
        pieces += [*_between(text[cursor:start]), piece]
        cursor = end
    pieces += _between(text[cursor:])
    kept: list[str] = []
    for piece in pieces:
        if piece and not (kept and (kept[-1] == piece or (piece == ";" and kept[-1] == ";"))):
            kept.append(piece)
    return " · ".join(kept).replace(" · ; · ", "; ").removesuffix(" · ;").removeprefix("; · ").strip(";")


def _quantity(match: re.Match[str]) -> str:
    """A number with its unit, and its bound as a sign."""
    bound = match["bound"] or ""
    sign = next((sign for sign, words in _BOUNDS.items() if bound and re.fullmatch(words, bound)), "")
    number = re.sub(r"\s*[至到]\s*", "–", match["number"])
    unit = match["unit"] or ""
    gap = " " if unit and unit not in "%％" else ""
    sign += " " if sign in ("<", ">") else ""
    return f"{sign}{number}{gap}{unit}{_AFTER.get(match['after'] or '', '')}"


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
