"""Paragraphs → sentences that can be cited, with what they need to be understood."""

from __future__ import annotations

import re

from ingest.blocks import Block, Grid, Inline, Paragraph
from ingest.document_builder import DocumentBuilder
from ingest.sentences import sentence_spans
from ingest.types import Passage

_CAPTION = re.compile(r"^(?:表|Table)\s*\d*\s*[:：.]\s*")
_LEADS_IN = re.compile(r"[:：]$|包括|如下|以下|标准|表示为|针对$|following|includ|criteria", re.IGNORECASE)
_POINTS_BACK = re.compile(r"这些|这类|上述|它们|these|they\b", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:image|photo|picture|figure)s?\b.{0,20}\b(?:courtesy|credit|reproduced)|图片?由|图片来源",
    re.IGNORECASE,
)
# A question that the reader may take to the doctor: it states nothing, so nothing can rest on it.
_TO_ASK = re.compile(r"可以问医生[:：]|Ask your doctor[:：]", re.IGNORECASE)
_RUN_IN_STARTS_BEFORE = 8  # characters; bold text further on is emphasis, not a heading
_CAPTION_LENGTH = 80  # characters; a longer line above a table is a paragraph
_MARKED_CAPTION_LENGTH = 160  # of one that says so: "Table: …" in English takes twice the letters


def write_paragraph(b: DocumentBuilder, block: Paragraph, is_meta: bool, after: Block | None) -> None:
    text = block.inline.text.strip()
    offset = len(block.inline.text) - len(block.inline.text.lstrip())
    b.group += 1
    b.section()
    base = b.write(text + "\n\n")
    if not is_meta and _is_caption(text, after):
        if isinstance(after, Grid) or _CAPTION.match(text):
            b.caption = _CAPTION.sub("", text)
        b.add(base, text, "caption")
        b.last_lead = ""
        return
    if _TO_ASK.match(text):
        b.add(base, text, "question")
        b.last_lead = ""
        return
    topic = _run_in(block.inline, offset)
    for start, end in sentence_spans(text):
        b.add(base + start, text[start:end], "meta" if is_meta else "sentence", topic=topic)
    if not is_meta:
        b.last_lead = _lead_in(b.passages, b.group)


def _is_caption(text: str, after: Block | None) -> bool:
    """A credit, or a short line that names the picture or table that follows."""
    if _CREDIT.match(text):
        return True
    longest = _MARKED_CAPTION_LENGTH if _CAPTION.match(text) else _CAPTION_LENGTH
    if len(text) > longest or text.endswith(("。", ".", "！", "？", "!", "?")):
        return False
    if isinstance(after, Grid):
        return not _LEADS_IN.search(text) or bool(_CAPTION.match(text))
    if isinstance(after, Paragraph) and _CREDIT.match(after.inline.text.strip()):
        return len(text) <= _CAPTION_LENGTH // 2
    return bool(_CAPTION.match(text))


def _lead_in(passages: list[Passage], group: int) -> str:
    """What a list right after this paragraph hangs on, or "" if nothing there announces a list.

    A lead-in that only points back ("these include") takes the sentence before it along.
    """
    last = passages[-1].text
    if last[-1:] in "。！？.!?" and not _LEADS_IN.search(last):
        return ""
    before = passages[-2] if len(passages) > 1 else None
    if _POINTS_BACK.match(last) and before is not None and before.group == group:
        return f"{before.text}{last}"
    return last


def _run_in(inline: Inline, offset: int) -> str:
    """Bold text at the head of a longer paragraph is its heading."""
    for start, end in inline.strong:
        if start - offset <= _RUN_IN_STARTS_BEFORE and end - start <= 30 and len(inline.text) > end + 4:
            return inline.text[start:end].strip(" 　:：.")
    return ""
