"""Cutting and thinning sentences: what is cut, and above all what is not."""

from __future__ import annotations

import pytest

from assistant.plain.brackets import uncluttered
from assistant.plain.clauses import short_sentences
from assistant.plain.english import short_english
from assistant.plain.lines import as_lines, cells_as_lines
from assistant.plain.lists import names_apart


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "肾衰竭的原因不止一个，最常见的原因是轻链堵住肾小管。",
            ("肾衰竭的原因不止一个。", "最常见的原因是轻链堵住肾小管。"),
        ),
        (
            "单用来那度胺也是有效的；沙利度胺作为维持治疗可能是有效的。",
            ("单用来那度胺也是有效的。", "沙利度胺作为维持治疗可能是有效的。"),
        ),
        (
            "尽管多发性骨髓瘤是一种无法治愈的疾病，但患者的总生存期已经延长。",
            ("多发性骨髓瘤是一种无法治愈的疾病。", "但患者的总生存期已经延长。"),
        ),
        (
            "地舒单抗也可用于治疗高钙血症，特别是肾功能很差的患者。",
            ("地舒单抗也可用于治疗高钙血症。", "特别是肾功能很差的患者。"),
        ),
        (
            "这两种疫苗对多数骨髓瘤患者效果有限，不足以保护，原因是疾病和治疗造成的免疫缺陷。",
            ("这两种疫苗对多数骨髓瘤患者效果有限，不足以保护。", "原因是疾病和治疗造成的免疫缺陷。"),
        ),
        (
            "所以拍过X线片后仍可能要做全身低剂量CT或磁共振，三者对骨病都更敏感。",
            ("所以拍过X线片后仍可能要做全身低剂量CT或磁共振。", "三者对骨病都更敏感。"),
        ),
        (
            "对于肾衰竭的患者，可选择每月用一次地舒单抗，其与双膦酸盐不同，不通过肾脏清除。",
            ("对于肾衰竭的患者，可选择每月用一次地舒单抗。", "其与双膦酸盐不同，不通过肾脏清除。"),
        ),
        (
            "M蛋白检查能显示癌的总量变化，若M蛋白比上次升高一半以上，应在一周内再查一次。",
            ("M蛋白检查能显示癌的总量变化。", "若M蛋白比上次升高一半以上，应在一周内再查一次。"),
        ),
    ],
    ids=["two statements", "semicolon", "although", "afterthought", "reason", "three", "of it", "another if"],
)  # fmt: skip
def test_cut(text: str, pieces: tuple[str, ...]) -> None:
    assert short_sentences(text) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "如果医生很怀疑是骨髓瘤，即使血里的检查是阴性，也要再做免疫固定电泳。",
        "血钙不高的患者可以补充钙和维生素D，平时还可以多做一些走路一类的活动。",
        "地舒单抗与唑来膦酸相比，肾毒性为10%对17%，低钙血症为17%对12%，颌骨坏死为4%对3%。",
        "年龄大于40岁并有持续的骨痛，夜间疼得更明显，应怀疑多发性骨髓瘤。",
        "由于移植物抗宿主病很常见，异体移植仍处于实验阶段，一般只在研究中进行。",
        "最近的研究表明，三种药一起用的效果比两种药更好一些。",
        "感染后应尽快就医，除非体温已经恢复正常并且没有其他不适。",
        "恶性浆细胞产生的M蛋白，在一半的患者中是IgG型的免疫球蛋白。",
        "保持良好的牙齿健康，避免拔牙和种植牙，是降低这种风险的重要方法。",
        "骨髓瘤引起的肾功能不全，在充分补充水分以后往往还可以得到改善。",
        "要完成修订的国际分期，骨髓瘤患者的染色体检查应覆盖这些项目。",
        "这种病的累积进展风险在10年时为10%，20年时为18%，30年时为28%。",
        "患者有浆细胞肿瘤的证据，而且高钙血症或贫血有任意一项成立，诊断为活动性骨髓瘤。",
        "血清M蛋白增加了25%而绝对值变化很小，不算血清M蛋白意义上的病情进展。",
        "急性肾损伤时血肌酐每天都不稳定，估算肾小球滤过率的公式会得出错误的数值。",
        "完全缓解还有两项要求：血清游离轻链比值正常，骨髓中没有克隆性浆细胞。",
        "骨髓检查包括涂片、活检、染色体检查和流式细胞术等多个项目在内。",
        "如果M蛋白的量比原来升高得很多，它们通常会使血液变得更稠而流得更慢。",
        "脱水的患者肾功能可能会突然变差，若需要造影，常可先补足水分。",
    ],
    ids=["if", "who", "comparison", "conclusion", "because", "report", "unless", "subject",
         "verbs as subject", "what is talked about", "purpose", "figures of one subject",
         "criteria", "condition without a word", "time inside the clause", "colon", "one clause",
         "it after an if", "an if without advice"],
)  # fmt: skip
def test_not_cut_from_what_it_hangs_on(text: str) -> None:
    assert short_sentences(text) == (text,)


def test_nothing_is_lost_in_cutting() -> None:
    text = "白细胞计数正常，t(4;14)见于35,780例中的10%；阴离子间隙有时是降低的，但并不总是如此。"
    bare = str.maketrans("", "", "，；。")
    assert "".join(short_sentences(text)).translate(bare) == text.translate(bare)


@pytest.mark.parametrize(
    ("text", "clear"),
    [
        ("对治疗的反应（见表 疗效标准）表示为", "对治疗的反应表示为"),
        ("皮质类固醇(corticosteroid)有效。", "皮质类固醇有效。"),
        ("乳酸脱氢酶(LDH)升高。", "乳酸脱氢酶(LDH)升高。"),
        ("放疗（18～24Gy）可缓解骨痛。", "放疗（18～24Gy）可缓解骨痛。"),
        ("t(4;14)和del(17p)属高危。", "t(4;14)和del(17p)属高危。"),
        ("双膦酸盐（肾功能差时除外）", "双膦酸盐（肾功能差时除外）"),
        ("抗体(daratumumab)有效。", "抗体(daratumumab)有效。"),
    ],
    ids=["pointer", "second name", "report word", "number", "cytogenetics", "condition", "another name"],
)
def test_brackets(text: str, clear: str) -> None:
    assert uncluttered(text) == clear


def test_names_in_brackets_become_a_sentence() -> None:
    text = "骨头已经疏松或者被破坏的骨髓瘤患者应每月静脉用一次双膦酸盐（帕米膦酸或唑来膦酸）来保护骨头。"
    assert names_apart(text) == (
        "骨头已经疏松或者被破坏的骨髓瘤患者应每月静脉用一次双膦酸盐来保护骨头。",
        "这里的双膦酸盐是帕米膦酸或唑来膦酸。",
    )
    assert names_apart(
        "骨髓瘤要和其他恶性肿瘤（如，淋巴瘤、白血病）以及意义未明的单克隆免疫球蛋白病仔细区分开来。"
    ) == (
        "骨髓瘤要和其他恶性肿瘤以及意义未明的单克隆免疫球蛋白病仔细区分开来。",
        "其他恶性肿瘤比如淋巴瘤、白血病。",
    )
    short = "可静脉注射双膦酸盐（帕米膦酸或唑来膦酸）。"
    assert names_apart(short) == (short,)


def test_examples_are_told_of_what_they_are_examples_of() -> None:
    text = "周围神经病变、腕管综合征、异常出血和高钙血症症状（例如，口渴、脱水）在骨髓瘤患者中都是常见的。"
    assert names_apart(text)[1:] == ("高钙血症症状比如口渴、脱水。",)
    text = "对联合用药失败的患者，可在相同情况下换用其他药物（如，免疫调节剂、化疗药物、蛋白酶体抑制剂）。"
    assert names_apart(text)[1:] == ("其他药物比如免疫调节剂、化疗药物、蛋白酶体抑制剂。",)


def test_a_number_in_a_name_is_not_said_again() -> None:
    text = "医生可在最初的方案里加上抗CD38单克隆抗体（伊沙妥昔单抗或达雷木单抗），其他的药不变。"
    assert names_apart(text) == (
        "医生可在最初的方案里加上抗CD38单克隆抗体，其他的药不变。",
        "这里的药是伊沙妥昔单抗或达雷木单抗。",
    )


def test_a_long_enumeration_becomes_lines() -> None:
    assert as_lines("不利的迹象包括分期较高、白蛋白较低、LDH升高以及肾功能衰竭。") == (
        "不利的迹象包括",
        ("分期较高", "白蛋白较低", "LDH升高", "肾功能衰竭"),
    )
    assert as_lines("并发症包括贫血和感染。") == ("并发症包括贫血和感染。", ())


# A long sentence, what leads it in, and its lines.
LAID_OUT = {
    "counted": (
        "持续的骨头疼痛（多在背部或者胸廓）、肾功能衰竭、反复发生的细菌感染是最常出现的症状。",
        "最常出现的症状是",
        ("持续的骨头疼痛（多在背部或者胸廓）", "肾功能衰竭", "反复发生的细菌感染"),
    ),
    "any of several": (
        "年龄大于40岁并有不明原因的骨痛，多在夜间加重，或出现其他典型症状，或X光显示骨折，应怀疑骨髓瘤。",
        "有下面任何一种情况，应怀疑骨髓瘤",
        ("年龄大于40岁并有不明原因的骨痛，多在夜间加重", "出现其他典型症状", "X光显示骨折"),
    ),
    "under a condition": (
        "研究发现，当患者一开始治疗就安排自体移植时，无进展生存期会变长，但总生存期看不到差别。",
        "研究发现，当患者一开始治疗就安排自体移植时",
        ("无进展生存期会变长", "但总生存期看不到差别"),
    ),
    "for whom": (
        "大部分的患者，特别是那些骨头已经被破坏或者骨质疏松的患者，应每个月静脉注射一次双膦酸盐。",
        "下面的患者应每个月静脉注射一次双膦酸盐",
        ("大部分的患者", "特别是那些骨头已经被破坏或者骨质疏松的患者"),
    ),
    "by what": (
        "每天保持良好的牙齿健康，治疗期间避免拔牙和种植牙，是降低颌骨坏死这种风险的重要方法。",
        "降低颌骨坏死这种风险的重要方法是",
        ("每天保持良好的牙齿健康", "治疗期间避免拔牙和种植牙"),
    ),
    "as many as it says": (
        "疑似多发性骨髓瘤的患者需要四组检查：血液检查、M蛋白检查、影像检查和骨髓检查。",
        "疑似多发性骨髓瘤的患者需要四组检查",
        ("血液检查", "M蛋白检查", "影像检查", "骨髓检查"),
    ),
    "by rank": (
        "疗效由深到浅依次为严格完全缓解、完全缓解、非常好的部分缓解、部分缓解、微小缓解。",
        "疗效由深到浅依次为",
        ("严格完全缓解", "完全缓解", "非常好的部分缓解", "部分缓解", "微小缓解"),
    ),
    "at commas": (
        "化验包括血常规和血涂片、血清β2微球蛋白，血和尿的蛋白电泳，血清游离轻链。",
        "化验包括",
        ("血常规和血涂片", "血清β2微球蛋白", "血和尿的蛋白电泳", "血清游离轻链"),
    ),
    "two under a heading": (
        "高钙血症：可给予补液后静脉注射双膦酸盐（最好是唑来膦酸）治疗，有时可给予降钙素治疗。",
        "高钙血症",
        ("可给予补液后静脉注射双膦酸盐（最好是唑来膦酸）治疗", "有时可给予降钙素治疗"),
    ),
    "one under a heading": (
        "骨骼病变：诊断时，应查一次维生素D的水平，以后定期复查，并按结果调整维生素D的剂量。",
        "骨骼病变",
        ("诊断时，应查一次维生素D的水平，以后定期复查，并按结果调整维生素D的剂量",),
    ),
    "under a heading": (
        "常规化疗：该方案由两种口服药组成，每4至6周算一个周期，一共8至12个周期，每个月看一次疗效。",
        "常规化疗",
        ("该方案由两种口服药组成", "每4至6周算一个周期", "一共8至12个周期", "每个月看一次疗效"),
    ),
}  # fmt: skip
# Laid out, these would say something else, or nothing.
LEFT = (
    "强烈怀疑多发性骨髓瘤的时候，即使血清蛋白电泳是阴性，也要再做血清和尿的免疫固定电泳。",
    "特异性治疗常包括传统化疗、激素和几种附加药物的组合如蛋白酶体抑制剂、免疫调节剂或单克隆抗体。",
    "骨髓瘤的治疗药物包括免疫调节剂、蛋白酶体抑制剂和细胞免疫疗法，具体的用法见治疗一章。",
    "病变是由增殖的浆细胞肿瘤取代骨质，或浆细胞分泌的细胞因子激活破骨细胞所引起的骨质流失引起的。",
    "年龄大于65岁的患者，有不良细胞遗传学异常的患者用沙利度胺维持，总生存没有延长，反而更差。",
    "诊断骨髓瘤时，应查一次维生素D的水平，并定期复查及按结果调整以后补充的维生素D的剂量。",
    "与双膦酸盐（比如唑来膦酸）相比，地舒单抗的好处是不经肾脏清除，也不引起输注反应。",
    "所有疑似多发性骨髓瘤的患者需要四组检查：血液检查、影像检查和骨髓检查，其中骨髓检查要做两项。",
    "这类抗体可提高其他药物的疗效，包括免疫调节剂来那度胺、沙利度胺，以及蛋白酶体抑制剂硼替佐米。",
    "Cook G, Morris C: Evolution or revolution in multiple myeloma therapy. Br J 191:542–551, 2020.",
)


def test_a_long_sentence_is_laid_out_in_lines() -> None:
    wrong = {name for name, (text, *laid_out) in LAID_OUT.items() if as_lines(text) != tuple(laid_out)}
    assert not wrong, {name: as_lines(LAID_OUT[name][0]) for name in wrong}


def test_what_would_lose_its_sense_in_lines_stays() -> None:
    assert [text for text in LEFT if as_lines(text)[1]] == []


def test_no_character_is_lost_in_lines() -> None:
    only_order = str.maketrans("", "", "，、。：和或有下面任何一种情况的患者是")
    for text, lead, items in LAID_OUT.values():
        told = f"{lead}{''.join(items)}".translate(only_order)
        assert sorted(told) == sorted(text.translate(only_order)), text


def test_the_findings_of_a_row_become_lines() -> None:
    row = "POEMS综合征：神经病变（慢性；多发）；器官肿大；皮肤改变"
    assert cells_as_lines(row, "row") == ("POEMS综合征", ("神经病变（慢性；多发）", "器官肿大", "皮肤改变"))
    assert cells_as_lines(row, "item") == (row, ())
    assert cells_as_lines("II：不是I期；不是III期", "row") == ("II：不是I期；不是III期", ())


def test_english() -> None:
    text = (
        "Bortezomib is given under the skin once a week in most plans; it can harm the nerves of the hands"
        " and feet, and they may stay numb."
    )
    assert short_english(text) == (
        "Bortezomib is given under the skin once a week in most plans.",
        " It can harm the nerves of the hands and feet.",
        " They may stay numb.",
    )
    bound = (
        "If the calcium is high, patients should avoid supplements of calcium and vitamin D; they may take"
        " them again when it is normal."
    )
    assert short_english(bound) == (bound,)
