"""One answer told to a patient: how a sentence is written, and which of its words are already explained."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from assistant.plain.notes import Notes
from assistant.plain.own_notes import OwnNote, own_notes, without
from assistant.plain.wording import wording
from assistant.plain.writer import plainly
from assistant.types import Language
from assistant.verification import verify


@dataclass(slots=True)
class Patient:
    """The reader of one answer, who has read the ``earlier`` ones of the conversation.

    ``topic`` is the run-in heading that the answer stands under, ``met`` are concepts that a source has
    explained itself.
    """

    language: Language
    earlier: str = ""
    topic: str = ""
    met: set[str] = field(default_factory=set)
    notes: Notes = field(init=False)

    def __post_init__(self) -> None:
        self.notes = Notes(self.language, self.earlier)

    def once(self, text: str) -> str:
        """``text`` of an edition for patients without its explanations of what is explained already."""
        clear = without(text, self._is_needless)
        self.met |= {note.mention.concept for note in own_notes(clear)}
        return clear

    def _is_needless(self, note: OwnNote) -> bool:
        concept = note.mention.concept
        if concept in self.met or concept in self.notes.told:
            return True
        # In plain words the term may be its own explanation.
        plain = wording()[self.language].apply(note.mention.text)
        return (self.language == "zh" and set(note.meaning) <= set(plain)) or plain in note.meaning

    def sentences(
        self, text: str, language: str, quote: str, context: str = "", marks: tuple[int, ...] = ()
    ) -> tuple[str, ...]:
        """``text`` as short, plain sentences that ``quote`` supports.

        ``language`` is that of the source; ``context`` and ``marks`` are those of ``verify``.
        """
        # A Chinese quotation is rendered for an English reader, not reworded.
        if language == "zh" and self.language == "en":
            return (text,)
        return _written(text, "zh" if language == "zh" else "en", quote, context, marks)

    def heading(self, text: str, language: str) -> str:
        """A lead-in or caption in plain words, where they say the same."""
        return "".join(self.sentences(text, language, text))

    def erratum(self, right: str) -> str:
        """What is right in place of an error, in plain words and explained."""
        plain = self.heading(right, self.language)
        return f"{plain}{self.notes.beside(plain, every=True)}"


@lru_cache(maxsize=2048)  # the same for every question that cites the passage
def _written(
    text: str, language: Language, quote: str, context: str, marks: tuple[int, ...]
) -> tuple[str, ...]:
    return plainly(text, language, lambda plain: verify(plain, [quote], context, marks).supported)
