"""What no reading took up is asked about; a Durie-Salmon stage asked for in chat comes from its tool."""

from __future__ import annotations

from assistant import Assistant
from assistant.staging.reading.conversation import read_findings
from assistant.staging.reading.request import asks_for_staging
from assistant.staging_answer import answer_staging
from tests.rows import every_row


@every_row(
    ("text", "finding"),
    [
        ("新mm，β2 3.9 mg/L，A 36（单位没写），LDH好，R-ISS?", "albumin"),
        ("初诊MM，B2M 5.6 mg/L，36 g/L，LDH正常，R-ISS？", "albumin"),
        ("New MM. 5.6 mg/L, albumin 38 g/L, LDH normal, R-ISS?", "b2m"),
    ],
)
def test_a_value_without_a_name_is_asked_about(text: str, finding: str) -> None:
    assert [(p.kind, p.finding) for p in read_findings([text]).problems] == [("unreadable", finding)]


@every_row(
    "text",
    [
        "初诊MM，B2M 5.6 mg/L，ALB 36 g/L，总蛋白 90 g/L，CRP 5 mg/L，LDH正常，R-ISS？",
        "new MM: B2M 5.6 mg/L (0.8-2.2 mg/L), albumin 38 g/L, Hb 92 g/L, R-ISS?",
        "We never got a serum B2M (only a urine one, 0.9 mg/L). Albumin 40 g/L, LDH normal. R-ISS?",
    ],
)
def test_values_of_other_tests_are_left_alone(text: str) -> None:
    assert read_findings([text]).problems == ()


@every_row(
    "text",
    [
        "How many points does del(17p) score in R2-ISS?",
        "Is del(13q) counted in R-ISS?",
        "What does del(17p) score in R2-ISS?",
        "del(13q)算R-ISS高危吗？",
    ],
)
def test_a_question_about_the_rule_is_no_request(text: str) -> None:
    assert not asks_for_staging(text)


@every_row(
    ("text", "stages"),
    [
        ("Hb 80 g/L, calcium 2.3 mmol/L, IgG 40 g/L, creatinine 180 µmol/L. Durie-Salmon stage?", ["IIIB"]),
        ("DS分期：Hb 92 g/L，血钙3.2 mmol/L，多发溶骨，IgG 56 g/L，肌酐 90 μmol/L", ["IIIA"]),
    ],
)
def test_durie_salmon_comes_from_its_tool(assistant: Assistant, text: str, stages: list[str]) -> None:
    answer = answer_staging(assistant.index, text, [], "zh", "clinician")
    assert answer is not None
    assert [c.name for c in answer.calls] == ["stage_durie_salmon"]
    assert answer.calls[0].result["possible"] == stages


def test_the_criteria_of_durie_salmon_are_no_request(assistant: Assistant) -> None:
    assert answer_staging(assistant.index, "Durie-Salmon分期标准是什么？", [], "zh", "clinician") is None


def test_what_is_given_to_prevent_relapse_is_no_relapse() -> None:
    reading = read_findings(["初诊MM，B2M 5.6 mg/L，白蛋白32 g/L，LDH正常，R-ISS几期？另外怎么预防复发？"])
    assert reading.findings.time_point == "diagnosis"
