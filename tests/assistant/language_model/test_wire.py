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


def _whole(text: str | None, finish: str | None = "stop") -> bytes:
    """The answer to a request without streaming."""
    message = {"role": "assistant", "content": text, "refusal": None, "reasoning_content": BAD}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
    about = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "usage": USAGE}
    return json.dumps({**about, "choices": [choice]}, ensure_ascii=False).encode()


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
    "a whole completion": lambda n: [_whole(SAID.format(n=n))],
    "a whole completion in pieces, behind a mark and blank lines": lambda n: [
        b"\xef\xbb\xbf\n",
        b"\r\n",
        *(bytes([b]) for b in _whole(SAID.format(n=n)) + b"\n"),
    ],
    "a whole completion that does not say that it ended": lambda n: [_whole(SAID.format(n=n), None)],
    "a whole completion that the limit cut": lambda n: [_whole(SAID.format(n=n) + "硼替佐米是", "length")],
    "a whole completion, gzip": lambda n: [gzip.compress(_whole(SAID.format(n=n)))],
    "nothing but a message": lambda n: [
        json.dumps({"choices": [{"message": {"content": SAID.format(n=n)}}]}).encode()
    ],
}


def test_forms_of_a_stream(with_model: Assistant, model: ScriptedModel) -> None:
    failures = []
    for name, form in FORMS.items():
        headers = (("Content-Encoding", "gzip"),) if "gzip" in name else ()
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
    "half a completion": ({"cut", "refused"}, lambda n: [_whole(BAD)[:-20]]),
    "a completion that was filtered": ({"cut"}, lambda n: [_whole(SAID.format(n=n), "content_filter")]),
    "a completion that says nothing": ({"empty"}, lambda n: [_whole(None)]),
    "a completion without end": ({"cut", "refused"}, lambda n: [b'{"choices": [' + b" " * 1_200_000]),
    "an error that is a text": ({"server error", "refused"}, lambda n: [b'{"error": "sk-secret"}']),
    "an error in a completion": (
        {"server error", "refused"},
        lambda n: [_whole(BAD)[:-1] + b', "error": {"message": "sk-secret", "code": 502}}'],
    ),
    "no message": ({"cut", "refused"}, lambda n: [b'{"choices": [{"finish_reason": "stop"}], "id": "x"}']),
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


def _call(first: bool = False, **function: str) -> dict[str, Any]:
    call: dict[str, Any] = {"index": 0, "function": function}
    return call | {"id": "call_1", "type": "function"} if first else call


def test_calls_of_a_tool_in_pieces_and_whole(with_model: Assistant, model: ScriptedModel) -> None:
    name = "correct_calcium"
    arguments = json.dumps({"calcium": "2.9 mmol/L", "albumin": "28 g/L"})
    whole = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}}
    end = _event({}, "tool_calls")
    message = {"role": "assistant", "content": None, "tool_calls": [whole]}
    forms: dict[str, list[bytes]] = {
        "arguments by the character": [
            _event({"tool_calls": [_call(True, name=name, arguments="")]}),
            *(_event({"tool_calls": [_call(arguments=char)]}) for char in arguments),
            end,
            _event(usage=USAGE),
            DONE,
        ],
        "text beside": [
            _event({"content": "先算。", "tool_calls": [_call(True, name=name, arguments=arguments[:9])]}),
            b": keep-alive\n\n",
            _event({"content": "", "tool_calls": [_call(arguments=arguments[9:])]}),
            end,
            DONE,
        ],
        "one event, then usage": [
            _event({"tool_calls": [{"index": 0, **whole}]}),
            end,
            _event(usage=USAGE),
            DONE,
        ],
        "a whole completion": [
            json.dumps(
                {"choices": [{"message": message, "finish_reason": "tool_calls"}], "usage": USAGE}
            ).encode()
        ],
    }
    failures = []
    for form, pieces in forms.items():

        def reply(body: dict[str, Any], pieces: list[bytes] = pieces) -> Reply:
            first = len(body["messages"]) == 2
            text = (
                f"促红素仅用于血红蛋白 < 100 g/L的患者，不用于铁缺乏未纠正者[{number_of('促红素', body)}]。"
            )
            return Reply(raw=tuple(pieces)) if first else Reply(text)

        model.script = reply
        answer = with_model.ask("贫血什么时候用促红素？血钙2.9 mmol/L，白蛋白28 g/L，校正血钙是多少？")
        if [c.name for c in answer.tool_calls] != [name] or "3.14 mmol/L" not in answer.text:
            failures.append(f"{form}: {answer.tool_calls} {answer.model}")
        if form != "text beside" and (not answer.model or answer.model.calls[0].tokens_in != 7):
            failures.append(f"{form}: {answer.model and answer.model.calls}")
    assert not failures, "\n".join(failures)
