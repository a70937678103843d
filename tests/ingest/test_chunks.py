"""Chunks on a document small enough to check by hand."""

from __future__ import annotations

from ingest.chunks import chunks_of
from tests.ingest.documents import source_of

DOCUMENT = f"""\
# 书

## 甲

{"长" * 200}。{"文" * 100}。短句。

包括：

- 一
- 二

## 乙

**感染** 很常见。
"""


def test_chunks_by_hand() -> None:
    source = source_of(DOCUMENT)
    chunks = chunks_of(source)
    assert [(c.first, c.last, source.sections[c.section].title) for c in chunks] == [
        (0, 0, "甲"),  # 201 characters; the next 101 would pass the target of 240
        (1, 5, "甲"),  # the list stays with its lead-in
        (6, 6, "乙"),
    ]
    assert chunks[1].text.endswith("短句。\n包括：\n一\n二")
    assert [c.lead for c in chunks] == ["书 / 甲", "书 / 甲 / 包括：", "书 / 乙 / 感染"]


def test_a_long_list_is_one_chunk() -> None:
    items = "\n".join(f"- {'项' * 60}{i}" for i in range(8))
    chunks = chunks_of(source_of(f"## 甲\n\n前文{'。前文' * 50}。\n\n包括：\n\n{items}\n\n后文。\n"))
    parts = next(c for c in chunks if "项" in c.text)
    assert parts.text.startswith("包括：\n")
    assert parts.text.count("项" * 60) == 8
