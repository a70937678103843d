"""What a tool found is a card of its own; what a language model wrote in vain is told, with the reason."""

from __future__ import annotations

import pytest

from assistant.language_model.trace import Dropped, ModelTrace
from assistant.types import Answer, Audience, Status, ToolCall
from tests.ui.fakes import HOSTILE, read
from ui.chat.turn_text import body_html, parted, text_html
from ui.chat.why import why_html
from ui.strings import texts_in

TABLE = """\
**R-ISS：还不能确定，可能为 II / III 期**

| 项目 | 数值 | 判断 | 规则 |
| --- | --- | --- | --- |
| 甲 | 1 | 符合 | 规则一 |
| 乙 | 2 | 不符合 | 规则二 |
| 丙 | 未知 | 未知 | 规则三 |

还缺：LDH。
"""
CALL = ToolCall("stage", {}, {"criteria": [{"met": True}, {"met": False}, {"met": None}]})


def staged(text: str, status: Status = "partial", audience: Audience = "clinician") -> Answer:
    return Answer("q", status, "zh", audience, text, tool_calls=(CALL,))


def test_the_card_ends_where_the_source_is_quoted_and_shows_each_verdict_by_a_sign() -> None:
    for heading in ("资料中的分期标准：", "資料中的分期標準："):
        answer = staged(f"{TABLE}\n{heading}\n\n原文的一句[1]")
        html = body_html(answer, 1, answer.text, texts_in("zh"))
        card, _, rest = html.partition(heading)
        assert 'aria-label="计算结果"' in card
        assert card.index("mm-tool") < card.index("还缺：LDH")
        # The card and what is in it are closed before the source begins: only its own boxes are open.
        assert card.count("<div") - card.count("</div") == 2
        rows = [a.get("class") for a in read(card).attributes if str(a.get("class", "")).startswith("mm-")]
        assert [row for row in rows if row in ("mm-met", "mm-unmet", "mm-open")] == [
            "mm-met", "mm-unmet", "mm-open",
        ]
        words = [word for word in ("✓符合", "✗不符合", "?未知") if word in read(card).text]
        assert len(words) == 3
        assert "✓" not in rest


@pytest.mark.parametrize(("settled", "look"), [("answered", "mm-settled"), ("partial", "mm-unsettled")])
def test_a_settled_result_looks_other_than_an_open_one(settled: Status, look: str) -> None:
    answer = staged(TABLE, settled)
    assert f"mm-tool {look}" in body_html(answer, 1, answer.text, texts_in("zh"))


def test_a_question_back_and_an_answer_without_a_tool_are_no_cards() -> None:
    for answer in (staged("请补上单位。", "clarify"), Answer("q", "answered", "zh", "clinician", TABLE)):
        assert "mm-tool" not in text_html(answer, 1, texts_in("zh"))


def test_an_answer_without_an_alarm_is_all_answer() -> None:
    assert parted(staged(TABLE)) == ("", TABLE)


def test_what_a_model_wrote_in_vain_is_told_with_its_reason_as_mere_characters() -> None:
    dropped = (
        Dropped(f"写错的一句{HOSTILE}", (1,), "unsupported", "5.5 <b>", "source"),
        Dropped("又一句", (), "uncited"),
    )
    answer = Answer("q", "answered", "zh", "clinician", "答", model=ModelTrace("m", True, dropped=dropped))
    told = read(why_html(answer, texts_in("zh")))
    assert "写错的一句" in told.text
    assert "所引原文不支持 (5.5 <b>) · 改用了资料原句" in told.text
    assert "没有标出处" in told.text
    assert told.tags.count("del") == 2
    assert not {"img", "b", "script"} & set(told.tags)
