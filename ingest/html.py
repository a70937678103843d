"""A saved HTML page → the Markdown that the Markdown reader takes.

Only what a reader sees of the article is kept. Furniture is counted by named rules; what stands
outside the article's element and pictures with their descriptions go without being counted.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString
from markdownify import MarkdownConverter

from ingest.types import RuleCount

_ALWAYS_DROPPED = {
    "html_script": ("script", "style", "noscript", "template"),
    "html_navigation": ("nav",),
    "html_form": ("form", "button", "input", "select", "textarea", "dialog"),
    "html_media": ("iframe", "svg", "canvas", "object", "embed", "audio", "video"),
}
# Inside the article these may hold its title, its dates or a box of text; outside they are furniture.
_DROPPED_OUTSIDE = ("header", "footer", "aside")
_MOSTLY_LINKS = 0.8  # share (0..1) of the characters that stand in links
_HIDDEN_STYLE = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0+)?(?:;|$)|font-size:0(?![.\d])|(?:left|top|text-indent):-\d{3,}"
    r"|(?:^|;)(?:height|width):0(?:px)?;.*overflow:hidden"
)
_HIDDEN_CLASS = re.compile(r"^(?:sr-only|visually-?hidden|screen-reader-text|hidden|d-none|honeypot)$", re.I)
_BLOCKS = ["p", "div", "li", "ul", "ol", "section", "blockquote", "dl", "dt", "dd"]
_CITED = re.compile(r"^[\[(（]?\s*(\d{1,3}(?:\s*[,，、;–-]\s*\d{1,3})*)\s*[\])）]?$")
_SUPERSCRIPT = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_UNIT_OR_NUMBER = re.compile(r"(?:\d|(?<![A-Za-z])(?:[cmdkµμ]?m|kg/m|Ca|Na|K|Mg|e))\s*$")


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What a page states about itself (title, url, language), its article, and what was dropped."""

    meta: dict[str, str]
    markdown: str
    rules: tuple[RuleCount, ...]


def html_to_markdown(html: str) -> HtmlPage:
    """The article of a page as Markdown."""
    soup = BeautifulSoup(html, "lxml")
    meta = _metadata(soup)
    counts: Counter[str] = Counter()
    article = _article(soup)
    _drop_furniture(soup, article, counts)
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    _mark_superscripts(article)
    for table in reversed(article.find_all("table")):
        _simplify_table(soup, table)
    _quote_addresses(article)
    rules = tuple(RuleCount(rule, n) for rule, n in sorted(counts.items()) if n)
    try:
        article.smooth()
        return HtmlPage(meta, _converter().convert_soup(article), rules)
    except RecursionError:  # nested beyond reason: its text without its structure
        return HtmlPage(meta, "\n\n".join(article.stripped_strings), rules)


def _converter() -> MarkdownConverter:
    return MarkdownConverter(
        heading_style="ATX",
        bullets="-",
        strip=["img"],
        escape_asterisks=True,
        escape_underscores=True,
        escape_misc=True,
        table_infer_header=True,
    )


def _metadata(soup: BeautifulSoup) -> dict[str, str]:
    meta: dict[str, str] = {}
    if soup.title and soup.title.string:
        meta["title"] = soup.title.string.strip()
    heading = soup.find("h1")
    if isinstance(heading, Tag) and heading.get_text(strip=True):
        meta["title"] = " ".join(heading.get_text(" ", strip=True).split())
    canonical = soup.find("link", rel="canonical")
    if isinstance(canonical, Tag) and str(canonical.get("href", "")).startswith("https://"):
        meta["url"] = str(canonical["href"])
    if soup.html and soup.html.get("lang"):
        meta["language"] = str(soup.html["lang"])
    return {key: value for key, value in meta.items() if value}


def _article(soup: BeautifulSoup) -> Tag:
    """The element that holds the article: the one with the main heading, if that can be told."""
    articles = soup.find_all("article")
    main = soup.find("main") or soup.find(None, {"role": "main"})
    candidates = [e for e in (articles[0] if len(articles) == 1 else None, main) if isinstance(e, Tag)]
    headed = [e for e in candidates if e.find("h1")]
    return (headed or ([] if soup.find("h1") else candidates) or [soup.body or soup])[0]


def _drop_furniture(soup: BeautifulSoup, article: Tag, counts: Counter[str]) -> None:
    for rule, names in _ALWAYS_DROPPED.items():
        for element in soup.find_all(list(names)):
            _drop(element, rule, counts)
    for element in soup.find_all(_is_hidden):
        _drop(element, "html_hidden", counts)
    for element in soup.find_all(list(_DROPPED_OUTSIDE)):
        if element.decomposed:
            continue
        inside = article in element.parents and article.name in ("article", "main", "div", "section")
        if not inside or _is_mostly_links(element):
            _drop(element, "html_navigation", counts)


def _drop(element: Tag, rule: str, counts: Counter[str]) -> None:
    if not element.decomposed:
        counts[rule] += 1
        element.decompose()


def _is_hidden(tag: Tag) -> bool:
    style = re.sub(r"\s", "", str(tag.get("style") or "")).lower()
    given = tag.get("class") or ""
    classes = given.split() if isinstance(given, str) else list(given)
    return (
        tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(style))
        or any(_HIDDEN_CLASS.match(name) for name in classes)
    )


def _is_mostly_links(element: Tag) -> bool:
    linked = sum(len(link.get_text(strip=True)) for link in element.find_all("a"))
    return linked > 0 and linked >= _MOSTLY_LINKS * len(element.get_text(strip=True))


def _mark_superscripts(article: Tag) -> None:
    """Raised numbers must not fuse with the text: "10⁹/L" stays a power, a citation becomes "(3)"."""
    for element in article.find_all(["sup", "sub"]):
        text = element.get_text(strip=True)
        before = element.find_previous(string=True)
        fused = str(before or "")[-8:]
        cited = _CITED.match(text)
        if element.name == "sub" or not text:
            element.unwrap()
        elif cited and (element.find("a") or not _UNIT_OR_NUMBER.search(fused)):
            element.replace_with(NavigableString(f" ({cited.group(1)})"))
        elif set(text) <= set("0123456789+-−n"):
            element.replace_with(NavigableString(text.translate(_SUPERSCRIPT)))
        else:
            element.unwrap()


def _simplify_table(soup: BeautifulSoup, table: Tag) -> None:
    """A table without spans, one line a row; a table that only lays out the page is dissolved."""
    if table.find(["table", "h1", "h2", "h3", "h4", "h5", "h6"]) or table.get("role") == "presentation":
        for part in table.find_all(["thead", "tbody", "tfoot", "tr", "td", "th"]):
            if part.find_parent("table") is table:
                part.name = "div"
        table.name = "div"
        return
    caption = table.find("caption")
    if isinstance(caption, Tag):
        caption.name = "p"
        table.insert_before(caption.extract())
    grid = _expanded(table)
    if not grid:
        table.decompose()
        return
    header_rows = max(1, sum(1 for row in grid if all(cell is None or cell.name == "th" for cell in row)))
    header_rows = 1 if header_rows == len(grid) else header_rows
    plain = soup.new_tag("table")
    for position, row in enumerate(_with_one_header(grid, header_rows)):
        line = soup.new_tag("tr")
        for text in row:
            cell = soup.new_tag("td" if position else "th")
            cell.append(NavigableString(text))
            line.append(cell)
        plain.append(line)
    table.replace_with(plain)


def _expanded(table: Tag) -> list[list[Tag | None]]:
    """Rows of equal length: a cell that spans stands in each place that it covers.

    A cell across the whole table (a heading or a footnote inside it) stands in the first place only.
    """
    rows = table.find_all("tr")
    taken: dict[tuple[int, int], Tag | None] = {}
    for y, row in enumerate(rows):
        x = 0
        cells = row.find_all(["td", "th"], recursive=False)
        for cell in cells:
            while (y, x) in taken:
                x += 1
            wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - y)
            alone = len(cells) == 1 and wide > 1
            for dy in range(high):
                for dx in range(wide):
                    taken[y + dy, x + dx] = None if alone and dx else cell
            x += wide
    width = max((x for _, x in taken), default=-1) + 1
    return [[taken.get((y, x)) for x in range(width)] for y in range(len(rows)) if width]


def _span(cell: Tag, attribute: str) -> int:
    value = str(cell.get(attribute) or "1")
    return max(1, min(100, int(value))) if value.isdecimal() else 1


def _with_one_header(grid: list[list[Tag | None]], height: int) -> list[list[str]]:
    """Cell texts; header rows above each other become one: "剂量 / 第1天"."""
    texts = [["" if cell is None else _cell_text(cell) for cell in row] for row in grid]
    header = [
        " / ".join(dict.fromkeys(row[x] for row in texts[:height] if row[x])) for x in range(len(texts[0]))
    ]
    return [header, *texts[height:]]


def _cell_text(cell: Tag) -> str:
    """The text of a cell, its lines separated by ``<br>`` as the Markdown reader knows it."""
    lines = [""]
    for node in cell.descendants:
        if isinstance(node, Tag):
            if node.name == "br" or node.name in _BLOCKS:
                lines.append("")
        elif isinstance(node, NavigableString):
            if node.previous_sibling is not None and getattr(node.previous_sibling, "name", "") in _BLOCKS:
                lines.append("")
            lines[-1] += str(node)
    return "<br>".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _quote_addresses(article: Tag) -> None:
    """Addresses that Markdown would cut short."""
    for link in article.find_all("a", href=True):
        href = str(link["href"]).strip().replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
        if href.count("(") != href.count(")"):
            href = href.replace("(", "%28").replace(")", "%29")
        link["href"] = href
        if link.has_attr("title"):
            del link["title"]
