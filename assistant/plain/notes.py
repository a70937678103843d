"""Explanations of technical terms beside the sentence in which they first appear.

An explanation comes from the glossary, not from the source: it stands in brackets behind the
citation marker, outside of the verified sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.plain.glossary import entry_of
from assistant.plain.jargon import explained_there, terms, told_by_class
from assistant.types import Language
from ingest.folding import chinese_share
from ingest.terminology import Mention, default_terminology


@dataclass(slots=True)
class Notes:
    """What has been explained so far in one answer, and in the ``earlier`` ones of the conversation.

    ``most`` is how many explanations stand beside one text.
    """

    language: Language
    earlier: str = ""
    most: int = 3
    told: set[str] = field(default_factory=set)

    def beside(self, text: str, every: bool = False, more: int = 0) -> str:
        """The explanations that ``text`` needs, ``every`` one or ``most`` and ``more``, in brackets."""
        found = terms(text)
        most = self.most + more
        names: dict[str, list[str]] = {}
        for mention in found:
            if mention.concept in self.told:
                continue
            entry = entry_of(mention.concept, mention.text)
            if entry is None or told_by_class(text, mention, found) or explained_there(text, mention):
                self.told.add(mention.concept)
                continue
            meaning = entry.told(self.language)
            # What finds no room here is explained where it comes again.
            if self._was_told(meaning) or meaning in names or every or len(names) < most:
                self.told.add(mention.concept)
                if not self._was_told(meaning):
                    names.setdefault(meaning, []).append(self._named(mention))
        return self._written(names)

    def _named(self, mention: Mention) -> str:
        """As it is written, but an English reader is told the English name of what is written in Chinese."""
        if self.language == "zh" or not chinese_share(mention.text):
            return mention.text
        return default_terminology().concepts[mention.concept].en

    def _was_told(self, meaning: str) -> bool:
        colon = "：" if self.language == "zh" else ": "
        return f"{colon}{meaning}" in self.earlier

    def _written(self, names: dict[str, list[str]]) -> str:
        if not names:
            return ""
        comma, colon, stop = ("、", "：", "。") if self.language == "zh" else (", ", ": ", ". ")
        told = stop.join(f"{comma.join(forms)}{colon}{meaning}" for meaning, forms in names.items())
        return f"（{told}。）" if self.language == "zh" else f" ({told}.)"
