"""What is chosen to be said. The ranking is given by hand: only the choice is tested here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.evidence import Evidence, Scored, weigh
from assistant.question import analyse
from assistant.ranking import ranking
from assistant.selection import Group, select
from index import Index, build_index
from ingest.load import load_source
from ingest.types import Source
from tests.assistant.documents import DOSES
from tests.small_fit import fitted_on


def position(source: Source, beginning: str) -> int:
    (found,) = (i for i, p in enumerate(source.passages) if p.text.startswith(beginning))
    return found


def chosen(index: Index, question: str, *ranked: str, covered: float = 1.0) -> tuple[Group, ...]:
    """Groups for passages of the handbook that begin with ``ranked``, all scored nearly alike.

    ``covered`` is how much of each unit of the question they cover.
    """
    analysed = analyse(question)
    source = index.sources["handbook"]
    shares = (covered,) * len(analysed.units)
    facet = tuple(
        Scored(source, position(source, text), 1.0 - 0.01 * i, covered, shares, frozenset())
        for i, text in enumerate(ranked)
    )
    return select(index, Evidence(analysed, (facet,), (1.0,) * len(analysed.units)))


def texts(group: Group) -> list[str]:
    return [group.source.passages[i].text for i in group.positions]


def test_no_evidence_no_groups(index: Index) -> None:
    assert select(index, Evidence(analyse("骨痛"), (), ())) == ()
    assert select(index, Evidence(analyse("骨痛"), ((),), (1.0,))) == ()


def test_a_lead_in_brings_its_whole_list(index: Index) -> None:
    (group,) = chosen(index, "什么情况要转诊？", "出现下列任何一项")
    assert group.kind == "list"
    assert texts(group) == [
        "不明原因的骨痛超过4周",
        "血红蛋白 < 100 g/L",
        "血肌酐 > 177 μmol/L (1)",
        "泡沫尿",
    ]


def test_an_item_brings_its_list_when_the_lead_in_is_asked_about(index: Index) -> None:
    (group,) = chosen(index, "哪些情况要转诊？", "泡沫尿", covered=0.7)
    assert len(group.positions) == 4


def test_an_item_that_is_the_answer_stands_alone(index: Index) -> None:
    (group,) = chosen(index, "有泡沫尿怎么办？", "泡沫尿")
    assert texts(group) == ["泡沫尿"]


def test_items_found_one_by_one_are_one_list_in_its_order(index: Index) -> None:
    (group,) = chosen(index, "有泡沫尿和骨痛怎么办？", "泡沫尿", "不明原因的骨痛")
    assert texts(group) == ["不明原因的骨痛超过4周", "泡沫尿"]


def test_criteria_want_the_whole_table_with_its_notes(index: Index) -> None:
    (group,) = chosen(index, "修订版国际分期的标准是什么？", "III | ", covered=0.7)
    assert group.kind == "table"
    assert [t.split(" ", 1)[0] for t in texts(group)] == ["I", "II", "III", "†", "‡"]


def test_one_stage_wants_its_row_and_its_own_note(index: Index) -> None:
    (group,) = chosen(index, "修订版国际分期III期的标准是什么？", "III | ", covered=0.7)
    assert texts(group) == ["III | β2微球蛋白 ≥ 5.5 mg/L | 乳酸脱氢酶升高‡", "‡ 或荧光原位杂交见高危异常。"]


def test_a_footnote_brings_the_row_that_bears_its_mark(index: Index) -> None:
    (group,) = chosen(index, "以哪里的实验室为准？", "† 以当地")
    assert [t[:2] for t in texts(group)] == ["I ", "† "]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("它还用于", ["骨髓活检至少要取到1.5 cm的组织条。", "它还用于做荧光原位杂交。"]),
        (
            "它不经肾脏",
            [
                "硼替佐米是蛋白酶体抑制剂，皮下注射，周围神经病变较静脉给药少见 (2)。",
                "它不经肾脏排泄，透析患者无需减量。",
            ],
        ),
    ],
)
def test_a_pronoun_brings_what_it_points_to(index: Index, found: str, expected: list[str]) -> None:
    (group,) = chosen(index, "荧光原位杂交用什么标本？", found)
    assert texts(group) == expected


def test_the_best_sentence_brings_what_points_back_to_it(index: Index) -> None:
    (group,) = chosen(index, "硼替佐米怎么给药？", "硼替佐米是")
    assert texts(group)[1:] == ["它不经肾脏排泄，透析患者无需减量。"]


def test_a_paragraph_is_not_joined_without_a_pronoun(index: Index) -> None:
    (group,) = chosen(index, "颌骨坏死常见吗？", "颌骨坏死")
    assert texts(group) == ["颌骨坏死罕见，拔牙前须停用双膦酸盐。"]


def test_nothing_is_said_twice(index: Index) -> None:
    groups = chosen(index, "硼替佐米怎么给药？", "硼替佐米是", "它不经肾脏", "卡非佐米可致")
    places = [(g.source.id, i) for g in groups for i in g.positions]
    assert len(places) == len(set(places))
    assert len(groups) == 2


def test_two_sources_that_say_the_same_are_quoted_once(index: Index) -> None:
    source = index.sources["handbook"]
    question = analyse("男性和女性谁多？")
    shares = (1.0,) * len(question.units)
    first = Scored(source, position(source, "男性发病"), 1.0, 1.0, shares, frozenset())
    twin = replace(first, score=0.99)
    groups = select(index, Evidence(question, ((first, twin),), shares))
    assert [texts(g) for g in groups] == [["男性发病略多于女性。"]]


def test_the_same_in_other_words_is_left_out(index: Index) -> None:
    (group,) = chosen(index, "骨髓活检取多长？", "骨髓活检至少要取到", "骨髓活检至少取1.5")
    assert "骨髓活检至少取1.5 cm的组织条。" not in texts(group)


def test_a_weak_second_passage_that_adds_nothing_is_left_out(index: Index) -> None:
    source = index.sources["handbook"]
    question = analyse("男性和女性谁多？")
    shares = (1.0,) * len(question.units)
    first = Scored(source, position(source, "男性发病"), 1.0, 1.0, shares, frozenset())
    weak = Scored(source, position(source, "活疫苗"), 0.4, 0.0, (0.0,) * len(shares), frozenset())
    assert len(select(index, Evidence(question, ((first, weak),), shares))) == 1


def test_the_facets_take_turns(index: Index) -> None:
    source = index.sources["handbook"]
    question = analyse("活疫苗能打吗？卡非佐米伤心脏吗？")
    ones = (1.0,) * len(question.units)

    def scored(beginning: str, score: float) -> Scored:
        return Scored(source, position(source, beginning), score, 1.0, ones, frozenset())

    facets = (
        (scored("活疫苗", 1.8), scored("感染 正在", 1.7), scored("颌骨", 1.6)),
        (scored("卡非佐米", 0.9), scored("硼替佐米", 0.8)),
    )
    groups = select(index, Evidence(question, facets, ones))
    assert [texts(g)[0][:3] for g in groups][:2] == ["活疫苗", "卡非佐"]


def test_the_length_has_a_limit(index: Index) -> None:
    source = index.sources["handbook"]
    every = [p.text for p in source.passages if p.kind == "sentence"]
    groups = chosen(index, "骨髓瘤手册说了什么？", *every)
    assert len(groups) > 1
    assert sum(g.length for g in groups) <= ranking().budget
    assert sum(len(t) for t in every) > ranking().budget


def test_an_erratum_counts_as_length(handbook: Source) -> None:
    bare = Group(handbook, "sentences", (position(handbook, "活疫苗"),))
    assert bare.length == len("活疫苗不得接种。")
    flawed = Group(handbook, "sentences", (position(handbook, "患者应避免"),))
    assert flawed.length > len("患者应避免含钙食物，直到血钙恢复正常。")


def test_captions_are_no_answer_of_their_own(index: Index) -> None:
    groups = chosen(index, "修订版国际分期怎么分？", "I | ", "表：修订版")
    assert not any(p.startswith("表：") for g in groups for p in texts(g))


def test_on_a_real_ranking(index: Index) -> None:
    groups = select(index, weigh(index, analyse("出现哪些情况应转诊？")))
    assert groups[0].kind == "list"
    assert len(groups[0].positions) == 4


LONG = f"贫血很常见。\n\n出现骨痛时：\n\n- {'很长的一项，' * 80}\n\n骨痛可用放疗。\n"


@pytest.fixture(scope="module")
def doses(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of a table with labels, nested items, and a list too long to be shown."""
    folder = tmp_path_factory.mktemp("doses")
    for name, text in (("doses", DOSES), ("long", f"# 长\n\n## 症状\n\n{LONG}")):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    with fitted_on(DOSES, LONG):
        build_index(folder / "index", [load_source(folder / f"{name}.md") for name in ("doses", "long")])
    return Index.open(folder / "index")


@pytest.mark.parametrize(
    ("question", "found", "expected"),
    [
        # A label names the rows below it and is no answer without them.
        ("来那度胺", ("重度肾功能不全",), ["诱导期间 | 隔日15 mg", "透析 | 每日5 mg"]),
        # The rows of the label that the question names come first, wherever they were found.
        (
            "重度肾功能不全时用多少？",
            ("维持", "透析"),
            ["诱导期间 | 隔日15 mg", "透析 | 每日5 mg", "维持 | 每日10 mg"],
        ),
        ("肾功能正常者用多少？", ("透析",), ["诱导 | 每日25 mg", "维持 | 每日10 mg", "透析 | 每日5 mg"]),
        ("肾功能正常者用多少？", ("重度肾功能不全",), ["诱导 | 每日25 mg", "维持 | 每日10 mg"]),
        # Without a label in the question the table's own order counts.
        ("用多少？", ("透析", "维持"), ["维持 | 每日10 mg", "透析 | 每日5 mg"]),
        ("肾功能正常和重度肾功能不全时用多少？", ("透析", "维持"), ["维持 | 每日10 mg", "透析 | 每日5 mg"]),
    ],
)
def test_rows_and_their_labels(
    doses: Index, question: str, found: tuple[str, ...], expected: list[str]
) -> None:
    analysed = analyse(question)
    source = doses.sources["doses"]
    ones = (1.0,) * len(analysed.units)
    facet = tuple(
        Scored(source, position(source, text), 1.0 - 0.01 * i, 1.0, ones, frozenset())
        for i, text in enumerate(found)
    )
    (group,) = select(doses, Evidence(analysed, (facet,), ones))
    assert texts(group) == expected


def test_what_found_no_room_leaves_its_question_open(doses: Index) -> None:
    source = doses.sources["long"]
    question = analyse("贫血和骨痛多见吗？")  # its units: anaemia, bone pain, common

    def scored(beginning: str, score: float, *covered: float) -> Scored:
        return Scored(source, position(source, beginning), score, 0.5, covered, frozenset())

    facet = (
        scored("贫血", 1.0, 1.0, 0.0, 1.0),
        scored("很长的一项", 0.9, 0.0, 1.0, 0.0),
        scored("骨痛可用", 0.6, 0.0, 1.0, 0.0),  # worth its room only while bone pain is open
    )
    groups = select(doses, Evidence(question, (facet,), (1.0, 1.0, 1.0)))
    assert [texts(g)[0] for g in groups] == ["贫血很常见。", "骨痛可用放疗。"]
