"""A claim against its passages: copied, merged, contradicted by the nearer one, read off a table."""

from __future__ import annotations

import pytest

from assistant.language_model.passages import Numbered
from assistant.language_model.support import supported
from ingest.load import load_source

TEXT = """# 小册

## 年龄

中位年龄约70岁，不是平均年龄。有记录的细菌感染应使用抗生素治疗。不建议常规使用抗生素预防感染。

## 维持

| 药物 | 无进展生存期 | 总生存期 |
| --- | --- | --- |
| 来那度胺 | 延长 | 延长 |
| 沙利度胺 | 延长 | 结论不一致 |
"""


@pytest.fixture(scope="module")
def passages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Numbered]:
    """The passages by how they begin."""
    path = tmp_path_factory.mktemp("source") / "booklet.md"
    path.write_text(TEXT, encoding="utf-8")
    source = load_source(path)
    found = [Numbered(i + 1, source, i) for i in range(len(source.passages))]
    return {n.passage.text[:4]: n for n in found}


@pytest.mark.parametrize(
    ("text", "cited", "stands"),
    [
        # Each clause, taken alone, could be held against the other.
        ("中位年龄约70岁，不是平均年龄。", ("中位年龄",), True),
        ("中位年龄约70岁。", ("中位年龄",), True),
        ("平均年龄约70岁。", ("中位年龄",), False),
        # One passage alone would do, but the nearer one says the opposite.
        ("建议常规使用抗生素预防感染。", ("有记录的", "不建议常"), False),
        ("有记录的细菌感染应使用抗生素，但不建议常规使用抗生素预防感染。", ("有记录的", "不建议常"), True),
        # A value belongs to its column.
        ("沙利度胺维持可以延长无进展生存期。", ("沙利度胺",), True),
        ("沙利度胺维持可以延长总生存期。", ("沙利度胺",), False),
        ("沙利度胺维持对总生存期的结论不一致。", ("沙利度胺",), True),
    ],
)
def test_support(text: str, cited: tuple[str, ...], stands: bool, passages: dict[str, Numbered]) -> None:
    found = supported(text, "", tuple(passages[name] for name in cited), "zh")
    assert (not found.problem) is stands, found
