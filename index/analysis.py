"""Text → index terms: Chinese words and character bigrams, Latin words, numbers, concept ids."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.folding import folded_text, is_chinese
from ingest.terminology import default_terminology

# Raised whenever the terms of a text change; an index built with another version is refused.
TOKENIZER_VERSION = "1"

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-zα-ω][a-zα-ω0-9]*(?:[-'][a-z0-9]+)*|\d+(?:\.\d+)?%?")
_STOP_EN = frozenset(
    "a about all also am an and any are as at be because been but by can could did do does doing for from"
    " get give had has have he her him his how i if in into is it its just like may me might more most"
    " much must my no not of on or our please should so some such tell than that the their them then there"
    " these they this those to too up us use used was we were what when where which who why will with"
    " would you your yours".split()
)
_STOP_ZH = frozenset(
    "的 了 是 在 和 与 或 及 有 吗 呢 吧 啊 呀 么 什么 怎么 怎样 如何 哪些 哪个 哪种 哪 几 多少 为什么 为何 请问 一下 一个"
    " 这 那 这个 那个 我 你 您 他 她 我们 他们 会 能 可以 可 要 应 应该 需要 是否 不是 还 也 就 都 很 吧 被 把 对 对于"
    " 为 以 于 其 并 而 但 等 中 上 下 里 时 后 前 到 从 由 所 之 请 说 讲 告诉 介绍 患者 病人 多发性 骨髓瘤 多发性骨髓瘤"
    " 有点 一次 一定 占 几成 还有 没有 有没有 能不能 是不是 知道 觉得 听说 想 问问 大夫 医生 到底 算 属于 出来 起来 自己 家里 现在 情况 进行 通常 一般 以及 包括 问题".split()
)


# A stage by number, as a question writes it or as the first cell of a table row has it.
_STAGE = re.compile(
    r"(?<![a-z0-9])(iv|i{1,3}|[1-4一二三四])(?=\s*[期级])|(?:stages?|第)\s*(iv|i{1,3}|[1-4一二三四])(?![a-z0-9一-鿿])"
    r"|^(iv|i{1,3})(?= \|)"
)
_STAGE_NUMBER = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "一": 1, "二": 2, "三": 3, "四": 4}


def is_stop_word(word: str) -> bool:
    """Whether a folded word carries no content of its own in this field."""
    return word in _STOP_EN or word in _STOP_ZH


@lru_cache(maxsize=4096)
def terms(text: str) -> tuple[str, ...]:
    """Index terms of ``text``, repeats kept.

    Chinese words come from a dictionary segmenter, every run of Chinese also gives its character
    bigrams (marked ``b:``), every concept mentioned its id (marked ``c:``), every stage its number
    (marked ``s:``).
    """
    folded = folded_text(text)
    found: list[str] = []
    for match in _RUN.finditer(folded):
        run = match.group()
        if is_chinese(run[0]):
            found += [word for word in words(run) if word not in _STOP_ZH]
            found += [f"b:{run[i : i + 2]}" for i in range(len(run) - 1)]
        elif run not in _STOP_EN:
            found.append(_stem(run))
    for match in _STAGE.finditer(folded):
        number = match.group(match.lastindex or 0)
        found.append(f"s:{_STAGE_NUMBER.get(number, number)}")
    found += [f"c:{mention.concept}" for mention in default_terminology().mentions(text)]
    return tuple(found)


@lru_cache(maxsize=8192)
def words(run: str) -> tuple[str, ...]:
    """Dictionary words of a run of Chinese characters."""
    import rjieba

    return tuple(rjieba.cut(run))


@lru_cache(maxsize=8192)
def tagged_words(run: str) -> tuple[tuple[str, str], ...]:
    """Dictionary words of a run of Chinese characters with their part of speech ("n", "v", …)."""
    import rjieba

    return tuple((word, tag) for word, tag in rjieba.tag(run))


def _stem(word: str) -> str:
    """English plural and tense endings cut off, enough for one field's vocabulary."""
    if not word.isascii() or not word.isalpha() or len(word) < 5:
        return word
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            return word[: -len(ending)] + instead
    return word
