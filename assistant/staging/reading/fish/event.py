"""A lesion as it stands in a FISH report, and what its figures say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.staging.findings import State
from assistant.staging.reading.fish.tokens import Token
from assistant.staging.reading.lexicon import Name

_SYMBOL = re.compile(r"\s*(?:del\b[^e].*|del\(.*|t\s?[(（].*[^位]|.*[-－]|[-－]17p.*)\s*", re.IGNORECASE)
_FUSION = re.compile(r"融合|fusion|::", re.IGNORECASE)
LOWEST_CUTOFF, HIGHEST_CUTOFF = Decimal(8), Decimal(20)
"""Percent of cells: laboratories call a lesion from 8 to 20 % on."""


@dataclass(slots=True)
class Event:
    """A lesion as it stands in the text. ``unclear``: what is said of it can be read in two ways."""

    lesion: str
    name: Name
    text: str
    abnormal: bool  # its form says that the lesion is there
    state: State | None = None
    tentative: bool = False  # a negation reached it over a comma
    percent: Decimal | None = None
    cutoff: Decimal | None = None
    copies: int | None = None
    unclear: bool = False
    assumed: bool = False  # present by its form alone
    judged: bool = False  # a word says it
    by: Token | None = None  # this one
    reached: bool = False  # by a negation that stands before another lesion of its list
    seen: bool = False  # right behind "found", or followed by it
    hinted: bool = False  # right behind "提示", which a verdict behind its list may take back
    joined: bool = False  # right behind "合并", which one in the cell of another lesion does not
    told: bool = False  # right behind a word such as "found"
    alone: bool = False  # behind "only": "only 1q+, del(17p) negative"
    doubted: bool = False  # behind a negation with unknown words between

    @property
    def symbol(self) -> bool:
        """Written as a symbol, "del(17p)" or "17p-", which names the probe as often as the finding."""
        return self.abnormal and _SYMBOL.fullmatch(self.text) is not None

    @property
    def fusion(self) -> bool:
        """Named as a fusion of two genes: what a share of cells has, though the probe has that name too."""
        return _FUSION.search(self.text) is not None

    def compare(self, cutoff: Decimal | None) -> None:
        """Below the laboratory's own cut-off is negative, above it positive.

        Where a word says otherwise, only the writer knows.
        """
        cutoff = self.cutoff if self.cutoff is not None else cutoff
        if cutoff is None or self.percent is None or self.percent == cutoff:
            # "17p缺失（阈值10%）", or just at the cut-off: whether it counts, only the writer knows.
            at_limit = self.percent is not None and self.percent == cutoff
            self.unclear |= not self.judged and (at_limit or (self.assumed and self.cutoff is not None))
            return
        told: State = "present" if self.percent > cutoff else "absent"
        if self.judged and self.state != told:
            self.unclear = self.unclear or self.state != "unknown"
        else:
            self.state, self.assumed, self.tentative, self.unclear = told, False, False, False

    def settle(self) -> None:
        """Copies or a percentage say what no word says; a few percent of cells say nothing."""
        if self.state is not None and not self.tentative:
            return
        if self.copies is not None and self.lesion == "1q+":
            self.state = "present" if self.copies > 2 else "absent"
            return
        named = self.abnormal or self.fusion
        if self.percent is not None and named and not 0 < self.percent < LOWEST_CUTOFF:
            self.state, self.tentative = "present" if self.percent else "absent", False
