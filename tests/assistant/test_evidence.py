"""Passages weighed against a question, on a real index; the weights themselves are not tested."""

from __future__ import annotations

import pytest

from assistant.evidence import Scored, weigh
from assistant.question import analyse
from assistant.unit_weights import facet_weights
from index import Index


def best(index: Index, question: str, facet: int = 0) -> Scored:
    return weigh(index, analyse(question)).facets[facet][0]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("确诊时中位年龄多大？", "69岁"),
        ("骨髓活检要取多长的组织条？", "1.5 cm"),
        ("达雷妥尤单抗的靶点是什么？", "CD38"),
        ("達雷妥尤單抗會干擾交叉配血嗎？", "交叉配血"),
        ("兆珂用前要查什么？", "血型"),
        ("卡非佐米对心脏有什么影响？", "心力衰竭"),
        ("How old are patients at diagnosis?", "69岁"),
        ("What does carfilzomib do to the heart?", "心力衰竭"),
        ("What dose of radiation relieves bone pain?", "8 Gy"),
        ("拔牙前要做什么？", "停用双膦酸盐"),
    ],
)
def test_the_best_passage_answers(index: Index, question: str, answer: str) -> None:
    assert answer in best(index, question).passage.text


def test_best_first_in_every_facet(index: Index) -> None:
    evidence = weigh(index, analyse("达雷妥尤单抗会干扰交叉配血吗？贫血什么时候用促红素？"))
    assert len(evidence.facets) == 2
    for facet in evidence.facets:
        scores = [s.score for s in facet]
        assert scores == sorted(scores, reverse=True)
    assert "交叉配血" in evidence.facets[0][0].passage.text
    assert "促红素" in evidence.facets[1][0].passage.text
    places = [(s.source.id, s.position) for s in evidence.ranked]
    assert len(places) == len(set(places))


def test_coverage_names_what_is_covered(index: Index) -> None:
    question = analyse("达雷妥尤单抗会干扰交叉配血吗？")
    found = weigh(index, question).facets[0][0]
    covered = dict(zip((u.text for u in question.units), found.covered, strict=True))
    assert covered["达雷妥尤单抗"] == 1.0
    assert found.coverage == pytest.approx(1.0)
    other = next(s for s in weigh(index, question).ranked if "卡非佐米" in s.passage.text)
    assert dict(zip((u.text for u in question.units), other.covered, strict=True))["达雷妥尤单抗"] < 1.0


def test_what_only_the_heading_names_is_covered_in_part(index: Index) -> None:
    question = analyse("高钙血症怎么办？")
    unit = [u.text for u in question.units].index("高钙血症")
    covered = {s.passage.text: s.covered[unit] for s in weigh(index, question).ranked}
    assert covered["高钙血症 先补液，再静脉用唑来膦酸。"] == 1.0
    assert 0 < covered["患者应避免含钙食物，直到血钙恢复正常。"] <= 1.0
    assert covered["卡非佐米可致心力衰竭，65岁以上者尤须留意。"] == 0.0


def test_shows_the_attribute_asked_for(index: Index) -> None:
    ranked = weigh(index, analyse("硼替佐米是口服还是皮下注射？")).ranked
    shows = {s.passage.text: s.shows for s in ranked}
    assert "route" in shows["硼替佐米是蛋白酶体抑制剂，皮下注射，周围神经病变较静脉给药少见 (2)。"]
    assert "route" not in shows["卡非佐米可致心力衰竭，65岁以上者尤须留意。"]


def test_units_of_other_clauses_count_less() -> None:
    question = analyse("硼替佐米怎么给药？卡非佐米有哪些副作用？")
    drugs = {u.text: i for i, u in enumerate(question.units)}
    weights = facet_weights(question, (1.0,) * len(question.units), 0)
    assert weights[drugs["硼替佐米"]] == 1.0
    assert weights[drugs["卡非佐米"]] < 1.0


def test_one_clause_keeps_its_weights() -> None:
    question = analyse("硼替佐米怎么给药？")
    assert facet_weights(question, (0.7,) * len(question.units), 0) == (0.7,) * len(question.units)


def test_a_question_of_nothing_known_still_has_an_order(index: Index) -> None:
    evidence = weigh(index, analyse("量子力学"))
    assert len(evidence.facets) == 1
    assert list(evidence.ranked) == sorted(evidence.ranked, key=lambda s: -s.score)
