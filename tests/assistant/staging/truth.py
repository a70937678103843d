"""The staging rules once more, written from the specification before the code and without it.

Bands are typed in by hand for every value; stages follow from the printed tables by plain branches.
Where something is missing, ``possible`` puts in one value of every band and collects the stages.
"""

from __future__ import annotations

from itertools import product

# (value and unit as a report prints them, band): low is < 3.5 mg/L, mid up to < 5.5, high from 5.5.
B2M = [
    ("2.1 mg/L", "low"), ("3.4 mg/L", "low"), ("3.49 mg/L", "low"), ("3.499999999999999999 mg/L", "low"),
    ("3.5 mg/L", "mid"), ("3.50 mg/L", "mid"), ("3.500000000000000001 mg/L", "mid"), ("4.2 mg/L", "mid"),
    ("5.49 mg/L", "mid"), ("5.499999999999999999 mg/L", "mid"),
    ("5.5 mg/L", "high"), ("5.50 mg/L", "high"), ("5.51 mg/L", "high"), ("28 mg/L", "high"),
    ("100 mg/L", "high"),
    ("3.49 mcg/mL", "low"), ("3.5 mcg/mL", "mid"), ("5.49 mcg/mL", "mid"), ("5.5 mcg/mL", "high"),
    ("3.49 µg/mL", "low"), ("3.5 µg/mL", "mid"), ("5.49 µg/mL", "mid"), ("5.5 µg/mL", "high"),  # micro sign
    ("3.49 μg/ml", "low"), ("3.5 μg/ml", "mid"), ("5.49 μg/ml", "mid"), ("5.5 μg/ml", "high"),  # Greek mu
    ("3.49ug/mL", "low"), ("3.5ug/mL", "mid"), ("5.49ug/mL", "mid"), ("5.5ug/mL", "high"),
    ("3499 ng/mL", "low"), ("3500 ng/mL", "mid"), ("5499 ng/mL", "mid"), ("5500 ng/mL", "high"),
    ("3499ng/ml", "low"), ("3,500 ng/ml", "mid"), ("5,499 ng/ml", "mid"), ("5,500 ng/ml", "high"),
    ("3499 μg/L", "low"), ("3500 ug/L", "mid"), ("5499 µg/L", "mid"), ("5500 mcg/L", "high"),
    ("0.349 mg/dL", "low"), ("0.35 mg/dL", "mid"), ("0.549 mg/dL", "mid"), ("0.55 mg/dL", "high"),
    # Printed limits 297 and 466 nmol/L: 296.9 is 3.503 mg/L and 466 is 5.4985 mg/L, were they converted.
    ("296 nmol/L", "low"), ("296.9 nmol/L", "low"), ("297 nmol/L", "mid"), ("297.1 nmol/L", "mid"),
    ("465 nmol/L", "mid"), ("465.9 nmol/L", "mid"), ("466 nmol/L", "high"), ("466.1 nmol/L", "high"),
    ("３.４９ｍｇ／Ｌ", "low"), ("３．５ｍｇ／Ｌ", "mid"), ("5.49mg/l", "mid"),
    ("5.5MG/L", "high"), ("5．5 ｍｇ/Ｌ", "high"),
    ("3.49毫克/升", "low"), ("3.5微克/毫升", "mid"), ("5.5 mg·L-1", "high"), ("466nmol·L⁻¹", "high"),
]

ALBUMIN = [
    ("34.9 g/L", "low"), ("34.99g/L", "low"), ("35 g/L", "ok"), ("35.0g/l", "ok"), ("35.1 g/L", "ok"),
    ("28 g/L", "low"),
    ("3.49 g/dL", "low"), ("3.499 g/dL", "low"), ("3.5 g/dL", "ok"), ("3.50g/dl", "ok"), ("3.51 g/dL", "ok"),
    ("３４．９ｇ／Ｌ", "low"), ("３５ｇ／Ｌ", "ok"), ("34.9克/升", "low"), ("35 克/升", "ok"),
    ("0.034 kg/L", "unknown unit"), ("3500 mg/dL", "ok"), ("3499 mg/dL", "low"),
]

# A bare number stays unknown; equal to the limit is normal.
LDH = [
    ("310/250", "high"), ("250/250", "normal"), ("249/250", "normal"), ("251/250", "high"),
    ("250.1/250", "high"),
    ("250.0/250", "normal"), ("310 U/L", "unknown"), ("1200 U/L", "unknown"), ("310", "unknown"),
    ("310/250 U/L", "high"), ("250 IU/L (120-250)", "normal"), ("251U/L(120~250)", "high"),
    ("3.9/4.1 µkat/L", "normal"), ("4.2/4.1 µkat/L", "high"),
    ("升高", "high"), ("正常", "normal"), ("high", "high"), ("normal", "normal"),
    ("不高", "normal"), ("elevated", "high"),
]

FISH = [
    ("del(17p)", "high"), ("t(4;14)", "high"), ("t(14;16)", "high"), ("17p缺失", "high"),
    ("t(4；14)阳性", "high"),
    ("negative", "standard"), ("未见异常", "standard"), ("standard risk", "standard"),
    ("del(17p) negative, t(4;14) negative, t(14;16) negative", "standard"),
    ("1q+, t(4;14) negative, t(14;16) negative, del(17p) negative", "standard"),
    ("t(14;20) positive, del(17p) negative, t(4;14) negative, t(14;16) negative", "standard"),
    ("del(13q); t(11;14); others negative", "standard"),
    ("1q+", "unknown"), ("t(14;20)", "unknown"), ("del(13q)", "unknown"), ("t(11;14)", "unknown"),
    ("IGH rearrangement", "unknown"), ("del(17p) negative", "unknown"), ("not done", "unknown"),
    ("pending", "unknown"), ("高危", "unknown"), ("IGH negative, del(17p) negative", "standard"),
    ("del(17p) negative, t(4;14) negative", "unknown"),
    ("del(17p)、t(4;14)、t(14;16)阴性", "standard"), ("del(17p), t(4;14) and t(14;16) negative", "ambiguous"),
]


def iss(b2m: str, albumin: str) -> str:
    if b2m == "high":
        return "III"
    if b2m == "low" and albumin == "ok":
        return "I"
    return "II"


def riss(b2m: str, albumin: str, ldh: str, fish: str) -> str:
    if iss(b2m, albumin) == "I" and ldh == "normal" and fish == "standard":
        return "I"
    if iss(b2m, albumin) == "III" and (ldh == "high" or fish == "high"):
        return "III"
    return "II"


def r2iss(b2m: str, albumin: str, ldh: str, del17p: bool, t414: bool, gain1q: bool) -> str:
    halves = {"I": 0, "II": 2, "III": 3}[iss(b2m, albumin)]
    halves += 2 * (ldh == "high") + 2 * del17p + 2 * t414 + gain1q
    if halves == 0:
        return "I"
    if halves <= 2:
        return "II"
    if halves <= 5:
        return "III"
    return "IV"


def bands(known: str | None, every: tuple[str, ...]) -> tuple[str, ...]:
    return (known,) if known in every else every


def possible_iss(b2m: str | None, albumin: str | None) -> set[str]:
    pairs = product(bands(b2m, ("low", "mid", "high")), bands(albumin, ("low", "ok")))
    return {iss(b, a) for b, a in pairs}


def possible_riss(b2m: str | None, albumin: str | None, ldh: str | None, fish: str | None) -> set[str]:
    return {
        riss(b, a, d, f)
        for b, a, d, f in product(
            bands(b2m, ("low", "mid", "high")), bands(albumin, ("low", "ok")),
            bands(ldh, ("normal", "high")), bands(fish, ("standard", "high")),
        )
    }


def possible_r2iss(
    b2m: str | None, albumin: str | None, ldh: str | None,
    del17p: bool | None, t414: bool | None, gain1q: bool | None,
) -> set[str]:
    either = (False, True)
    return {
        r2iss(b, a, d, p, t, q)
        for b, a, d, p, t, q in product(
            bands(b2m, ("low", "mid", "high")), bands(albumin, ("low", "ok")), bands(ldh, ("normal", "high")),
            either if del17p is None else (del17p,), either if t414 is None else (t414,),
            either if gain1q is None else (gain1q,),
        )
    }


# The printed table "known | missing | possible" of R-ISS, row by row (several inputs where a row has "or").
# (b2m, albumin, ldh, fish), possible
Given = tuple[str | None, str | None, str | None, str | None]
RISS_ROWS: list[tuple[Given, str]] = [
    # ISS II, LDH and/or FISH missing
    (("4.0 mg/L", "40 g/L", None, None), "II"), (("4.0 mg/L", "40 g/L", "300/250", None), "II"),
    (("4.0 mg/L", "40 g/L", None, "del(17p)"), "II"), (("4.0 mg/L", "40 g/L", "200/250", None), "II"),
    (("4.0 mg/L", "40 g/L", None, "negative"), "II"), (("3.5 mg/L", None, None, None), "II"),
    (("2.0 mg/L", "34 g/L", None, None), "II"), (("2.0 mg/L", "34 g/L", "200/250", None), "II"),
    (("2.0 mg/L", "34 g/L", None, "negative"), "II"), (("2.0 mg/L", "34 g/L", "300/250", None), "II"),
    # ISS I, LDH normal / FISH negative, the other one missing
    (("2.0 mg/L", "40 g/L", "200/250", None), "I II"), (("2.0 mg/L", "40 g/L", None, "negative"), "I II"),
    # ISS I, LDH high or any high-risk lesion, the other one missing
    (("2.0 mg/L", "40 g/L", "300/250", None), "II"), (("2.0 mg/L", "40 g/L", None, "t(4;14)"), "II"),
    (("2.0 mg/L", "40 g/L", None, None), "I II"),
    # ISS III
    (("6.0 mg/L", "40 g/L", "200/250", None), "II III"), (("6.0 mg/L", "40 g/L", None, "negative"), "II III"),
    (("6.0 mg/L", "40 g/L", "300/250", None), "III"), (("6.0 mg/L", None, "300/250", None), "III"),
    (("6.0 mg/L", None, None, "t(14;16)"), "III"), (("6.0 mg/L", "30 g/L", None, "del(17p)"), "III"),
    (("6.0 mg/L", "40 g/L", None, None), "II III"), (("6.0 mg/L", None, None, None), "II III"),
    # no B2M
    ((None, "40 g/L", "200/250", "negative"), "I II"),
    ((None, "34 g/L", "200/250", "negative"), "II"),
    ((None, "40 g/L", "300/250", "negative"), "II III"),
    ((None, "34 g/L", "200/250", "del(17p)"), "II III"),
    ((None, None, "300/250", None), "II III"),
    # no albumin
    (("2.0 mg/L", None, "200/250", "negative"), "I II"),
    # both normal on ISS III is II; a high-risk lesion below 5.5 is II
    (("6.0 mg/L", "40 g/L", "200/250", "negative"), "II"),
    (("5.4 mg/L", "40 g/L", "300/250", "del(17p)"), "II"),
    (("5.6mg/L", "32g/L", "310/250", "del(17p)"), "III"),
    (("466 nmol/L", "36 g/L", "310/250", None), "III"),
    # a bare LDH is unknown
    (("6.0 mg/L", "40 g/L", "900 U/L", "negative"), "II III"),
    (("2.0 mg/L", "40 g/L", "180", "negative"), "I II"),
]
