"""A patient's case as those write it who treat the patient: told, not asked about patients in general."""

from __future__ import annotations

import re

from assistant.safety.types import Hit

_OPENS = re.compile(
    r"(?:^|[。;])\s*(?:一?[例名位个](?:骨髓瘤|mm)?)?(?:患者|病人)(?!们|家属|教育|自己|能|可|应|需|该|要|会|如果|若|常|易|为什么|怎么|什么)"
    r"|(?:^|[。;.]\s*)(?:the |a |my |our )?(?:patient|pt)\b(?!'s (?:guide|leaflet|rights))"
)
# What is said of patients in general, or asked of them.
_GENERAL = re.compile(
    r"常见?|容易|易发|多见|往往|通常|一般|部分|大多|多数|可能|可以|可出现|应该?|需要|宜|若|如果|是否会|会不会|多少|几率|比例|为什么|机制|定义"
    r"|哪些(?:表现|症状|特点)|什么(?:表现|症状|叫|是)"
    r"|\b(?:often|usually|commonly|typically|may|might|can|should|could|if|why|how (?:many|often|common)"
    r"|percent|define|criteria|incidence|risk of|mechanism|tends?|who)\b"
)


def case_told(text: str) -> list[Hit]:
    """Hits of "case" where a normalised text begins with the patient and says nothing of patients in general.

    >>> [bool(case_told(t)) for t in ("患者颌骨外露流脓,发热", "患者常有骨痛,为什么")]
    [True, False]
    """
    if _GENERAL.search(text):
        return []
    return [Hit("case", m.start(), m.end()) for m in _OPENS.finditer(text)]
