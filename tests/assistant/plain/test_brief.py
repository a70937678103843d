"""What a patient is told of what was found: the direct answer first, no repetition, every warning."""

from __future__ import annotations

import pytest

from assistant.evidence import Evidence, Scored
from assistant.plain.brief import brief
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


def told(
    index: Index, scores: dict[int, float], question: str = "骨痛怎么办？", shows: tuple[int, ...] = ()
) -> list[int]:
    """Positions that are told of those with ``scores``, the best first."""
    (source,) = index.sources.values()
    assert [p.text for p in source.passages] == SENTENCES
    scored = tuple(
        Scored(source, i, score, 0.5, (), frozenset({"number"} if i in shows else ()))
        for i, score in scores.items()
    )
    groups = tuple(Group(source, "sentences", (i,)) for i in scores)
    return [g.positions[0] for g in brief(index, Evidence(analyse(question), (scored,), ()), groups)]


def test_what_comes_close_is_told(index: Index) -> None:
    assert told(index, {4: 1.0, 1: 0.7, 2: 0.5}) == [4, 1]


def test_enough_is_enough_but_for_a_warning(index: Index) -> None:
    assert told(index, {0: 1.0, 1: 0.9, 2: 0.8}) == [0, 2]


def test_the_same_is_not_told_twice(index: Index) -> None:
    assert told(index, {4: 1.0, 5: 0.9, 1: 0.8}) == [4, 1]


def test_a_study_is_told_where_figures_are_asked_for(index: Index) -> None:
    assert told(index, {4: 1.0, 3: 0.9}) == [4]
    assert told(index, {4: 1.0, 3: 0.9}, "骨折的占百分之多少？") == [4, 3]
    assert told(index, {3: 1.0, 4: 0.9}) == [3, 4]  # the direct answer is told in any case


def test_what_shows_the_asked_thing_comes_first(index: Index) -> None:
    assert told(index, {4: 1.0, 1: 0.9}, shows=(1,)) == [1, 4]
    assert told(index, {4: 1.0, 1: 0.8}, shows=(1,)) == [4, 1]  # not among the best


def test_what_is_hard_to_read_is_told_to_who_asks(index: Index) -> None:
    assert told(index, {4: 1.0, 6: 0.9}) == [4]
    assert told(index, {4: 1.0, 6: 0.9}, "临终关怀怎么谈？") == [4, 6]
    assert told(index, {6: 1.0, 4: 0.9}) == [6, 4]  # the direct answer


def test_no_papers_and_no_statistics_that_nobody_asked_for(index: Index) -> None:
    assert told(index, {4: 1.0, 7: 0.9, 8: 0.9}, "放疗的人有多少？") == [4]
    assert told(index, {4: 1.0, 7: 0.9}, "风险比是多少？") == [4, 7]
    assert told(index, {8: 1.0, 4: 0.9}) == [4]
