"""Reference lists, and the marks in the text that point to them."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import unquote

from ingest.blocks import Item
from ingest.types import Reference

_HEADING = re.compile(r"(?:参考文献|参考资料|参考|references?|literature|bibliography)$", re.IGNORECASE)
_PUBMED = re.compile(r"pubmed\.ncbi\.nlm\.nih\.gov/(\d+)|ncbi\.nlm\.nih\.gov/pubmed/(\d+)")
_PMID = re.compile(r"PMID[:：]?\s*(\d{4,9})")
_DOI = re.compile(r"10\.\d{4,9}/[^\s;,，；。]+")
# "t(4;14)" and "del(17)" name chromosomes; "包括：(1)贫血；(2)骨痛" counts.
# The "i" of an isochromosome is small and close: "stage I (2)" cites.
_CHROMOSOMES = re.compile(r"(?<![A-Za-z])(?:(?i:t|del|inv|ins|add|dup|der|dic)\s*|i)$")
_COUNTING = re.compile(r"(?:^|[：:；;])\s*$")
# "（45-80）岁" and "（120）名患者" are values, whatever the reference list holds.
_COUNTED = re.compile(r"\s*(?:岁|名(?![称为])|例(?!如)|[%％])")
_STOPS = ".,;:!?。，；：、！？"
_MARK = re.compile(
    r"[（(]\s*(?:综述见|参见|见|see)?\s*(\d{1,3}(?:\s*[,，、;；–~-]\s*\d{1,3})*)\s*[)）]", re.IGNORECASE
)


def is_reference_heading(text: str) -> bool:
    """Whether a heading opens a reference list."""
    return len(text) <= 40 and bool(_HEADING.search(text.strip()))


def parse_reference(item: Item, position: int) -> Reference:
    """A list item as a reference; ``position`` (from 1) stands in where no number is printed."""
    text = " ".join(item.inline.text.split())
    hrefs = [link.href for link in item.inline.links if link.href.startswith("https://")]
    pmid = next((m.group(1) or m.group(2) for h in hrefs if (m := _PUBMED.search(h))), None)
    if pmid is None and (found := _PMID.search(text)):
        pmid = found.group(1)
    doi = _DOI.search(text) or next((m for h in hrefs if (m := _DOI.search(unquote(h)))), None)
    url = hrefs[0] if hrefs else None
    if url is None and pmid:
        url = f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    if url is None and doi:
        url = f"https://doi.org/{doi.group().rstrip('.)')}"
    return Reference(item.number or position, text, pmid, doi.group().rstrip(".)") if doi else None, url)


def cited_numbers(text: str) -> tuple[int, ...]:
    """Numbers in the citation marks of a sentence: "(1)", "（5、6）", "(3-5)"; sorted, unique."""
    numbers: set[int] = set()
    for match in _MARK.finditer(text):
        if _is_citation(text, match):
            numbers |= _numbers(match)
    return tuple(sorted(numbers))


def without_marks(text: str, numbers: Collection[int] = ()) -> str:
    """``text`` without the marks of the references ``numbers``, for reading.

    ``numbers`` are those that the reference list of the text is known to have
    (``Passage.references``). Any other number in brackets may be a value and stays, and so does a
    mark of which only a part is known.

    >>> without_marks("中位年龄为65（45-80）岁（3）。", (3,))
    '中位年龄为65（45-80）岁。'
    """
    known = set(numbers)
    kept, cursor = "", 0
    for match in _MARK.finditer(text) if known else ():
        if _is_citation(text, match) and _numbers(match) <= known:
            before = text[cursor : match.start()]
            # "pain (1)." is to be read as "pain."
            kept += before.rstrip() if text[match.end() : match.end() + 1] in _STOPS else before
            cursor = match.end()
    return kept + text[cursor:]


def _numbers(match: re.Match[str]) -> set[int]:
    """The numbers that a mark names, its ranges written out."""
    numbers: set[int] = set()
    for part in re.split(r"[,，、;；]", match.group(1)):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] < 30:
            numbers.update(range(ends[0], ends[1] + 1))
        else:
            numbers.update(ends)
    return numbers


def _is_citation(text: str, match: re.Match[str]) -> bool:
    """Whether a number in brackets can point to a reference list at all."""
    before, after = text[max(0, match.start() - 8) : match.start()], text[match.end() : match.end() + 2]
    counts = after.lstrip()[:1].isalnum() and bool(_COUNTING.search(before))
    return not (counts or _CHROMOSOMES.search(before) or _COUNTED.match(text, match.end()))
