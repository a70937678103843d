"""One file → one Source: read, parse, clean, repair, assemble, annotate."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.assemble import assemble
from ingest.cleaning import clean, review_month
from ingest.detectors import detect
from ingest.errata import attach_errata
from ingest.errors import UnreadableSource
from ingest.folding import chinese_share
from ingest.markdown import parse_markdown, split_front_matter, without_comments
from ingest.readers import RawDocument, read_document
from ingest.repairs import BlockRepair, repair_blocks
from ingest.types import Passage, Repair, RuleCount, Source

# Shares (0..1) of Chinese among the letters of the passages. An ideograph stands for three to five
# letters, so a text that is half Chinese has about 0.2; ours for clinicians have 0.77 and more.
_CHINESE = 0.2
_SURELY_CHINESE, _SURELY_ENGLISH = 0.4, 0.03


def load_source(path: Path, source_id: str = "") -> Source:
    """Read and take apart one file; ``source_id`` defaults to a slug of the file's name.

    Raises:
        UnreadableSource: the file cannot be read, or nothing is left after cleaning.
    """
    return build_source(read_document(path), source_id)


def build_source(document: RawDocument, source_id: str = "") -> Source:
    """Take apart a document that has been read."""
    if document.is_html:
        from ingest.html import html_to_markdown  # slow to import, for few sources

        page = html_to_markdown(document.text)
        meta, body, dropped = page.meta, page.markdown, page.rules
    else:
        meta, body = split_front_matter(document.text)
        body, comments = without_comments(body)
        dropped = (RuleCount("hidden_comment", comments),) if comments else ()
    blocks, block_repairs = repair_blocks(parse_markdown(body))
    cleaned = clean(blocks)
    title = meta.get("title") or _first_heading(cleaned.blocks) or document.path.stem
    assembled = assemble(cleaned, title)
    if not assembled.passages:
        raise UnreadableSource(f"{document.path}: nothing is left to cite after cleaning; check the file")
    repairs = _locate(block_repairs, assembled.text)
    passages = attach_errata(
        assembled.passages,
        assembled.sections,
        tuple((r.start, r.end, r.before) for r in repairs),
    )
    reviewed = meta.get("reviewed", "") or cleaned.reviewed
    return Source(
        id=source_id or slug(document.path.stem),
        title=title,
        text=assembled.text,
        sections=assembled.sections,
        passages=passages,
        tables=assembled.tables,
        language=_language(meta.get("language", ""), assembled.passages),
        sha256=document.sha256,
        audience=meta.get("audience", "clinician"),
        edition=meta.get("edition", ""),
        reviewed=reviewed if re.match(r"\d{4}-\d\d", reviewed) else review_month(reviewed),
        licence=meta.get("licence", ""),
        url=meta.get("url", "") if meta.get("url", "").startswith("https://") else "",
        rules=tuple(sorted((*dropped, *cleaned.rules), key=lambda r: r.rule)),
        repairs=repairs,
        findings=detect(assembled.text, passages, assembled.sections),
    )


def slug(name: str) -> str:
    """A file name as a source id: word characters, dots and hyphens."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-") or "source"


def _language(tag: str, passages: tuple[Passage, ...]) -> str:
    """"zh" or "en": as the document's tag says ("zh-CN", "en_GB"), unless its text says otherwise.

    Publishing systems put one tag on every page, whatever it is written in. Reference lists do not
    count: those of a Chinese text are in English.
    """
    text = "".join(p.text for p in passages)
    share = chinese_share(text)
    stated = re.split(r"[-_]", tag.strip().lower())[0]
    if stated not in ("zh", "en"):
        return "zh" if share > _CHINESE else "en"
    if stated == "en" and share > _SURELY_CHINESE:
        return "zh"
    return "en" if share < _SURELY_ENGLISH and any(map(str.isalpha, text)) else stated


def _first_heading(blocks: tuple[object, ...]) -> str:
    from ingest.blocks import Heading

    return next((b.inline.text.strip() for b in blocks if isinstance(b, Heading)), "")


def _locate(found: tuple[BlockRepair, ...], text: str) -> tuple[Repair, ...]:
    """Give repairs their place in the assembled text (they come in reading order)."""
    located: list[Repair] = []
    cursor = 0
    for repair in found:
        at = text.find(repair.after, cursor)
        if at < 0:  # the spot was in something that cleaning dropped
            continue
        cursor = at + len(repair.after)
        located.append(
            Repair(repair.rule, at, cursor, repair.before, repair.after, repair.evidence, repair.proven)
        )
    return tuple(located)
