"""Files → text: what can be read, and one clear line for what cannot."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UnreadableSource
from ingest.folding import is_chinese

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
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EVERYDAY = 0.8  # 0..1; measured: the right encoding gives 0.9 and more, the wrong one less than 0.6
_MOST_CONTROL = 0.001  # share of control characters above which a file is not text


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The text of one file, before parsing; ``sha256`` is that of its bytes."""

    path: Path
    text: str
    is_html: bool
    sha256: str


def find_sources(paths: list[Path]) -> Iterator[Path]:
    """The files among ``paths``, folders walked in name order without what is hidden.

    A path that cannot be read is passed on: ``read_document`` says what is wrong with it, and the
    files after it are still read.
    """
    readable = MARKDOWN_SUFFIXES | HTML_SUFFIXES
    for path in paths:
        if path.is_dir():
            found = sorted(
                p
                for p in path.rglob("*")
                if p.is_file() and p.suffix.lower() in readable and not _is_hidden(p.relative_to(path))
            )
            if not found:
                yield path  # reading it says why nothing came of it
            yield from found
        else:
            yield path


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read_document(path: Path) -> RawDocument:
    """Read one file.

    Raises:
        UnreadableSource: missing, a kind that is not read, larger than ``MAX_BYTES``, binary,
            empty, or in no encoding that can be told. A folder: it holds nothing readable.
    """
    suffix = path.suffix.lower()
    if not path.exists():
        raise UnreadableSource(f"{path}: no such file; check the path")
    if path.is_dir():
        raise UnreadableSource(f"{path}: no Markdown (.md, .txt) or HTML file in this folder; add one")
    if suffix not in MARKDOWN_SUFFIXES | HTML_SUFFIXES:
        kind = f"files ending in {suffix!r}" if suffix else "files without a suffix"
        raise UnreadableSource(f"{path}: {kind} are not read; save it as Markdown (.md, .txt) or HTML")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableSource(
            f"{path}: {size / 1e6:.0f} MB is more than the limit of {MAX_BYTES / 1e6:.0f} MB;"
            " split it into chapters"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = f"cannot be opened ({error.strerror}); check its permissions"
        raise UnreadableSource(f"{path}: {reason}") from error
    return RawDocument(path, _decode(path, data), suffix in HTML_SUFFIXES, hashlib.sha256(data).hexdigest())


def _decode(path: Path, data: bytes) -> str:
    for magic, kind in _BINARY_MAGIC.items():
        if data.startswith(magic):
            raise UnreadableSource(f"{path}: this is {kind}, not text; save it as Markdown or HTML")
    if not data.strip():
        raise UnreadableSource(f"{path}: the file is empty; nothing to ingest")
    text = _text_of(data)
    if text is None:
        raise UnreadableSource(f"{path}: the encoding cannot be told; save the file as UTF-8")
    if sum(map(_is_control, text)) > len(text) * _MOST_CONTROL:
        raise UnreadableSource(f"{path}: the file holds binary data; save it as Markdown or HTML")
    if not text.strip():
        raise UnreadableSource(f"{path}: the file holds only white space; nothing to ingest")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text_of(data: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding)
    text = _decoded(data, "utf-8")
    if text is not None:
        return text
    # Most bytes are valid in both Chinese encodings; only the right one gives everyday characters.
    chinese = [(_everyday_share(t, e), t) for e in ("gb18030", "big5hkscs") if (t := _decoded(data, e))]
    share, text = max(chinese, default=(0.0, ""))
    if share >= _EVERYDAY:
        return text
    from charset_normalizer import from_bytes  # only for a file of no usual encoding

    best = from_bytes(data, cp_isolation=["utf_16", "utf_32", "cp1252"]).best()
    return None if best is None else str(best)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _everyday_share(text: str, encoding: str) -> float:
    """Share (0..1) of the non-ASCII characters of ``text`` that ``encoding`` lists as everyday ones."""
    level_one = (b"\xb0\xa1", b"\xd7\xf9") if encoding == "gb18030" else (b"\xa4\x40", b"\xc6\x7e")
    wide = [c for c in text if not c.isascii()]
    coded = [c.encode(encoding) for c in wide if is_chinese(c)]
    everyday = sum(len(b) == 2 and level_one[0] <= b <= level_one[1] for b in coded)
    punctuation = sum(c in "，。、；：？！（）《》“”‘’「」『』—…·～％≥≤＜＞×βκλ" for c in wide)
    return (everyday + punctuation) / len(wide) if wide else 0.0


def _is_control(char: str) -> bool:
    return char < " " and char not in "\t\n\r\f\v\x1b"
