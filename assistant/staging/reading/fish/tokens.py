"""The words of a FISH report as tokens: lesions, verdicts, and what joins or parts them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.staging.reading.fish.tables import rows
from assistant.staging.reading.lexicon import Name, lexicon
from assistant.staging.reading.lines import SOFT, Line

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?%")
_NORMAL = re.compile(r"[(\[]\s?(?:n(?:ormal)?|ref|正常|参考)?\s?:?\s?[<≤]=?\s?(\d+(?:\.\d+)?)\s?%\s?[)\]]")
_COPIES = re.compile(r"(\d+|[二两三四五六])\s?(?:个)?(?:以上)?(?:拷贝|copies)")
_SIGN = re.compile(rf"[+√✓✔☑]|[×✗✘☒](?!\s?\d)|-(?=[\s,;.。)、{SOFT}]|$)")
_MINUS = re.compile("-(?![阳阴检未有无存见占])")
# The cell of a form: "del(17p)=0", "t(4;14): N".
_FLAG = re.compile(
    r"\s?[:=]\s?(0(?![\d.]|\s?%)|(?:no?|y|yes)(?=\s*(?:[,;.¦|)]|$))|[是否](?=[,;.。¦\s]|$))"
    r"|\s(no|yes)(?=\s*(?:[,;.¦|)]|$))"
)
# "t(4;14) - positive": a dash before the verdict, no verdict itself.
_DASH = re.compile(r"-\s*(?:[a-su-z]|[\u4e00-\u9fff])")
# "iFISH - t(4;14) positive": behind the panel any dash before a word or a lesion only leads on.
_LEADS = re.compile(r"[-+]\s*[\w+(-]")
_LATIN = re.compile("[a-z]")
_OVER_NAMES = frozenset({"no_high_risk", "none_found", "other_negative", "no_probe"})
_ZH = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_HARD = re.compile(r"[;。!]|\.(?=\s|$)")
_COMMA = re.compile(rf"[,{SOFT}]")
_LIST = re.compile(r"[、/&]|和|或者?|及|以及|与|(?:and|or|nor)(?![a-z])")
_PREFIXING = re.compile(
    r"未(?!扩|缺)|没|无|(?:已|可|基本)?排除|不存在|不伴|否认|no(?![a-z])|without|neither|nor(?![a-z])"
    r"|none(?! (?:seen|detected|found|identified|observed|present))(?: of)?(?: the)?(?![a-z])"
    r"|neg(?:ative|\.)? for|absence of|does not"
    r"|(?:has|have|had) (?:ruled|excluded)|rules out|excludes|(?<=fish )(?:ruled out|excluded)"
    r"|(?:did|does|do|could|can|was)(?: not|n.?t) |unable to|fail(?:ed|s)? to"
    r"|(?:free|devoid|clear) of|free from|(?:clean|clear) for"
)


@dataclass(slots=True)
class Token:
    """``kind``: a key of ``[words]`` in the lexicon, a kind of name, or a separator or figure.

    Separators: comma, list, hard, open, close. Figures: percent, copies, cutoff. A "phrase" says nothing.
    """

    kind: str
    start: int
    end: int
    name: Name | None = None
    number: str = ""
    prefix: bool = False


def tokens(line: Line, names: list[Name]) -> list[Token]:
    """Tokens in order. Inside a name nothing else is read (the ";" of t(4;14) ends no statement)."""
    text = line.text
    found: list[Token] = []
    position = 0
    queue = list(names)
    table = rows(text, names)
    while position < len(text):
        if queue and queue[0].start < position:
            queue.pop(0)
            continue
        if queue and queue[0].start == position:
            name = queue.pop(0)
            found.append(Token(name.kind, name.start, name.end, name))
            position = name.end
            if row := table.get(name.end):
                found.append(Token("percent", position, position, number=row.share))
                found.append(Token("cutoff", position, row.end, number=row.limit))
                position = row.end
            continue
        limit = queue[0].start if queue and queue[0].start > position else len(text)
        token = _sign(line, position, found) or _normal(text, position, found)
        token = token or _token(text, position, limit)
        if token:
            found.append(token)
            position = token.end
        else:
            position += 1
    return found


def _sign(line: Line, position: int, found: list[Token]) -> Token | None:
    """A sign right behind a lesion or "FISH": "del(17p)-", "t(4;14)+", "FISH -"."""
    text = line.text
    if not found or found[-1].kind not in ("lesion", "fish") or text[found[-1].end : position].strip(" "):
        return None
    flag = _FLAG.match(text, position) if found[-1].kind == "lesion" else None
    if flag:
        said = flag.group(1) or flag.group(2)
        return Token("positive" if said in ("y", "yes", "是") else "negative", position, flag.end())
    if line.blank_before(position + 1) and not line.blank_before(position) and _MINUS.match(text, position):
        return Token("negative", position, position + 1)  # "17p缺失- 初诊"
    match = _SIGN.match(text, position)
    leads = found[-1].kind == "fish" and _LEADS.match(text, position)
    if not match or leads or _DASH.match(text, position):
        return None
    return Token("positive" if match.group() in "+√✓✔☑" else "negative", position, match.end())


def _normal(text: str, position: int, found: list[Token]) -> Token | None:
    """What is normal, in brackets behind a share of cells: "0.5% (<5%)"."""
    match = _NORMAL.match(text, position)
    if match is None or not found or found[-1].kind not in ("percent", "negative", "positive"):
        return None
    return Token("cutoff", position, match.end(), number=match.group(1))


def _token(text: str, position: int, limit: int) -> Token | None:
    inside = position and _LATIN.match(text, position) and _LATIN.match(text, position - 1)
    if not inside and (match := lexicon().report["cutoff"].match(text, position)):
        return Token("cutoff", position, match.end(), number=next(g for g in match.groups() if g))
    if match := _PERCENT.match(text, position):
        return Token("percent", position, match.end(), number=match.group(1))
    if match := _COPIES.match(text, position):
        return Token("copies", position, match.end(), number=str(_ZH.get(match.group(1), match.group(1))))
    if inside:
        return None
    if phrase := lexicon().context["not_turning"].match(text, position):
        return Token("phrase", position, phrase.end())
    if token := _word(text, position, limit):
        return token
    for kind, pattern in (("hard", _HARD), ("comma", _COMMA), ("list", _LIST)):
        if match := pattern.match(text, position):
            return Token(kind, position, match.end())
    if text[position] in "([":
        return Token("open", position, position + 1)
    if text[position] in ")]":
        return Token("close", position, position + 1)
    return None


def _word(text: str, position: int, limit: int) -> Token | None:
    """The first word of the lexicon that matches here and does not run over the name at ``limit``."""
    match = lexicon().any_word.match(text, position)
    if match is None:
        return None
    kind = match.lastgroup or ""
    if not _fits(match, limit, kind):
        tried = ((k, pattern.match(text, position)) for k, pattern in lexicon().words.items())
        kind, match = next(((k, m) for k, m in tried if m and _fits(m, limit, k)), ("", match))
        if not kind:
            return None
    if kind == "no_probe":
        kind = "not_done"
    return Token(kind, position, match.end(), prefix=_PREFIXING.match(text, position) is not None)


def _fits(match: re.Match[str], limit: int, kind: str) -> bool:
    """Whether a word may run as far as it does: over a name only if it is about that name.

    "未见高危遗传学异常" is a word of its own, though "高危遗传学异常" is a name.
    """
    return match.end() > match.start() and (match.end() <= limit or kind in _OVER_NAMES)
