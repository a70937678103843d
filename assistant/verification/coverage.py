"""How much of a sentence's wording the evidence has: a guard against additions."""

from __future__ import annotations

from assistant.verification.additions import additions, dictionary_words, plain_places
from assistant.verification.atoms import Frame
from assistant.verification.concepts import satisfied
from assistant.verification.evidence import Evidence, general_words
from assistant.verification.translation import is_translated
from assistant.verification.types import Problem
from assistant.verification.vocabulary import general
from assistant.verification.words import content_spans, light
from ingest.folding import is_chinese

# Least share (0..1) of the wording that the evidence must have: of the sentence, of any one clause.
# Between languages only words of the two vocabularies can be recognised, so less is asked for.
_SAME, _SAME_CLAUSE = 0.6, 0.34
_OTHER, _OTHER_CLAUSE = 0.45, 0.25
# A clause with less wording than this (in Chinese characters; an English word counts for two) is no addition.
_SMALL = 4
# Categories whose concepts put near things together (腰椎 with 胸椎): right for a search and between
# languages, wrong for two texts of one language.
_NOT_ONE_THING = frozenset({"anatomy", "drug", "drug_class", "organism", "country", "disease"})


def uncovered(sentence: Frame, evidence: Evidence) -> list[Problem]:
    """A problem for the sentence, or for each clause, whose wording the evidence lacks."""
    known = _known(sentence, evidence)
    found = _lacking(sentence, evidence, known)
    if found:
        # The table of general words is asked last: it takes longest, and most sentences do without.
        _cover_general(sentence, evidence, known)
        found = _lacking(sentence, evidence, known)
    return found


def _lacking(sentence: Frame, evidence: Evidence, known: bytearray) -> list[Problem]:
    same = evidence.shares_language(sentence)
    neutral = plain_places(sentence, known)
    clauses: list[tuple[int, int, str]] = []
    for clause in sentence.clauses:
        end = min(clause.end, len(sentence.lower))
        weight, had = _weigh(sentence, known, neutral, clause.start, end)
        clauses.append((weight, had, sentence.text[clause.start : end].strip(" ,;。.")))
    total, had = sum(c[0] for c in clauses), sum(c[1] for c in clauses)
    if total and had < total * (_SAME if same else _OTHER):
        return [Problem("coverage", sentence.text, "")]
    least = _SAME_CLAUSE if same else _OTHER_CLAUSE
    lacking = [Problem("coverage", text, "") for w, h, text in clauses if w >= _SMALL and h < w * least]
    return lacking or additions(sentence, known)


def _known(sentence: Frame, evidence: Evidence) -> bytearray:
    known = bytearray(len(sentence.lower))

    def cover(start: int, end: int) -> None:
        known[start:end] = b"\1" * (end - start)

    for atom in sentence.atoms:
        if atom.kind == "concept":
            covered = satisfied(sentence, atom, evidence)
        elif atom.kind in ("marker", "term"):
            covered = bool(atom.values & evidence.values)
        else:
            covered = True
        if covered:
            cover(atom.start, atom.end)
    for word, start, end in content_spans(sentence.lower, 0, len(sentence.lower)):
        if word in evidence.words:
            cover(start, end)
    if not evidence.shares_language(sentence):
        for word, start, end in dictionary_words(sentence.lower):
            if not known[start] and is_translated(word, evidence.words, evidence.written):
                cover(start, end)
    return known


def _cover_general(sentence: Frame, evidence: Evidence, known: bytearray) -> None:
    there = frozenset(c for f in evidence.frames for c in general_words(f.text))
    kept = _NOT_ONE_THING if evidence.shares_language(sentence) else frozenset()
    for mention in general().mentions(sentence.text):
        if mention.concept in there and general().concepts[mention.concept].category not in kept:
            known[mention.start : mention.end] = b"\1" * (mention.end - mention.start)


def _weigh(sentence: Frame, known: bytearray, neutral: bytearray, start: int, end: int) -> tuple[int, int]:
    """(wording, wording known) of a stretch of the sentence, plain words aside."""
    total = had = 0
    for position in range(start, end):
        char = sentence.lower[position]
        if is_chinese(char) and (known[position] or not (light(char) or neutral[position])):
            total += 1
            had += known[position]
    for _, at, stop in content_spans(sentence.lower, start, end):
        if not is_chinese(sentence.lower[at]) and not neutral[at]:
            total += 2
            had += 2 * (sum(known[at:stop]) * 2 > stop - at)
    return total, had
