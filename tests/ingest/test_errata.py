"""How an entry finds its passage, and that both registers are complete."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from ingest import errata
from ingest.errata import errata_register, matching_errata, read_register
from ingest.errors import BadRegister
from ingest.load import load_source
from ingest.terminology import default_terminology
from ingest.types import Erratum, Passage
from tests.ingest.documents import source_of

MONOGRAPH = sorted(Path(str(files("ingest"))).joinpath("monograph").glob("*/*.md"))


def entry(id_: str, **more: object) -> Erratum:
    values: dict[str, object] = {
        "severity": "style",
        "anchors": (),
        "says": "a",
        "right": "b",
        "says_en": "c",
        "right_en": "d",
        "evidence": "e",
    }
    return Erratum(id=id_, **{**values, **more})  # type: ignore[arg-type]  # built from test values


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register of our own: what is tested is the matching, not the entries."""
    entries = [
        entry("plain", anchors=("自由轻链",)),
        entry("both", anchors=("药甲", "> 60%")),
        entry("unless", anchors=("无M蛋白",), not_anchors=("不分泌",)),
        entry("lead", anchors=("丙药",), lead_anchors=("三种 (BCMA)",)),
        entry("lead-only", lead_anchors=("危险因素",)),
        entry("section", anchors=("界值",), within="诊断"),
        entry("topic", anchors=("避免",), within="高钙血症"),
        entry("damaged", anchors=('297=""',)),
    ]
    monkeypatch.setattr(errata, "errata_register", lambda: {e.id: e for e in entries})


def matches(text: str, lead: str = "", path: tuple[str, ...] = (), before: str = "") -> list[str]:
    return list(matching_errata(Passage(0, len(text), text, "item", 0, 0, lead=lead), path, before))


@pytest.mark.usefixtures("register")
def test_anchors() -> None:
    assert matches("应查血清自由轻链。") == ["plain"]
    assert matches("应查血清自 由轻链。") == ["plain"]  # white space does not count
    assert matches("应查血清游离轻链。") == []
    assert matches("药甲用于>60%者") == matches("药甲用于＞ 60％者") == ["both"]
    assert matches("药甲用于60%者") == []


@pytest.mark.usefixtures("register")
def test_what_speaks_against_it() -> None:
    assert matches("尿中无M蛋白") == ["unless"]
    assert matches("不分泌型：尿中无M蛋白") == []


@pytest.mark.usefixtures("register")
def test_lead_and_section() -> None:
    assert matches("丙药", lead="目前有三种（BCMA）疗法") == ["lead"]
    assert matches("丙药", lead="目前有两种疗法") == matches("三种 (BCMA) 丙药") == []
    assert matches("任何一项", lead="下列危险因素") == ["lead-only"]
    assert matches("界值", path=("某病的诊断", "实验室")) == ["section"]
    assert matches("界值", path=("治疗",)) == []


@pytest.mark.usefixtures("register")
def test_in_a_document() -> None:
    source = source_of(
        "## 并发症\n\n**高钙血症** 应避免补钙。\n\n**骨病** 应避免拔牙。\n\n"
        '| 期 | 值 |\n| --- | --- |\n| I | 甲<3.5mcg>< 297="">乙 |\n| III | 甲≥5.5 mcg/mL (≥ 466 nmol/L) |\n'
    )
    # The damage is gone from the text, and the row still says that it was there.
    assert [(p.text[:4], p.errata) for p in source.passages] == [
        ("高钙血症", ("topic",)),
        ("骨病 应", ()),
        ("I | ", ("damaged",)),
        ("III ", ()),
    ]


ENTRY = """
[[erratum]]
id = "a-slip"
severity = "style"
anchors = ["药甲"]
says = "a"
right = "b"
says_en = "c"
right_en = "d"
evidence = "e"
"""


def test_a_register_is_read() -> None:
    assert read_register(ENTRY) == {"a-slip": entry("a-slip", anchors=("药甲",))}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ENTRY + "kind = 'name'\n", r"^errata\.toml: entry 'a-slip': nothing reads kind; use id, severity, "),
        (ENTRY.replace('says = "a"', ""), r"^errata\.toml: entry 'a-slip': .*missing.*'says'$"),
        (ENTRY.replace('"药甲"', ""), "^errata\\.toml: entry 'a-slip' is repeated or has no anchors$"),
        (ENTRY + ENTRY, "^errata\\.toml: entry 'a-slip' is repeated or has no anchors$"),
    ],
    ids=["unknown key", "missing key", "no anchor", "repeated"],
)
def test_a_broken_register_is_refused(text: str, problem: str) -> None:
    with pytest.raises(BadRegister, match=problem):
        read_register(text)


def test_every_entry_of_the_register_is_complete() -> None:
    for id_, e in errata_register().items():
        assert re.fullmatch(r"[a-z0-9-]+", id_)
        assert e.severity in ("clinical", "meaning", "style"), id_
        for field in ("says", "right", "says_en", "right_en", "evidence"):
            assert getattr(e, field).strip(), f"{id_}: {field} is empty"
        assert e.anchors or e.lead_anchors, id_
        assert all(a.strip() for a in (*e.anchors, *e.not_anchors, *e.lead_anchors)), id_
        # An anchor that excludes itself would never match.
        assert not set(e.anchors) & set(e.not_anchors), id_
        assert not e.evidence_url or e.evidence_url.startswith("https://"), id_
        assert e.evidence_url or e.severity != "clinical" or not e.confirmed, (
            f"{id_}: no address of the evidence"
        )


def test_the_register_states_its_origin() -> None:
    head = (files("ingest") / "data" / "errata.toml").read_text("utf-8").split("[[erratum]]")[0]
    for word in ("Provenance", "Review", "Licence"):
        assert f"# {word}:" in head


def test_a_quoted_anchor_is_short() -> None:
    """The register quotes nothing but what is needed to find the passage."""
    for id_, e in errata_register().items():
        for anchor in (*e.anchors, *e.lead_anchors):
            assert len(re.findall(r"[\u4e00-\u9fff]", anchor)) < 18, f"{id_}: {anchor}"


def test_every_concept_is_complete() -> None:
    concepts = default_terminology().concepts
    assert len(concepts) > 300
    for id_, c in concepts.items():
        assert re.fullmatch(r"[a-z0-9_]+", id_), id_
        assert c.category, id_
        assert c.zh, id_
        assert c.en, id_
        assert all(form == form.strip() != "" for form in c.forms), id_
        # A gloss is for both languages or for none.
        assert bool(c.gloss_zh) == bool(c.gloss_en), id_


def test_no_drug_bears_the_name_of_another() -> None:
    owners: dict[str, str] = {}
    for id_, c in default_terminology().concepts.items():
        if c.category == "drug":
            for form in {f.casefold() for f in c.forms} - {f.casefold() for f in (*c.zh_lay, *c.en_lay)}:
                assert owners.setdefault(form, id_) == id_, f"{form}: {owners[form]} and {id_}"


@pytest.mark.parametrize("path", MONOGRAPH, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_our_own_text_does_not_carry_the_errors(path: Path) -> None:
    source = load_source(path)
    assert [(p.text, p.errata) for p in source.passages if p.errata] == []
    assert source.repairs == ()
    assert source.findings == ()
