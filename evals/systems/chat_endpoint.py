"""Any chat endpoint that speaks OpenAI's protocol, over plain HTTP: no client library."""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from urllib.parse import urlsplit

from assistant.question import language_of
from evals.answers.sentences import said
from evals.answers.statuses import status_of
from evals.answers.stored import Quoted, Retrieved, StoredAnswer
from evals.gold.corpus import Corpus
from evals.gold.questions import GoldQuestion
from evals.systems.base import Unavailable
from index import Index

KEY = "MYELOMA_EVAL_API_KEY"
PROMPT_VERSION = "1"
_TIMEOUT = 120.0  # seconds
_TRIES, _PAUSE = 3, 2.0  # seconds before the second try; doubled after
_CONTEXTS = 8
_PROMPT = {
    "zh": "请只根据下面编号的资料回答问题，每一句话后面用[编号]注明出处；"
    "资料里没有的，只说“资料中没有”。\n\n{passages}",
    "en": "Answer only from the numbered passages below and put [number] behind every sentence;"
    ' if they do not answer the question, say only "The sources do not answer this".\n\n{passages}',
}
_BARE = {"zh": "请简明回答。", "en": "Answer briefly."}


class EndpointUnderTest:
    """A model behind ``POST {url}/chat/completions``.

    With an ``index`` the model is handed its best chunks, numbered, and its ``[n]`` are citations of them;
    without one it answers from what it knows and cites nothing.
    """

    concurrent = True

    def __init__(self, url: str, model: str, index: Index | None, corpus: Corpus) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise Unavailable(f"{url}: not an http(s) address; write openai:MODEL@http://host:port/v1")
        self.name = model
        self.corpus = corpus
        self._url, self._model, self._index = url.rstrip("/"), model, index

    def answer(self, question: GoldQuestion) -> StoredAnswer:
        *earlier, last = question.turns
        found = self._retrieved("\n".join(question.turns))
        language = language_of(last)
        if found:
            passages = "\n\n".join(f"[{n}] {piece.text}" for n, piece in enumerate(found, 1))
            system = _PROMPT[language].format(passages=passages)
        else:
            system = _BARE[language]
        messages = [{"role": "system", "content": system}]
        for turn in earlier:
            messages.append({"role": "user", "content": turn})
            messages.append({"role": "assistant", "content": self.complete(messages)})
        messages.append({"role": "user", "content": last})
        text = self.complete(messages)
        sentences = said(text)
        used = {n for s in sentences for n in s.citations}
        citations = tuple(
            Quoted(n, p.text, p.source_id, p.start, p.end) for n, p in enumerate(found, 1) if n in used
        )
        return StoredAnswer(
            question.id, status_of(text, sentences), text, sentences, citations, retrieved=tuple(found)
        )

    def describe(self) -> dict[str, str]:
        index = self._index.fingerprint if self._index else ""
        return {
            "kind": "endpoint", "url": self._url, "model": self._model, "index": index,
            "prompt": PROMPT_VERSION,
        }  # fmt: skip

    def _retrieved(self, asked: str) -> list[Retrieved]:
        if self._index is None:
            return []
        found = []
        for hit in self._index.search(asked, _CONTEXTS):
            source = self._index.sources[hit.chunk.source_id]
            start, end = source.passages[hit.chunk.first].start, source.passages[hit.chunk.last].end
            found.append(Retrieved(source.text[start:end], source.id, start, end))
        return found

    def complete(self, messages: Sequence[dict[str, str]]) -> str:
        """One completion, deterministic as far as the endpoint allows.

        Raises:
            OSError, ValueError, KeyError: the endpoint failed three times, or answered something else.
        """
        body = {"model": self._model, "messages": list(messages), "temperature": 0, "seed": 0}
        headers = {"Content-Type": "application/json"}
        if key := os.environ.get(KEY):
            headers["Authorization"] = f"Bearer {key}"
        request = urllib.request.Request(
            f"{self._url}/chat/completions", json.dumps(body).encode("utf-8"), headers
        )
        for tried in range(_TRIES):
            try:
                with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:
                    reply = json.load(response)
                break
            except urllib.error.HTTPError as error:
                # Too many requests and a server's own trouble pass; anything else does not.
                passing = error.code == 429 or error.code >= 500
                error.close()
                if not passing or tried == _TRIES - 1:
                    raise
            except urllib.error.URLError:
                if tried == _TRIES - 1:
                    raise
            time.sleep(_PAUSE * 2**tried)
        return str(reply["choices"][0]["message"]["content"])
