"""What a patient is told of what was found: the direct answer first, no repetition, every warning."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import pytest

from assistant.evidence import Evidence, Scored
from assistant.plain.brief import brief
from assistant.plain.worth import Signs, _model, is_enough, signs_of, worth
from assistant.question import analyse
from assistant.selection import Group
from index import Index, build_index
from ingest.load import load_source
from tests.small_fit import fitted_on

LONG = "，".join(["来那度胺每天口服一次并按疗程定期复查血常规和肾功能"] * 12) + "。"
SENTENCES = [
    LONG,  # 0: more than is enough
    "硼替佐米皮下注射比静脉注射少伤神经。",  # 1
    "脊髓受压时应立即去急诊。",  # 2: warns
    "在一家中心100例的回顾性研究中，12%的患者骨折。",  # 3: reports a study
    "骨痛可用放疗缓解。",  # 4
    "骨痛可用放疗来缓解。",  # 5: the same again
    "骨髓瘤患者可与家属讨论临终关怀。",  # 6
    "来那度胺维持的风险比为0.75。",  # 7: what a study computes
    "Smith J, et al. Bone pain. doi:10.1000/1",  # 8: a paper
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("brief")
    path = folder / "own.md"
    path.write_text("# 手册\n\n## 一般\n\n" + "\n\n".join(SENTENCES) + "\n", encoding="utf-8")
    with fitted_on(*SENTENCES):
        build_index(folder / "index", [load_source(path)])
    return Index.open(folder / "index")


def told(index: Index, coverage: dict[int, float], question: str = "骨痛怎么办？") -> list[int]:
    """Positions that are told of those that cover such shares of the question, in the order told."""
    (source,) = index.sources.values()
    assert [p.text for p in source.passages] == SENTENCES
    scored = tuple(Scored(source, i, share, share, (), frozenset(), share) for i, share in coverage.items())
    groups = tuple(Group(source, "sentences", (i,)) for i in coverage)
    return [g.positions[0] for g in brief(index, Evidence(analyse(question), (scored,), ()), groups)]


def test_what_is_worth_its_room_is_told(index: Index) -> None:
    assert told(index, {4: 1.0, 1: 0.8}) == [4, 1]
    assert told(index, {4: 1.0, 1: 0.8, 3: 0.8, 2: 0.9, 6: 0.1}, "临终关怀和骨痛怎么办？") == [4, 1, 3, 2]


def test_what_is_far_behind_or_long_is_not_told(index: Index) -> None:
    assert told(index, {4: 1.0, 1: -2.0}) == [4]
    assert told(index, {4: 1.0, 1: 0.3}) == [4, 1]
    assert told(index, {4: 1.0, 0: 0.3}) == [4]  # 300 characters


def test_the_most_promising_comes_first_and_the_others_in_their_order(index: Index) -> None:
    assert told(index, {2: 0.4, 1: 0.4, 4: 1.0}) == [4, 2, 1]
    assert told(index, {2: 0.9, 1: 0.9, 4: 1.0}) == [2, 1, 4]  # hardly more: what was found first


def test_room_has_a_price_by_the_character() -> None:
    enough, warning = _model().enough, _model().warning
    assert is_enough(enough, 60, warns=False)
    assert not is_enough(enough, 61, warns=False)
    assert is_enough(2 * enough, 120, warns=False)
    assert not is_enough(enough / 2 - 0.001, 10, warns=False)  # one of 10 characters costs as one of 30
    assert is_enough(enough / 2, 10, warns=False)
    assert is_enough(enough * warning, 60, warns=True)
    assert not is_enough(enough * warning, 60, warns=False)


def test_the_same_is_not_told_twice(index: Index) -> None:
    assert told(index, {4: 1.0, 5: 0.9, 1: 0.8}) == [4, 1]


def test_what_is_hard_to_read_is_told_to_who_asks(index: Index) -> None:
    assert told(index, {4: 1.0, 6: 0.9}) == [4]
    assert told(index, {4: 0.1, 6: 1.0}, "临终关怀怎么谈？") == [6, 4]
    assert told(index, {6: 1.0, 4: 0.9}) == [4, 6]  # nobody reads it first
    assert told(index, {6: 1.0}) == [6]  # unless there is nothing else


def test_no_papers_and_no_statistics_that_nobody_asked_for(index: Index) -> None:
    assert told(index, {4: 1.0, 7: 0.9, 8: 0.9}, "放疗的人有多少？") == [4]
    assert told(index, {4: 0.9, 7: 1.0}, "风险比是多少？") == [4, 7]
    assert told(index, {8: 1.0, 4: 0.9}) == [4]


def test_what_was_told_before_is_no_news(index: Index) -> None:
    (source,) = index.sources.values()
    scored = tuple(Scored(source, i, 1.0, 1.0, (), frozenset(), 1.0) for i in (4, 5, 1))
    groups = tuple(Group(source, "sentences", (i,)) for i in (4, 5, 1))
    evidence = Evidence(analyse("骨痛怎么办？"), (scored,), ())
    first, again, other = signs_of(index, evidence, groups)
    assert (first.news, first.first, first.score) == (1.0, 1.0, 0.0)
    assert again.news < 0.5 < other.news
    assert worth(first) > worth(other) > worth(again)


def test_a_logistic_model() -> None:
    nothing = Signs(*[0.0] * len(fields(Signs)))
    assert worth(nothing) == pytest.approx(1 / (1 + math.exp(-_model().intercept)))
    against = {"is_list", "length"}  # a long group says more, but not in proportion
    for field in fields(Signs):
        speaks_for = worth(replace(nothing, **{field.name: 1.0})) > worth(nothing)
        assert speaks_for == (field.name not in against), field.name
