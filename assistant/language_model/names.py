"""Names that look like drugs, and words of the other language: each has to be in a cited passage.

The stems are those of the WHO's international nonproprietary names and their Chinese transcriptions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language_model.passages import Numbered
from assistant.types import Language
from ingest.folding import folded_text
from ingest.terminology import default_terminology

_ENGLISH = re.compile(
    r"\b[a-z]{3,}(?:mab|zomib|ciclib|tinib|limus|domide|dronate|dronic|parib|toclax|nexor|platin|rubicin|taxel"
    r"|stim|leucel|vir|azole|mycin|cillin|floxacin|statin|prazole|sartan|pril|olol|parin|xaban|gatran|tidine"
    r"|sone|solone|stat|kinra|cept|fusp|mustine|phosphamide|phalan|setron|triptan|gliptin|gliflozin)s?\b"
)
_CHINESE = re.compile(
    r"(?:(?:[^\W\da-z的和与或及任一种类各该用加等等剂药物、]{2})(?:单抗|替尼|膦酸|膦酸盐|度胺|佐米|西利|莫司|帕利|托克|铂|比星|紫杉醇|格司亭|奥仑赛|昔韦"
    r"|洛韦|康唑|霉素|沙星|西林|他汀|拉唑|沙坦|普利|洛尔|肝素|沙班|加群|替丁|地平|司琼|格列|列净|列汀|莫司汀|磷酰胺|法仑))"
)


_LATIN_PHRASE = re.compile(r"[a-z][a-z-]{2,}(?:\s+[a-z][a-z-]+)+")
_CHINESE_RUN = re.compile(r"[\u3400-\u9fff]+")


def unknown_name(text: str, cited: Sequence[Numbered], language: Language) -> str:
    """A name that looks like a drug, or words of the other language, that no cited passage has in any
    spelling; "" if there is none. What a verifier of Chinese does not read may not be shown."""
    folded = folded_text(text).lower()
    evidence = folded_text("\n".join(f"{p.passage.text}\n{p.context}" for p in cited)).lower()
    mentions, said = default_terminology().mentions(folded), default_terminology().concept_ids(evidence)
    foreign = (_LATIN_PHRASE if language == "zh" else _CHINESE_RUN).finditer(folded)
    for match in (*_ENGLISH.finditer(folded), *_CHINESE.finditer(folded), *foreign):
        around = {
            m.concept
            for m in mentions
            if m.start < match.end() <= m.end and (m.start <= match.start() or m.end - m.start > 3)
        }
        # 美法仑 is in the evidence, though "melphalan-prednisone" names a regimen.
        around |= {
            m.concept
            for m in default_terminology().mentions(match.group())
            if m.end - m.start == len(match.group())
        }
        if match.group() not in evidence and not around & said and not _in_words(match.group(), evidence):
            return match.group()
    return ""


def _in_words(phrase: str, evidence: str) -> bool:
    """Whether the evidence has every word of a phrase, if not side by side."""
    words = phrase.split()
    return len(words) > 1 and all(re.search(rf"(?<![a-z]){re.escape(w)}(?![a-z])", evidence) for w in words)
