"""What a language model did for one answer: calls, what was kept, what was dropped and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Purpose = Literal["answer", "repair", "condense"]
Reason = Literal[
    "uncited", "marker", "unsupported", "wording", "stage", "language", "link", "empty", "instruction", "tool"
]
"""Why a sentence was dropped. ``uncited``: no marker; ``marker``: a passage that was not given;
``unsupported``: the verifier says so; ``wording``: it is verified, but too far from the words of its passages
to be sure of that; ``stage``: it gives the patient a stage that no tool found;
``language``: it is in another language; ``link``: an address or markup; ``instruction``: it speaks of
the prompt; ``tool``: it states a result that the tool did not give."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that was not shown. ``detail`` is the verifier's finding; ``replaced``: by what it was, a
    sentence of the "model" that stood, or the "source"'s own words."""

    text: str
    citations: tuple[int, ...]
    reason: Reason
    detail: str = ""
    replaced: Literal["", "model", "source"] = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the model. Tokens are the endpoint's own count where it gives one (``counted``), else
    an estimate; ``outcome``: "done" or why it failed; ``attempts`` counts retries too."""

    purpose: Purpose
    prompt: str
    tokens_in: int
    tokens_out: int
    counted: bool
    ms: float
    attempts: int
    outcome: str


@dataclass(frozen=True, slots=True)
class ModelTrace:
    """``name`` is "provider:model"; ``used``: the answer is the model's; ``reason``: why it is not, ""
    when it is; ``checks_ms``: what the verification of each sentence took."""

    name: str
    used: bool
    reason: str = ""
    calls: tuple[Call, ...] = ()
    kept: int = 0
    dropped: tuple[Dropped, ...] = ()
    checks_ms: tuple[float, ...] = field(default=(), compare=False)

    @property
    def prompts(self) -> tuple[str, ...]:
        """Name and version of every prompt that was sent."""
        return tuple(dict.fromkeys(call.prompt for call in self.calls))

    def to_record(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "name": self.name,
            "used": self.used,
            "reason": self.reason,
            "prompts": list(self.prompts),
            "kept": self.kept,
            "dropped": [
                {
                    "text": d.text,
                    "citations": list(d.citations),
                    "reason": d.reason,
                    "detail": d.detail,
                    "replaced": d.replaced,
                }
                for d in self.dropped
            ],
            "calls": [
                {
                    "purpose": c.purpose,
                    "prompt": c.prompt,
                    "tokens_in": c.tokens_in,
                    "tokens_out": c.tokens_out,
                    "counted": c.counted,
                    "ms": c.ms,
                    "attempts": c.attempts,
                    "outcome": c.outcome,
                }
                for c in self.calls
            ],
        }
