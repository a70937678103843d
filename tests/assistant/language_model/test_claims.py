"""The text of a model is cut into the same claims however it arrives, and any text is borne."""

from __future__ import annotations

import random

import pytest

from assistant.language_model.claims import Claim, Claims
from assistant.language_model.markers import canonical

TEXTS = [
    "贫血常见【1】。骨痛也常见。[2] 见下[1][3]。\n\n注意：\n- **感染**：多见［2］\n- 出血[4]。须处理[5]。",
    "<think>想一想 [9]\n- 再想\n</think>\n\n甲常见。[1] 乙少见[2]，丙不见[3]。",
    "```\n甲常见[1]。\n```\n| 药 | 类 |\n| --- | --- |\n| 甲 | 乙 [2] |\n",
    "# Heading\n1. **A**: seen, e.g. at 3.5 mg/L [3]. No. 3 is rare [4-6].\n2) B is not seen [^7].\n",
    '{"sentences": [{"text": "甲常见。", "citations": [1, 2]}, {"text": "乙',
]
ALPHABET = '[]【】0123,，。.-、：:|#*<>/think`{}"\\ \n甲乙aB硼替佐米$~［］（）'


def _read(text: str, cuts: list[int]) -> list[Claim]:
    claims, found = Claims(), []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        found += claims.feed(text[start:end])
    return [*found, *claims.end()]


def test_the_pieces_in_which_it_comes_make_no_difference() -> None:
    chosen = random.Random(7)
    for text in TEXTS:
        whole = _read(text, [])
        assert whole, text
        for count in (1, 2, 5, 9, len(text) - 1):
            cuts = sorted(chosen.sample(range(1, len(text)), count))
            assert _read(text, cuts) == whole, (text, cuts)


def test_any_text_is_borne() -> None:
    chosen = random.Random(11)
    for _ in range(400):
        text = "".join(chosen.choice(ALPHABET) for _ in range(chosen.randint(0, 90)))
        _read(text, [len(text) // 2])


def test_a_claim_knows_its_markers_its_list_and_its_parts() -> None:
    first, second, third, *items = _read(TEXTS[0], [])
    assert (first.text, first.markers) == ("贫血常见。", (1,))
    assert (second.text, second.markers) == ("骨痛也常见。", (2,))
    assert (third.text, third.markers, third.parts) == ("见下。", (1, 3), ())
    assert [(i.text, i.markers, i.lead) for i in items[:3]] == [
        ("感染：多见", (2,), "注意"),
        ("出血。", (4,), "注意"),
        ("须处理。", (5,), "注意"),
    ]
    parted = _read(TEXTS[1], [])[1]
    assert [markers for _, markers in parted.parts] == [(2,), (3,)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("甲[1,2]", "甲[1][2]"), ("甲[1-3]", "甲[1][2][3]"), ("甲【1、2】", "甲[1][2]"),
        ("甲［１］", "甲[1]"),
        ("甲[[2]]", "甲[2]"), ("甲（来源：3）", "甲[3]"), ("甲<sup>4</sup>", "甲[4]"), ("甲[1-999]", "甲[0]"),
        ("甲[5-2]", "甲[0]"), ("甲[2.5]", "甲[2.5]"), ("t(4;14)", "t(4;14)"), ("甲[1](http://x)", "甲[1](http://x)"),
    ],
)  # fmt: skip
def test_markers_are_read_as_one_form(written: str, read: str) -> None:
    assert canonical(written) == read
