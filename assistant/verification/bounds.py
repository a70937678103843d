"""What bounds a number: ≥, at least, 不超过, 以上, "or higher"."""

from __future__ import annotations

import re

# What may stand between a bound and its number: 至少用满12个月.
_FILLER = (
    r"(?:大?约(?:占|为)?|近|为|是|有|达到?|用满|满|持续|间隔|相隔|相距|维持|需要?|使用|用"
    r"|about|around|approximately|roughly|nearly|some|~|of|the|an?)"
)
_BEFORE = re.compile(
    r"(?:(?P<ge>≥|≮|大于(?:或|和)?等于|(?:达到|等于)或(?:超过|超出|高于|大于|多于)"
    r"|(?:超过|高于|大于|多于)或(?:达到|等于)|不小于|不低于|不少于|不得低于|至少|at least|minimum of"
    r"|(?:no|not) (?:less|fewer|lower) than|(?:greater|more|higher) than or equal to|at or above"
    r"|equal to or (?:greater|more|higher|above) than|(?:meet|reach)(?:es|ing|ed)? or exceed(?:s|ing|ed)?)"
    r"|(?P<le>≤|≯|小于(?:或|和)?等于|(?:等于)或(?:低于|小于|少于)|不超过|不高于|不大于|不多于"
    r"|最多|至多|高达|多达|at most|up to"
    r"|maximum of|within|(?:no|not) (?:more|greater|higher) than|(?:does |do )?not exceed(?:ing)?"
    r"|less than or equal to)"
    r"|(?P<gt>>|超过|超出|大于|高于|高出|多于|高过|above|over|exceed(?:s|ed|ing)?|in excess of"
    r"|(?:more|greater|higher|longer|older|larger) than)"
    r"|(?P<lt><|低于|小于|少于|不足|不到|未达到?|未满|短于|below|under"
    r"|(?:less|fewer|lower|shorter|younger|smaller) than))"
    rf"\s*(?:{_FILLER}\s*)*+$"
)
_AFTER = re.compile(
    r"\s*(?:(?P<ge>[及或和与]以上|[及或](?:更高|更多|更大|更久|更长)"
    r"|or (?:more|higher|greater|above|older|over)|and (?:above|over|older))"
    r"|(?P<le>[及或和与]以下|[及或](?:更低|更少|更小)"
    r"|or (?:less|lower|fewer|below|younger)|之?以?内(?!分)|within)"
    r"|(?P<up>以上)|(?P<down>以下))"
)
# 以上 takes its limit in or leaves it out, by habit of the writer; it agrees with both signs.
_REACHED = re.compile(r"达到?(?:大?约)?\s*$")
_CONTRADICTION = frozenset({"?"})
_SIGNS = {"up": frozenset({"ge", "gt"}), "down": frozenset({"le", "lt"})}


def signs_of(lower: str, start: int, end: int) -> tuple[frozenset[str], int, int]:
    """The bounds of the number at ``start``..``end``, and the span of both together."""
    signs: frozenset[str] = frozenset()
    edge = max(0, start - 32)
    before = _BEFORE.search(lower[edge:start])
    if before and before.lastgroup:
        signs, start = frozenset({before.lastgroup}), edge + before.start()
    after = _AFTER.match(lower, end)
    if after and after.lastgroup:
        both = _SIGNS.get(after.lastgroup, frozenset({after.lastgroup}))
        if after.lastgroup == "up" and _REACHED.search(lower[edge:start]):
            both = frozenset({"ge"})
        # Two bounds that contradict each other agree with nothing.
        signs, end = (signs & both or _CONTRADICTION if signs else both), after.end()
    return signs, start, end
