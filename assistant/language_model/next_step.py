"""What whoever runs the program can do about a model that gave no answer; the reader is told only that."""

from __future__ import annotations

import re

from assistant.language_model.trace import ModelTrace

_KEY = "it did not accept the key; set MYELOMA_LLM_API_KEY"
_BY_STATUS = {
    400: "it did not accept the request; check MYELOMA_LLM, MYELOMA_LLM_CONTEXT and MYELOMA_LLM_OPTIONS",
    401: _KEY,
    403: _KEY,
    404: "it does not know the model or the address; check MYELOMA_LLM and MYELOMA_LLM_BASE_URL",
    413: "the request is too long for it; lower MYELOMA_LLM_CONTEXT",
    422: "it did not accept a parameter; check MYELOMA_LLM_OPTIONS, or set MYELOMA_LLM_TOOLS=false",
}
_SLOW = "raise MYELOMA_LLM_DEADLINE and MYELOMA_LLM_TIMEOUT, or name a faster model"
_BY_REASON = {
    "unreachable": "nothing answers there; check MYELOMA_LLM_BASE_URL and that the server runs",
    "rate limit": "it limits its use; try again later",
    "server error": "it failed; see the server's log",
    "deadline": f"it did not finish in time; {_SLOW}",
    "silence": f"it did not respond in time; {_SLOW}",
    "cut": "what came back was no whole answer; check that MYELOMA_LLM_BASE_URL names the API (often …/v1)",
    "refused": "it did not take the request; is the key set? MYELOMA_LLM_API_KEY",
}
_STATUS = re.compile(r"HTTP (\d{3})")


def next_step(trace: ModelTrace) -> str:
    """One line that names the model, what happened and the setting to look at; "" where none would help.

    >>> next_step(ModelTrace("openai:m", False, "unreachable"))
    'openai:m: nothing answers there; check MYELOMA_LLM_BASE_URL and that the server runs'
    """
    if trace.used or trace.reason not in _BY_REASON:
        return ""
    outcome = trace.calls[-1].outcome if trace.calls else ""
    status = int(match.group(1)) if (match := _STATUS.search(outcome)) else 0
    if 300 <= status < 400:
        step = "the address leads elsewhere; set MYELOMA_LLM_BASE_URL to where the API is"
    else:
        step = _BY_STATUS.get(status, _BY_REASON[trace.reason])
    return f"{trace.name}: {step}"
