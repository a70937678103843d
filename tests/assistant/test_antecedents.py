"""What a passage points back to."""

from __future__ import annotations

from typing import cast

import pytest

from assistant.antecedents import antecedent_terms
from index import Index
from index.analysis import terms
from ingest.load import load_source
from ingest.types import Source

TEXT = """# 手册

## 新疗法

双膦酸盐可引起颌骨坏死。保持口腔清洁可降低这种并发症的风险。放疗可缓解骨痛。

这些新的处理方法包括

- 特立妥单抗
- 奥布替尼

尽管这些治疗有效，但可引起感染。

## 维持

这些药物由医生选择。
"""


class _Terms:
    """As much of an index as is asked."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def passage_terms(self, source_id: str, i: int) -> frozenset[str]:
        return frozenset(terms(self.source.passages[i].text))

    def context_terms(self, source_id: str, i: int) -> frozenset[str]:
        return frozenset(terms(self.source.passages[i].lead))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    path = tmp_path_factory.mktemp("antecedents") / "book.md"
    path.write_text(TEXT, encoding="utf-8")
    return load_source(path)


def found(source: Source, start: str) -> frozenset[str]:
    position = next(i for i, p in enumerate(source.passages) if p.text.startswith(start))
    return antecedent_terms(cast(Index, _Terms(source)), source, position)


def test_this_complication_is_that_of_the_sentence_before(source: Source) -> None:
    assert {"c:onj", "c:bisphosphonate"} <= found(source, "保持口腔")


def test_these_treatments_are_those_of_the_list_before(source: Source) -> None:
    assert "c:teclistamab" in found(source, "尽管这些治疗")


def test_what_speaks_for_itself_points_nowhere(source: Source) -> None:
    assert found(source, "放疗") == frozenset()


def test_nothing_is_pointed_to_across_a_heading(source: Source) -> None:
    assert found(source, "这些药物") == frozenset()
