"""What ``ask --trace`` prints: the passages that were weighed, and what a language model did."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.language_model.trace import ModelTrace
from assistant.types import Answer


def trace_lines(answer: Answer) -> Iterator[str]:
    """The lines; passages that were used are marked by "*"."""
    for weighed in answer.considered:
        mark = "*" if weighed.used else " "
        yield f"{mark} {weighed.score:.3f} {' / '.join(weighed.section_path)}: {weighed.text}"
    if answer.model:
        yield from _model(answer.model)


def _model(trace: ModelTrace) -> Iterator[str]:
    yield f"model {trace.name}: {'used' if trace.used else f'not used ({trace.reason})'}, kept {trace.kept}"
    for call in trace.calls:
        about = "" if call.counted else "about "
        yield (
            f"  call {call.purpose} {call.prompt}: {call.outcome}, {about}{call.tokens_in} tokens in,"
            f" {call.tokens_out} out, {call.ms:.0f} ms, attempt {call.attempts}"
        )
    for dropped in trace.dropped:
        markers = "".join(f"[{n}]" for n in dropped.citations)
        outcome = f"replaced by the {dropped.replaced}" if dropped.replaced else "dropped"
        detail = f" ({dropped.detail})" if dropped.detail else ""
        yield f"  {outcome}, {dropped.reason}{detail}: {dropped.text}{markers}"
