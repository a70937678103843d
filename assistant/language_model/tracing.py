"""Reports of calls to LangSmith or OpenTelemetry: only where the user has turned one of them on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

Where = Literal["off", "langsmith", "opentelemetry"]


@contextmanager
def traced(where: Where, model: str) -> Iterator[None]:
    """A call to ``model`` inside it is reported to ``where``.

    LangSmith's own variables, which another program may have set, do not count: a question about a patient
    leaves the machine by no door that was not opened here.
    """
    from langsmith.run_helpers import tracing_context

    with tracing_context(enabled=where == "langsmith"):
        if where != "opentelemetry":
            yield
            return
        try:
            from opentelemetry import trace
        except ImportError as error:
            raise ImportError("tracing needs opentelemetry-api; pip install opentelemetry-sdk") from error
        # The names of the "gen_ai" semantic conventions; no text of question or answer.
        provider, _, name = model.partition(":")
        with trace.get_tracer("myeloma-assistant").start_as_current_span(f"chat {name}") as span:
            span.set_attribute("gen_ai.operation.name", "chat")
            span.set_attribute("gen_ai.provider.name", provider)
            span.set_attribute("gen_ai.request.model", name)
            yield
