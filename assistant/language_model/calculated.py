"""What a tool found, in the reader's words: a stage as the staging answer writes it, a figure as one line."""

from __future__ import annotations

from assistant.markdown import escape
from assistant.messages import message
from assistant.staging.messages import label
from assistant.staging.result import StagingResult
from assistant.staging_text import told
from assistant.types import Audience, Language


def calculated(result: StagingResult, language: Language, audience: Audience) -> str:
    """The result as Markdown; its words and figures are the tool's."""
    if result.possible or not result.computed:
        return told(result, language, audience)
    colon = "：" if language == "zh" else ": "
    figures = [
        f"**{escape(f'{label(c.name, language)}{colon}{c.value} {c.unit}'.strip())}**"
        for c in result.computed
    ]
    notes = [escape(note.text(language)) for note in (*result.problems, *result.notes)]
    source = escape(message(language, "stage_rule", source=result.sources[0].cited))
    return "\n\n".join(["\n".join(figures), *notes, source])
