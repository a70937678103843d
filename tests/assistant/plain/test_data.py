"""The glossary and the wording: complete, short, and plain themselves."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from assistant.plain.faithful import keeps
from assistant.plain.glossary import MEDICAL, entry_of, glossary, parse_glossary
from assistant.plain.jargon import terms
from assistant.plain.wording import parse_wording, wording
from assistant.verification import verify
from ingest.errors import BadRegister
from ingest.terminology import default_terminology


def test_no_medical_concept_lacks_an_entry() -> None:
    medical = [c.id for c in default_terminology().concepts.values() if c.category in MEDICAL]
    assert [id_ for id_ in medical if id_ not in glossary()] == []


def test_every_entry_is_of_a_concept_or_of_a_written_form() -> None:
    known = default_terminology().concepts
    assert [id_ for id_ in glossary() if not id_.startswith("form:") and id_ not in known] == []


def test_explanations_are_short() -> None:
    long = {id_: e.zh for id_, e in glossary().items() if len(e.zh) > 18 or len(e.en.split()) > 12}
    assert long == {}


def test_explanations_need_no_explanation() -> None:
    texts = [t for e in glossary().values() for t in (e.zh, e.en)]
    assert [(t, m.text) for t in texts for m in terms(t)] == []


def test_explanations_set_no_limits_and_give_no_orders() -> None:
    # What is normal, how much and what to do is the source's to say.
    assert [e.zh for e in glossary().values() if re.search(r"\d+(?![\d号])|(?<!反)应|必须|不要", e.zh)] == []


@pytest.mark.parametrize("name", ["glossary.tsv", "wording.tsv", "decisions.toml"])
def test_every_file_says_where_it_comes_from(name: str) -> None:
    text = (files("assistant.plain") / "data" / name).read_text("utf-8")
    assert "Provenance: written for this project" in text
    assert "Licence: MIT" in text


def test_a_written_form_may_be_told_in_its_own_words() -> None:
    by_form, by_concept = entry_of("os", "中位生存期"), entry_of("os", "总生存期")
    assert by_form
    assert by_concept
    assert by_form.zh == "一半的人活得比这长"
    assert by_form != by_concept
    assert entry_of("no_such_concept", "没有") is None


@pytest.mark.parametrize(
    "row",
    ["crs\tterm\t发烧\t", "crs\teveryday\t发烧\tfever", "crs\thard\t发烧\tfever", "crs\tterm\t发烧"],
    ids=["no English", "everyday yet explained", "unknown level", "too few columns"],
)
def test_a_malformed_entry_is_refused(row: str) -> None:
    with pytest.raises(BadRegister, match="crs"):
        parse_glossary(f"concept\tlevel\tzh\ten\n{row}\n")


def test_a_form_is_reworded_once() -> None:
    with pytest.raises(BadRegister, match="外周血"):
        parse_wording("language\twritten\tplain\nzh\t外周血\t血液\nzh\t外周血\t血\n")


def test_wording_is_settled_after_one_pass() -> None:
    # A plain side that is reworded in its turn would never have been checked.
    unsettled = {
        plain: again
        for table in wording().values()
        for plain in table.plain.values()
        if (again := table.apply(plain)) != plain
    }
    assert unsettled == {}


@pytest.mark.parametrize(
    ("language", "written", "plain"),
    [
        ("zh", "外周血中", "血液中"),
        ("zh", "自体外周血干细胞移植", "自体干细胞移植"),
        ("zh", "外周血干细胞", "外周血干细胞"),  # a longer name keeps its parts
        ("zh", "外周血管和股骨头", "外周血管和股骨头"),
        ("zh", "不具有症状", "没有症状"),
        ("en", "Renal insufficiency", "Poor kidney function"),
        ("en", "adrenal failure", "adrenal failure"),  # whole words only
    ],
)
def test_wording(language: str, written: str, plain: str) -> None:
    assert wording()["zh" if language == "zh" else "en"].apply(written) == plain


@pytest.mark.parametrize(
    ("language", "about"), [("zh", "关于{}，本书说得很清楚。"), ("en", "This book is clear about {} here.")]
)
def test_the_verifier_knows_every_plain_word(language: str, about: str) -> None:
    table = wording()["zh" if language == "zh" else "en"].plain
    doubtful = {
        written: plain
        for written, plain in table.items()
        if not keeps(about.format(written), about.format(plain))
        or not verify(about.format(plain), [about.format(written)]).supported
    }
    # A protected name is kept in the case that it is listed in.
    assert {w: p for w, p in doubtful.items() if w != p.lower()} == {}
