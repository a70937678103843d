"""Measured values told in a message that mean danger by themselves."""

from __future__ import annotations

import re

from assistant.safety.types import Hit

_FEVER, _RAISED = 38.0, 37.3
"""Degrees Celsius, by mouth or ear: the 38.0 of the fever guidelines; normal ends at 37.3."""
_CHINESE = {c: n for n, c in enumerate("零一二三四五六七八九")}
_DEGREES = re.compile(
    r"(?<![\d.])(3[5-9]|4[0-2])(?:[.点](\d))?\d?\s*(?:多|来)?\s*(?:度(?!\d)|°|℃|c\b|degrees|celsius)"
)
_HALF = re.compile(r"(?<![\d.])(3[5-9]|4[0-2])度(半|\d)")
_BARE = re.compile(
    r"(?:^|[，,。:：]|(?<![a-z])t\b|量了?|测了?|\d点|又|到"
    r"|running|around|has|have|with|hit|reached|got|i'm at|he's at|she's at|is at)\s*:?"
    r"(3[7-9]|4[0-2])[.点](\d)\d?(?=[，,。！!?？\s了]|\.(?:\s|$)|$|左右)(?!\s*(?:g|mg|u/|%|h\b|l\b|mmol|umol|kg|ml|\d))"
)
_BESIDE = re.compile(
    r"(?:烧|温|热|temp\w*|fever\w*)[^。\d]{0,10}(3[7-9]|4[0-2])(?:\.(\d))?(?![\d/])"
    r"(?!\s*(?:天|小时|次|岁|hours|days|weeks|years))"
)
_FAHRENHEIT = re.compile(r"(?<![\d.])(9[89]|10[0-6])(?:\.(\d))?\s*(?:°?\s*f\b|degrees|fahrenheit|°)")
_FAHRENHEIT_BARE = re.compile(
    r"(?:temp\w*|fever\w*|running|burning)[^.\d]{0,14}(9[89]|10[0-6])(?:\.(\d))?(?![\d/])"
)
_SPOKEN = re.compile(r"(三十|四十)([一二三四五六七八九])?(?:度|点([零一二三四五六七八九])度?)")
_LIMIT_BEFORE = re.compile(r"(?:超过|高于|大于|多少|>|≥|达到|above|over|exceeds?|more than|at least)\s*$")
_LIMIT_AFTER = re.compile(
    r"\s*(?:以上|或以上|以下|or higher|or above|or more|[℃°度c]*这个|[℃°度c]*作?为(?:界|标准|什么))"
)


_RISE = re.compile(
    r"(?:肌酐|creat\w*)\D{0,8}?(?:从|由|from|was)\s*(\d{2,4})[^\d,。]{0,10}?(?:到|至|升|涨|->|→|to\b|now)\D{0,6}?(\d{2,4})"
)
_INJURY, _RISEN = 1.5, 26.5  # times the value before, and umol/L more: acute kidney injury (KDIGO 2012)
# A measured value as charts have it: the name right before the number.
_TOLD = re.compile(
    r"(?<![a-z])(ca|creat\w*|cr|scr|gcs|hb|hgb|plts?|bp|hr|rr|spo2|sats?|wbc|anc|crp|ldh|egfr|k\+?|na|lvef|temp"
    r"|血钙|校正钙|离子钙|肌酐|血红蛋白|血小板|白细胞|中性粒细胞|血压|心率|体温|血钾|尿酸|乳酸|肌力|igg|iga|igm|m蛋白)"
    r"\s*(?:is|was|of|now|[:=为由])?\s*\d[\d./]*(?!\s*(?:期|天|周|个?月|年))"
)
_OWNER = re.compile(r"(?:患者|病人|(?<![a-z])(?:patient|pt))(?:的|'s|has|with|,|:|\s)*$")


_CALCIUM = re.compile(r"(?:血钙|校正钙|calcium|(?<![a-z])ca(?![a-z]))\D{0,12}(\d\.\d+)(?!\d)")
# Family, pattern of a value, and the range of danger, from the first number up to the second.
# Oxygen below 92 %, systolic pressure below 90 mmHg, urine below 400 mL, potassium from 6.0 mmol/L, 28
# breaths or 130 heartbeats a minute and glucose from 20 mmol/L (400 mg/dL) are the project's own cautious
# choice, not yet reviewed by a clinician;
# platelets below 20 x10^9/L follow the American Cancer Society and calcium from 2.9 mmol/L GPnotebook (see
# red_flags.toml). They only decide whether to send somebody to a doctor. Neutrophils below 0.5 x10^9/L
# are the severe neutropenia of the fever guidelines.
_VALUES = (
    (
        "oxygen_low",
        re.compile(
            r"(?:spo2|血氧[^\W\d]{0,3}|氧饱和?度?|oxygen\D{0,16}|(?<![a-z])sats?\b)\D{0,6}(\d{2})(?!\d)"
        ),
        50,
        92,
    ),
    (
        "shock",
        re.compile(r"(?:血压|blood pressure|(?<![a-z])bp\b)\D{0,20}(\d{2,3})\s*(?:/|over)\s*\d{2}"),
        30,
        90,
    ),
    ("shock", re.compile(r"(?:收缩压|高压|systolic)\D{0,8}(\d{2,3})(?![\d.]|\s*(?:以|或|到|-))"), 30, 90),
    (
        "breath",
        re.compile(
            r"(?:呼吸(?:频率)?|(?<![a-z])rr\b|resp\w*(?: rate)?|breathing)[^\d,。]{0,10}(\d{2})(?![\d.]|\s*%)"
        ),
        28,
        70,
    ),
    (
        "palpitation",
        re.compile(r"(?:心率|心跳|脉搏|heart rate|pulse|(?<![a-z])hr\b)[^\d,。]{0,8}(1\d{2})(?![\d.]|\s*%)"),
        130,
        200,
    ),
    (
        "neutropenia",
        re.compile(r"(?:中性粒\D{0,6}|(?<![a-z])anc\b\D{0,8}|neutrophils?\D{0,16})(0\.\d+)(?!\d)"),
        0,
        0.5,
    ),
    (
        "platelets_few",
        re.compile(r"(?:血小板|(?<![a-z])plts?\b|platelets?)\D{0,12}?(\d{1,3})(?![\d.万])"),
        0,
        20,
    ),
    (
        "glucose_high",
        re.compile(r"(?:血糖|glucose|blood sugar)[^\d。>≥超过高于大低小]{0,14}(\d{2}(?:\.\d)?)(?![\d.])"),
        20,
        60,
    ),
    (
        "glucose_high",
        re.compile(r"(?:血糖|glucose|blood sugar)[^\d。>≥超过高于大低小]{0,14}(\d{3,4})(?![\d.])"),
        400,
        1500,
    ),
    ("urine_low", re.compile(r"(?:尿量?|urine(?: output)?)\D{0,10}(\d{1,3})\s*(?:ml|毫升|cc)"), 0, 400),
    ("calcium_high", _CALCIUM, 2.9, 6),
    ("calcium_value", _CALCIUM, 2.9, 6),
    (
        "potassium_high",
        re.compile(r"(?:血钾\D{0,4}|potassium\D{0,8}|(?<![a-z])k\+?\s*[:=]?\s*)(\d(?:\.\d+)?)(?!\d)"),
        6.0,
        12,
    ),
)


def dangerous_values(text: str) -> list[Hit]:
    """Values of oxygen, blood pressure, platelets, urine and potassium in their ranges of danger."""
    return [
        Hit(family, match.start(), match.end())
        for family, pattern, low, high in _VALUES
        for match in pattern.finditer(text)
        if low <= float(match[1]) < high
    ]


def creatinine_rise(text: str) -> list[Hit]:
    """Hits of "kidney_bad" where creatinine is told to have risen by half ("from 120 to 350")."""
    risen = (m for m in _RISE.finditer(text) if float(m[2]) >= _INJURY * float(m[1]))
    return [Hit("kidney_bad", m.start(), m.end()) for m in risen]


def small_rises(text: str) -> list[tuple[int, int]]:
    """Spans in which a creatinine is told that has risen by less than any definition of an injury."""
    return [
        m.span()
        for m in _RISE.finditer(text)
        if float(m[2]) < _INJURY * float(m[1]) and float(m[2]) - float(m[1]) < _RISEN
    ]


def told_values(text: str) -> list[Hit]:
    """Hits of "case" where a patient's values are told; a limit is none.

    Two or more of them ("ca 3.6, gcs 13"), or one right behind the word for the patient ("患者igm 92 g/l").
    """
    found = [m for m in _TOLD.finditer(text) if not _LIMIT_AFTER.match(text, m.end())]
    owned = [m for m in found if _OWNER.search(text, max(0, m.start() - 10), m.start())]
    told = found if len({m[1] for m in found}) > 1 else owned
    return [Hit("case", m.start(), m.end()) for m in told]


# "66岁,…", "女,58岁", "71M", "62-year-old", at the beginning of a sentence.
_VIGNETTE = re.compile(
    r"(?:^|[。!?;:,]\s?)(?:(?:患者|病人|病例|pt|patient)\W{0,2})?"
    r"(?:[男女]性?,?\s?\d{2}(?:岁|y|,)|\d{2}岁,?(?:[男女]性?|[^我爸妈的]{2,}))"
    r"|(?<![a-z0-9])\d{2}\s?(?:[fm]\b|-?\s?(?:year|yr)s?-?\s?old\b|y/?o\b)"
)


def vignettes(text: str) -> list[Hit]:
    """Hits of "case" where somebody is told by age and sex, as charts begin."""
    return [Hit("case", m.start(), m.end()) for m in _VIGNETTE.finditer(text)]


def temperatures(text: str) -> list[Hit]:
    """Raised temperatures in a normalised text, as hits of "temp_high" (38 °C on) and "temp_low".

    A limit ("above 38 °C") is a hit of "limit": nobody need have measured it.
    """
    found: dict[int, Hit] = {}
    for pattern in (_HALF, _DEGREES, _BESIDE, _BARE):
        for match in pattern.finditer(text):
            fraction = next((g for g in match.groups()[1:] if g), "0")
            _keep(found, text, match, int(match[1]) + (0.5 if fraction == "半" else int(fraction) / 10))
    for match in _SPOKEN.finditer(text):
        tens = 30 if match[1] == "三十" else 40
        value = tens + _CHINESE.get(match[2] or "零", 0) + _CHINESE.get(match[3] or "零", 0) / 10
        _keep(found, text, match, value)
    for pattern in (_FAHRENHEIT, _FAHRENHEIT_BARE):
        for match in pattern.finditer(text):
            _keep(found, text, match, (int(match[1]) + int(match[2] or 0) / 10 - 32) / 1.8)
    return list(found.values())


def _keep(found: dict[int, Hit], text: str, match: re.Match[str], celsius: float) -> None:
    start, end = match.start(1), match.end()
    if start in found:
        return
    if _LIMIT_BEFORE.search(text[:start]) or _LIMIT_AFTER.match(text, end):
        found[start] = Hit("limit", start, end)
    elif celsius >= _FEVER - 0.05:  # 100.4 °F is 38.0 °C
        found[start] = Hit("temp_high", start, end)
    elif celsius >= _RAISED:
        found[start] = Hit("temp_low", start, end)
