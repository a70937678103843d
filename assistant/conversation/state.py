"""What is kept of a conversation: typed, bounded, and plain JSON when stored."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass

from ingest.folding import chinese_share

TURNS = 6  # turns that are remembered
_LINES, _LINE = 40, 600  # lines of an answer that are remembered, characters of each
_HEAD = 24  # characters of the line that says the stage that the tool found
_STAGED = re.compile(r"(R2-ISS|R-ISS|ISS)\s*(?:stage )?(IV|I{1,3})(?:\s*期|\b)")

Span = tuple[str, int, int]
"""A passage: source id, start and end in the text of the source."""


class BadState(ValueError):
    """A stored conversation cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier turn: its standalone question, the lines of its answer, the passages that were shown.

    The question of a turn that was ``staged`` by the tool is the stage found, such as "R-ISS III期".
    """

    question: str
    lines: tuple[str, ...] = ()
    shown: tuple[Span, ...] = ()
    staged: bool = False

    @classmethod
    def of(cls, question: str, answer: str, shown: tuple[Span, ...] = ()) -> Past:
        """A turn as it is remembered."""
        lines = [line.strip()[:_LINE] for line in answer.splitlines() if line.strip()]
        # The tool's answer opens with the stage; a stage inside a quotation is not the patient's.
        head = lines[0].strip("*# ") if lines else ""
        staged = _STAGED.match(head) if len(head) <= _HEAD else None
        if staged:
            # The values have been read; what the conversation is about now is the stage.
            system, stage = staged.groups()
            question = f"{system} {stage}期" if chinese_share(answer) > 0 else f"{system} stage {stage}"
        return cls(question, tuple(lines[:_LINES]), shown, staged is not None)


@dataclass(frozen=True, slots=True)
class ConversationState:
    """The last ``TURNS`` turns, oldest first."""

    turns: tuple[Past, ...] = ()

    def then(self, past: Past) -> ConversationState:
        """The state after one more turn."""
        return ConversationState((*self.turns, past)[-TURNS:])

    @property
    def shown(self) -> frozenset[Span]:
        """Every remembered passage that was shown."""
        return frozenset(span for past in self.turns for span in past.shown)

    def to_json(self) -> str:
        """The state as one line of JSON."""
        return json.dumps({"turns": [asdict(past) for past in self.turns]}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> ConversationState:
        """The state that ``to_json`` wrote.

        Raises:
            BadState: the text is no such state.
        """
        try:
            turns = tuple(
                Past(
                    str(row["question"]),
                    tuple(str(line) for line in row["lines"]),
                    tuple((str(s), int(start), int(end)) for s, start, end in row["shown"]),
                    bool(row["staged"]),
                )
                for row in json.loads(text)["turns"]
            )
        except (ValueError, KeyError, TypeError) as error:
            raise BadState(f"no stored conversation: {type(error).__name__}: {error}") from error
        return cls(turns[-TURNS:])
