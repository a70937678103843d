"""The Markdown of an answer → HTML with its markers as links to the citations.

Streamlit's own Markdown would also load images, follow links, read "$" as a formula, "~" as
deleted text and ":red[…]" as a colour. An answer may quote any document and may come from any
language model, so only plain structure is rendered here; everything else stays characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from ui.safe_html import Html, element, escape, join

_MARKER = re.compile(r"\[(\d{1,3})\]")
_WARNING = "⚠"
# How a criterion came out: the class of its row, and a sign beside the word, which says it all alone.
VERDICTS = {True: ("mm-met", "✓"), False: ("mm-unmet", "✗"), None: ("mm-open", "?")}
_VERDICT_CELL = 2  # counted from 0
# What could load, run or hide something, and what plain prose would trigger by accident.
_OFF = ["link", "image", "autolink", "html_inline", "html_block", "reference", "code", "lheading"]


def cite_key(turn: int, marker: int) -> str:
    """Name that ties a marker in the text, its button and the opened citation together."""
    return f"cite-{int(turn)}-{int(marker)}"


def answer_html(
    markdown: str, turn: int, labels: Mapping[int, str], language: str, verdicts: tuple[bool | None, ...] = ()
) -> Html:
    """``markdown`` as HTML; a marker that ``labels`` knows becomes a link named by its label.

    ``verdicts`` are those of the rows of its tables, from above.
    """
    return _rendered(markdown, turn, tuple(labels.items()), language, verdicts)


@lru_cache(maxsize=1024)  # every click draws all answers of a conversation again
def _rendered(
    markdown: str, turn: int, labels: tuple[tuple[int, str], ...], language: str,
    verdicts: tuple[bool | None, ...],
) -> Html:
    rendered = _markdown().render(markdown, {"turn": turn, "labels": dict(labels), "verdicts": verdicts})
    return element("div", Html(rendered), class_="mm-answer", lang=language)


def tokens_of(markdown: str) -> list[Token]:
    """The plain structure of an answer, for those who write it as something else than HTML."""
    return _markdown().parse(markdown)


@cache
def _markdown() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(_OFF)
    # Without this rule an escaped "\[1]" of a quoted document stays apart from a marker "[1]".
    md.core.ruler.disable("text_join")
    md.core.ruler.push("structure", _structure)
    md.add_render_rule("text", _text)
    md.add_render_rule("text_special", _special)
    md.add_render_rule("sign", _sign)
    return md


def _text(
    renderer: RendererHTML, tokens: Sequence[Token], position: int, options: OptionsDict, env: EnvType
) -> str:
    content = tokens[position].content
    parts: list[str] = []
    cursor = 0
    for match in _MARKER.finditer(content):
        label = env["labels"].get(int(match.group(1)))
        if label is not None:
            key = cite_key(env["turn"], int(match.group(1)))
            marker = element(
                "a", match.group(), class_="mm-cite", href=f"#{key}", title=label, aria_label=label
            )
            parts += [content[cursor : match.start()], marker]
            cursor = match.end()
    return join([*parts, content[cursor:]])


def _special(
    renderer: RendererHTML, tokens: Sequence[Token], position: int, options: OptionsDict, env: EnvType
) -> str:
    return escape(tokens[position].content)


def _sign(
    renderer: RendererHTML, tokens: Sequence[Token], position: int, options: OptionsDict, env: EnvType
) -> str:
    return element("span", tokens[position].content, aria_hidden="true", class_="mm-sign")


def _structure(state: StateCore) -> None:
    """Headings take a place below the page's own; a line that starts with a warning sign stands out."""
    if state.env.get("verdicts"):
        _mark_rows(state.tokens, state.env["verdicts"])
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h4"
        if token.type == "inline":
            token.children = _with_warnings(token.children or [])


def _mark_rows(tokens: list[Token], verdicts: Sequence[bool | None]) -> None:
    """Each row below a table's head gets the class of its verdict, and the sign before the word."""
    looks, in_body, cell, sign = map(VERDICTS.__getitem__, verdicts), False, 0, ""
    for before, token in pairwise(tokens):
        if token.type in ("tbody_open", "tbody_close"):
            in_body = token.type == "tbody_open"
        elif in_body and token.type == "tr_open":
            kind, sign = next(looks, ("", ""))
            token.attrs = {"class": kind} if kind else {}
            cell = 0
        elif in_body and before.type == "td_open":
            if cell == _VERDICT_CELL and sign:
                token.children = [Token("sign", "span", 0, content=sign), *(token.children or [])]
            cell += 1


def _with_warnings(children: list[Token]) -> list[Token]:
    result: list[Token] = []
    starts, is_open = True, False
    for token in children:
        if is_break := token.type in ("softbreak", "hardbreak"):
            if is_open:
                result.append(Token("warning_close", "span", -1))
            is_open = False
        elif starts and token.content.startswith(_WARNING):
            result.append(Token("warning_open", "span", 1, attrs={"class": "mm-warning"}))
            is_open = True
        result.append(token)
        starts = is_break
    if is_open:
        result.append(Token("warning_close", "span", -1))
    return result
