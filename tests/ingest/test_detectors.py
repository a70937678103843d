"""Detectors report likely defects, and nothing on sound text."""

from __future__ import annotations

import pytest

from tests.ingest.documents import source_of

SOUND = """\
## 治疗

蛋白酶体抑制剂（硼替佐米、卡非佐米）与免疫调节剂（来那度胺、沙利度胺）常联合使用 (1)。
单克隆抗体（达雷妥尤单抗）亦可。
抗CD38单抗（达雷妥尤单抗、艾沙妥昔单抗）有效。往往先查维生素B12、CD38和IL-6。血红蛋白<100 g/L，肌酐>2 mg/dL。
中位年龄约为69。分期分别为1、2、3。人人都应随访，常常需要复查。M蛋白≥30 g/L。白蛋白低于35 g/L时预后差。
有高钙血症的患者应避免补充维生素D。没有高钙血症的患者应补充维生素D。比值≥100（受累链）。λ型和κ型均可见。

### 参考文献

1. Person A. One.
2. Person B. Two.
3. Person C. Three.
"""


def findings(text: str) -> list[tuple[str, str]]:
    source = source_of(text)
    return [(f.detector, source.text[f.start : f.end]) for f in source.findings]


def test_sound_text_has_none() -> None:
    assert findings(SOUND) == []


@pytest.mark.parametrize(
    ("text", "detector", "spot"),
    [
        ("β2微球蛋白<3.5mcg>为低。", "broken_inequality", "<3.5mcg>"),
        ("浆细胞≥，可诊断。", "broken_inequality", "≥，"),
        ("常见于2λ-型患者。", "stray_citation_digit", "2"),
        ("口干渴渴。", "doubled_character", "渴渴"),
        ("患者的的骨痛。", "doubled_character", "的的"),
        ("骨髓骨髓检查。", "doubled_character", "骨髓骨髓"),
        ("Treat the the pain.", "doubled_character", "the the"),
        ("血红蛋白<100，应输血。", "limit_without_unit", "血红蛋白<100"),
        ("肌酐高于2。", "limit_without_unit", "肌酐高于2"),
        ("Give fluids if creatinine > 2.", "limit_without_unit", "creatinine > 2"),
    ],
)
def test_spots(text: str, detector: str, spot: str) -> None:
    assert findings(text) == [(detector, spot)]


def test_a_citation_that_lost_its_brackets() -> None:
    listed = "\n\n## 参考文献\n\n1. Person A.\n2. Person B.\n"
    assert findings("淀粉样变少见2。骨痛常见。" + listed) == [("stray_citation_digit", "2")]
    assert findings("Amyloidosis is rare2. Pain is common." + listed) == [("stray_citation_digit", "2")]
    assert findings("淀粉样变少见9。患者共2。维生素B2。" + listed) == []
    assert findings("淀粉样变少见2。") == []


def test_a_drug_under_two_classes_is_shown_where_it_is_rarer() -> None:
    text = (
        "蛋白酶体抑制剂（硼替佐米、卡非佐米）有效。\n\n蛋白酶体抑制剂（如硼替佐米）有效。\n\n"
        "免疫调节剂（泊马度胺或硼替佐米）有效。\n"
    )
    source = source_of(text)
    (finding,) = source.findings
    assert finding.detector == "drug_in_two_classes"
    assert source.text[finding.start - 1 : finding.end + 1] == "或硼替佐米）"
    assert finding.message == "bortezomib is listed here under imid, elsewhere under proteasome inhibitor"


def test_where_neither_class_is_the_usual_one_both_are_shown() -> None:
    text = "蛋白酶体抑制剂（硼替佐米）有效。\n\n免疫调节剂（硼替佐米）有效。\n"
    assert findings(text) == [("drug_in_two_classes", "硼替佐米")] * 2


def test_a_class_and_the_wider_one_agree() -> None:
    assert findings("单克隆抗体（达雷妥尤单抗）与抗CD38单抗（达雷妥尤单抗）。") == []


def test_opposite_advice_without_its_condition() -> None:
    text = "## 高钙血症\n\n患者应避免服用维生素D。\n\n## 骨病\n\n补充维生素D有助于骨骼。\n"
    assert findings(text) == [("opposite_advice", "患者应避免服用维生素D。")]


@pytest.mark.parametrize(
    "text",
    [
        "有高钙血症的患者应避免维生素D。\n\n没有高钙血症的患者应补充维生素D。",
        "应避免服用维生素D。\n\n应避免补充维生素D。",
        "应避免服用别嘌醇。\n\n应补充维生素D。",
    ],
    ids=["each with its condition", "the same advice", "two things"],
)
def test_advice_that_agrees(text: str) -> None:
    assert findings(text) == []


def test_findings_change_nothing_and_come_in_order() -> None:
    source = source_of("渴渴，2λ-型，肌酐>2。")
    assert source.text.strip() == "渴渴，2λ-型，肌酐>2。"
    assert [f.start for f in source.findings] == sorted(f.start for f in source.findings)
    assert len(source.findings) == 3
