"""The parts as LangChain sees them, over a small index of our own."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ValidationError

from assistant import Answer, Assistant, Turn
from assistant.langchain_door import MyelomaRetriever, as_runnable, clinical_tools
from assistant.staging.tools import stage_myeloma
from index import Index, build_index
from ingest.load import load_source
from tests.small_fit import fitted_on

_MEMO = """---
title: 药物备忘
---

# 药物备忘

## 蛋白酶体抑制剂

硼替佐米的主要不良反应是手足麻木，改为皮下给药后较轻。用药期间应预防带状疱疹。

## 支持治疗

唑来膦酸用于溶骨性病变，每月一次。用药前请口腔科检查牙齿，以防颌骨坏死。
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("memo")
    path = folder / "memo.md"
    path.write_text(_MEMO, "utf-8")
    with fitted_on(_MEMO):
        build_index(folder / "index", [load_source(path)])
    return Index.open(folder / "index")


@pytest.fixture(scope="module")
def runnable(index: Index) -> Runnable[str | dict[str, Any], Answer]:
    return as_runnable(Assistant(index))


def test_the_retriever_finds_what_the_index_finds(index: Index) -> None:
    retriever = MyelomaRetriever(index=index, k=2)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke("硼替佐米和唑来膦酸")
    hits = index.search("硼替佐米和唑来膦酸", k=2)
    assert [d.page_content for d in found] == [h.chunk.text for h in hits]
    assert [d.metadata["score"] for d in found] == [h.score for h in hits]
    assert len(found) == 2
    assert len(MyelomaRetriever(index=index, k=1).invoke("硼替佐米和唑来膦酸")) == 1


def test_a_document_leads_back_to_its_source(index: Index) -> None:
    first = MyelomaRetriever(index=index).invoke("硼替佐米的不良反应")[0]
    assert first.metadata["source_id"] == "memo"
    assert first.metadata["title"] == "药物备忘"
    assert first.metadata["section_path"] == ["蛋白酶体抑制剂"]
    start, end = first.metadata["start"], first.metadata["end"]
    span = index.sources["memo"].text[start:end]
    assert span == "硼替佐米的主要不良反应是手足麻木，改为皮下给药后较轻。用药期间应预防带状疱疹。"
    assert first.page_content.replace("\n", "") == span
    assert first.id == f"memo:{start}-{end}"


def test_the_retriever_is_a_step_of_a_chain(index: Index) -> None:
    def first_line(documents: list[Document]) -> str:
        return documents[0].page_content.split("\n")[0]

    chain = MyelomaRetriever(index=index, k=1) | RunnableLambda(first_line)
    assert chain.invoke("硼替佐米") == "硼替佐米的主要不良反应是手足麻木，改为皮下给药后较轻。"


async def _async(runnable: Runnable[Any, Any], given: object) -> object:
    return await runnable.ainvoke(given)


def test_both_can_be_awaited(index: Index, runnable: Runnable[str | dict[str, Any], Answer]) -> None:
    documents = asyncio.run(_async(MyelomaRetriever(index=index, k=1), "硼替佐米"))
    answer = asyncio.run(_async(runnable, "硼替佐米的主要不良反应是什么？"))
    assert isinstance(documents, list)
    assert isinstance(answer, Answer)


@pytest.mark.parametrize("settings", [{"k": 0}, {"top": 3}])
def test_wrong_settings_are_refused(index: Index, settings: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match=next(iter(settings))):
        MyelomaRetriever(index=index, **settings)


def test_a_text_is_a_question(index: Index, runnable: Runnable[str | dict[str, Any], Answer]) -> None:
    answer = runnable.invoke("硼替佐米的主要不良反应是什么？")
    assert answer.status == "answered"
    assert "手足麻木" in answer.text
    assert answer.text == Assistant(index).ask("硼替佐米的主要不良反应是什么？").text


def test_a_dict_carries_what_ask_takes(index: Index) -> None:
    heard: list[Any] = []

    class Listening(Assistant):
        def ask(self, question, audience="clinician", language=None, history=()):  # type: ignore[no-untyped-def]
            heard.append((question, audience, language, tuple(history)))
            return super().ask(question, audience, language, history)

    step = as_runnable(Listening(index))
    earlier = Turn("硼替佐米？", "…")
    history = [earlier, ("唑来膦酸？", "每月一次")]
    step.invoke({"question": "多久？", "audience": "patient", "language": "en", "history": history})
    step.invoke({"question": "多久？", "audience": None, "history": []})
    assert heard == [
        ("多久？", "patient", "en", (earlier, Turn("唑来膦酸？", "每月一次"))),
        ("多久？", "clinician", None, ()),
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"qestion": "？"}, "unknown key 'qestion'; a question has question, audience, language, history"),
        ({"audience": "patient"}, "no question; give a text"),
        ({"question": "？", "audience": "nurse"}, "'nurse' is unknown; use one of clinician, patient"),
        ({"question": "？", "language": "fr"}, "language 'fr' is unknown; use one of zh, en"),
        ({"question": "？", "history": ["？"]}, r"a turn of the history is a Turn or a pair"),
    ],
)
def test_what_ask_does_not_know_is_refused(
    given: dict[str, Any], message: str, runnable: Runnable[str | dict[str, Any], Answer]
) -> None:
    with pytest.raises(ValueError, match=message):
        runnable.invoke(given)


@pytest.mark.parametrize("package", ["assistant", "ui.cli.main"])
def test_nothing_brings_langchain_along(package: str) -> None:
    heavy = ("langchain", "langsmith", "tiktoken", "pydantic_settings")
    code = f"import sys, {package}; print(*[m for m in sys.modules if m.startswith({heavy})])"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == ""


class TestClinicalTools:
    def test_each_has_a_schema_that_says_units(self) -> None:
        known = {t.name: t for t in clinical_tools()}
        assert set(known) == {
            "stage_myeloma", "diagnose_myeloma", "myeloma_risk", "stage_durie_salmon",
            "correct_calcium", "estimate_gfr", "light_chain_ratio",
        }  # fmt: skip
        for tool in known.values():
            assert tool.description
            assert all(argument["description"] for argument in tool.args.values()), tool.name
        assert "nmol/L" in known["stage_myeloma"].args["b2m"]["description"]
        assert known["stage_myeloma"].args["system"]["enum"] == ["r-iss", "iss", "r2-iss"]

    def test_a_call_gives_the_record_of_the_plain_function(self) -> None:
        values = {"b2m": "466 nmol/L", "albumin": "41 g/L", "ldh": "310/250"}
        [tool] = [t for t in clinical_tools() if t.name == "stage_myeloma"]
        record = tool.invoke(values)
        assert record == stage_myeloma(**values).to_record()
        assert (record["system"], record["stage"]) == ("R-ISS", "III")

    def test_what_is_no_value_comes_back_as_a_sentence(self) -> None:
        [tool] = [t for t in clinical_tools() if t.name == "stage_myeloma"]
        said = tool.invoke({"b2m": "about five"})
        assert "about five" in said
        assert "mg/L" in said
