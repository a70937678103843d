"""Shares of cells, the laboratory's cut-off, and the word for it."""

from __future__ import annotations

import pytest

from tests.assistant.staging.reading.said import states


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("TP53缺失信号细胞 4%（本室阈值10%），结论：未达阳性标准", "absent"),
        ("17p缺失4%，cut-off为10%", "absent"),
        ("17p缺失 15%（阈值10%）", "present"),
        ("del(17p) 12% (lab cut-off 20%)", "absent"),
        ("del(17p) 25%, above our 20% cutoff", "present"),
        ("4%的细胞存在17p缺失（阈值10%）", "absent"),
        ("阈值均为10%。17p缺失15%，t(4;14) 6%", "present"),
        ("17p缺失15%，t(4;14) 6%。各探针阳性阈值20%", "absent"),
        ("Cut-offs: 1q gain 7%, TP53 loss 10%. TP53 loss in 4.5% of nuclei.", "absent"),
        ("17p缺失 8%，未达我院10%的判断标准", "absent"),
        ("17p- 3.5% (normal <5%)", "absent"),
        ("探针 比例 阈值\nTP53缺失 3.5% 10%\nIGH/MAF融合 1.0% 5%", "absent"),
        ("检测位点 | 阳性细胞% | 参考阈值%\n17p13缺失 | 40.0 | 10.0", "present"),
        ("locus | cut-off | cells\nTP53 loss | 10 | 4", "absent"),
        ("17p缺失阳性（4%，阈值10%）", "asked"),
        ("17p缺失4%（10%）", "asked"),
        ("17p缺失10%（阈值10%）", "asked"),
        ("17p缺失（阈值10%）", "asked"),
    ],
)
def test_the_laboratory_s_cut_off(text: str, state: str) -> None:
    assert states(text)["del(17p)"] == state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("17p缺失信号占4%，低于本室阈值10%，判为阴性；t(4;14)阴性", "absent"),
        ("17p缺失5%，判定为阴性", "absent"),
        ("17p缺失 6%，低于阈值(10%)，判读：阴性", "absent"),
        ("17p缺失15%，高于阈值10%，判为阳性", "present"),
        ("TP53 loss in 4%, below the lab cutoff of 10%, called negative", "absent"),
        ("del(17p) 4%, reported as negative", "absent"),
        ("17p缺失4%，低于本室阈值10%，判为阳性", "asked"),
        ("17p缺失15%，低于本室阈值10%", "asked"),
        ("TP53 loss in 14%, below our cut-off of 10%", "asked"),
    ],
)
def test_a_share_and_the_word_for_it(text: str, state: str) -> None:
    assert states(text)["del(17p)"] == state
