"""Reports of calls to LangSmith or OpenTelemetry: only where the user has turned one of them on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Literal

from assistant.language_model.problems import SettingsProblem

Where = Literal["off", "langsmith", "opentelemetry"]


def check_tracing(where: Where) -> None:
    """Raise ``SettingsProblem`` where ``where`` needs a package that is not installed."""
    if where == "opentelemetry" and not _has_opentelemetry():
        raise SettingsProblem(
            "MYELOMA_LLM_TRACING=opentelemetry: the package is not installed; pip install opentelemetry-sdk"
        )


def _has_opentelemetry() -> bool:
    try:
        return find_spec("opentelemetry.trace") is not None
    except ModuleNotFoundError:  # not even the namespace above it
        return False


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
        from opentelemetry import trace

        # The names of the "gen_ai" semantic conventions; no text of question or answer.
        provider, _, name = model.partition(":")
        with trace.get_tracer("myeloma-assistant").start_as_current_span(f"chat {name}") as span:
            span.set_attribute("gen_ai.operation.name", "chat")
            span.set_attribute("gen_ai.provider.name", provider)
            span.set_attribute("gen_ai.request.model", name)
            yield
