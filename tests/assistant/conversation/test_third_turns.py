"""Turns that hang on more than the one before, and what each of them leaves out; written by hand."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.conversation import ConversationState, Past, from_history, standalone
from assistant.types import Turn


def worded(*turns: str) -> str:
    """The last of some turns, as it stands alone."""
    state = from_history([Turn(turn, "") for turn in turns[:-1]])
    return standalone(turns[-1], state).text


# What the newest thing of a kind is, and the attribute that takes the place of the last one.
STACKED = (
    ("R-ISS怎么分期？", "那II期呢", "生存率多少", "R-ISS II期的生存率多少？"),
    ("来那度胺要吃多久", "会得别的癌吗", "那不吃行不行", "不吃来那度胺行不行？"),
    ("硼替佐米常见不良反应有哪些", "神经病变怎么处理", "卡非佐米呢", "卡非佐米的神经病变怎么处理"),
    ("CAR-T的不良反应", "怎么处理", "我问的是双特异性抗体", "双特异性抗体的不良反应怎么处理？"),
    ("沙利度胺会血栓吗", "吃阿司匹林预防行吗", "那手脚麻呢", "沙利度胺会手脚麻吗"),
    ("唑来膦酸有什么好处", "会不会伤下巴骨头", "怎么预防", "唑来膦酸伤下巴骨怎么预防？"),
    ("R-ISS I期要求什么", "白蛋白低的话还算吗", "III期要满足哪几条", "R-ISS III期要满足哪几条？"),
    ("高钙血症首选什么治疗", "双膦酸盐多久给一次", "肾功能不全时要减量吗", "双膦酸盐肾功能不全时要减量吗？"),
    ("淀粉样变有哪些表现", "心脏呢", "怎么确诊", "心脏淀粉样变怎么确诊？"),
    ("How is R-ISS stage III defined?", "what about stage II?", "and its survival?",
     "What is the survival of R-ISS stage II?"),
)  # fmt: skip


@pytest.mark.parametrize("talk", STACKED, ids=lambda talk: talk[2])
def test_a_third_turn_is_about_the_newest_thing_of_a_kind(talk: tuple[str, ...]) -> None:
    assert worded(*talk[:-1]) == talk[-1]


# A verb without its object, by what it is said of.
GAPS = (
    ("爸爸做自体移植", "多大年纪还能做", "多大年纪还能做自体移植？"),
    ("达雷妥尤单抗用于什么患者", "输注前要查什么", "达雷妥尤单抗输注前要查什么？"),
    ("沙利度胺的副作用", "懷孕可以吃嗎", "怀孕可以吃沙利度胺吗？"),
    ("卡非佐米是什么药", "会伤心脏吗", "卡非佐米会伤心脏吗？"),
    ("维持治疗用多久", "第二肿瘤风险高吗", "维持治疗第二肿瘤风险高吗？"),
    ("游离轻链比值的意义", "肾功能不全会影响吗", "肾功能不全会影响游离轻链比值吗？"),
    ("MGUS是什么", "会变成骨髓瘤吗", "MGUS会变成骨髓瘤吗？"),
    ("我妈贫血严重", "要输血吗", "贫血要输血吗？"),
    ("骨头疼吃什么药", "布洛芬行吗", "骨头疼布洛芬行吗？"),
    ("复发难治有哪些治疗", "CAR-T呢", "复发难治可以用CAR-T吗？"),
    ("唑来膦酸和地诺单抗有什么区别", "颌骨坏死哪个多", "唑来膦酸和地诺单抗颌骨坏死哪个多？"),
    ("地诺单抗怎么给药", "和唑来膦酸比哪个好", "地诺单抗和唑来膦酸比哪个好？"),
    ("全身低剂量CT和PET-CT哪个好", "后者什么时候做", "PET-CT什么时候做"),
    ("FISH提示t(11;14)", "有这个易位用什么药", "有t(11;14)易位用什么药"),
)  # fmt: skip
# What is asked in another way of the same, or of another thing in the same way.
FORMS = (
    ("骨髓瘤的溶骨性病变是怎么来的？", "除了肿瘤取代骨质，还有别的机制吗", "溶骨性病变还有别的机制吗？"),
    ("肾衰竭的病人预后好不好？", "有没有例外？", "肾衰竭的病人预后好不好，有没有例外？"),
    ("IgA型预后差吗", "跟IgG型比呢", "跟IgG型比，IgA型预后差吗"),
    ("骨髓瘤为什么骨头会破", "那血钙高又是咋回事", "骨髓瘤为什么会血钙高？"),
    ("激素要吃多久", "还有什么别的副作用", "激素还有什么别的副作用？"),
    ("得了这个病能活多久", "III期呢", "III期骨髓瘤能活多久"),
    ("美国2024年新发骨髓瘤多少例，死亡多少", "中国呢", "中国2024年新发骨髓瘤多少例，死亡多少"),
    ("活疫苗能打吗", "流感的呢，打了管用不", "流感疫苗打了管用不？"),
    ("吃别嘌醇要查什么", "剂量怎么给，要不要调？", "别嘌醇的剂量怎么给，要不要调？"),
    ("17p缺失在R-ISS里归哪类", "三体也是吧", "三体在R-ISS里归哪类"),
    ("自体移植什么人能做", "那异体的用得多吗", "异体移植用得多吗"),
    ("MP方案就是口服美法仑加强的松对吧", "几周一个周期", "MP方案几周一个周期？"),
    ("血钙高怎么办", "為什麼", "血钙高怎么办？为什么？"),
    ("How is bone pain treated?", "Unrelated: what is MGUS?", "what is MGUS?"),
)  # fmt: skip


def test_what_is_left_out_is_found_by_the_word_that_goes_with_it() -> None:
    wrong = [(talk, said) for *talk, meant in (*GAPS, *FORMS) if (said := worded(*talk)) != meant]
    assert not wrong


# A turn with a topic of its own, and one that seems to lack it.
OWN = (
    "骨髓瘤是什么原因引起的？",
    "确诊时的中位年龄多大？",
    "有些伤肾的药是不是不能乱吃？",
    "病友说葡萄柚不能吃，是真的吗？",
    "颌骨坏死哪些药会引起，怎么预防",
    "没有M蛋白是不是就不是骨髓瘤",
    "全身用药都没效,就髋骨那一处疼得要命,能烤电吗",
    "谢谢。再问个别的，骨髓瘤能治好吗",
)


def test_a_new_topic_takes_nothing_from_the_old() -> None:
    befores = (
        "硼替佐米的神经毒性怎么处理？",
        "R-ISS III期的标准是什么？",
        "高钙血症怎么治？",
        "淀粉样变发生率多少？",
    )
    wrong = [
        (before, turn, said)
        for before in befores
        for turn in OWN
        if (said := standalone(turn, ConversationState((Past(before),))).text) not in turn
    ]
    assert not wrong


def test_a_question_is_returned_to_by_its_place() -> None:
    turns = ("硼替佐米打针的地方红肿怎么办", "那手麻呢", "第一个问题还有别的办法吗")
    state = from_history([Turn(turn, "") for turn in turns[:-1]])
    found = standalone(turns[-1], state)
    assert (found.text, found.how) == (turns[0], "more")


def test_the_one_drug_that_answered_is_what_is_spoken_of() -> None:
    asked = Past("有t(11;14)可以考虑哪个口服药", ("可考虑维奈克拉。[1]",))
    assert standalone("能跟哪些药联用？", ConversationState((asked,))).text == "维奈克拉能跟哪些药联用？"
    two = Past("有t(11;14)可以考虑哪个口服药", ("可考虑维奈克拉或伊沙佐米。[1]",))
    assert "维奈克拉" not in standalone("能跟哪些药联用？", ConversationState((two,))).text


def test_what_is_shown_is_in_the_script_of_the_conversation(assistant: Assistant) -> None:
    before = assistant.ask("來那度胺的副作用")
    answer = assistant.ask("懷孕可以吃嗎", history=[before.as_turn()])
    assert answer.standalone == "懷孕可以吃來那度胺嗎？"
