"""Markup that cannot carry what a document, a question or a model smuggles in.

Every string that becomes part of an element is escaped unless it is ``Html`` already, and only
``element``, ``escape``, ``join`` and ``ui.chat.answer_html`` make ``Html``. Joining ``Html`` with a plain
string by ``+`` gives a plain string, which is escaped when it is used: a slip shows as visible
tags, never as running markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape as _escape
from urllib.parse import quote, unquote, urlsplit

from ingest.types import Reference

# Where a link may lead: registries and publishers that references and errata name.
_HOSTS = frozenset(
    {
        "ashpublications.org",
        "clinicaltrials.gov",
        "doaj.org",
        "doi.org",
        "pmc.ncbi.nlm.nih.gov",
        "pubmed.ncbi.nlm.nih.gov",
        "www.cancer.org",
        "www.cdc.gov",
        "www.ema.europa.eu",
        "www.fda.gov",
        "www.msdmanuals.com",
        "www.nature.com",
        "www.ncbi.nlm.nih.gov",
    }
)
_PUBMED, _DOIS = "https://pubmed.ncbi.nlm.nih.gov/", "https://doi.org/"
_PMID = re.compile(r"[0-9]{1,9}")
_MARKDOWN = re.compile(r"[!-/:-@\[-`{-~]")  # every ASCII sign may be escaped in Markdown
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")


class Html(str):
    """Text that is safe to show as HTML."""

    __slots__ = ()


def escape(text: str) -> Html:
    """``text`` as characters; ``Html`` stays as it is."""
    return text if isinstance(text, Html) else Html(_escape(text, quote=True))


def join(parts: Iterable[str]) -> Html:
    """The parts one after another, each escaped unless it is ``Html``."""
    return Html("".join(escape(part) for part in parts))


def element(name: str, *children: str, **attributes: str | int | None) -> Html:
    """An element; an attribute ``class_`` or ``aria_label`` is written ``class``, ``aria-label``.

    >>> element("p", "a < b", class_="note")
    '<p class="note">a &lt; b</p>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escape(str(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{written}>{join(children)}</{name}>")


def plain_label(text: str) -> str:
    """Text as the label of a Streamlit input, which it reads as Markdown, pictures included."""
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))


def link(label: str, url: str) -> Html:
    """A link to an allowed https address; any other address is only shown."""
    if not is_allowed(url):
        return escape(label if url == label or not url else f"{label} ({url})")
    return element("a", label, href=url, target="_blank", rel="noopener noreferrer")


def is_allowed(url: str) -> bool:
    """Whether ``url`` is https, on a listed host, without user name or port."""
    try:
        parts = urlsplit(url)
        # netloc and not hostname: the former still has what hides another target ("host@evil").
        return parts.scheme == "https" and parts.netloc.lower() in _HOSTS
    except ValueError:
        return False


def reference_links(reference: Reference) -> tuple[Html, ...]:
    """Links of a reference, each named by its number or, without one, by the publisher."""
    return tuple(link(_name(address), address) for address in reference_addresses(reference))


def reference_addresses(reference: Reference) -> tuple[str, ...]:
    """Addresses of a reference, made from its checked numbers and not from an address in the text."""
    found: list[str] = []
    if reference.pmid and _PMID.fullmatch(reference.pmid):
        found.append(f"{_PUBMED}{reference.pmid}/")
    if reference.doi and _DOI.fullmatch(reference.doi):
        found.append(_DOIS + quote(reference.doi, safe="/()"))
    if not found and reference.url and is_allowed(reference.url):
        found.append(reference.url)
    return tuple(found)


def _name(address: str) -> str:
    if address.startswith(_PUBMED):
        return "PubMed " + address.removeprefix(_PUBMED).rstrip("/")
    if address.startswith(_DOIS):
        return "doi:" + unquote(address.removeprefix(_DOIS))
    return urlsplit(address).netloc
