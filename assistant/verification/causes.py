"""A cause that nobody named: "therefore" or 导致 where the evidence only puts two things together."""

from __future__ import annotations

import re

from assistant.verification.atoms import Frame
from assistant.verification.evidence import Evidence

# What says that one thing brings about another. "So" is left out: it also draws a conclusion.
_CLAIMED = re.compile(
    r"∴|因此|因而|所以|从而|引起|导致|造成|诱发|引发|所致|致使|由于|因为|起因|归因|继发于"
    r"|\b(?:caus(?:e|es|ed|ing)|because|due to|therefore|thus|hence|leads? to|leading to|led to"
    r"|results? (?:in|from)|resulting (?:in|from)|owing to|consequently|attribut(?:ed|able) to|secondary to"
    r"|trigger(?:s|ed|ing)?)\b",
    re.ASCII,
)
# What may stand for it in other words: a cause, a reason, a purpose, an effect, the harm that a drug does.
_KNOWN = re.compile(
    rf"{_CLAIMED.pattern}|致|因|由|使|令|诱|为了|以免|以便|鉴于|故|产生|生成|促|影响|作用|毒性|副反应|不良反应|并发症|后果|风险"
    r"|\b(?:so|since|as|for|from|reasons?|produc\w+|makes?|made|induc\w+|contribut\w+|responsible|role|risks?|effects?"
    r"|affect\w*|adverse|toxic\w*|complications?|consequences?|following|follows|through|lets?|allows?|by"
    r"|secondary|etiology|aetiology|related)\b"
    r"|-(?:induced|related)",
    re.ASCII,
)
# The disease that all of it is about need not be named as the cause: 骨髓瘤引起的骨痛 is 骨髓瘤骨痛.
_GIVEN = re.compile(
    r"骨髓瘤(?:所)?(?:引起|导致|造成|所致)的?|由骨髓瘤(?:引起|导致|所致)"
    r"|\b(?:caused by|due to|because of) (?:multiple )?myeloma\b",
    re.ASCII,
)
# What opens a sentence takes up the one before it, which is not ours to judge.
_OPENING = re.compile(r"\W*(?:∴|因此|因而|所以|therefore|thus|hence|consequently),?\s*")


def added_cause(sentence: Frame, evidence: Evidence) -> str:
    """The words that claim a cause where the evidence tells of none, or ""."""
    said = _GIVEN.sub("", sentence.lower)
    opening = _OPENING.match(said)
    claimed = _CLAIMED.search(said, opening.end() if opening else 0)
    return claimed.group() if claimed and not _KNOWN.search(evidence.written) else ""
