"""An answer in the making: what a model's claims have become so far, and what they cite."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from assistant.language_model.checking import Checked
from assistant.language_model.claims import Claim
from assistant.language_model.exchange import Message
from assistant.language_model.layout import Layout, Shown
from assistant.language_model.trace import Dropped
from assistant.selection import Group
from assistant.staging.result import StagingResult
from assistant.types import ToolCall


@dataclass(slots=True)
class Draft:
    """What has become of the model's claims so far."""

    layout: Layout
    shown: list[Shown] = field(default_factory=list)
    failed: list[tuple[Claim, Dropped]] = field(default_factory=list)
    waiting: list[Claim] = field(default_factory=list)  # without a marker: they may share the next one
    last: tuple[int, tuple[int, ...]] = (0, ())  # block and markers of the claim before
    latest: Claim | None = None
    texts: set[str] = field(default_factory=set)  # what was said: nothing is said twice
    results: list[StagingResult] = field(default_factory=list)
    tool_calls: list[ToolCall] = field(default_factory=list)
    checks_ms: list[float] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)  # the system's and the user's
    personal: bool = False  # whether the user gave values of a patient
    quoted: int = 0  # how many of what is shown are the source's own words

    def judged(self, claim: Claim, markers: Sequence[int], checked: Checked) -> None:
        """Take a claim in that was checked against the passages of ``markers``."""
        if checked.ms:
            self.checks_ms.append(checked.ms)
        if checked.reason is None:
            self.shown.append(shown_as(claim, checked))
            return
        reason = checked.reason if claim.markers or not markers else "uncited"
        self.failed.append((claim, Dropped(claim.text, claim.markers, reason, checked.detail)))

    def unsent(self) -> Generator[str, None, None]:
        """The Markdown of what stands and was not sent yet."""
        for shown in self.shown[len(self.layout.page.sentences) :]:
            yield self.layout.add(shown)

    def restart(self, layout: Layout) -> None:
        """Forget what was said: it was only thought."""
        self.shown.clear()
        self.failed.clear()
        self.waiting.clear()
        self.texts.clear()
        self.layout = layout


def shown_as(claim: Claim, checked: Checked) -> Shown:
    """A claim that stands, with what it cites."""
    return Shown(claim, claim.text, checked.cited, checked.lead)


def groups_of(shown: Sequence[Shown]) -> tuple[Group, ...]:
    """The passages that are cited, as an extractive answer would show them."""
    kinds = {"item": "list", "row": "table", "footnote": "table"}
    cited = dict.fromkeys((n.source.id, n.position) for s in shown for n in s.cited)
    sources = {n.source.id: n.source for s in shown for n in s.cited}
    return tuple(
        Group(sources[id_], kinds.get(sources[id_].passages[i].kind, "sentences"), (i,)) for id_, i in cited
    )
