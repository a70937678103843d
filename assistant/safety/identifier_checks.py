"""What a candidate has to pass before it counts as an identifier.

Each check takes the text and the candidate's span in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from assistant.safety.identifier_kinds import names
from index.analysis import tagged_words
from ingest.folding import is_chinese
from ingest.terminology import default_terminology

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_CHECK_DIGITS = "10X98765432"
_REGIONS = (  # provinces, GB/T 2260
    (11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83), (91, 91),
)  # fmt: skip
_NAME = "nr"  # the segmenter's tag of a person's name
_TIME = "t"
_AROUND = 4  # characters before and behind a name that show where words begin


def check_digit_18(number: str) -> str:
    """The last character that the first 17 digits of a resident identity number call for."""
    return _CHECK_DIGITS[sum(w * int(d) for w, d in zip(_WEIGHTS, number, strict=False)) % 11]


def luhn(digits: str) -> bool:
    """Whether the last digit of a card number fits the others."""
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


def _bare(text: str) -> str:
    return re.sub(r"[\s-]", "", text).upper()


def _is_region(number: str) -> bool:
    return any(first <= int(number[:2]) <= last for first, last in _REGIONS)


def _is_date(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) <= date.today()
    except ValueError:
        return False


def _resident_18(text: str, start: int, end: int) -> bool:
    """A mistyped number is one all the same: the check digit or the date of birth has to be right."""
    number = _bare(text[start:end])
    if not _is_region(number):
        return False
    return _is_date(number[6:14]) or check_digit_18(number) == number[17]


def _resident_15(text: str, start: int, end: int) -> bool:
    number = _bare(text[start:end])
    return _is_region(number) and _is_date("19" + number[6:12])


def _luhn(text: str, start: int, end: int) -> bool:
    return luhn(_bare(text[start:end]))


def _known(candidate: str) -> bool:
    """Whether the field has a word in it: "高血压", "Bence Jones"."""
    return any(m.end - m.start > 1 for m in default_terminology().mentions(candidate))


def _of_term(text: str, start: int, end: int) -> bool:
    """Whether a term of the field has a part of the span: "沙福" in "普乐沙福"."""
    found = default_terminology().mentions(text)
    return any(m.end - m.start > 1 and m.start < end and start < m.end for m in found)


def _surname(candidate: str) -> bool:
    return candidate[0] in names().surnames or candidate[:2] in names().surnames


def _titled(text: str, start: int, end: int) -> bool:
    """A name before a title: "张先生", but not "如何先生" nor "主治医生"."""
    candidate = text[start:end]
    if not is_chinese(candidate[0]):
        return not _known(candidate)
    if not _surname(candidate):
        return False
    around = text[max(0, start - 2) : start + 2]
    if any(word in around or word in candidate for word in names().not_before):
        return False
    if len(candidate) == 1:
        # A surname alone stands apart from what goes before, or behind a word that leads to a person.
        before = text[max(0, start - 1) : start]
        free = not is_chinese(before) or before in "是叫找问的请跟和给让由者属人说对为与位床老小到见去爱看听"
        return candidate not in names().words and free
    return _plausible(text, start, end) and not any(c in names().no_given for c in candidate[1:])


def _labelled(text: str, start: int, end: int) -> bool:
    candidate = text[start:end]
    return not names().not_names.search(candidate) and (candidate.isascii() or not _known(candidate))


def _surnamed(text: str, start: int, end: int) -> bool:
    return _surname(text[start:end]) and _labelled(text, start, end)


def _wordless(text: str, start: int, end: int) -> bool:
    """A name of another language in Chinese characters: it spells no word, unlike "她叫医生来看"."""
    candidate = text[start:end]
    if names().not_names.search(candidate) or _known(candidate):
        return False
    if any(c in names().no_given for c in candidate):
        return False
    return all(len(word) == 1 or tag.startswith(_NAME) for word, tag in tagged_words(candidate))


def _person(text: str, start: int, end: int) -> bool:
    """What the segmenter itself takes for a name: the words around promise none."""
    candidate = text[start:end]
    if not _surname(candidate) or _known(candidate) or names().not_names.search(candidate):
        return False
    (first, tag), *rest = tagged_words(candidate)
    return tag.startswith(_NAME) and (not rest or len(first) > 1)


def _plausible(text: str, start: int, end: int) -> bool:
    """A surname and a given name that make no word of the language or the field: not "高血压"."""
    candidate = text[start:end]
    if (
        not _surname(candidate)
        or candidate[0] in names().words
        or any(c in names().no_given for c in candidate[1:])
    ):
        return False
    if _known(candidate) or names().not_names.search(candidate):
        return False
    first, tag = tagged_words(candidate)[0]
    return tag.startswith(_NAME) or len(first) == 1


def _free(text: str, start: int, end: int) -> bool:
    """A name that nothing announces: it spells no word of the language or the field, nor half of one."""
    candidate = text[start:end]
    if any(word in candidate for word in names().not_free) or names().not_names.search(candidate):
        return False
    around = text[max(0, start - _AROUND) : end + _AROUND]
    if _of_term(around, min(start, _AROUND), min(start, _AROUND) + len(candidate)):
        return False
    position = 0
    for word, tag in tagged_words(text[start : end + _AROUND]):
        if position == 0 and len(word) > 1 and not tag.startswith(_NAME) and word[:2] not in names().surnames:
            return False  # 颜色 in "颜色正常"
        if position < len(candidate) < position + len(word) and tag == _TIME:
            return False  # 明天 in "李强明天来": the name is shorter
        position += len(word)
    return True


def _among(text: str, start: int, end: int) -> bool:
    """The same within a clause, where a word has to begin."""
    position = max(0, start - _AROUND)
    for word, _ in tagged_words(text[position : end + _AROUND]):
        if position >= start:
            break
        position += len(word)
    return position == start and _free(text, start, end)


def _latin(text: str, start: int, end: int) -> bool:
    candidate = text[start:end]
    return not _known(candidate) and not re.search(
        r"\b(?:not|the|stage|myeloma|worried|afraid|looking|trying|from|with|here|sorry|disease|education|information|safety)\b",
        candidate,
        re.IGNORECASE,
    )


def _first_alone(text: str, start: int, end: int) -> bool:
    return text[start:end] in names().first


def _first(text: str, start: int, end: int) -> bool:
    """A first name and a surname: "Susan Whitaker", but not "Mayo Clinic"."""
    first = re.split(r"[ -]", text[start:end])[0]
    return first in names().first | names().first_with and _latin(text, start, end)


def _any(_text: str, _start: int, _end: int) -> bool:
    return True


CHECKS: Mapping[str, Callable[[str, int, int], bool]] = {
    "any": _any,
    "resident_18": _resident_18,
    "resident_15": _resident_15,
    "luhn": _luhn,
    "titled": _titled,
    "labelled": _labelled,
    "surnamed": _surnamed,
    "person": _person,
    "wordless": _wordless,
    "plausible": _plausible,
    "free": _free,
    "among": _among,
    "latin": _latin,
    "first": _first,
    "first_alone": _first_alone,
}
