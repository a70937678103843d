"""What a FISH report says of each lesion, in many wordings."""

from __future__ import annotations

import pytest

from tests.assistant.staging.reading.said import HIGH_RISK, states


@pytest.mark.parametrize(
    "text",
    [
        "FISH（17p、4;14、14;16）neg",
        "FISH 17p（-），4；14（-），14；16（-）",
        "FISH panel (17p, 4;14, 14;16) all negative",
        "FISH neg for del17p / t(4;14) / t(14;16)",
        "FISH未检出高危异常(17p-、t(4;14)、t(14;16))",
        "FISH: no high-risk lesions [17p-, t(4;14), t(14;16)]",
        "FISH negative, including del(17p), t(4;14) and t(14;16)",
        "FISH: t(11;14) present, del(17p), t(4;14) and t(14;16) not detected",
        "none of del(17p), t(4;14) or t(14;16) was seen",
        "del(17p)=0, t(4;14)=0, t(14;16)=0",
        "t(4;14): N; del(17p): N; t(14;16): N",
        "17p没有 4;14没有 14;16没有",
        "阴性项目：17p缺失、t(4;14)、t(14;16)",
        "Not detected: del(17p), t(4;14), t(14;16)",
        "17p× t(4;14)× t(14;16)×",
        "fish del17p t414 t1416都阴",
        "FISH panel clean",
        "FISH with no adverse features",
    ],
)
def test_all_three_absent(text: str) -> None:
    found = states(text)
    assert [found[x] for x in HIGH_RISK] == ["absent"] * 3


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("17p-有 4;14没有 1q21三个拷贝", {"del(17p)", "1q+"}),
        ("没治过的病人 17p-有 4;14没有", {"del(17p)"}),
        ("t(4;14) - positive, del(17p) - negative", {"t(4;14)"}),
        ("FISH 1q21+, 17p-, t(4;14)-, t(14;16)-", {"1q+"}),
        ("FISH: 1q21 +, 17p -, t(4;14) -, t(14;16) -", {"1q+"}),
        ("FISH阳性：17p、1q21；阴性：4;14、14;16", {"del(17p)", "1q+"}),
        ("FISH未见高危异常（17p-、t(4;14)、t(14;16)均未检出），1q21+阳性", {"1q+"}),
        ("17p杂合缺失", {"del(17p)"}),
        ("项目：FISH套餐（1q21/17p13/t(4;14)/t(14;16)）。结果：杂交失败", set()),
        ("FISH无高危异常（1q21+）", set()),
        ("FISH negative (only del(17p) positive)", {"del(17p)"}),
        ("FISH阴性（仅1q21+阳性）", {"1q+"}),
    ],
)
def test_present(text: str, present: set[str]) -> None:
    assert {lesion for lesion, state in states(text).items() if state == "present"} == present


@pytest.mark.parametrize(
    "text",
    ["1q21未见增益", "17p缺失阴性，1q21无增益", "1q21未见扩增/增益", "未检出1q21增益",
     "1q21位点未见拷贝数增加", "no 1q gain", "1q21 gain not seen", "1q21正常二倍体"],
)
def test_no_gain_is_absent(text: str) -> None:
    assert states(text)["1q+"] == "absent"


@pytest.mark.parametrize(
    ("text", "absent", "present"),
    [
        ("no evidence of TP53 loss, gain of 1q in 40%", "del(17p)", "1q+"),
        ("no del(17p), gain 1q 35% of cells", "del(17p)", "1q+"),
        ("No t(4;14), del(17p) in 60% of cells", "t(4;14)", "del(17p)"),
        ("未见17p缺失，1q21扩增占45%", "del(17p)", "1q+"),
        ("无t(14;16)，17p缺失占70%", "t(14;16)", "del(17p)"),
    ],
)
def test_a_figure_ends_a_negation(text: str, absent: str, present: str) -> None:
    found = states(text)
    assert (found[absent], found[present]) == ("absent", "present")


@pytest.mark.parametrize(
    "text",
    [
        "FISH报告就一句“未见异常”，探针目录没附",
        "FISH只写了未见异常，探针没列",
        "FISH：“未见异常”，没附探针目录",
        "FISH报告单只有一句话：未见异常",
        'FISH report just says "normal"',
        'FISH report: "no abnormality detected", probe list not attached',
        "FISH: normal, probes not listed",
    ],
)
def test_a_normal_report_without_its_probes(text: str) -> None:
    found = states(text)
    assert (found["del(17p)"], found["t(4;14)"], found["1q+"]) == ("absent", "absent", "unknown")


@pytest.mark.parametrize(
    ("text", "of_17p"),
    [
        ("Deletion 17p in 46% of cells (cut-off 10%), translocations 4;14 and 14;16 absent", "present"),
        ("Deletion 17p in 4% of cells (cut-off 10%), translocations 4;14 and 14;16 absent", "absent"),
        ("deletion 17p absent, translocations 4;14, 14;16 absent", "absent"),
        ("Deletion of 17p13 in 60%, translocations 4;14 and 14;16 not seen", "present"),
    ],
)
def test_deletion_and_translocations_in_words(text: str, of_17p: str) -> None:
    found = states(text)
    assert [found[x] for x in HIGH_RISK] == [of_17p, "absent", "absent"]
