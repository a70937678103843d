"""A long Chinese sentence as short ones, cut where no clause loses what it hangs on."""

from __future__ import annotations

import re

from ingest.folding import chinese_share

LONG = 20
"""Characters from which a sentence is cut if it can be; a short patient sentence has no more."""

_OPEN, _CLOSE = "（(〔[“《", "）)〕]”》"
_SHORT = 5  # a clause with fewer characters says nothing by itself
# A condition holds for everything behind it up to a semicolon or a "but".
_CONDITION = re.compile(
    r"(?:^|[，：])(?:但|而)?(?:如果|倘若|假如|若|一旦|只要|只有|除非|除了?|仅|当|对于|对(?!治疗的反应)|针对|在|为了|"
    r"随着|无论|不论|如(?=出现|果|有|伴|患者|发生))|(?:患者|病人|人群|者|时|后|中|下|外|情况)(?=，|$)"
    r"|(?:^|，)[^，]{1,30}的(?:患者|病人)"
)
# The first half of a pair ("because … , …"), and what only reports the clause behind it.
_FIRST_HALF = re.compile(
    r"(?:^|，)(?:但|而)?(?:因为|由于|尽管|虽然|即使|就算|既然|不仅|不但|与其)[^，]*$"
    r"|(?:估计|表明|显示|认为|发现|指出|提示|证实|证明|建议|推荐|例如|比如|即)$"
)
# What cannot begin a sentence.
_HANGS_ON = re.compile(
    r"(?:也|就|才|则|即|以(?!前|后)|从而|进而|和|与|及|以及|或|或者|并(?![发且])|其中|尤其|特别|包括|如|例如|比如|"
    r"且|甚至|直至|直到|通过|使|导致|引起|说明|表明|均|都|称为|又称|也称|即使|就算|除非|尽管|虽然|至少|至多|最好|有助|有利|"
    r"约|占|属于|不包括|排除|不论|无论|后者|前者|相应|及相应|共)"
)
_BUT = re.compile(r"但|然而|不过|因此|所以|此外|另外|而且|并且|故")
# What a clause says of a thing just named holds without the condition that the thing stands under.
_OF_IT = re.compile(r"(?:其(?!他|余|中)|它们?|这(?:是|些|种))")
# A clause that says what follows from all before it, back to where a condition opens.
_CONCLUDES = re.compile(r"(?:应|需|须|必须|可(?:考虑|用|给予|输注|进行|选择)|宜|则|故|是|为(?!了))")
_OPENS = re.compile(r"(?:但|而)?(?:如果|若|倘若|当|一旦|如(?=出现|果|有|伴|患者|发生))")
# What makes a clause say something wherever it stands in it, and what does so only outside of "… 的 N".
_STRONG = re.compile(r"是|有|会|可|能|应|须|需|将|已|常|不|没|无|存在|出现|发生|明显|罕见")
_WEAK = re.compile(r"为|要|被|正常|提高|降低|升高|增|减|改善|缓解|组成|取决|影响|超过|达到|接受|属于")
_NOT_SAID = re.compile(
    r"尤其是|特别是|反应|效应|应答|不明|不良|不同|无关|有关|有效|有症状|无症状|可逆|可用的|可能的|功能|能力|常规|异常|正常抗体|病人|没有"
)
_RELATIVE = re.compile(r"[^，]*的(?=[^，的]+$)")
# What may follow by itself as the last thing said.
_AFTERTHOUGHT = re.compile(r"(?:特别是|尤其是|包括)")
_ALTHOUGH = re.compile(r"^(但|而)?(?:尽管|虽然)(?=[^，]+，(?:但|然而|不过))")


def short_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a Chinese text, each as short as it can be without losing what it hangs on.

    Put together again they are ``text`` but for full stops in the place of commas and semicolons.
    """
    if chinese_share(text) < 0.4:
        return (text,)
    found: list[str] = []
    for sentence in split_outside(text, "。！？!?"):
        found += _cut(sentence)
    return tuple(found)


def _cut(sentence: str) -> list[str]:
    if len(sentence) <= LONG:
        return [sentence]
    # "Although A, but B" says no more than "A. But B".
    sentence = _ALTHOUGH.sub(lambda m: m.group(1) or "", sentence)
    end = sentence[-1] if sentence[-1] in "。！？!?" else ""
    body = sentence.removesuffix(end)
    parts = [p.rstrip("；;") for p in split_outside(body, "；;")]
    if len(parts) > 1 and min(map(len, parts)) < _SHORT:
        return [sentence]
    if len(parts) > 1 and _CONDITION.search(parts[0]) and not all(map(_CONDITION.search, parts)):
        return [sentence]
    pieces = [piece for part in parts for piece in _at_commas(part)]
    return [*(f"{piece}。" for piece in pieces[:-1]), pieces[-1] + end]


def _at_commas(part: str) -> list[str]:
    clauses = [c.rstrip("，,") for c in split_outside(part, "，,")]
    bound = _concluded(clauses)
    pieces = [clauses[0]]
    for i, following in enumerate(clauses[1:], 1):
        if i not in bound and _may_begin(pieces[-1], following, i == len(clauses) - 1):
            pieces.append(following)
        else:
            pieces[-1] += f"，{following}"
    return pieces


def _concluded(clauses: list[str]) -> set[int]:
    """The clauses that may not be parted from the one before, because of a conclusion behind them."""
    bound: set[int] = set()
    for k, clause in enumerate(clauses):
        if _CONCLUDES.match(clause):
            for i in range(k, 0, -1):
                if i < k and _OPENS.match(clauses[i]):
                    break
                bound.add(i)
    return bound


def _may_begin(piece: str, following: str, is_last: bool) -> bool:
    if len(piece) < _SHORT or len(following) < _SHORT or len(piece) + len(following) < LONG - 2:
        return False
    last = piece.rpartition("，")[2]
    if _FIRST_HALF.search(piece) or not _says_something(last):
        return False
    if _BUT.match(following):
        complete = _says_something(following) or _FIRST_HALF.search(following)
        return bool(complete) and not _CONDITION.search(last)
    if is_last and _AFTERTHOUGHT.match(following):
        return not _CONDITION.search(last)
    if _HANGS_ON.match(following) or not _says_something(following):
        return False
    return bool(_OF_IT.match(following)) or not _CONDITION.search(piece)


def _says_something(clause: str) -> bool:
    """Whether a clause has a predicate of its own, not only inside what describes a noun."""
    said = _NOT_SAID.sub("", clause.removesuffix("的"))
    return bool(_STRONG.search(said) or _WEAK.search(_RELATIVE.sub("", said)))


def split_outside(text: str, stops: str) -> list[str]:
    """Parts that end with a stop outside brackets, the stop included; a digit's comma is no stop."""
    parts: list[str] = []
    depth = start = 0
    for i, char in enumerate(text):
        depth += (char in _OPEN) - (char in _CLOSE)
        inside_number = char in ",;" and text[i + 1 : i + 2].isdigit()
        if char in stops and depth <= 0 and not inside_number:
            parts.append(text[start : i + 1])
            start = i + 1
    return [p for p in [*parts, text[start:]] if p.strip()]
