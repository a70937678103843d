"""A last turn and the one before it → the question that stands alone, written by hand."""

from __future__ import annotations

import pytest

from assistant.conversation import ConversationState, Past, Standalone, in_context, standalone


def said(*questions: str, answer: str = "") -> ConversationState:
    return ConversationState(tuple(Past.of(q, answer) for q in questions))


@pytest.mark.parametrize(
    ("before", "turn", "meant", "how"),
    [
        ("硼替佐米的神经毒性怎么处理？", "来那度胺呢", "来那度胺的神经毒性怎么处理？", "instead"),
        ("硼替佐米的神经毒性怎么处理？", "來那度胺呢？", "来那度胺的神经毒性怎么处理？", "instead"),
        ("IgG型占多少？", "那IgA型呢", "IgA型占多少？", "instead"),
        ("R-ISS I期的标准是什么？", "III期呢？", "R-ISS III期的标准是什么？", "instead"),
        ("高钙血症怎么治？", "高尿酸血症呢？", "高尿酸血症怎么治？", "instead"),
        ("高钙血症怎么治？", "那肾功能不好的人呢", "肾功能不好的人高钙血症怎么治？", "instead"),
        ("流感疫苗能打吗", "活的那种呢", "活疫苗能打吗", "instead"),
        ("活疫苗能打吗？", "为什么", "活疫苗能打吗？为什么？", "why"),
        ("贫血怎么治？", "还有别的办法吗", "贫血怎么治？", "more"),
        ("贫血怎么治？", "还有呢？", "贫血怎么治？", "more"),
        ("唑来膦酸多久打一次？", "副作用呢", "唑来膦酸的副作用？", "aspect"),
        ("维奈克拉适合谁？", "是口服的吗", "维奈克拉是口服的吗？", "aspect"),
        ("带状疱疹怎么预防？", "剂量？", "带状疱疹的剂量？", "aspect"),
        ("达雷木单抗是治什么的？", "它针对哪个靶点", "达雷木单抗针对哪个靶点", "pointing"),
        ("达雷木单抗是治什么的？", "这个药贵吗", "达雷木单抗贵吗", "pointing"),
        ("R-ISS怎么分期？", "I期和III期列个表对比一下", "R-ISS I期和III期列个表对比一下？", "aspect"),
        ("做了骨穿，还要等FISH", "等这个结果干嘛用的", "等FISH干嘛用的", "pointing"),
        ("CAR-T有什么危险没", "那双特异性抗体那种针也会这样吗", "双特异性抗体有什么危险没", "instead"),
        ("贫血怎么治？", "输血我知道，还有呢", "贫血怎么治？", "more"),
        ("骨髓瘤可以补钙吗", "为什么呀，有的说要补有的说不能", "骨髓瘤可以补钙吗？为什么？", "why"),
        (
            "Is shingles common with bortezomib?",
            "what can I take to prevent it",
            "what can I take to prevent shingles",
            "pointing",
        ),
        ("复发难治性骨髓瘤用什么药？", "我说的是维持治疗", "维持治疗用什么药？", "correction"),
        ("伊沙佐米怎么联合", "我说的是维持治疗，它单药行吗", "维持治疗，伊沙佐米单药行吗", "correction"),
        ("贫血怎么治", "不是，我问的是高钙血症", "高钙血症怎么治", "correction"),
        (
            "Which class does bortezomib belong to?",
            "And lenalidomide?",
            "Which class does lenalidomide belong to?",
            "instead",
        ),
        (
            "How is hypercalcaemia treated?",
            "and in people with kidney failure?",
            "How is hypercalcaemia treated in people with kidney failure?",
            "instead",
        ),
        ("Can he have live vaccines?", "why not?", "Can he have live vaccines? Why?", "why"),
        (
            "How is zoledronic acid given?",
            "side effects?",
            "What are the side effects of zoledronic acid?",
            "aspect",
        ),
        ("What does venetoclax target?", "can it be combined?", "can venetoclax be combined?", "pointing"),
        ("How is anaemia treated?", "anything else?", "How is anaemia treated?", "more"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_filled_in(before: str, turn: str, meant: str, how: str) -> None:
    assert standalone(turn, said(before)) == Standalone(meant, True, how)


@pytest.mark.parametrize(
    "before", ["硼替佐米的神经毒性怎么处理？", "R-ISS III期的标准？", "How is anaemia treated?"]
)
@pytest.mark.parametrize(
    "turn",
    [
        "骨髓瘤最常见的溶骨部位是哪里？",
        "这个病一般多大岁数的人得",
        "我还能活多久",
        "会遗传给孩子吗",
        "听说IgD型很少，可又听病友说咱们亚洲人得这个的反而多些？",
        "明天武汉下雨吗",
        "长期吃来那度胺的人，得第二种癌的比例是百分之几？",
        "每个月打的那个护骨针叫啥？",
        "They told us it's 'double-hit'. How many months do people with that usually live?",
        "My mum has just been told it's myeloma. What age do people usually get it?",
        "Is it OK to take turmeric or curcumin supplements?",
    ],
)
def test_a_topic_of_its_own_is_not_touched(before: str, turn: str) -> None:
    assert standalone(turn, said(before, answer="- 来那度胺[1]\n- 伊沙佐米[2]")) == Standalone(turn)


def test_without_earlier_turns_nothing_is_filled_in() -> None:
    assert standalone("副作用呢", ConversationState()) == Standalone("副作用呢")


@pytest.mark.parametrize(
    ("turn", "meant"),
    [
        ("第二个是针对什么的", "伊沙妥昔单抗是针对什么的"),
        ("你刚才说的第一种药贵吗", "达雷木单抗贵吗"),
        ("最后一个呢", "伊沙妥昔单抗呢"),
    ],
)
def test_one_of_several_by_its_place(turn: str, meant: str) -> None:
    state = said("抗CD38单抗有哪些？", answer="可用的有达雷木单抗、伊沙妥昔单抗，可加地塞米松。[1]")
    assert standalone(turn, state).text == meant


def test_one_of_several_that_the_question_itself_lists() -> None:
    state = said("帕比司他、维奈克拉、地诺单抗各怎么用", answer="硼替佐米、卡非佐米和伊沙佐米都可用。[1]")
    assert standalone("第二个能口服吗", state).text == "维奈克拉能口服吗"
    assert "维奈克拉" not in standalone("你刚才说的第二个药贵吗", state).text


def test_a_place_beyond_the_list_is_not_guessed() -> None:
    state = said("抗CD38单抗有哪些？", answer="可用的有达雷木单抗、伊沙妥昔单抗。[1]")
    assert not standalone("第三个是什么", state).changed


def test_a_topic_is_returned_to() -> None:
    state = said("硼替佐米属于哪类药？", "贫血怎么治？")
    assert standalone("回到刚才的硼替佐米", state).text == "硼替佐米属于哪类药？"
    assert standalone("回到刚才的硼替佐米，副作用呢", state).text == "硼替佐米，副作用呢"


def test_a_name_is_said_in_the_language_of_the_turn() -> None:
    assert standalone("副作用呢", said("How often is zoledronic acid given?")).text == "唑来膦酸的副作用？"


def test_a_stage_that_was_found_is_what_is_asked_about() -> None:
    state = said("B2M 5.6 mg/L，R-ISS几期？", answer="**R-ISS III期**\n\n| 项目 | 数值 |")
    assert standalone("那预后怎样", state) == Standalone("R-ISS III期的预后怎样？", True, "stage")
    assert standalone("这个分期意味着什么", state).text == "R-ISS III期意味着什么"


def test_a_stage_inside_a_quotation_is_not_the_patients() -> None:
    assert Past.of("怎么分期", "R-ISS III期：β2微球蛋白≥5.5 mg/L且LDH升高或高危异常[1]").staged is False


STAGE_QUESTION = ConversationState((Past("R-ISS III期里β2微球蛋白的界值是多少？"),))


@pytest.mark.parametrize(
    ("turn", "meant"),
    [
        ("光满足这一条够吗，还要什么？", "R-ISS III期、β2微球蛋白：光满足这一条够吗，还要什么？"),
        ("治疗期间能坐飞机吗", None),  # goes on from nothing
        ("除了硼替佐米还有什么药", None),  # has a topic of its own
    ],
)
def test_a_turn_that_goes_on_is_asked_about_the_last_topic(turn: str, meant: str | None) -> None:
    found = [carried for carried in in_context(turn, STAGE_QUESTION) if carried.goes_on]
    assert (found[0].wording.text if found else None) == meant


def test_the_topics_of_earlier_turns_are_tried_the_newest_first() -> None:
    state = said("自体移植后怎么维持？", "唑来膦酸多久打一次？", "唑来膦酸的剂量？")
    found = in_context("要持续多长时间才停", state)
    assert [carried.topic for carried in found] == ["唑来膦酸", "自体移植"]
    assert found[0].wording == Standalone("唑来膦酸：要持续多长时间才停？", True, "topic")


@pytest.mark.parametrize(
    "turn",
    [
        "硼替佐米会引起什么",  # a topic of its own
        "骨髓瘤能治好吗",  # the disease
        "换个话题，做什么检查",
        "先不说这个。另外问一下，要做哪些检查",
        "孩子上学的事还没定。我妈一个人在家，饭也不想吃，怎么办",  # its own story
    ],
)
def test_a_turn_of_its_own_takes_no_earlier_topic(turn: str) -> None:
    assert in_context(turn, said("唑来膦酸多久打一次？")) == ()


def test_a_condition_joins_the_last_question() -> None:
    state = ConversationState((Past("骨髓瘤高钙血症怎么处理？"),))
    assert standalone("如果肾功能已经很差呢？", state).text == "如果肾功能已经很差，骨髓瘤高钙血症怎么处理？"
