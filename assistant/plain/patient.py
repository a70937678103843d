"""One answer told to a patient: which words of it are already explained, and how a sentence is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.plain.notes import Notes
from assistant.plain.writer import Stands, plainly
from assistant.types import Language
from assistant.verification import verify


@dataclass(slots=True)
class Patient:
    """The reader of one answer; ``topic`` is the run-in heading that the answer stands under."""

    language: Language
    topic: str = ""
    notes: Notes = field(init=False)

    def __post_init__(self) -> None:
        self.notes = Notes(self.language)

    def sentences(self, text: str, language: str, stands: Stands) -> tuple[str, ...]:
        """``text`` of a source in ``language`` as short, plain sentences that stand."""
        # A Chinese quotation is rendered for an English reader, not reworded.
        if language != "zh":
            return plainly(text, "en", stands)
        return plainly(text, "zh", stands) if self.language == "zh" else (text,)

    def heading(self, text: str, language: str) -> str:
        """A lead-in or caption in plain words, where they say the same."""
        return "".join(self.sentences(text, language, lambda plain: verify(plain, [text]).supported))

    def erratum(self, right: str) -> str:
        """What is right in place of an error, in plain words and explained."""
        plain = self.heading(right, self.language)
        return f"{plain}{self.notes.beside(plain)}"
