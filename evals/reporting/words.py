"""Words of the report, and the safe way to write text into HTML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Literal

Language = Literal["zh", "en"]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root{--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--good:#116329;--bad:#a40e26;--bar:#0550ae;--back:#f6f8fa;
--paper:#fff}
body{font:16px/1.5 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);
background:var(--paper);margin:0 auto;max-width:76rem;padding:1rem}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.2rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th,td{border-bottom:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top}
td.num,th.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.wide{overflow-x:auto}.scores th[scope=row]{min-width:11rem}.scores small{display:block;font-weight:400}
.slices{font-size:.85rem}.slices td{line-height:1.3}.slices td.num{padding-left:1rem}
.slices th:first-child{position:sticky;left:0;background:var(--paper);min-width:7rem;max-width:9rem}
.slices small{display:block;color:var(--soft);font-size:.75rem}
.slices svg{display:block;margin-left:auto}
.curve{width:100%;max-width:26rem;height:auto}.soft{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad);font-weight:600}
details{border-bottom:1px solid var(--line);padding:.25rem 0}summary{cursor:pointer}
.answer{white-space:pre-wrap;background:var(--back);padding:.5rem;overflow-wrap:anywhere}
.two{display:grid;grid-template-columns:1fr 1fr;gap:1rem}.two>div{min-width:0}
q{quotes:none;color:var(--soft)}a{color:var(--bar)}
@media(max-width:45rem){.two{grid-template-columns:1fr}.scores th[scope=row]{min-width:9rem}
.scores td.num{white-space:normal}.scores td span,.compared td.num{white-space:nowrap}}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9da7b3;--line:#30363d;--good:#56d364;--bad:#ff7b72;
--bar:#79c0ff;--back:#161b22;--paper:#0d1117}}
"""


@cache
def words(language: Language) -> Mapping[str, str]:
    """The words of one language."""
    data = tomllib.loads((files("evals") / "reporting" / "report.toml").read_text("utf-8"))
    found: Mapping[str, str] = data[language]
    return found


def page(language: Language, title: str, body: str) -> str:
    """A whole document. The policy forbids scripts and anything from the network."""
    tag = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{tag}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def table(
    head: tuple[str, ...], rows: list[str], numeric: frozenset[int] = frozenset(), kind: str = ""
) -> str:
    """A table of rows that are already HTML; ``numeric`` columns stand to the right, ``kind`` is a class."""
    cells = "".join(
        f'<th scope="col"{" class=num" if i in numeric else ""}>{escape(text)}</th>'
        for i, text in enumerate(head)
    )
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return (
        f'<div class="wide {kind}"><table>\n<thead><tr>{cells}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody></table></div>"
    )


def cell(text: str, kind: str = "") -> str:
    """A table cell with escaped text; ``kind`` is a class of the style sheet."""
    return f'<td class="{kind}">{escape(text)}</td>' if kind else f"<td>{escape(text)}</td>"


def number(value: float | None, unit: str = "") -> str:
    """A number as the report writes it; shares with three places, other units with one."""
    if value is None:
        return "–"
    return f"{value:.1f}" if unit else f"{value:.3f}"
