from __future__ import annotations

import pytest

from ingest.stemming import stem


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("relapse relapses relapsed relapsing", "relaps"),
        ("stage stages staged staging", "stag"),
        ("cause causes caused causing", "caus"),
        ("response responses", "respons"),
        ("disease diseases", "diseas"),
        ("reduce reduces reduced reducing", "reduc"),
        ("involve involves involved involving", "involv"),
        ("process processes processed processing", "process"),
        ("treat treats treated treating", "treat"),
        ("case cases", "case"),
        ("bone bones", "bone"),
        ("biopsy biopsies", "biopsy"),
        ("class classes", "class"),
        ("loss losses", "loss"),
        ("virus viruses", "virus"),
        ("degree degrees", "degre"),
        ("patient patients patient's", "patient"),
    ],
)
def test_forms_of_one_word_have_one_stem(forms: str, expected: str) -> None:
    assert {stem(form) for form in forms.split()} == {expected}


@pytest.mark.parametrize("word", ["need", "being", "diagnosis", "axis", "illness", "is", "red", "dose"])
def test_what_looks_like_an_ending_stays(word: str) -> None:
    assert stem(word) == word
