"""What is known about a source: title, edition, review date and its age."""

from __future__ import annotations

from datetime import date

from assistant.types import Citation
from ingest.types import Source
from ui.safe_html import Html, element, is_allowed, join, link
from ui.strings import Texts


def months_since(reviewed: str, today: date) -> int | None:
    """Full calendar months from "YYYY-MM" or "YYYY-MM-DD" to ``today``; None if there is no date.

    A date that lies ahead (a clock that is wrong) counts as this month.
    """
    try:
        year, month = (int(part) for part in reviewed.split("-")[:2])
    except ValueError:
        return None
    return max(0, (today.year - year) * 12 + today.month - month)


def reviewed_text(source: Source, texts: Texts, today: date) -> str:
    """The review date with the source's age in words."""
    months = months_since(source.reviewed, today)
    if months is None:
        return texts("info_undated")
    key = {0: "info_age_none", 1: "info_age_one"}.get(months, "info_age")
    return f"{source.reviewed} · {texts(key, months=months)}"


def edition_text(source: Source, texts: Texts) -> str:
    """The edition in words: for which readers, in which language; a name that is not ours stays as it is."""
    if source.edition != f"{source.language}-{source.audience}":
        return source.edition
    return " · ".join((texts(f"language_{source.language}"), texts(f"audience_{source.audience}")))


def source_info(source: Source | None, citation: Citation, texts: Texts, today: date) -> Html:
    """The source of a citation as a list of terms; only the title if the source is gone."""
    entries: list[tuple[str, str]] = [("title", citation.title)]
    if source is not None:
        entries.append(("reviewed", reviewed_text(source, texts, today)))
        entries += [("edition", edition_text(source, texts)), ("licence", source.licence)]
    # Short addresses of allowed hosts become links; others are shown as they are.
    address = link(citation.url, citation.url) if is_allowed(citation.url) else citation.url
    entries.append(("address", address))
    rows = [
        join([element("dt", texts(f"info_{name}")), element("dd", value)]) for name, value in entries if value
    ]
    return join([element("h4", texts("source_heading")), element("dl", *rows)])
