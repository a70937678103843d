"""Reading files: encodings, folders, and one clear line for what cannot be read."""

from __future__ import annotations

import codecs
import random
from pathlib import Path

import pytest

from ingest.errors import UnreadableSource
from ingest.load import load_source, slug
from ingest.readers import find_sources, read_document

SIMPLIFIED = """\
# 手册

## 诊断

患者的血清白蛋白≥35 g/L，β2微球蛋白升高时预后较差；应做骨髓检查。

- 贫血
- 骨痛（夜间）
"""
TRADITIONAL = (
    "# 手冊\n\n## 診斷\n\n患者的血清白蛋白偏低，檢查骨髓時應注意漿細胞的比例；貧血與骨痛是常見的症狀。\n"
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-32"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "utf-16"),
        ("# Manual\n\nCafé “quotes” – naïve patients’ bones ache at 37 °C.\n" * 3, "cp1252"),
    ],
)
def test_encodings(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "手册.txt"
    path.write_bytes(text.encode(encoding))
    assert read_document(path).text == text
    expected = tmp_path / "utf8.txt"
    expected.write_text(text, encoding="utf-8")
    assert load_source(path, "x").passages == load_source(expected, "x").passages


def test_big_endian_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be"))
    assert read_document(path).text == SIMPLIFIED


def test_line_ends_of_other_systems(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("# 甲\r\n\r\n乙。\r丙。".encode())
    assert read_document(path).text == "# 甲\n\n乙。\n丙。"


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)


UNREADABLE = {
    "empty": ("a.md", lambda p: p.write_bytes(b""), "the file is empty; nothing to ingest"),
    "white space": ("a.md", lambda p: p.write_bytes(b" \n\t\n"), "the file is empty; nothing to ingest"),
    "wide white space": (
        "a.md",
        lambda p: p.write_text("\u3000\n", "utf-8"),
        "only white space; nothing to ingest",
    ),
    "PDF": (
        "a.pdf",
        lambda p: p.write_bytes(b"%PDF-1.7\n"),
        "files ending in '.pdf' are not read; save it as Markdown",
    ),
    "PDF in disguise": (
        "a.txt",
        lambda p: p.write_bytes(b"%PDF-1.7\n..."),
        "this is a PDF, not text; save it as",
    ),
    "Word in disguise": (
        "a.md",
        lambda p: p.write_bytes(b"PK\x03\x04.."),
        "a ZIP or Office file, not text; save it",
    ),
    "NUL bytes": (
        "a.txt",
        lambda p: p.write_bytes(b"abc\x00\x01\x02" * 50),
        "binary data; save it as Markdown or HTML",
    ),
    "noise": (
        "a.txt",
        lambda p: p.write_bytes(random.Random(1).randbytes(4000)),
        "binary data|encoding cannot be told",
    ),
    "50 MB": ("a.txt", _sparse, r"52 MB is more than the limit of 21 MB; split it into chapters"),
    "no suffix": (
        "README",
        lambda p: p.write_text("x", "utf-8"),
        "files without a suffix are not read; save it as",
    ),
    "missing": ("a.md", lambda p: None, "no such file; check the path"),
    "empty folder": ("folder", lambda p: p.mkdir(), "no Markdown .* or HTML file in this folder; add one"),
    "furniture only": (
        "a.md",
        lambda p: p.write_text("表格\n", "utf-8"),
        "nothing is left to cite after cleaning; check",
    ),
    "headings only": (
        "a.md",
        lambda p: p.write_text("# 甲\n", "utf-8"),
        "nothing is left to cite after cleaning; check",
    ),
    "empty page": (
        "a.html",
        lambda p: p.write_text("<p></p>", "utf-8"),
        "nothing is left to cite after cleaning; check",
    ),
}


@pytest.mark.parametrize(("name", "make", "message"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_one_line(tmp_path: Path, name: str, make, message: str) -> None:  # type: ignore[no-untyped-def]  # any maker
    path = tmp_path / name
    make(path)
    with pytest.raises(UnreadableSource, match=message) as caught:
        load_source(path)
    line = str(caught.value)
    assert line.startswith(f"{path}: ")
    assert "\n" not in line
    assert ";" in line  # the next step follows


def test_a_folder_is_walked_in_name_order_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "sub/c.html", "sub/d.pdf", ".hidden.md", ".git/e.md", "f.MD"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("文。", encoding="utf-8")
    found = [str(p.relative_to(tmp_path)) for p in find_sources([tmp_path])]
    assert found == ["a.txt", "b.md", "f.MD", "sub/c.html"]


def test_files_and_folders_together(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    paths = [tmp_path / "x.pdf", tmp_path / "empty", tmp_path / "none.md"]
    assert list(find_sources(paths)) == paths  # reading each says what is wrong with it


def test_ids_of_sources() -> None:
    assert slug("多发性 骨髓瘤 (2031)") == "多发性-骨髓瘤-2031"
    assert slug("???") == "source"


def test_a_large_file_takes_no_long_time(tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_text(
        "# 书\n\n" + "## 章\n\n患者常有骨痛。血红蛋白为100.5 g/L (1)。\n\n- 甲\n- 乙\n\n" * 2000,
        encoding="utf-8",
    )
    assert len(load_source(path).passages) == 8000
