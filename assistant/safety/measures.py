"""Measured values told in a message that mean danger by themselves."""

from __future__ import annotations

import re

from assistant.safety.types import Hit

_FEVER, _RAISED = 38.0, 37.3
"""Degrees Celsius, by mouth or ear: the 38.0 of the fever guidelines; normal ends at 37.3."""
_CHINESE = {c: n for n, c in enumerate("零一二三四五六七八九")}
_DEGREES = re.compile(r"(?<![\d.])(3[5-9]|4[0-2])(?:[.点](\d)|度(\d))?\d?\s*(?:多|来)?\s*(?:度(?!\d)|°|℃|c\b|degrees|celsius)")
_HALF = re.compile(r"(?<![\d.])(3[5-9]|4[0-2])度(半|\d)")
_BARE = re.compile(
    r"(?:^|[，,。:：]|\bt\b|量了?|测了?|\d点|又|到|running|small|around)\s*:?(3[7-9]|4[0-2])[.点](\d)\d?"
    r"(?=[，,。！!?？\s了]|$|左右)(?!\s*(?:g|mg|u/|%|h\b|l\b|mmol|umol|kg|ml|\d))"
)
_BESIDE = re.compile(r"(?:烧|体温|温度|热|temp\w*|fever\w*)[^。\d]{0,10}(3[7-9]|4[0-2])(?:\.(\d))?(?![\d/])(?!\s*(?:天|小时|次|岁|hours|days|weeks|years))")
_FAHRENHEIT = re.compile(r"(?<![\d.])(9[89]|10[0-6])(?:\.(\d))?\s*(?:°?\s*f\b|degrees|fahrenheit|°)")
_FAHRENHEIT_BARE = re.compile(
    r"(?:temp\w*|fever\w*|running|burning)[^.\d]{0,14}(9[89]|10[0-6])(?:\.(\d))?(?![\d/])"
)
_SPOKEN = re.compile(r"(三十|四十)([一二三四五六七八九])?(?:度|点([零一二三四五六七八九])度?)")
_LIMIT_BEFORE = re.compile(r"(?:超过|高于|大于|到了|多少|>|≥|达到|above|over|exceeds?|more than|or higher|at least)\s*$")
_LIMIT_AFTER = re.compile(r"\s*(?:以上|或以上|以下|or higher|or above|or more)")


# family → pattern of a value, and its limit: in danger "below" or "above" it.
# Sources of the limits: shock, systolic < 90 mmHg, and oxygen < 92 % by common early warning scores;
# platelets < 20 by the American Cancer Society; urine < 400 mL a day is oliguria; potassium from 6.0 mmol/L
# is severe; calcium above 2.9 mmol/L is moderate or
# severe (gpnotebook). They only decide whether to send somebody to a doctor.
_VALUES = (
    ("oxygen_low", re.compile(r"(?:spo2|血氧\w{0,3}|氧饱和度?|氧饱|oxygen\D{0,16}|\bsats?\b)\s*[:：]?\D{0,6}(\d{2})(?!\d)"), 50, 92),
    ("shock", re.compile(r"(?:血压|\bbp\b)\D{0,6}(\d{2,3})\s*/\s*\d{2}"), 30, 90),
    ("platelets_few", re.compile(r"(?:血小板|\bplt\b|platelets?)\D{0,12}?(\d{1,3})(?![\d.万])"), 0, 20),
    ("urine_low", re.compile(r"(?:尿量?|urine(?: output)?)\D{0,10}(\d{1,3})\s*(?:ml|毫升|cc)"), 0, 400),
    ("calcium_high", re.compile(r"(?:血钙|校正钙|calcium|\bca)\D{0,12}(\d\.\d+)(?!\d)"), 2.9, 6),
    ("potassium_high", re.compile(r"(?:血钾|potassium|\bk\+?)\s*[:：]?\D{0,4}(\d(?:\.\d+)?)(?!\d)"), 6.0, 12),
)


def dangerous_values(text: str) -> list[Hit]:
    """Values of oxygen, blood pressure, platelets, urine and potassium in their ranges of danger."""
    return [
        Hit(family, match.start(), match.end())
        for family, pattern, low, high in _VALUES
        for match in pattern.finditer(text)
        if low <= float(match[1]) < high
    ]


def temperatures(text: str) -> list[Hit]:
    """Raised temperatures in a normalised text, as hits of "temp_high" (38 °C on) and "temp_low".

    A limit ("above 38 °C") is none that was measured and is left out.
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
    if start in found or _LIMIT_BEFORE.search(text[:start]) or _LIMIT_AFTER.match(text, end):
        return
    if celsius >= _FEVER - 0.05:  # 100.4 °F is 38.0 °C
        found[start] = Hit("temp_high", start, end)
    elif celsius >= _RAISED:
        found[start] = Hit("temp_low", start, end)
