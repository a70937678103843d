"""Whether a turn that no rule could complete is asked about what was spoken of before.

The evidence decides: what the turn says and what was spoken of must be found together, about as well as
the former is found alone, and the turn with its context must be answered.
"""

from __future__ import annotations

from assistant.evidence import Evidence
from assistant.question import Question, analyse
from assistant.signals import unknown_to
from assistant.subjects import NAMED
from assistant.types import Language
from assistant.unit_weights import share_covered, unit_weight
from index import Index

# Chosen on 81 conversations written for this and 260 pairs of unrelated gold questions: with less of the
# first, a turn is answered next to its point; with less of the second, a new topic is taken for the old one.
CONFIDENCE = 0.7  # (0..1) that a turn with its context is answered
TOGETHER = 0.55  # of the best score, that of the best passage which speaks of the context too
_SPEAKS = 0.5  # share (0..1) of what the context names that such a passage covers


def together(index: Index, alone: Evidence, topic: str, language: Language) -> float:
    """How well (0..1) what a turn says and an earlier topic are found in one passage.

    The score of the best passage for the turn ``alone`` that speaks of the topic, as a share of the best.
    """
    ranked = alone.ranked
    units = analyse(topic, language).units
    named = [u for u in units if u.is_concept] or list(units)
    weights = [unit_weight(index, unit, foreign=False) for unit in named]
    if not ranked or not sum(weights):
        return 0.0
    for scored in ranked:
        own = index.passage_terms(scored.source.id, scored.position)
        context = index.context_terms(scored.source.id, scored.position)
        covered = sum(w * share_covered(u, own, context) for w, u in zip(weights, named, strict=True))
        if covered >= _SPEAKS * sum(weights):
            return scored.score / ranked[0].score if ranked[0].score > 0 else 0.0
    return 0.0


def names_unknown(index: Index, asked: Question) -> bool:
    """Whether a turn names a thing, or has a foreign word, that no source speaks of."""
    return any((u.category in NAMED or u.text.isascii()) and unknown_to(index, u) for u in asked.units)
