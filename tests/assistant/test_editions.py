"""A work in two languages is read in that of the question; a document of its own is always read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.editions import readable
from index import build_index
from ingest.load import load_source
from ingest.types import Source
from tests.small_fit import fitted_on

CHINESE = "# 专论\n\n## 骨病\n\n硼替佐米每周皮下注射一次。\n"
ENGLISH = "# Monograph\n\n## Bone disease\n\nBortezomib is injected under the skin once a week.\n"
PATIENT = (
    "# 给患者的说明\n\n## 骨病\n\n硼替佐米（打针的药）每周皮下打一次。\n\n可以问医生：硼替佐米我要打多久？\n"
)
OWN = "# 科室手册\n\n## 用药\n\n来那度胺每天口服一次。\n"


def edition(folder: Path, name: str, text: str, work: str) -> Source:
    path = folder / f"{name}.md"
    audience = name.partition("-")[2]
    path.write_text(f"---\nedition: {name}\naudience: {audience}\n---\n\n{text}", encoding="utf-8")
    return load_source(path, f"{work}/{name}/01")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    folder = tmp_path_factory.mktemp("editions")
    own = folder / "own.md"
    own.write_text(OWN, encoding="utf-8")
    return [
        edition(folder, "zh-clinician", CHINESE, "monograph"),
        edition(folder, "en-clinician", ENGLISH, "monograph"),
        load_source(own, "own"),
    ]


@pytest.fixture(scope="module")
def assistant(sources: list[Source], tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    directory = tmp_path_factory.mktemp("index")
    with fitted_on(CHINESE, ENGLISH, OWN):
        build_index(directory, sources)
    return Assistant.open(directory)


def test_the_edition_in_the_language_of_the_question_is_read(sources: list[Source]) -> None:
    assert readable(sources, "zh") == {"monograph/zh-clinician/01", "own"}
    assert readable(sources, "en") == {"monograph/en-clinician/01", "own"}


def test_another_language_is_read_where_there_is_no_other(sources: list[Source]) -> None:
    assert readable([sources[0]], "en") == {"monograph/zh-clinician/01"}


def test_two_documents_that_name_the_same_edition_are_two_works(sources: list[Source]) -> None:
    other = replace(sources[1], id="handbook/en-clinician/01")
    assert readable([sources[0], other], "zh") == {sources[0].id, other.id}


@pytest.mark.parametrize(
    ("question", "source", "words"),
    [
        ("How is bortezomib given?", "monograph/en-clinician/01", "Bortezomib is injected under the skin"),
        ("硼替佐米怎么给药？", "monograph/zh-clinician/01", "硼替佐米每周皮下注射一次。"),
        ("How is lenalidomide given?", "own", "来那度胺每天口服一次。"),
    ],
)
def test_the_answer_cites_that_edition(
    assistant: Assistant, question: str, source: str, words: str
) -> None:
    answer = assistant.ask(question)
    assert {c.source_id for c in answer.citations} == {source}
    assert words in answer.text


@pytest.fixture(scope="module")
def with_patients(sources: list[Source], tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("patients")
    fuller = edition(folder, "zh-clinician", CHINESE + "\n## 疼痛\n\n骨痛可用放疗缓解。\n", "monograph")
    plain = edition(folder, "zh-patient", PATIENT, "monograph")
    with fitted_on(CHINESE, PATIENT):
        build_index(folder / "index", [fuller, plain])
    return Assistant.open(folder / "index")


def test_each_audience_reads_its_edition(sources: list[Source], tmp_path: Path) -> None:
    plain = edition(tmp_path, "zh-patient", PATIENT, "monograph")
    every = [*sources, plain]
    assert readable(every, "zh") == {"monograph/zh-clinician/01", "own"}
    assert readable(every, "zh", "patient") == {"monograph/zh-patient/01", "own"}
    # In English there is none for patients: the language comes first.
    assert readable(every, "en", "patient") == {"monograph/en-clinician/01", "own"}
    assert readable([plain], "zh") == {"monograph/zh-patient/01"}


def test_a_patient_is_answered_from_the_edition_for_patients(with_patients: Assistant) -> None:
    answer = with_patients.ask("硼替佐米怎么用？", "patient")
    assert {c.source_id for c in answer.citations} == {"monograph/zh-patient/01"}
    assert {c.source_id for c in with_patients.ask("硼替佐米怎么用？").citations} == {
        "monograph/zh-clinician/01"
    }


def test_what_that_edition_leaves_out_is_read_in_the_other(with_patients: Assistant) -> None:
    answer = with_patients.ask("骨痛怎么缓解？", "patient")
    assert answer.status == "answered"
    assert {c.source_id for c in answer.citations} == {"monograph/zh-clinician/01"}


def test_a_question_to_the_doctor_answers_nothing(with_patients: Assistant) -> None:
    answer = with_patients.ask("硼替佐米要打多久？", "patient")
    assert "可以问医生" not in answer.text
    assert all("可以问医生" not in c.text for c in answer.considered)
