"""Sentences that did not stand, asked for once more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.language_model.claims import Claim, Claims
from assistant.language_model.prompt import Prompt, prompt
from assistant.language_model.trace import Dropped
from assistant.types import Language

MOST = 12  # sentences that are asked for again, at most
_NUMBERED = re.compile(r"^\s*(\d{1,2})\s*[)）.、:：]\s*(.+)$")
_OMIT = re.compile(r"^\W*(?:删除|略|无|omit|delete|remove|none)\W*$", re.IGNORECASE)
_SAYS = {
    "uncited": ("没有片段编号", "no passage number"),
    "marker": ("没有这个编号的片段", "there is no passage of that number"),
    "wording": ("离原文措辞太远", "too far from the words of the passage"),
    "stage": ("不得给患者定分期", "do not stage the patient"),
    "language": ("语言不对", "wrong language"),
    "link": ("不得有网址或标签", "no links or tags"),
}


def repair_prompt(failed: Sequence[tuple[Claim, Dropped]], language: Language) -> tuple[Prompt, str]:
    """The prompt and its text for some sentences, numbered in their order."""
    lines = []
    for number, (claim, dropped) in enumerate(failed, 1):
        says = _SAYS.get(dropped.reason, (dropped.detail, dropped.detail))[language == "en"]
        markers = "".join(f"[{n}]" for n in claim.markers)
        lines.append(f"{number}) {claim.text}{markers}（{says}）")
    ask = prompt("repair", language)
    return ask, ask.filled(sentences="\n".join(lines))


def repaired(text: str, failed: Sequence[tuple[Claim, Dropped]]) -> Iterator[tuple[int, Claim]]:
    """The sentences of the reply by the position of the one that they replace, in its place."""
    for line in text.splitlines():
        match = _NUMBERED.match(line)
        position = int(match.group(1)) - 1 if match else -1
        if match is None or not 0 <= position < len(failed) or _OMIT.match(match.group(2)):
            continue
        claims = Claims()
        old = failed[position][0]
        for new in [*claims.feed(match.group(2)), *claims.end()]:
            yield position, replace(old, text=new.text, markers=new.markers, parts=new.parts)
