"""ragas beside our checks: samples of our own, its measures where it is installed, one line where not."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from assistant.language_model.settings import Settings
from evals.answers.stored import Retrieved, StoredAnswer
from evals.gold.questions import GoldQuestion
from evals.raters.with_ragas import agreement, door
from evals.raters.with_ragas.samples import Sample, sample_of
from evals.results.verdicts import Judged
from evals.systems.base import Unavailable
from ui.cli.main import main

TEXT = "唑来膦酸每月静脉用一次。用药前应查口腔，以防颌骨坏死。"
MONTHLY, MOUTH = TEXT[:12], TEXT[12:]


def _judged(gold: Callable[..., GoldQuestion], *found: Retrieved, **scores: float) -> Judged:
    def span(start: int, end: int) -> dict[str, object]:
        return {"source_id": "memo", "start": start, "end": end, "quote": TEXT[start:end]}

    question = gold(
        facts=[
            {"any": ["每月"], "note": "每月一次", "spans": [span(0, 12), span(100, 112)]},
            {"any": ["口腔"], "note": "查口腔", "spans": [span(12, 27)]},
        ]
    )
    answer = StoredAnswer("q", "answered", "唑来膦酸每月静脉用一次。", retrieved=found)
    return Judged(question, answer, scores, {}, (), ())


_FIRST = Retrieved(MONTHLY, "memo", 0, 12)
_BOTH = Retrieved(TEXT, "memo", 0, 27)
_OTHER = Retrieved("R-ISS分三期。", "memo", 40, 48)


def test_a_sample_has_one_reference_for_each_fact(gold: Callable[..., GoldQuestion]) -> None:
    sample = sample_of(_judged(gold, _OTHER, _FIRST))
    assert sample.reference == "每月一次；查口腔"
    assert sample.reference_contexts == (MONTHLY, MOUTH)
    assert sample.retrieved_context_ids == ("memo:40-48", "memo:0-12")
    assert sample.reference_context_ids == ("memo:0-12", "memo:12-27")
    # A passage that holds both facts bears the id of each.
    assert sample_of(_judged(gold, _BOTH)).retrieved_context_ids == ("memo:0-12", "memo:12-27")


def test_without_ragas_the_way_to_it_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ragas", None)
    with pytest.raises(door.RagasUnavailable, match=r'pip install -e "\.\[ragas\]"'):
        door.version()
    assert main(["eval", "ragas", "a-run"]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert told.err.endswith('pip install -e ".[ragas]"\n')


def test_a_model_has_to_be_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreement, "read_settings", lambda: Settings(llm=""))
    with pytest.raises(Unavailable, match="set MYELOMA_LLM"):
        agreement.configured_model()


def test_every_measure_has_a_counterpart() -> None:
    assert agreement.COMPARED.keys() == (door.OFFLINE | door.WITH_MODEL).keys()


@pytest.fixture
def ragas() -> None:
    pytest.importorskip("ragas", reason='pip install -e ".[ragas]"')


def _sample(found: Sequence[str], wanted: Sequence[str]) -> Sample:
    return Sample(
        "多久一次？", MONTHLY, "每月一次", tuple(found), tuple(wanted),
        tuple(map(str, range(len(found)))), ("0", "9"),
    )  # fmt: skip


@pytest.mark.usefixtures("ragas")
def test_measures_without_a_model_on_chinese() -> None:
    # One character of twelve differs: a measure that split words at spaces would see nothing in common.
    near, other = "唑来膦酸每周静脉用一次。", "浆细胞是什么？"
    samples = [_sample([near, other], [MONTHLY]), _sample([other, near], [MONTHLY, MOUTH])]
    found = {name: door.measure(name, samples).values for name in door.OFFLINE}
    assert found["non_llm_context_recall"] == (1.0, 0.5)
    assert found["non_llm_context_precision"] == pytest.approx((1.0, 0.5))
    assert found["id_based_context_recall"] == (0.5, 0.5)
    assert found["id_based_context_precision"] == (0.5, 0.5)


def _model(messages: Sequence[dict[str, str]]) -> str:
    """Replies as a model would: statements taken apart at "。", true where the context has them."""
    prompt = messages[0]["content"]
    assert "唑来膦酸" in prompt
    given = json.loads(prompt.rsplit("input: ", 1)[1].split("\nOutput:")[0])
    if "statements" in given:
        context = given["context"]
        verdicts = [
            {"statement": s, "reason": "-", "verdict": int(s in context)} for s in given["statements"]
        ]
        return json.dumps({"statements": verdicts}, ensure_ascii=False)
    text = given.get("answer") or given["response"]
    parts = [f"{part}。" for part in text.split("。") if part]
    if "context" in given:
        sentences = [{"statement": s, "reason": "-", "attributed": int(s in given["context"])} for s in parts]
        return json.dumps({"classifications": sentences}, ensure_ascii=False)
    return json.dumps({"statements": parts, "claims": parts}, ensure_ascii=False)


@pytest.mark.usefixtures("ragas")
def test_a_model_is_asked_and_its_lost_replies_are_counted() -> None:
    # Of two sentences each the passage has one, and the answer and the reference share one.
    response, reference = f"{MONTHLY}唑来膦酸每9年一次。", f"{MONTHLY}做心电图。"
    sample = replace(_sample([TEXT], [TEXT]), response=response, reference=reference)
    found = {name: door.measure(name, [sample], _model) for name in door.WITH_MODEL}
    assert found == dict.fromkeys(door.WITH_MODEL, door.Measured((0.5,), 0))

    def broken(messages: Sequence[dict[str, str]]) -> str:
        raise OSError("no endpoint")

    assert door.measure("faithfulness", [sample], broken) == door.Measured((None,), 1)


@pytest.mark.usefixtures("ragas")
def test_agreement_is_counted(gold: Callable[..., GoldQuestion]) -> None:
    judged = [
        _judged(gold, _BOTH, recall_10=1.0, mrr_10=1.0),
        _judged(gold, _FIRST, recall_10=0.5, mrr_10=1.0),
        _judged(gold, _OTHER, recall_10=1.0, mrr_10=0.0),  # ours is wrong here: they disagree
        _judged(gold),
    ]
    found = {a.ragas: a for a in agreement.agreements(judged, None, 10)}
    recall = found["id_based_context_recall"]
    assert (recall.n, recall.mean_ragas, recall.same) == (3, 0.5, pytest.approx(2 / 3))
    # 1, 0, 0 beside 1, 0, 1: 2/3 observed, 1/3 · 2/3 + 2/3 · 1/3 expected.
    assert recall.kappa == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))
    assert found["id_based_context_precision"].same == 1.0
