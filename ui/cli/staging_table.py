"""A staging result as text: the outcome first, then every criterion, what is missing, and the source."""

from __future__ import annotations

import unicodedata

from assistant.staging import StagingResult
from assistant.staging.messages import label
from assistant.types import Language

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "met": "met", "not": "not met", "unknown": "unknown", "missing": "missing", "possible": "possible",
        "source": "source", "not applicable": "does not apply", "open": "not determined", "stage": "stage {}",
        "months": "months", "n": "cohort of {}", "n?": "cohort size not given",
    },
    "zh": {
        "met": "符合", "not": "不符合", "unknown": "未知", "missing": "缺少", "possible": "可能为",
        "source": "来源", "not applicable": "不适用", "open": "不能确定", "stage": "{}期", "months": "个月",
        "n": "队列{}例", "n?": "未给出队列例数",
    },
}


def as_table(result: StagingResult, language: Language = "en") -> str:
    """What ``myeloma stage`` prints without ``--json``."""
    words = _WORDS[language]
    lines = [_headline(result, language)]
    lines += [f"  {label(c.name, language)}: {c.value} {c.unit}".rstrip() for c in result.computed]
    rows = [
        (
            words["unknown"] if c.met is None else words["met" if c.met else "not"],
            label(c.name, language), f"{label(c.value, language)} {c.unit}".strip(), c.rule_text(language),
        )
        for c in result.criteria
    ]
    if rows:
        widths = [max(_width(row[i]) for row in rows) for i in range(3)]
        lines.append("")
        lines += ["  ".join([*(_pad(row[i], widths[i]) for i in range(3)), row[3]]).rstrip() for row in rows]
    if result.missing:
        lines += ["", f"{words['missing']}: " + ", ".join(label(m, language) for m in result.missing)]
    lines += ["", *(p.text(language) for p in result.problems)] if result.problems else []
    lines += ["", *(n.text(language) for n in result.notes)] if result.notes else []
    if result.figures:
        lines.append("")
    for figure in result.figures:
        unit = words["months"] if figure.unit == "months" else figure.unit
        n = words["n"].format(figure.n) if figure.n else words["n?"]
        endpoint = figure.endpoint_zh if language == "zh" else figure.endpoint
        lines.append(f"{_stage(result, figure.stage, language)}: {endpoint} {figure.value} {unit} ({n})")
    lines += ["", *(f"{words['source']}: {s.cited}" for s in result.sources)]
    return "\n".join(lines)


def _headline(result: StagingResult, language: Language) -> str:
    words = _WORDS[language]
    if not result.applicable:
        return f"{result.name}: {words['not applicable']}"
    if result.stage is not None:
        return f"{result.name}: {_stage(result, result.stage, language)}"
    if result.possible:
        options = " / ".join(_stage(result, stage, language) for stage in result.possible)
        return f"{result.name}: {words['open']}; {words['possible']} {options}"
    return f"{result.name}:" if result.computed else f"{result.name}: {words['open']}"


def _stage(result: StagingResult, stage: str, language: Language) -> str:
    if stage.rstrip("AB").strip("IV"):
        return label(stage, language)
    return _WORDS[language]["stage"].format(stage)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
