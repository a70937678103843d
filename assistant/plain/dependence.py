"""Whether a clause of a Chinese sentence may begin a sentence of its own.

Chinese leaves out subjects and conditions freely, so a clause is parted from the one before it only
where its own words show that it needs nothing from it: a subject, a pronoun or a "but" at its head.
In the language of criteria ("…且…，诊断为…") nothing is parted at all.
"""

from __future__ import annotations

import re

from ingest.terminology import default_terminology

SHORT = 5
"""Characters that a clause needs to say something by itself."""

# A condition holds for everything behind it up to a "but".
_CONDITION = re.compile(
    r"(?:^|[，：])(?:但|而)?(?:如果|倘若|假如|若|一旦|只要|只有|除非|除了?|仅|当|要|对于|对(?!治疗的反应)|针对|在|为了|"
    r"随着|无论|不论|如(?=出现|果|有|伴|患者|发生))|(?:患者|病人|人群|者|时|后|中|下|外|情况|相比)(?=，|$)"
    r"|(?:^|，)[^，]{1,30}的(?:患者|病人)"
)
_WITHIN = re.compile(
    r"[^同届及暂]时(?!间|期|候)|(?<!最|以|随|今)后(?!期|果|续|来)|若|(?<![患或])者"
    r"|(?<=[^多数些分瘤%％])患者"  # "anaemic patients": a group; "many patients": none
)
_CRITERIA = re.compile(
    r"满足|要求|标准|符合|条件|成立|诊断为|判断|任[意一何]|同时|是否|还是|至少\d|[≥≤]|即为|即可|就是|就算|定义为|计入|属于"
)
# The first half of a pair ("because … , …"), and what only reports the clause behind it.
_FIRST_HALF = re.compile(
    r"(?:^|，)(?:但|而)?(?:因为|由于|尽管|虽然|即使|就算|既然|不仅|不但|与其)[^，]*$"
    r"|(?:估计|表明|显示|认为|发现|指出|提示|证实|证明|建议|推荐|例如|比如|即)$"
)
_BUT = re.compile(r"但|然而|不过|因此|所以|此外|另外")
_REASON = re.compile(r"因为")
# What a clause says of a thing just named holds without the condition that the thing stands under; a reason
# is one for all of what it stands behind.
_OF_IT = re.compile(r"其(?!他|余|中)|它们?|这(?:是|些|种|通常)|[三四]者|原因是")
# … but not where the clause before it still waits for what follows from it.
_WAITS = re.compile(r"^(?:但|而)?(?:如果|倘若|假如|若|一旦|只要|当|即使)|(?:时|后|情况下)$")
_IF = re.compile(r"(?:但|而)?(?:如果|倘若|一旦|若)")
_THEN = re.compile(r"，(?:则|就)?(?:应|需|须|要)")
_SUBJECT = re.compile(
    r"最常见的|另一些|单用|一些|有些|有的|许多|很多|大多数|多数|少数|两者|二者|两种|患者|他们|有时|偶可|偶尔|最近|目前|其他"
)
# What may follow by itself as the last thing said.
_AFTERTHOUGHT = re.compile(r"特别是|尤其是|包括")
# What makes a clause say something wherever it stands in it, and what does so only outside of "… 的 N".
_STRONG = re.compile(r"是|有|会|可|能|应|须|需|存在|出现|发生")
_WEAK = re.compile(
    r"为|要|被|将|已|常|不|没|无|明显|罕见|正常|提高|降低|升高|增|减|改善|缓解|组成|取决|影响|超过|达到|接受"
)
_NOT_SAID = re.compile(
    r"尤其是|特别是|不全|不足|不适|不耐受|反应|效应|应答|不明|不良|不同|无关|有关|有效|有症状|无症状|可逆|可用的|可能的|"
    r"功能|能力|常规|异常|正常抗体|没有"
)
_RELATIVE = re.compile(r"[^，]*的(?=[^，的]+$)")
_COMPARES = re.compile(r"[与和][^，]{2,12}不同$|更[^，的]{1,3}$|不足以")


def may_begin(sentence: str, piece: str, following: str, is_last: bool) -> bool:
    """Whether ``following`` may begin a sentence after ``piece``, the clauses of ``sentence`` before it."""
    last = piece.rpartition("，")[2]
    if min(len(piece), len(following)) < SHORT or _FIRST_HALF.search(piece) or _CRITERIA.search(sentence):
        return False
    if "：" in piece or not says_something(last):
        return False
    if _BUT.match(following):
        complete = says_something(following) or bool(_FIRST_HALF.search(following))
        return complete and not _CONDITION.search(last)
    if is_last and _AFTERTHOUGHT.match(following):
        return not is_conditional(last)
    if not says_something(following):
        return False
    if _OF_IT.match(following):
        return not _WAITS.search(last)
    if _IF.match(following) and _THEN.match(sentence.partition(following)[2]):
        return not is_conditional(piece)
    return not is_conditional(piece) and (bool(_REASON.match(following)) or _has_subject(following))


def is_conditional(text: str) -> bool:
    """Whether a text states a condition, a time or a group that what follows may depend on."""
    return bool(_CONDITION.search(text) or _WITHIN.search(text))


def says_something(clause: str) -> bool:
    """Whether a clause has a predicate of its own, not only inside what describes a noun."""
    said = _NOT_SAID.sub("", clause.removesuffix("的"))
    return bool(_COMPARES.search(clause) or _STRONG.search(said) or _WEAK.search(_RELATIVE.sub("", said)))


def _has_subject(clause: str) -> bool:
    """Whether a clause begins with a thing that it can be about."""
    named = [m.concept for m in default_terminology().mentions(clause) if m.start == 0]
    concepts = default_terminology().concepts
    return bool(_SUBJECT.match(clause)) or any(concepts[c].category in _THINGS for c in named)


_THINGS = frozenset(
    {
        "disease", "drug", "drug_class", "regimen", "cell", "protein", "cytogenetics", "target", "imaging",
        "complication", "adverse_event", "anatomy", "organism", "outcome",
    }
)  # fmt: skip
