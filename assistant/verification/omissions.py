"""What a near-quotation leaves out: the condition under which its passage says the rest, or of how many.

``conditions`` weighs names, and a name may stand elsewhere in the sentence too. Where a sentence repeats a
passage nearly word for word, the words tell what was left out.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.verification.atoms import Frame
from assistant.verification.conditions import Condition, conditions
from assistant.verification.markers import retained
from assistant.verification.negation import items

# Share (0..1) of a sentence that has to stand in the passage, in its order, to be a near-quotation; of what a
# condition governs to be repeated; of what a condition says to be kept.
_NEAR, _GOVERNED, _KEPT = 0.85, 0.6, 0.2
_RUN = 2  # characters or words that count as repeated when they stand together
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
_SHARE = re.compile(
    r"\s*(?:的|of (?:the |all )?)?\s*(?:\w+ ){0,2}?(?:患者|病人|病例|patients|people|cases|those)"
)
_HOW_OFTEN = ("freq:", "modality:may", "modality:can", "term:half")


def omitted_condition(sentence: Frame, spans: tuple[Frame, ...]) -> str:
    """A condition of a passage that the sentence repeats without it, as written, or ""."""
    for span in spans:
        if span.chinese != sentence.chinese:
            continue
        found = conditions(span)
        if not found:
            continue
        kept, near = _aligned(sentence, span)
        if near < _NEAR:
            continue
        for condition in found:
            if _dropped(span, condition, kept):
                return condition.written
    return ""


def omitted_share(sentence: Frame, spans: tuple[Frame, ...]) -> str:
    """The share of the patients ("10%的患者") that the sentence tells of all, as written, or ""."""
    if sentence.of("quantity") or any(v.startswith(_HOW_OFTEN) for v in sentence.values):
        return ""
    if "term:patient" not in sentence.values:
        return ""
    said = frozenset(name for name, _ in items(sentence, 0, len(sentence.lower)))
    for span in spans:
        for atom in span.of("quantity"):
            shared = atom.quantity and atom.quantity.unit.dimension == "%"
            if shared and _SHARE.match(span.lower, atom.end):
                clause = span.clauses[atom.clause]
                rest = frozenset(name for name, _ in items(span, clause.start, clause.end))
                if retained(rest, said, span.chinese == sentence.chinese):
                    return span.written(atom)
    return ""


@lru_cache(maxsize=2048)
def _tokens(read: Frame) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Characters of Chinese and words of English, with where they begin."""
    found = [(m.group(), m.start()) for m in _TOKEN.finditer(read.lower)]
    return tuple(word for word, _ in found), tuple(at for _, at in found)


def _aligned(sentence: Frame, span: Frame) -> tuple[frozenset[int], float]:
    """Where the tokens begin that the sentence repeats in order, and which share (0..1) of it they are."""
    ours, (theirs, places) = _tokens(sentence)[0], _tokens(span)
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    kept = [i for block in blocks if block.size >= _RUN for i in range(block.b, block.b + block.size)]
    return frozenset(places[i] for i in kept), len(kept) / len(ours) if ours else 0.0


def _dropped(span: Frame, condition: Condition, kept: frozenset[int]) -> bool:
    _, places = _tokens(span)

    def share(start: int, end: int) -> float:
        inside = [at for at in places if start <= at < end]
        return sum(at in kept for at in inside) / len(inside) if inside else 0.0

    told = [at for name, at in items(span, condition.start, condition.end) if name in condition.items]
    if not told or sum(at in kept for at in told) >= _KEPT * len(told):
        return False
    return any(
        share(start, end) >= _GOVERNED and any(start <= at < end for at in kept)
        for start, end in condition.ruled
    )
