"""Values as typed in a form or by a language model: "5.6mg/L", "310/250", "9.2 g/dL (13-17)".

Free text is not read here; see ``assistant.staging.reading.conversation``.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from assistant.staging.findings import Measurement, Relation, State, Verdict
from assistant.staging.messages import Said, label, say
from assistant.staging.units import fold_unit, unit_tables, usual_units
from assistant.types import Language


class BadValue(ValueError):
    """A text that is no value; the message names it and says what is expected.

    ``said``: the same for a reader of either language, where it has been put into both.
    """

    def __init__(self, message: str, *said: Said) -> None:
        super().__init__(message)
        self.said = said

    def text(self, language: Language) -> str:
        """The message in a language; in English where there is no other."""
        return " ".join(said.text(language) for said in self.said) or str(self)


_WORDS: dict[str, Verdict] = {
    **dict.fromkeys(("high", "elevated", "raised", "increased", "升高", "增高", "偏高", "高", "↑"), "high"),
    **dict.fromkeys(("normal", "not elevated", "not raised", "within normal limits", "wnl"), "normal"),
    **dict.fromkeys(("正常", "不高", "未升高", "无升高", "正常范围"), "normal"),
    **dict.fromkeys(("low", "reduced", "decreased", "降低", "减低", "偏低", "低", "↓"), "low"),
}
_RELATIONS: dict[str, Relation] = {
    "": "=", "=": "=", "<": "<", ">": ">", "≤": "<=", "<=": "<=", "≥": ">=", ">=": ">=",
    "≈": "~", "~": "~",
}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_VALUE = re.compile(
    rf"(?P<relation>[<>]=?|[≤≥=≈~])?\s*(?P<value>-?{_NUMBER})\s*(?P<unit>[^(\[]*?)"
    r"\s*(?:[(\[](?P<range>[^)\]]*)[)\]]\s*(?P<after>[^()\[\]]*))?"
)
_SLASH = re.compile(rf"(?P<unit>.*?)\s*/\s*(?P<high>{_NUMBER})\s*(?P<after>[^\d]*)")
_RANGE = re.compile(rf"(?P<low>{_NUMBER})?\s*(?P<sign>[-~–—]|至|to)\s*(?P<high>{_NUMBER})\s*(?P<unit>.*)")
_ONE_LIMIT = re.compile(
    rf"(?P<word>ULN|LLN|上限|下限|<=?|≤|>=?|≥)?\s*[:=]?\s*(?P<limit>{_NUMBER})\s*(?P<unit>.*)", re.I
)
_COUNTS = {"multiple": 2, "several": 2, "多发": 2, "多处": 2, "多个": 2}
_NONE = {"none", "no", "0", "无", "阴性", "未见"}


def parse_measurement(finding: str, text: str) -> Measurement:
    """One value of a finding (a field of ``Findings``): relation, number, unit, reference range or verdict.

    The laboratory's limits may follow: "310/250" (value/upper limit; LDH and calcium), "310 U/L (120-250)",
    "92 g/L (LLN 130)". A unit that is left out stays out; the tools then ask for it.

    Raises:
        BadValue: the text is no value.

    >>> parse_measurement("ldh", "310/250").high
    Decimal('250')
    """
    folded = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    word = folded.lower().strip(" .。")
    counts = unit_tables()[finding].whole
    if counts and word in _COUNTS:
        return Measurement(Decimal(_COUNTS[word]), "", ">=", text=text)
    if counts and word in _NONE:
        return Measurement(Decimal(0), text=text)
    if word in _WORDS:
        return Measurement(verdict=_WORDS[word], text=text)
    match = _VALUE.fullmatch(folded)
    if match is None:
        raise _bad(finding, text)
    low, high = None, None
    unit, verdict = _split_verdict(match["unit"])
    after, second = _split_verdict(match["after"] or "")
    slash = _SLASH.fullmatch(unit) if finding in ("ldh", "calcium") else None
    if slash is not None:
        unit, high, after = slash["unit"], _decimal(slash["high"]), slash["after"].strip() or after
    if match["range"]:
        low, high, inner = _reference(finding, match["range"], text)
        after = after or inner
    if re.match(r"[\d.,~–-]", unit):
        raise _bad(finding, text)       # "5,6", "5.6.7" and "250-300" are no single number
    if after.strip():
        if unit.strip() and fold_unit(unit) != fold_unit(after):
            raise _bad(finding, text)
        unit = unit.strip() or after
    if finding == "ldh" and fold_unit(unit) == "xuln":
        unit, high = "xULN", Decimal(1)
    return Measurement(
        _decimal(match["value"]), unit.strip(), _RELATIONS[match["relation"] or ""], low, high,
        verdict or second, text,
    )


def with_unit(finding: str, text: str, unit: str) -> str:
    """The text with ``unit`` behind its number, unless it names a unit itself or is no number.

    >>> with_unit("b2m", "5.6 ↑", "mg/L"), with_unit("b2m", "466 nmol/L", "mg/L")
    ('5.6 mg/L ↑', '466 nmol/L')
    """
    try:
        given = parse_measurement(finding, text)
    except BadValue:
        return text     # the tool names it as it was typed
    folded = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    match = _VALUE.fullmatch(folded)
    if match is None or given.value is None or given.unit:
        return text
    return f"{folded[: match.end('value')]} {unit}{folded[match.end('value') :]}"


def parse_state(name: str, text: str) -> State:
    """"yes", "no" or "unknown" in either language.

    Raises:
        BadValue: any other word.
    """
    word = text.strip().lower()
    for state, words in _STATES.items():
        if word in words:
            return state
    raise BadValue(f"{name} {text!r}: say yes, no or unknown")


_STATES: dict[State, frozenset[str]] = {
    "present": frozenset({"yes", "present", "positive", "有", "是", "阳性"}),
    "absent": frozenset({"no", "none", "absent", "negative", "无", "否", "阴性"}),
    "unknown": frozenset({"unknown", "pending", "not done", "不详", "未知", "未做", "待回报"}),
}


def parse_number(name: str, text: str) -> Decimal:
    """A plain number, such as an age in years.

    Raises:
        BadValue: it is none.
    """
    folded = unicodedata.normalize("NFKC", text).strip().removesuffix("岁").strip()
    if not re.fullmatch(_NUMBER, folded):
        raise BadValue(f"{name} {text!r} is not a number")
    return _decimal(folded)


def _split_verdict(text: str) -> tuple[str, Verdict | None]:
    """"U/L ↑" is a unit and a verdict."""
    for word in sorted(_WORDS, key=len, reverse=True):
        if text.lower().endswith(word):
            return text[: len(text) - len(word)].strip(), _WORDS[word]
    return text.strip(), None


def _reference(finding: str, inner: str, text: str) -> tuple[Decimal | None, Decimal | None, str]:
    between = _RANGE.fullmatch(inner.strip())
    if between is not None:
        low = _decimal(between["low"]) if between["low"] else None
        return low, _decimal(between["high"]), between["unit"]
    one = _ONE_LIMIT.fullmatch(inner.strip())
    if one is None:
        raise _bad(finding, text)
    word = (one["word"] or "").upper()
    limit = _decimal(one["limit"])
    if word in ("LLN", "下限", ">", ">=", "≥"):
        return limit, None, one["unit"]
    return None, limit, one["unit"]


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _bad(finding: str, text: str) -> BadValue:
    units = usual_units(finding)
    example = {"ldh": "310/250 or high", "haemoglobin": "92g/L or '92g/L (130-175)'"}.get(finding, "")
    expected = example or (f"a number with its unit ({units})" if units else "a number")
    key = "unreadable-ldh" if finding == "ldh" else "unreadable" if units else "unreadable-number"
    return BadValue(
        f"{label(finding, 'en')} {text!r} cannot be read; give {expected}",
        say(key, finding=finding, text=text.strip(), units=units),
    )
