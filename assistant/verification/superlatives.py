"""A first rank that the evidence does not give: 效果最好的, "the most effective"."""

from __future__ import annotations

import re

from assistant.verification.atoms import Frame
from assistant.verification.evidence import Evidence

# 最近, 最后, 最多 and their like rank nothing; 最好 before a verb advises.
_ZH = re.compile(r"最(?![近后终初多少])|首屈一指|头号|第一大|数一数二|无可替代|任何其他[^,。;]{0,6}都")
_EN = re.compile(
    r"\b(?:best|greatest|highest|lowest|strongest|safest|fastest|longest|largest|worst|unrivalled|unmatched)\b"
    r"|(?<!at )\bmost (?:\w+(?:ive|ful|ent|ant|ous|able|ible|ic|al|on|ely|ly|ed|ing))\b"
)
# In the evidence any word of rank will do; where it belongs other checks know.
_RANKED = re.compile(
    r"最|首|第一|主要|尤|常|优先|\b(?:most|best|first|main|leading|chief|major|common\w*|\w{3,}est|cornerstone)\b"
)


def added_superlative(sentence: Frame, evidence: Evidence) -> str:
    """The superlative of a sentence whose evidence ranks nothing, or ""."""
    match = (_ZH if sentence.chinese else _EN).search(sentence.lower)
    if match is None or any(_RANKED.search(span.lower) for span in evidence.spans):
        return ""
    return sentence.text[match.start() : match.end() + 2]
