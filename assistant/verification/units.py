"""Units of measurement: every spelling to a dimension and an exact factor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """``factor`` units of ``dimension``: 1 g/L is 1000 of "mg/l". "" is a bare count."""

    dimension: str
    factor: Fraction = Fraction(1)


COUNT = Unit("")
_TABLE: tuple[tuple[str, str, str], ...] = (
    # spellings as a regular expression, dimension, factor
    (r"mcg/ml|[uμ]g/ml|微克/毫升|mg/l|毫克/升|毫克每升", "mg/l", "1"),
    (r"ng/ml|[uμ]g/l|mcg/l", "mg/l", "1/1000"),
    (r"mg/dl", "mg/l", "10"),
    (r"g/dl", "mg/l", "10000"),
    (r"g/l|克/升", "mg/l", "1000"),
    (r"mmol/l", "μmol/l", "1000"),
    (r"[uμ]mol/l|微摩尔/升", "μmol/l", "1"),
    (r"nmol/l", "μmol/l", "1/1000"),
    (r"ml/min/1\.73\s?m\^?2", "ml/min/1.73m2", "1"),
    (r"ml/min|毫升/分钟?", "ml/min", "1"),
    (r"(?:i?u|单位)/l", "u/l", "1"),
    (r"mg/m\^?2", "mg/m2", "1"),
    (r"mg/kg|毫克/公斤", "mg/kg", "1"),
    (r"[uμ]g/kg|mcg/kg", "mg/kg", "1/1000"),
    (r"cgy", "gy", "1/100"),
    (r"gy|戈瑞", "gy", "1"),
    (r"kg|公斤|千克", "mg", "1000000"),
    (r"mg|毫克", "mg", "1"),
    (r"mcg|[uμ]g|微克", "mg", "1/1000"),
    (r"grams?|g|克(?!隆)", "mg", "1000"),
    (r"ml|毫升|millilit(?:er|re)s?", "ml", "1"),
    (r"lit(?:er|re)s?|l|升(?!高)", "ml", "1000"),
    (r"mm|毫米", "mm", "1"),
    (r"cm|厘米", "mm", "10"),
    (r"%|个百分点|per ?cent(?:age points?)?", "%", "1"),
    (r"成(?=[^人骨熟分立功年]|$)", "%", "10"),
    (r"℃|°c", "°c", "1"),
    (r"岁|years? old|years? of age|-year-olds?", "age", "1"),
    (r"-?years?|年(?!龄|轻)", "month", "12"),
    (r"-?months?|mo|个?月", "month", "1"),
    (r"-?weeks?|周(?!期|围)|个?星期", "hour", "168"),
    (r"-?days?|d|天|日", "hour", "24"),
    (r"-?hours?|hr?s?|h|个?小时", "hour", "1"),
    (r"minutes?|min|分钟", "hour", "1/60"),
    (r"倍|-?fold", "fold", "1"),
    (r"times", "times", "1"),
    (r"次", "occasion", "1"),
    (
        r"copies|拷贝|[例名人个种分类项位处枚药度周疗级](?:期|程)?|points?|cycles?|lesions?|cases|patients",
        "",
        "1",
    ),
)
UNIT = re.compile("|".join(f"(?P<u{i}>{p})" for i, (p, _, _) in enumerate(_TABLE)))
_LATIN = re.compile("[a-z]")
_UNITS = tuple(Unit(dimension, Fraction(factor)) for _, dimension, factor in _TABLE)
# An age and a span of time are both counted in years in English, and a bare number is either.
_YEAR = Fraction(12)
# English "twice" is 两次 as well as 两倍; the Chinese words are not each other.
_ALIKE = {
    frozenset(pair)
    for pair in (
        ("age", "month"),
        ("age", ""),
        ("year", ""),
        ("times", ""),
        ("fold", ""),
        ("occasion", ""),
        ("times", "fold"),
        ("times", "occasion"),
    )
}


def read_unit(lower: str, position: int) -> tuple[Unit, int]:
    """The unit at ``position`` of a lower-case text and where it ends; (COUNT, position) for none."""
    match = UNIT.match(lower, position)
    if match is None or match.lastgroup is None:
        return COUNT, position
    end = match.end()
    # "5 g" but not "5 gene".
    if match.group()[-1].isascii() and match.group()[-1].isalpha() and _LATIN.match(lower, end):
        return COUNT, position
    return _UNITS[int(match.lastgroup[1:])], end


def interchangeable(one: Unit, other: Unit) -> bool:
    """Whether a number in the one unit may stand for the same number in the other."""
    months = any(u.dimension == "month" and u.factor != _YEAR for u in (one, other))
    return not months and frozenset({one.dimension, other.dimension}) in _ALIKE
