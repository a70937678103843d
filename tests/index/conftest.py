"""Small documents of our own, and indexes built from them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import build_index
from ingest.load import load_source
from ingest.types import Source
from tests.small_fit import fitted_on

DRUGS = """---
title: 药物备忘
---

# 药物备忘

## 蛋白酶体抑制剂

硼替佐米的主要不良反应是手足麻木，改为皮下给药后较轻。用药期间应预防带状疱疹。

## 免疫调节剂

来那度胺的剂量须按肌酐清除率调整。孕妇禁用沙利度胺及其类似物。

## 单克隆抗体

达雷妥尤单抗会干扰交叉配血，首次输注前应先查血型。输注反应多见于第一次给药。

## 支持治疗

唑来膦酸用于溶骨性病变，每月一次。用药前请口腔科检查牙齿，以防颌骨坏死。
"""

STAGING = """---
title: 分期备忘
---

# 分期备忘

## 国际分期

| 分期 | β2-微球蛋白 | 白蛋白 |
| --- | --- | --- |
| I | <3.5 mg/L | ≥35 g/L |
| III | ≥5.5 mg/L | 不限 |

## 肾功能

造影剂可能诱发急性肾损伤，检查前后应充分补液。
"""


@pytest.fixture(scope="package", autouse=True)
def _quick_fit() -> Iterator[None]:
    """``embedding/test_static.py`` fits on the whole terminology once."""
    with fitted_on(DRUGS, STAGING):
        yield


@pytest.fixture(scope="package")
def document(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Source]:
    """Turns Markdown into a source: ``document(id, text)``."""
    folder = tmp_path_factory.mktemp("documents")

    def make(source_id: str, text: str) -> Source:
        path = folder / f"{source_id}.md"
        path.write_text(text, encoding="utf-8")
        return load_source(path, source_id)

    return make


@pytest.fixture(scope="package")
def drugs(document: Callable[[str, str], Source]) -> Source:
    return document("drugs", DRUGS)


@pytest.fixture(scope="package")
def staging(document: Callable[[str, str], Source]) -> Source:
    return document("staging", STAGING)


@pytest.fixture(scope="package")
def built(drugs: Source, staging: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of both documents, with the default model. Not to be changed: copy it."""
    directory = tmp_path_factory.mktemp("built") / "index"
    build_index(directory, [drugs, staging])
    return directory


@pytest.fixture
def index_copy(built: Path, tmp_path: Path) -> Path:
    """A copy of the index that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "index"))
