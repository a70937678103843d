"""A saved HTML page → the Markdown that the Markdown reader takes.

Only what a reader sees of the article is kept: scripts, navigation, forms and hidden elements go.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

_DROPPED = (
    "script style noscript template nav header footer aside form button iframe svg canvas object"
    " embed input select textarea dialog"
).split()


def html_to_markdown(html: str) -> tuple[dict[str, str], str]:
    """Front matter that the page itself states (title, url, language) and its body as Markdown."""
    soup = BeautifulSoup(html, "lxml")
    meta = _metadata(soup)
    for element in soup.find_all(_DROPPED):
        element.decompose()
    for element in soup.find_all(_is_hidden):
        element.decompose()
    body = soup.find("article") or soup.find("main") or soup.find(attrs={"role": "main"}) or soup.body or soup
    converter = MarkdownConverter(
        heading_style="ATX", bullets="-", strip=["img"], escape_asterisks=True, escape_underscores=False,
        table_infer_header=True, sup_symbol="", sub_symbol="",
    )
    return meta, converter.convert_soup(body)


def _metadata(soup: BeautifulSoup) -> dict[str, str]:
    meta: dict[str, str] = {}
    if soup.title and soup.title.string:
        meta["title"] = soup.title.string.strip()
    heading = soup.find("h1")
    if isinstance(heading, Tag) and heading.get_text(strip=True):
        meta["title"] = heading.get_text(" ", strip=True)
    canonical = soup.find("link", rel="canonical")
    if isinstance(canonical, Tag) and str(canonical.get("href", "")).startswith("https://"):
        meta["url"] = str(canonical["href"])
    if soup.html and soup.html.get("lang"):
        meta["language"] = str(soup.html["lang"]).split("-")[0].lower()
    return meta


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style", "")).replace(" ", "").lower()
    return (
        tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or "display:none" in style
        or "visibility:hidden" in style
    )
