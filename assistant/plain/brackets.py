"""What a reader can do without: pointers to tables and to what was said above, names in another script."""

from __future__ import annotations

import re

from ingest.terminology import default_terminology

_BRACKET = re.compile(r"\s?(?:[（(]([^（）()\[\]]*)[)）]|\[([^\[\]]*)\])")
_POINTER = re.compile(r"(?:参见|另见|见|综述见|see\b|refer to\b)", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z][A-Za-z\s-]*")
# What a laboratory report prints stays: LDH, CBC, FISH.
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]{1,5}s?")
_FOOTNOTE_MARK = re.compile(r"[†‡]|(?<=[\u3400-\u9fff])\*|^\*\s*")
_SAID_ABOVE = re.compile(
    r"(?:^|(?<=，))(?:如[上前]所述|见上文?)，"
    r"|,? as (?:described|discussed|noted) (?:above|earlier)(?:,|(?=\.))"
)
_BARRED = re.compile(r"\d|[<>≥≤=%％]")


def uncluttered(text: str) -> str:
    """``text`` without footnote marks and the brackets that only point elsewhere or repeat a name.

    A bracket with a number, a sign of comparison or Chinese content stays, for it may say something.
    """
    text = _SAID_ABOVE.sub("", _FOOTNOTE_MARK.sub("", text))
    return _BRACKET.sub(lambda match: "" if _is_clutter(text, match) else match.group(), text)


def _is_clutter(text: str, match: re.Match[str]) -> bool:
    inside = next(group for group in match.groups() if group is not None).strip()
    # "t(4;14)" and "del(17p)" are names, not brackets.
    if text[max(0, match.start() - 1) : match.start()].isalpha() and not match.group()[0].isspace():
        before = text[match.start() - 1]
        if before.isascii() and _BARRED.search(inside):
            return False
    if _POINTER.match(inside):
        return not _BARRED.search(inside) and len(inside) <= 40
    if not _LATIN.fullmatch(inside) or _ABBREVIATION.fullmatch(inside):
        return False
    # A second name of what stands before it; anything else in Latin letters may be news.
    named = default_terminology().mentions(inside)
    before_it = [m for m in default_terminology().mentions(text) if m.end == match.start()]
    return any(n.concept == b.concept for n in named for b in before_it)
