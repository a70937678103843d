"""What a plainer wording may not touch, whatever the verifier lets pass.

The verifier asks whether the passage supports a sentence. A patient's sentence has to say no less
than the clinician's either: each number, drug, denial, degree and condition of it must still be there.
"""

from __future__ import annotations

from collections import Counter

from assistant.verification.frames import frame

# 恶性细胞 and 癌细胞 are one name, and a name that comes twice (抗病毒药物) says nothing twice.
_SAID_BY_NAMES = ("malignant:", "anti:")
_NAMED = frozenset({"drug", "cytogenetics", "target", "staging", "regimen"})


def keeps(clinician: str, patient: str) -> bool:
    """Whether ``patient`` has all numbers, names, denials and markers of ``clinician``, and no more."""
    return _fixed(clinician) == _fixed(patient)


def _fixed(text: str) -> tuple[Counter[str], frozenset[str], int, Counter[str]]:
    read = frame(text)
    numbers = Counter(str(a.quantity.raw) for a in read.of("quantity") if a.quantity)
    bounds = Counter(str(sorted(a.quantity.signs)) for a in read.of("quantity") if a.quantity)
    names = frozenset(
        a.key
        for a in read.atoms
        if a.kind in ("code", "stage") or (a.kind == "concept" and a.category in _NAMED)
    )
    strict = (value for a in read.of("marker") for value in a.strict)
    markers = Counter(value for value in strict if not value.startswith(_SAID_BY_NAMES))
    return numbers + bounds, names, len(read.of("negation")), markers
