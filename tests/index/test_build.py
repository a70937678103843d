"""Building: what is embedded again, what is merged, what is refused; and no pickle anywhere."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index import (
    Index,
    IndexBusy,
    IndexMismatch,
    IndexProblem,
    build_index,
    describe_index,
    verify_index,
)
from index.build import STEPS
from index.generations import building_folder
from ingest.types import Source
from tests.index.conftest import DRUGS, STAGING

Document = Callable[[str, str], Source]
LONG = "# 长文\n" + "".join(f"\n## 第{i}节\n\n第{i}节说明疗效与随访的第{i}条。\n" for i in range(90))

EXTRA = "# 补充\n\n定期复查血常规。\n"


def test_a_first_build(drugs: Source, staging: Source, built: Path, tmp_path: Path) -> None:
    calls: list[tuple[str, int, int]] = []
    directory = tmp_path / "new" / "index"
    report = build_index(directory, [drugs, staging], progress=lambda *call: calls.append(call))
    # The same sources give the same index, byte for byte.
    assert Index.open(directory).fingerprint == Index.open(built).fingerprint
    assert (report.sources, report.passages) == (2, len(drugs.passages) + len(staging.passages))
    assert (report.chunks, report.embedded, report.reused) == (6, 6, 0)
    assert (report.embedder, report.refitted) == ("default", True)
    assert (report.added, report.replaced, report.removed) == (("drugs", "staging"), (), ())
    assert list(dict.fromkeys(step for step, _, _ in calls)) == list(STEPS)
    last = {step: (done, total) for step, done, total in calls}
    assert all(done == total for done, total in last.values())


def test_an_edited_sentence_is_the_only_thing_embedded_again(index_copy: Path, document: Document) -> None:
    edited = document("drugs", DRUGS.replace("每月一次", "每四周一次"))
    report = build_index(index_copy, [edited])
    assert (report.chunks, report.embedded, report.reused, report.refitted) == (6, 1, 5, False)
    assert report.replaced == ("drugs",)
    index = Index.open(index_copy)
    assert "每四周一次" in index.search("唑来膦酸多久用一次")[0].chunk.text
    # What was taken over is what a model would give now.
    texts = [f"{chunk.lead}\n{chunk.text}" for chunk in index.chunks]
    np.testing.assert_allclose(index.embed(texts), index._contents.vectors.vectors(), atol=1e-6)


def test_nothing_new_embeds_nothing(index_copy: Path, drugs: Source) -> None:
    before = Index.open(index_copy).fingerprint
    report = build_index(index_copy, [drugs])
    assert (report.embedded, report.reused) == (0, 6)
    assert Index.open(index_copy).fingerprint == before


def test_refit_on_demand(index_copy: Path) -> None:
    report = build_index(index_copy, [], refit=True)
    # The same texts give the same model, so its vectors are still good.
    assert (report.refitted, report.embedded, report.reused) == (True, 0, 6)


def test_much_new_text_fits_the_model_again(index_copy: Path, document: Document) -> None:
    report = build_index(index_copy, [document("long", LONG)])
    assert report.refitted
    assert report.reused == 0
    assert report.embedded == report.chunks


def test_small_edits_add_up_to_a_refit(index_copy: Path, document: Document) -> None:
    refitted = [
        build_index(index_copy, [document("drugs", DRUGS.replace("每月一次", f"每{n}周一次"))]).refitted
        for n in "三四五六"
    ]
    assert refitted == [False, False, False, True]


def test_remove(index_copy: Path) -> None:
    report = build_index(index_copy, [], remove=iter(["staging"]))
    assert report.removed == ("staging",)
    index = Index.open(index_copy)
    assert list(index.sources) == ["drugs"]
    assert {chunk.source_id for chunk in index.chunks} == {"drugs"}


@pytest.mark.parametrize(
    ("remove", "message"),
    [
        (["nope"], "no source 'nope' to remove; it holds drugs, staging"),
        (["drugs", "staging"], "nothing to index"),
    ],
)
def test_removals_that_are_refused(index_copy: Path, remove: list[str], message: str) -> None:
    before = Index.open(index_copy).fingerprint
    with pytest.raises(IndexProblem, match=message):
        build_index(index_copy, [], remove=remove)
    assert Index.open(index_copy).fingerprint == before


def test_two_builds_at_once(index_copy: Path, drugs: Source) -> None:
    with (
        building_folder(index_copy),
        pytest.raises(IndexBusy, match=r"process \d+ is building this index; wait"),
    ):
        build_index(index_copy, [drugs])
    build_index(index_copy, [drugs])


def test_only_the_current_generation_is_kept(index_copy: Path, drugs: Source) -> None:
    (index_copy / ".building-12345").mkdir()
    build_index(index_copy, [drugs])
    names = sorted(path.name for path in index_copy.iterdir())
    assert names == ["CURRENT", "generation-000002", "lock"]


def test_a_folder_with_other_things_is_not_taken(drugs: Source, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("x", encoding="utf-8")
    with pytest.raises(IndexMismatch, match=r"holds 'thesis.docx' and no index; choose"):
        build_index(tmp_path, [drugs])
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_in_place_of_the_folder(drugs: Source, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(IndexProblem, match=r"cannot write the index .*--index"):
        build_index(tmp_path / "file", [drugs])


def test_no_pickle(
    drugs: Source, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("pickle was used")

    for name in ("load", "loads", "dump", "dumps", "Unpickler", "Pickler"):
        monkeypatch.setattr(pickle, name, refuse)
    build_index(tmp_path, [drugs])
    assert not build_index(tmp_path, [document("extra", EXTRA)]).refitted
    assert Index.open(tmp_path).search("硼替佐米")
    for path in tmp_path.rglob("*"):
        if path.is_file():  # a pickle of protocol 2 or later starts with \x80 and the protocol
            assert path.read_bytes()[:2] not in {bytes([0x80, n]) for n in range(2, 6)}, path


def test_describe_and_verify(built: Path) -> None:
    info = describe_index(built)
    assert (info.generation, info.embedder, info.schema) == ("generation-000001", "default", 1)
    assert [(s.id, s.title, s.language, s.chunks) for s in info.sources] == [
        ("drugs", "药物备忘", "zh", 4),
        ("staging", "分期备忘", "zh", 2),
    ]
    assert info.size > 1000
    assert verify_index(built) == []


def test_order_of_sources_is_kept(index_copy: Path, document: Document) -> None:
    build_index(index_copy, [document("staging", STAGING + "\n补一句。\n"), document("new", EXTRA)])
    assert list(Index.open(index_copy).sources) == ["drugs", "staging", "new"]
