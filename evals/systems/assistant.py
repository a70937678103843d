"""The assistant of this project as a system under test."""

from __future__ import annotations

from typing import Any

from assistant import Answer, Assistant, Turn
from assistant.editions import readable
from assistant.evidence import weigh
from assistant.question import analyse
from assistant.selection import select
from assistant.sufficiency import judge
from assistant.types import MAX_QUESTION, Audience
from evals.answers.stored import Quoted, Retrieved, Said, Staged, StoredAnswer
from evals.gold.corpus import Corpus, corpus_of
from evals.gold.questions import GoldQuestion

DEPTH = 20  # how many chunks of the retriever are kept for the measures of retrieval


class AssistantUnderTest:
    """The assistant, with any index. ``audience`` stands in for that of the gold where it is given."""

    concurrent = False

    def __init__(self, assistant: Assistant, name: str = "assistant", audience: Audience | None = None):
        self.name = name
        self.corpus: Corpus = corpus_of(assistant.index.sources.values())
        self._assistant = assistant
        self._audience = audience

    def answer(self, question: GoldQuestion) -> StoredAnswer:
        told: Audience = "patient" if question.audience == "patient" else "clinician"
        audience = self._audience or told
        history: list[Turn] = []
        for turn in question.turns:
            answer = self._assistant.ask(turn, audience, history=tuple(history))
            history.append(answer.as_turn())
        return self._stored(question.id, answer, audience)

    def describe(self) -> dict[str, str]:
        manifest = self._assistant.index.manifest
        return {
            "kind": "assistant",
            "index": self._assistant.index.fingerprint,
            "embedder": manifest.embedder,
            "audience": self._audience or "as asked",
        }

    def _stored(self, id_: str, answer: Answer, audience: Audience) -> StoredAnswer:
        asked = (answer.standalone or answer.question)[:MAX_QUESTION]
        retrieved, confidence = self._retrieval(asked, answer, audience)
        return StoredAnswer(
            id=id_,
            status=answer.status,
            text=answer.text,
            sentences=tuple(Said(s.text, s.citations) for s in answer.sentences),
            citations=tuple(
                Quoted(
                    c.marker, c.quote, c.source_id, c.start, c.end, c.section_path,
                    self._context(c.source_id, c.start),
                )
                for c in answer.citations
            ),
            notices=tuple(n.text for n in answer.notices),
            staged=tuple(_staged(t.result) for t in answer.tool_calls if "possible" in t.result),
            retrieved=retrieved,
            confidence=confidence,
        )  # fmt: skip

    def _context(self, source_id: str, start: int) -> str:
        place = self.corpus[source_id].place(start)
        return place.context if place else ""

    def _retrieval(
        self, asked: str, answer: Answer, audience: Audience
    ) -> tuple[tuple[Retrieved, ...], float | None]:
        """What the retriever finds for the question, and how sure the judgement is that it is enough."""
        index = self._assistant.index
        if not any(c.isalnum() for c in asked):
            return (), None
        within = readable(index.sources.values(), answer.language, audience)
        found = []
        for hit in index.search(asked, DEPTH, within=within):
            source = index.sources[hit.chunk.source_id]
            start, end = source.passages[hit.chunk.first].start, source.passages[hit.chunk.last].end
            found.append(Retrieved(source.text[start:end], source.id, start, end))
        if answer.status not in ("answered", "partial", "not_in_source") or answer.tool_calls:
            return tuple(found), None
        evidence = weigh(index, analyse(asked, answer.language), audience)
        confidence = judge(index, evidence, select(index, evidence)).confidence
        return tuple(found), round(confidence, 6)


def _staged(result: dict[str, Any]) -> Staged:
    return Staged(str(result["system"]), result["stage"] or "", tuple(result["possible"]))
