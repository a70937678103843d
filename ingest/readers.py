"""Files → text: what can be read, and one clear line for what cannot."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from ingest.errors import UnreadableSource

MAX_BYTES = 20 * 1024 * 1024
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".txt"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_BINARY_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x1f\x8b": "a gzip file",
}


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The text of one file, before parsing; ``sha256`` is that of its bytes."""

    path: Path
    text: str
    is_html: bool
    sha256: str


def find_sources(paths: list[Path]) -> Iterator[Path]:
    """The readable files among ``paths``, folders walked in name order.

    Raises:
        UnreadableSource: a path does not exist (named), or has a suffix that is not read.
    """
    readable = MARKDOWN_SUFFIXES | HTML_SUFFIXES
    for path in paths:
        if path.is_dir():
            yield from sorted(
                p
                for p in path.rglob("*")
                if p.is_file() and p.suffix.lower() in readable and not p.name.startswith(".")
            )
        else:
            yield path


def read_document(path: Path) -> RawDocument:
    """Read one file.

    Raises:
        UnreadableSource: missing, a kind that is not read, larger than ``MAX_BYTES``, binary,
            empty, or in no encoding that can be told.
    """
    suffix = path.suffix.lower()
    if not path.exists():
        raise UnreadableSource(f"{path}: no such file; check the path")
    if suffix not in MARKDOWN_SUFFIXES | HTML_SUFFIXES:
        raise UnreadableSource(
            f"{path}: files ending in {suffix or 'nothing'!r} are not read;"
            " save it as Markdown (.md, .txt) or HTML"
        )
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableSource(
            f"{path}: {size / 1e6:.0f} MB is more than the limit of {MAX_BYTES / 1e6:.0f} MB;"
            " split it into chapters"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSource(f"{path}: cannot be opened ({error.strerror}); check its permissions") from error
    return RawDocument(path, _decode(path, data), suffix in HTML_SUFFIXES, hashlib.sha256(data).hexdigest())


def _decode(path: Path, data: bytes) -> str:
    for magic, kind in _BINARY_MAGIC.items():
        if data.startswith(magic):
            raise UnreadableSource(f"{path}: this is {kind}, not text; save it as Markdown or HTML")
    if not data.strip():
        raise UnreadableSource(f"{path}: the file is empty; nothing to ingest")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data, cp_isolation=["gb18030", "big5", "utf_16", "utf_32", "cp1252"]).best()
        if best is None or b"\x00" in data[:4096] and not best.encoding.startswith("utf"):
            raise UnreadableSource(
                f"{path}: the encoding cannot be told; save the file as UTF-8"
            ) from None
        text = str(best)
    if "\x00" in text:
        raise UnreadableSource(f"{path}: the file holds binary data; save it as Markdown or HTML")
    if not text.strip():
        raise UnreadableSource(f"{path}: the file holds only white space; nothing to ingest")
    return text.replace("\r\n", "\n").replace("\r", "\n")
