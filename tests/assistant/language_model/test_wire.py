"""Streams as endpoints really send them: what is well said is read in any form, the rest is not shown."""

from __future__ import annotations

import gzip
import json
from typing import Any

from assistant import Assistant
from tests.assistant.language_model.conftest import citing, number_of
from tests.assistant.language_model.test_behaviours import ZH
from tests.scripted_model import Reply, ScriptedModel

SAID = "硼替佐米经皮下注射，周围神经病变比静脉给药少见[{n}]。"


def _event(delta: dict[str, Any] | None = None, finish: str | None = None, **more: Any) -> bytes:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    event = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices}
    return f"data: {json.dumps(event | more, ensure_ascii=False)}\n\n".encode()


def _said(n: int) -> bytes:
    return _event({"content": SAID.format(n=n)})


DONE = b"data: [DONE]\n\n"
END = _event({}, "stop") + DONE
BAD = "硼替佐米可以治愈骨髓瘤[1]。"
USAGE = {"prompt_tokens": 7, "completion_tokens": 9, "total_tokens": 16}
FORMS: dict[str, Any] = {
    "characters cut between pieces": lambda n: [bytes([b]) for b in _said(n) + END],
    "comments and keep-alives": lambda n: [b": ping\n\n", _said(n), b":\n\n: x\n\n", END],
    "carriage returns": lambda n: [(_said(n) + END).replace(b"\n", b"\r\n")],
    "byte order mark": lambda n: [b"\xef\xbb\xbf: x\n\n", _said(n), END],
    "event and id lines": lambda n: [b"event: message\nid: 7\nretry: 10\n" + _said(n), END],
    "no DONE": lambda n: [_said(n), _event({}, "stop")],
    "usage at the end": lambda n: [_said(n), _event({}, "stop"), _event(usage=USAGE), DONE],
    "usage null": lambda n: [_event({"content": ""}, usage=None), _said(n), END],
    "role alone": lambda n: [_event({"role": "assistant", "content": None}), _said(n), END],
    "no choices first": lambda n: [_event(prompt_filter_results=[]), _said(n), END],
    "reasoning_content": lambda n: [_event({"reasoning_content": BAD}), _said(n), END],
    "reasoning": lambda n: [_event({"reasoning": BAD, "content": ""}), _said(n), END],
    "half a surrogate pair": lambda n: [
        _event({"content": "\\ud83d"}).replace(b"\\\\", b"\\"),
        _said(n),
        END,
    ],
    "controls": lambda n: [_event({"content": "\u0000\u202e\u200b"}), _said(n), END],
    "each piece so far": lambda n: [
        _event({"content": SAID.format(n=n)}),
        _event({"content": SAID.format(n=n)}),
        END,
    ],
    "finished twice": lambda n: [_said(n), _event({}, "stop"), _event({}, "stop"), DONE],
    "text behind the end": lambda n: [_said(n), END, _event({"content": BAD})],
    "a second choice": lambda n: [
        _said(n),
        _event({"content": BAD}).replace(b'"index": 0', b'"index": 1'),
        END,
    ],
    "no tool behind tool_calls": lambda n: [_said(n), _event({}, "tool_calls"), DONE],
    "nothing but choices": lambda n: [
        b'data: {"choices": [{"delta": {"content": "' + SAID.format(n=n).encode() + b'"}}]}\n\n',
        b'data: {"choices": [{"delta": {}, "finish_reason": "stop"}]}\n\n',
        DONE,
    ],
    "cut at the limit, told twice": lambda n: [
        _said(n),
        _event({"content": "硼替佐米是蛋白酶体"}),
        _event({}, "length"),
        _event({}, "length"),
        DONE,
    ],
    "gzip": lambda n: [gzip.compress(_said(n) + END)],
    "pings between": lambda n: [
        b'event: ping\ndata: {"type":"ping"}\n\n',
        _said(n),
        b"event: ping\ndata: {}\n\n",
        END,
    ],
    "no space, mark before data, DONE with a space and no line end": lambda n: [
        b"\xef\xbb\xbf"
        + (_event({"role": "assistant"}) + _said(n) + _event({}, "stop")).replace(b"data: ", b"data:")
        + b"data: [DONE] "
    ],
    "bare carriage returns": lambda n: [(_said(n) + END).replace(b"\n", b"\r")],
    "one event in two data lines": lambda n: [
        _said(n).replace(b'"choices"', b'\ndata: "choices"'),
        END,
    ],
    "two halves of a surrogate pair": lambda n: [
        _said(n),
        _event({"content": "~"}).replace(b"~", rb"\ud83d"),
        _event({"content": "~"}).replace(b"~", rb"\ude00"),
        END,
    ],
    "tag of thoughts in two pieces": lambda n: [
        _event({"content": "<th"}),
        _event({"content": f"ink>{BAD}</thi"}),
        _event({"content": "nk>"}),
        _said(n),
        _event({"content": "</s><|im_end|>"}),
        END,
    ],
    "repeated as a message": lambda n: [
        _said(n),
        _event({}, "stop", message={"role": "assistant", "content": BAD}),
        DONE,
    ],
    "refusal beside": lambda n: [_event({"content": "", "refusal": None}), _said(n), END],
}


def test_forms_of_a_stream(with_model: Assistant, model: ScriptedModel) -> None:
    failures = []
    for name, form in FORMS.items():
        headers = (("Content-Encoding", "gzip"),) if name == "gzip" else ()
        model.script = lambda body, form=form, headers=headers: Reply(
            raw=tuple(form(number_of("皮下", body))), headers=headers
        )
        answer = with_model.ask(ZH)
        told = [s.text for s in answer.sentences]
        if answer.answerer != "openai:scripted" or told[:1] != [SAID.replace("[{n}]", "")] or len(told) > 1:
            failures.append(f"{name}: {answer.answerer} {told} {answer.model}")
    assert not failures, "\n".join(failures)


NO_ANSWER: dict[str, tuple[set[str], Any]] = {
    "no end": ({"cut"}, lambda n: [_said(n)]),
    "DONE without an end": ({"cut"}, lambda n: [_said(n), DONE]),
    "refusal": ({"cut", "empty"}, lambda n: [_event({"refusal": "I cannot"}), END]),
    "filtered": ({"cut"}, lambda n: [_said(n), _event({}, "content_filter"), DONE]),
    "error as an event": (
        {"server error", "refused"},
        lambda n: [_said(n), b'data: {"error": {"message": "sk-secret"}}\n\n'],
    ),
    "content in parts": (
        {"refused"},
        lambda n: [_event({"content": [{"type": "text", "text": SAID.format(n=n)}]}), END],
    ),
    "a whole completion": (
        {"cut", "refused"},
        lambda n: [
            json.dumps(
                {
                    "choices": [
                        {
                            "index": 0,
                            "message": {"role": "assistant", "content": BAD},
                            "finish_reason": "stop",
                        }
                    ]
                }
            ).encode()
        ],
    ),
    "no gzip": ({"cut", "unreachable"}, lambda n: [_said(n) + END]),
    "one long line": ({"too long"}, lambda n: [_event({"content": "硼" * 400_000}), END]),
    "cut inside a character": ({"cut", "refused"}, lambda n: [_said(n)[:-40]]),
    "broken usage": (
        {"cut", "refused"},
        lambda n: [_said(n)[:60] + b"\xff\xfe" + _said(n)[60:], b"data: {}}\n\n"],
    ),
    "lines of JSON": (
        {"cut", "refused"},
        lambda n: [b'{"model":"q","message":{"role":"assistant","content":"' + BAD.encode() + b'"}}\n'],
    ),
    "a page for signing in": ({"cut", "refused"}, lambda n: [b"<html><title>Gateway</title></html>"]),
    "no choices": ({"cut", "empty", "refused"}, lambda n: [b'data: {"choices": null}\n\n', DONE]),
    "content that is a number": ({"refused", "cut"}, lambda n: [_event({"content": 12}), END]),
    "all of it reasoning": ({"empty"}, lambda n: [_event({"reasoning_content": BAD, "content": ""}), END]),
    "two events in one line": (
        {"cut", "refused"},
        lambda n: [_said(n).strip() + _said(n).removeprefix(b"data: "), _event({}, "stop"), DONE],
    ),
    "gzip that swells": ({"cut", "too long", "refused"}, lambda n: [gzip.compress(b": x\n" * 200_000)]),
    "null events": ({"cut", "refused"}, lambda n: [b"data: null\n\n", b"data: []\n\n", DONE]),
}


def test_streams_that_are_no_answer(with_model: Assistant, model: ScriptedModel) -> None:
    failures = []
    for name, (reasons, form) in NO_ANSWER.items():
        headers = (("Content-Encoding", "gzip"),) if "gzip" in name else ()
        model.script = lambda body, form=form, headers=headers: Reply(
            raw=tuple(form(number_of("皮下", body))), headers=headers
        )
        answer = with_model.ask(ZH)
        if answer.answerer != "extractive" or not answer.model or answer.model.reason not in reasons:
            failures.append(f"{name}: {answer.answerer} {answer.model}")
        if "治愈" in str(answer.sentences) or "secret" in str(answer):
            failures.append(f"{name}: {answer.text}")
    assert not failures, "\n".join(failures)


AWKWARD: list[tuple[int, str, bytes, tuple[tuple[str, str], ...]]] = [
    (404, "refused", b"404 page not found", (("Content-Type", "text/plain"),)),
    (404, "refused", b'{"object":"error","message":"The model `q` does not exist.","code":404}', ()),
    (400, "refused", b'{"error":{"message":"maximum context","code":"context_length_exceeded"}}', ()),
    (413, "refused", b"<html>413 Request Entity Too Large</html>", ()),
    (422, "refused", b'{"detail":[{"type":"extra_forbidden","loc":["body","tool_choice"]}]}', ()),
    (429, "rate limit", b"{}", (("Retry-After", "Wed, 25 Nov 2026 08:00:00 GMT"),)),
    (429, "rate limit", b"", (("Retry-After", "soon"),)),
    (503, "server error", b"null", (("Retry-After", "86400"),)),
    (200, "refused", b'{"html": "<title>Gateway</title>"}', (("Content-Type", "application/json"),)),
]


def test_refusals_in_any_words(with_model: Assistant, model: ScriptedModel) -> None:
    failures = []
    for status, reason, body, headers in AWKWARD:
        model.says(Reply(status=status, raw=(body,), headers=headers))
        answer = with_model.ask(ZH)
        said = answer.model.reason if answer.model else ""
        if answer.answerer != "extractive" or said != reason or len(model.requests) != 1:
            failures.append(f"{status} {body!r}: {said} {len(model.requests)}")
        if "Gateway" in answer.text or "html" in answer.text:
            failures.append(answer.text)
    assert not failures, "\n".join(failures)


def test_refusals_over_http(with_model: Assistant, model: ScriptedModel) -> None:
    failures = []
    for status, reason in {
        401: "refused",
        403: "refused",
        404: "refused",
        413: "refused",
        422: "refused",
        429: "rate limit",
        502: "server error",
        504: "server error",
        307: "refused",
        302: "refused",
    }.items():
        headers = (
            (("Retry-After", "3600"),)
            if status == 429
            else (("Location", f"{model.base_url.replace('127.0.0.1', 'localhost')}/chat/completions"),)
            if status < 400
            else ()
        )
        citing(model, Reply(status=status, headers=headers))
        answer = with_model.ask(ZH)
        if (
            answer.answerer != "extractive"
            or not answer.model
            or answer.model.reason != reason
            or len(model.requests) != 1
        ):
            failures.append(f"{status}: {answer.model} {len(model.requests)}")
    assert not failures, "\n".join(failures)
