"""Sentence boundaries; "|" marks where one is expected."""

from __future__ import annotations

import time

import pytest

from ingest.sentences import sentence_spans

CASES = {
    "plain Chinese": "骨痛常见。|贫血也常见！|是否复查？|要。",
    "decimals": "肌酐为0.5 mg/dL。|血钙为2.75 mmol/L。",
    "decimals in English": "Creatinine was 0.5 mg/dL.|Calcium was 2.75 mmol/L.",
    "translocations": "检出t(11;14)者可用该药。|t(4;14)属于高危。",
    "et al.": "Kyle RA, et al. reported 1027 patients.|Most were anaemic.",
    "et al. in Chinese": "Palumbo等 (Palumbo A, et al. 2015) 提出了分期。|此后沿用。",
    "species": "P. aeruginosa and S. aureus grew.|Both are common.",
    "initials": "J. R. Smith wrote this.|It was read.",
    "Latin abbreviations": "Use e.g. zoledronic acid, i.e. a bisphosphonate.|Check the kidneys first.",
    "No. 3": "Patient No. 3 relapsed.|Patient No. 4 did not.",
    "no as a word": "The answer was no.|Then it changed.",
    "figures": "See Fig. 2 and Vol. 3, pp. 10-12.|The rest is known.",
    "doctor": "Dr. Wang saw Mr. Li vs. the plan.|He agreed.",
    "month": "It was approved in Dec. 2021 and withdrawn later.|No reason was given.",
    "vitamin D": "Avoid vitamin D.|Give fluids.",
    "stage I": "This is stage I.|Patients do well.",
    "digit first": "贫血很常见。|80%的患者有贫血。|24小时尿量应足够。",
    "digit first in English": "Anaemia is common.|80% have it.|2 of 10 recover.",
    "brackets": "骨痛（多在夜间。白天较轻。）常见。|贫血次之。",
    "square brackets": "酶升高[LDH. 见上]提示预后差。|应复查。",
    "bracketed sentence": "（见下文。）|骨痛常见。",
    "corner quotes": "医生说「多喝水。少吃盐。」之后离开。|患者照做。",
    "curly quotes": "她问：“要住院吗？不住行吗？”医生没有回答。|她走了。",
    "mark after the stop": "生存期延长。(1)|副作用增多。（2、3）|尚无定论。",
    "mark after the stop, English": "Survival improved. [1,2]|Toxicity rose. (3)|More is unknown.",
    "counted points": "标准包括：(1)贫血。|(2)骨痛。|(3)肾损害。",
    "counted points, full width": "（1）先补液。|（2）再用药。",
    "numbered paragraph": "1. 先补液。|再用药。",
    "numbered paragraph, English": "A. Give fluids.|B. Then give the drug.",
    "western stop": "骨痛常见.|贫血也常见.",
    "address": "见 https://example.org/page?query=a.b&x=1 的说明。|到此为止。",
    "stop and bracket": "骨痛常见(见上文)。|（完）",
    "ellipsis": "原因很多……以后再说。|就这样。",
    "several marks": "真的吗？！|真的。",
    "unit with a slash": "Albumin is 35 g/L.|Calcium is 2.75 mmol/L.|Both count.",
    "unit": "Give 5 mg. daily is wrong.|Write 5 mg daily.",
    "gene names": "检出del(17p)、1q21+及TP53突变。|均属高危。",
    "ratio": "κ/λ比值≥100。|正常为0.26～1.65。",
    "no end": "没有句号的半句话",
    "white space": "  前后有空白。  |  中间也有。  ",
    "degrees": "He is an M.D. at St. Mary's.|She holds a Ph.D. too.",
    "semicolons": "贫血；骨痛；感染。|都可治疗。",
}


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_boundaries(marked: str) -> None:
    text = marked.replace("|", "" if not marked.isascii() else " ")
    expected = [part.strip() for part in marked.split("|")]
    assert [text[a:b] for a, b in sentence_spans(text)] == expected


def test_an_unclosed_bracket_does_not_swallow_the_rest() -> None:
    text = "肾损害（多因轻链沉积" + "所致" * 90 + "。贫血常见。骨痛常见。"
    assert len(sentence_spans(text)) >= 3


def test_a_long_paragraph_takes_no_long_time() -> None:
    text = "Anaemia was found in 80.5% of the patients. " * 10_000
    begin = time.perf_counter()
    assert len(sentence_spans(text)) == 10_000
    assert time.perf_counter() - begin < 5
