"""A verified sentence of the clinician's answer in the patient's words, or as much of that as stands."""

from __future__ import annotations

from collections.abc import Callable

from assistant.plain.brackets import uncluttered
from assistant.plain.clauses import short_sentences
from assistant.plain.english import short_english
from assistant.plain.faithful import keeps
from assistant.plain.lists import names_apart
from assistant.plain.wording import wording
from assistant.types import Language

Stands = Callable[[str], bool]
"""Whether the cited passage supports a text."""


def plainly(text: str, language: Language, stands: Stands) -> tuple[str, ...]:
    """``text``, in ``language``, as short sentences in plain words; each of them stands.

    What does not stand is taken back step by step: the words of one sentence, then the cuts, then
    the brackets left out; in the end the text stays as it was.

    >>> plainly("这些患者可有溶骨性病变和高钙血症；他们的肾功能正常。", "zh", lambda _: True)
    ('这些患者可有骨头被破坏的地方和血钙过高。', '他们的肾功能正常。')
    """
    for whole in dict.fromkeys((uncluttered(text), text)):
        for pieces in _cuts(whole, language):
            plain = tuple(wording()[language].apply(piece) for piece in pieces)
            if plain == (text,) or _stand(plain, whole, stands):
                return plain
            if pieces == (text,) or _stand(pieces, whole, stands):
                return tuple(_reworded(piece, language, stands) for piece in pieces)
    return (text,)


def _cuts(text: str, language: Language) -> dict[tuple[str, ...], None]:
    """Ways to cut a text, the shortest sentences first."""
    if language == "en":
        return dict.fromkeys((short_english(text), (text,)))
    short = short_sentences(text)
    apart = tuple(piece for sentence in short for piece in names_apart(sentence))
    return dict.fromkeys((apart, short, names_apart(text), (text,)))


def _stand(pieces: tuple[str, ...], clear: str, stands: Stands) -> bool:
    whole = "".join(pieces)
    return keeps(clear, whole) and all(map(stands, pieces)) and (len(pieces) == 1 or stands(whole))


def _reworded(piece: str, language: Language, stands: Stands) -> str:
    plain = wording()[language].apply(piece)
    return plain if plain != piece and keeps(piece, plain) and stands(plain) else piece
