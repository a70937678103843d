"""Verified claims → the page: paragraphs and lists with markers, errata beside them."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.language_model.claims import Claim
from assistant.language_model.passages import Numbered
from assistant.markdown import escape
from assistant.page import Page, Presented
from assistant.plain.decisions import closing
from assistant.question import Question
from assistant.types import AnswerSentence, Audience
from ingest.types import Passage


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim that stands, with the passages that it cites; ``lead`` may stand above it."""

    claim: Claim
    text: str
    cited: tuple[Numbered, ...]
    lead: str = ""

    @property
    def _place(self) -> tuple[int, str]:
        return self.claim.block, self.lead


@dataclass(slots=True)
class Layout:
    """Writes claims out one by one; what each ``add`` returns, put together, is the text so far."""

    question: Question
    audience: Audience
    earlier: str = ""
    page: Page = field(init=False)
    _last: Shown | None = None
    _cited: list[Passage] = field(default_factory=list)
    _written: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page = Page.of(self.question, self.audience, self.earlier)

    def add(self, shown: Shown) -> str:
        """The Markdown that the claim adds."""
        piece = self._before(shown) + self._sentence(shown)
        self._last = shown
        self._written.append(piece)
        return piece

    def end(self) -> str:
        """The Markdown that closes the page."""
        piece = self._errata()
        if self.audience == "patient" and self.page.sentences:
            told = [sentence.text for sentence in self.page.sentences]
            line = closing(told[:1], told[1:], self.question.text, self.question.language)
            piece += f"\n\n{line}" if line else ""
        self._written.append(piece)
        return piece

    @property
    def presented(self) -> Presented:
        """The page as it is."""
        return self.page.presented("".join(self._written))

    def _before(self, shown: Shown) -> str:
        last = self._last
        if last is None:
            return self._opening(shown)
        if (last.claim.block, last.lead) != (shown.claim.block, shown.lead):
            return f"{self._errata()}\n\n{self._opening(shown)}"
        if last.claim.line != shown.claim.line:
            return "\n- " if shown.claim.item else "\n\n"
        return " " if self.question.language == "en" else ""

    def _opening(self, shown: Shown) -> str:
        colon = "：" if self.question.language == "zh" else ":"
        lead = f"{escape(shown.lead)}{colon}\n" if shown.lead else ""
        return f"{lead}- " if shown.claim.item else lead

    def _sentence(self, shown: Shown) -> str:
        markers = tuple(self.page.marker(n.source, n.passage) for n in shown.cited)
        self._cited += [n.passage for n in shown.cited]
        self.page.sentences.append(AnswerSentence(shown.text, markers, True))
        gap = " " if self.question.language == "en" else ""
        notes = self.page.patient.notes.beside(shown.text) if self.page.patient else ""
        return f"{escape(shown.text)}{gap}{''.join(f'[{m}]' for m in markers)}{escape(notes)}"

    def _errata(self) -> str:
        cited, self._cited = self._cited, []
        return "".join(f"\n\n{line}" for line in self.page.errata(cited))
