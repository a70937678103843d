"""Rates: how many wrong sentences are refused, how many right ones are let pass."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from assistant.verification import verify
from ingest.references import cited_numbers
from tests.assistant.verification_cases import Case, Mutation, load, mutations

LANGUAGES = ("zh", "en")


@cache
def _wrong(language: str) -> tuple[Mutation, ...]:
    """Mutations of the evidence sentences and of the sentences that retell them, without repeats."""
    found: dict[tuple[str, str], Mutation] = {}
    for number, case in enumerate(load(language)):
        for text in (case.evidence, *case.faithful):
            for mutation in mutations(Case(language, text, case.context, ()), number):
                if mutation.sentence not in (case.evidence, *case.faithful):
                    kept = Mutation(mutation.kind, case, mutation.sentence)
                    found.setdefault((case.evidence, mutation.sentence), kept)
    return tuple(found.values())


def supports(case: Case, sentence: str) -> bool:
    """Whether the case's evidence supports a sentence; its marks cite, as in their documents."""
    return verify(sentence, [case.evidence], case.context, cited_numbers(case.evidence)).supported


def _passes(mutation: Mutation) -> bool:
    return supports(mutation.case, mutation.sentence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_sentences_are_refused(language: str) -> None:
    wrong = _wrong(language)
    passed = [m for m in wrong if _passes(m)]
    assert len(passed) <= 0.02 * len(wrong), "\n".join(f"{m.kind}: {m.sentence}" for m in passed)
    of_kind, passed_of_kind = Counter(m.kind for m in wrong), Counter(m.kind for m in passed)
    assert all(passed_of_kind[kind] <= 0.05 * count for kind, count in of_kind.items()), passed_of_kind


def test_there_are_enough_wrong_sentences() -> None:
    both = [m for language in LANGUAGES for m in _wrong(language)]
    assert len(both) >= 600
    assert set(Counter(m.kind for m in both)) == {
        "number",
        "unit",
        "comparator",
        "negation",
        "drug",
        "gene",
        "stage",
        "frequency",
        "direction",
    }


def test_false_sentences_are_refused() -> None:
    cases = [case for language in LANGUAGES for case in load(language)]
    false = [(case, sentence) for case in cases for sentence in case.false]
    passed = [s for c, s in false if supports(c, s)]
    assert len(false) >= 40
    assert len(passed) <= 0.02 * len(false), "\n".join(passed)


def test_right_sentences_pass() -> None:
    cases = [case for language in LANGUAGES for case in load(language)]
    retold = [(case, sentence) for case in cases for sentence in case.faithful]
    refused = [s for c, s in retold if not supports(c, s)]
    assert len(retold) >= 200
    assert len(refused) <= 0.02 * len(retold), "\n".join(refused)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_itself_passes(language: str) -> None:
    cases = load(language)
    assert len(cases) >= {"zh": 45, "en": 25}[language]
    assert [c.evidence for c in cases if not supports(c, c.evidence)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_about_something_else_is_refused(language: str) -> None:
    cases = load(language)
    pairs = zip(cases, cases[1:] + cases[:1], strict=True)
    assert [c.evidence for c, other in pairs if supports(other, c.evidence)] == []
