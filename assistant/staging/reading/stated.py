"""The diagnosis and the ISS stage that the user states."""

from __future__ import annotations

from assistant.staging.findings import Disease, IssStage
from assistant.staging.reading.lexicon import lexicon
from assistant.staging.reading.lines import Line
from assistant.staging.reading.types import Mention

_STAGES: dict[str, IssStage] = {
    "i": "I",
    "ii": "II",
    "iii": "III",
    "1": "I",
    "2": "II",
    "3": "III",
    "一": "I",
    "二": "II",
    "三": "III",
}


def read_disease(lines: list[Line]) -> Disease | None:
    """The diagnosis that the user states last; what is denied or was before does not count."""
    words = lexicon().context
    found: Disease | None = None
    kinds: tuple[tuple[str, Disease], ...] = (
        ("smouldering", "smouldering myeloma"),
        ("mgus", "MGUS"),
        ("other_disease", "other"),
        ("active", "active myeloma"),
    )
    for line in lines:
        stated: list[tuple[int, Disease]] = []
        for key, disease in kinds:
            for match in words[key].finditer(line.text):
                before = line.text[max(0, match.start() - 12) : match.start()]
                after = line.text[match.end() :]
                if not (words["not_disease"].search(before) or words["progressed"].search(after)):
                    stated.append((match.start(), disease))
        if stated:
            found = max(stated)[1]
    return found


def read_iss(line: Line, turn: int) -> list[Mention]:
    """ISS stages that the user gives. "直接说ISS I期" is a wish, "是ISS III期吗" a question."""
    words = lexicon().context
    found = []
    for key in ("iss", "stage_iss"):
        for match in words[key].finditer(line.text):
            before = line.text[max(0, match.start() - 14) : match.start()]
            after = line.text[match.end() :]
            if words["not_stated"].search(before) or words["not_stated_after"].match(after):
                continue
            stage = next(g for g in match.groupdict().values() if g)
            found.append(Mention("iss", _STAGES[stage], turn, match.start(), match.end()))
    return found
