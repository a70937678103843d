"""English words without the endings that inflection adds; enough for one field's vocabulary."""

from __future__ import annotations

_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""))
# An s that is no ending: class, virus, diagnosis.
_KEPT = ("ss", "us", "is")
_SHORTEST = 4  # letters that must be left: "need" and "being" have no ending


def stem(word: str) -> str:
    """The stem that the forms of a lower-case word share; it need not be a word itself.

    >>> stem("relapse"), stem("relapsed"), stem("relapsing")
    ('relaps', 'relaps', 'relaps')
    """
    word = word.removesuffix("'s")
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST and not word.endswith(_KEPT):
            word = word[: -len(ending)] + instead
            break
    # "relapsed" loses its e with the ending, so "relapse" has to lose it too.
    return word.removesuffix("e") if len(word) > _SHORTEST else word
