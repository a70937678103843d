"""What is told, and what is only spoken about."""

from __future__ import annotations

import time

import pytest

from assistant.safety.detector import red_flags


def flags(*turns: str) -> set[str]:
    return {alarm.flag for alarm in red_flags(turns[-1], turns[:-1])}


@pytest.mark.parametrize(
    ("told", "not_told"),
    [
        ("我爸今天腿没劲", "我爸没有腿没劲"),
        ("我爸今天发烧", "我爸今天没有咳嗽、胸痛和发烧"),
        ("我爸今天发烧", "我爸有没有发烧我不知道"),
        ("我妈昨天骨折了，疼得动不了", "我妈前年骨折了，疼得动不了，早好了"),
        ("我现在发烧，怎么办", "如果发烧怎么办"),
        ("化疗后发烧了", "化疗后会不会发烧"),
        ("我爸脊髓压迫了", "脊髓压迫怎么处理"),
        ("骨髓瘤病人今晚呼吸困难，怎么处理", "骨髓瘤病人呼吸困难的常见原因有哪些"),
        ("My dad has chest pain", "My dad has no cough, fever or chest pain"),
        ("My dad has chest pain", "What should my dad do if he gets chest pain?"),
        ("I got shingles yesterday", "Is the shingles vaccine safe for me?"),
        ("I have a fever", "I had a fever last year"),
        ("My wife can't walk", "In the novel my wife reads, the hero can't walk"),
    ],
)
def test_only_what_is_present_counts(told: str, not_told: str) -> None:
    assert flags(told)
    assert not flags(not_told)


@pytest.mark.parametrize(
    "message", ["没有不舒服，就是腿没劲", "no pain, but my legs are weak", "没当回事，昨晚发烧了"]
)
def test_a_denial_ends(message: str) -> None:
    assert flags(message)


@pytest.mark.parametrize(
    "message",
    [
        "我爸两條腿冇力",
        "我爸两腿没有力气",
        "爸爸雙腿使不上勁",
        "我爸的腿，软得站不住",
        "My dads legs are wekk, cant walk",
    ],
)
def test_one_sign_in_many_spellings(message: str) -> None:
    assert flags(message) >= {"cord_compression"}


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("我发烧38.5", "now"),
        ("化疗中，体温37.8，有点烧", "now"),
        ("我有点低烧", "today"),
        ("化疗后体温37.6", "today"),
        ("temp 101.5 F tonight", "now"),
        ("she is running 100.6 today after chemo", "now"),
        ("烧到三十九度了", "now"),
    ],
)
def test_how_urgent_a_temperature_is(message: str, level: str) -> None:
    assert [a.level for a in red_flags(message) if a.flag == "fever"] == [level]


@pytest.mark.parametrize(
    "message", ["体温36.6", "白蛋白 39.4 g/L，LDH 180", "发烧超过38度要去医院吗", "37 years old"]
)
def test_no_fever_in_other_numbers(message: str) -> None:
    assert not flags(message)


def test_the_most_urgent_comes_first() -> None:
    alarms = red_flags("我妈拔牙后骨头露出来了，今天突然嘴歪，说话不清")
    assert [alarm.flag for alarm in alarms] == ["stroke", "jaw_osteonecrosis"]
    assert [alarm.level for alarm in alarms] == ["now", "soon"]


def test_signs_add_up_over_turns() -> None:
    assert flags("我爸脚有点麻") == set()
    assert flags("我爸这两天腰疼", "我爸脚有点麻") == {"cord_compression"}
    (alarm,) = red_flags("今天有点烧", ["我妈在做双抗"])
    assert (alarm.flag, alarm.level, alarm.repeated) == ("fever", "now", False)


def test_an_alarm_stands_until_it_is_seen_to() -> None:
    (alarm,) = red_flags("R-ISS怎么分期？", ["我爸突然说话不清"])
    assert (alarm.flag, alarm.repeated) == ("stroke", True)
    assert not red_flags("已经在急诊了，R-ISS怎么分期？", ["我爸突然说话不清"])
    assert not red_flags("我爸现在没有发烧，R-ISS怎么分期？", ["我爸发烧"])


def test_asking_about_it_takes_nothing_back() -> None:
    (alarm,) = red_flags("腿没劲一般有哪些原因？", ["我爸今天腿没劲"])
    assert (alarm.flag, alarm.repeated) == ("cord_compression", True)


def test_a_stroke_that_passed_is_still_one() -> None:
    assert flags("刚才突然说不出话，几分钟后好了") == {"stroke"}


def test_who_speaks() -> None:
    (ward,) = red_flags("我科一位骨髓瘤患者今天双下肢无力")
    (son,) = red_flags("我爸今天双下肢无力")
    assert (ward.speaker, son.speaker) == ("clinician", "lay")


def test_values_of_danger() -> None:
    assert flags("患者今天SpO2 84%") == {"breath_clot"}
    assert flags("患者今天BP 80/45") == {"collapse"}
    assert not flags("SpO2 98%，BP 128/76，kappa 6.5 mg/L")


def test_any_text_is_read_and_quickly() -> None:
    red_flags("发烧")  # the words are loaded
    for text in ("", " ", "\n\n", "。。。", "\ud83d", "a" * 8000, "腿" * 8000, "没有" * 4000, "1.5" * 2000):
        started = time.perf_counter()
        red_flags(text)
        assert time.perf_counter() - started < 1


def test_creatinine_that_rises_by_half() -> None:
    assert flags("肌酐从100到150") == {"kidney"}
    assert flags("肌酐从100到149") == set()
    assert flags("肌酐从180降到110") == set()


def test_two_values_of_a_chart_tell_of_somebody() -> None:
    assert flags("GCS 13 is which level?") == set()
    assert flags("Ca 3.6, GCS 13. Fluids first?") == {"hypercalcaemia"}


def test_a_denial_reaches_over_signs_in_a_row() -> None:
    assert flags("我没头晕心慌胸闷") == set()
    assert flags("我没头晕，心慌胸闷") != set()


def test_who_asks_whether_it_can_wait_has_somebody_who_waits() -> None:
    assert flags("眼底出血") == set()
    assert flags("眼底出血，能等周一吗") == {"bleeding"}
