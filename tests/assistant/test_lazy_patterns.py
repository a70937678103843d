"""The patterns that ship: what ``re`` finds in a message, the words that stand for it do not hide."""

from __future__ import annotations

import re

from assistant.question_forms import patterns
from assistant.safety.scope import families
from assistant.staging.reading.lexicon import lexicon
from ingest.folding import folded_text
from ingest.lazy_pattern import LazyPattern
from tests.assistant.safety.messages import messages

TEXTS = [
    folded_text(m.text) for kind in ("misuse", "harmless", "smalltalk") for m in messages(kind)[::16]
] + [
    "β2-MG 5.6 mg/L，ALB 32 g/L，LDH 310 U/L（上限250），FISH：17p缺失阳性，t(4;14)、t(14;16)阴性，1q21扩增",
    "serum albumin 3.2 g/dl, high ldh, del(17p) detected in 60% of cells, gain of 1q not tested",
]


def shipped() -> list[tuple[LazyPattern, int]]:
    """Every pattern with the flags that it is compiled with."""
    known = patterns()
    asked = [known.exception, known.study, known.summary, *known.forms.values(), *known.suits.values()]
    for attribute in known.attributes:
        asked += [p for p in (attribute.asks, attribute.shows, attribute.unless) if p]
    for family in families():
        asked += [p for p in (family.asks, family.unless, family.unless_before, family.leans) if p]
    names = [*(pattern for *_, pattern in lexicon().names), lexicon().any_word]
    return [(p, int(re.IGNORECASE)) for p in asked] + [(p, 0) for p in names]


def test_no_match_is_hidden() -> None:
    found = 0
    for lazy, flags in shipped():
        plain = re.compile(lazy.pattern, flags)
        for text in TEXTS:
            if match := plain.search(text):
                found += 1
                assert lazy.may_match(text), (match, lazy.pattern)
    assert found > 100


def test_most_patterns_stay_uncompiled_for_a_plain_question() -> None:
    """What the start of a process depends on."""
    every = [LazyPattern(p.pattern, flags) for p, flags in shipped()]
    for question in ("多发性骨髓瘤有哪些症状？", "How is bortezomib given?"):
        met = sum(len(p.pattern) for p in every if p.may_match(question.lower()))
        assert met < 0.5 * sum(len(p.pattern) for p in every)
