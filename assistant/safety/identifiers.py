"""Personal identifiers are taken out of a message before anything else sees it.

    >>> mask("张三，电话13800138000，β2微球蛋白 5.5 mg/L").text
    '张三，电话［手机号］，β2微球蛋白 5.5 mg/L'

What is masked, and what never is, stands in ``data/identifiers.toml``. Everything else in the message
stays as it was typed, character for character.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.safety.identifier_checks import CHECKS
from assistant.safety.identifier_kinds import Kind, kinds, patterns_of, protected
from ingest.folding import chinese_share, folded_text, is_chinese

_LETTERS = ("甲乙丙丁56789", "ABCD56789")  # as the staging reader tells patients apart
_TITLED = re.compile("［患者([甲乙丙丁5-9])］|\\[patient ([A-D5-9])\\]")
_TITLE = 2  # characters of a title behind a name: Mr Li and Ms Li are two
_CHINESE = 0.1  # share of Chinese letters above which placeholders are Chinese
_HYPHENS = dict.fromkeys("‐‑‒–—−－﹣", "-")


@dataclass(frozen=True, slots=True)
class Span:
    """An identifier at ``start:end`` of the message as typed; ``kind`` as in the data file."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A message without its identifiers. Its truth value: something was masked."""

    text: str
    spans: tuple[Span, ...]

    def __bool__(self) -> bool:
        return bool(self.spans)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(span.kind for span in self.spans)


def mask(text: str) -> Masked:
    """Put a readable placeholder in the place of every personal identifier."""
    masked, *_ = mask_all([text])
    return masked


def mask_all(turns: list[str]) -> list[Masked]:
    """Mask the turns of one conversation: the same name and title is the same patient in all of them."""
    taken = {a or b for turn in turns for a, b in _TITLED.findall(turn)}
    named: dict[str, int] = {}
    return [_mask(turn, named, len(taken)) for turn in turns]


def without_placeholders(text: str) -> str:
    """The text with its placeholders left out: they say nothing of what is asked."""
    return _placeholders().sub(" ", text) if has_placeholders(text) else text


def has_placeholders(text: str) -> bool:
    """Whether something in a text was masked."""
    return ("［" in text or "[" in text) and _placeholders().search(text) is not None


@cache
def _placeholders() -> re.Pattern[str]:
    labels = [(f"［{k.zh}］", f"[{k.en}]") for k in kinds()]
    written = {re.escape(w).replace(r"\{letter\}", "[甲乙丙丁A-D5-9]") for pair in labels for w in pair}
    return re.compile("|".join(sorted(written)))


class _Holds(Exception):
    """A text with identifiers in it: its view, where each character of that stands, and what was found."""

    def __init__(self, view: str, offsets: tuple[int, ...], found: list[tuple[Kind, int, int]]) -> None:
        super().__init__()
        self.view, self.offsets, self.found = view, offsets, found


@lru_cache(maxsize=2048)  # all turns of a conversation are masked again with each question
def _refuse_identifiers(text: str) -> None:
    """Raises ``_Holds``, which is not remembered: no text that holds an identifier stays in memory."""
    view, offsets = _view(text)
    if found := _find(view):
        raise _Holds(view, offsets, found)


def _mask(text: str, named: dict[str, int], taken: int) -> Masked:
    try:
        _refuse_identifiers(text)
    except _Holds as held:
        return _masked(text, held.view, held.offsets, held.found, named, taken)
    return Masked(text, ())


def _masked(
    text: str, view: str, offsets: tuple[int, ...], found: list[tuple[Kind, int, int]],
    named: dict[str, int], taken: int,
) -> Masked:
    chinese = chinese_share(text) > _CHINESE
    parts: list[str] = []
    spans: list[Span] = []
    cursor = 0
    for kind, start, end in found:
        first, last = offsets[start], offsets[end - 1] + 1
        letter = ""
        if "{letter}" in kind.zh:
            position = named.setdefault(view[start : end + _TITLE], taken + len(named))
            letter = _LETTERS[0 if chinese else 1][min(position, len(_LETTERS[0]) - 1)]
        label = (kind.zh if chinese else kind.en).format(letter=letter)
        parts += [text[cursor:first], f"［{label}］" if chinese else f"[{label}]"]
        spans.append(Span(kind.name, first, last))
        cursor = last
    return Masked("".join([*parts, text[cursor:]]), tuple(spans))


def _find(view: str) -> list[tuple[Kind, int, int]]:
    """Identifiers in a view, in order; where two overlap the kind that comes first has it."""
    closed = [m.span() for m in protected().finditer(view)]
    found: list[tuple[Kind, int, int]] = []
    for kind in kinds():
        for pattern in patterns_of(kind) if kind.needs.search(view) else ():
            match = pattern.search(view)
            while match:
                start, end = _trimmed(view, *match.span("v"))
                free = not any(start < b and a < end for a, b in closed)
                if free and start < end and CHECKS[kind.check](view, start, end):
                    found.append((kind, start, end))
                    closed.append((start, end))
                    match = pattern.search(view, end)
                else:  # what is no identifier may hold the beginning of one: "和李女士"
                    match = pattern.search(view, match.start("v") + 1)
    return sorted(found, key=lambda f: f[1])


def _trimmed(view: str, start: int, end: int) -> tuple[int, int]:
    while end > start and view[end - 1] in " \t-.,;(":
        end -= 1
    return start, end


def _view(text: str) -> tuple[str, tuple[int, ...]]:
    """The text in NFKC with simplified Chinese, and where each of its characters stands in the text.

    White space stays, for a name ends there; invisible characters go; circled numbers are no digits.
    """
    if text.isascii():
        return text, tuple(range(len(text)))
    chars: list[str] = []
    offsets: list[int] = []
    for position, char in enumerate(text):
        if char.isascii():
            seen = char
        elif is_chinese(char):
            seen = folded_text(char)
        elif "①" <= char <= "⓿" or "❶" <= char <= "➓":
            seen = ";"
        elif unicodedata.category(char) in ("Cf", "Cs") or "\ufe00" <= char <= "\ufe0f":
            continue
        else:
            seen = _HYPHENS.get(char) or unicodedata.normalize("NFKC", char)
        chars += seen
        offsets += [position] * len(seen)
    return "".join(chars), tuple(offsets)
