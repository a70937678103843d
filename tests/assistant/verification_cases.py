"""The sentences of the verification tests, and a seeded generator of wrong ones."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.references import cited_numbers, without_marks

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Case:
    """An evidence sentence, its context, sentences that say the same or part of it, and false ones."""

    language: str
    evidence: str
    context: str
    faithful: tuple[str, ...]
    false: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mutation:
    """A sentence that differs from its evidence in one place."""

    kind: str
    case: Case
    sentence: str


def load(language: str) -> list[Case]:
    """Cases of ``verification_<language>.txt``."""
    cases: list[Case] = []
    context = ""
    for line in (_DATA / f"verification_{language}.txt").read_text("utf-8").splitlines():
        mark, _, text = line.partition(" ")
        if mark == "@":
            context = text
        elif mark == "=":
            cases.append(Case(language, text, context, ()))
            context = ""
        elif mark == "~":
            last = cases[-1]
            cases[-1] = replace(last, faithful=(*last.faithful, text))
        elif mark == "!":
            cases[-1] = replace(cases[-1], false=(*cases[-1].false, text))
    return cases


# (kind, what stands in the sentence, what may take its place); written independently of the lexicon.
_SWAPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("unit", r"mg/L|mcg/mL", ("g/L", "ng/mL")),
    ("unit", r"(?<![m\w/])g/L", ("mg/L", "mg/dL")),
    ("unit", r"(?<!m)g/dL", ("g/L", "mg/dL")),
    ("unit", r"mmol/L", ("μmol/L", "mg/dL")),
    ("unit", r"μmol/L", ("mmol/L", "nmol/L")),
    ("unit", r"mg/dL", ("g/dL", "mg/L")),
    ("unit", r"mL/min", ("L/min", "mL/h")),
    ("unit", r"(?<=\d )Gy", ("cGy", "mGy")),
    ("unit", r"(?<=\d )mL(?!/)", ("L", "mg")),
    ("unit", r"(?<=\d )g(?![/\w])", ("mg", "kg")),
    ("unit", r"(?<=\d )mg(?= per)", ("g", "mL")),
    ("unit", r"(?<=\d)%", ("倍", "‰")),
    ("unit", r"(?<=\d)周", ("个月", "天")),
    ("unit", r"(?<=\d)年(?=总)", ("个月",)),
    ("unit", r"(?<=\d )months", ("weeks", "years")),
    ("comparator", r"≥", (">", "<", "≤")),
    ("comparator", r"(?:超过|高于)(?=\s?\d)", ("低于", "不超过", "至少")),
    ("comparator", r"(?<!不)低于(?=\s?\d)", ("高于", "不低于", "不超过")),
    ("comparator", r"不低于", ("低于", "超过")),
    ("comparator", r"(?<=\d)以上|(?<=L)以上", ("以下",)),
    ("comparator", r"至少", ("至多", "不足")),
    ("comparator", r"at least", ("at most", "less than", "more than")),
    ("comparator", r"below", ("above", "at least")),
    ("comparator", r"fewer than", ("more than", "at least")),
    ("comparator", r"up to", ("at least", "more than")),
    ("drug", r"达雷妥尤单抗", ("玛贝兰妥单抗", "埃罗妥珠单抗")),
    ("drug", r"艾沙妥昔单抗", ("玛贝兰妥单抗", "地舒单抗")),
    ("drug", r"埃罗妥珠单抗", ("达雷妥尤单抗", "艾沙妥昔单抗")),
    ("drug", r"硼替佐米", ("伊沙佐米", "来那度胺")),
    ("drug", r"卡非佐米", ("伊沙佐米",)),
    ("drug", r"来那度胺", ("沙利度胺", "泊马度胺")),
    ("drug", r"维奈克拉", ("塞利尼索", "帕比司他")),
    ("drug", r"塞利尼索", ("维奈克拉", "帕比司他")),
    ("drug", r"特立妥单抗", ("塔奎妥单抗", "达雷妥尤单抗")),
    ("drug", r"塔奎妥单抗", ("特立妥单抗", "埃纳妥单抗")),
    ("drug", r"唑来膦酸", ("地舒单抗", "降钙素")),
    ("drug", r"地舒单抗", ("唑来膦酸", "帕米膦酸")),
    ("drug", r"阿昔洛韦", ("缬更昔洛韦", "伐昔洛韦")),
    ("drug", r"泼尼松", ("地塞米松",)),
    ("drug", r"美法仑", ("环磷酰胺", "苯达莫司汀")),
    ("drug", r"蛋白酶体抑制剂", ("免疫调节剂", "组蛋白去乙酰化酶抑制剂")),
    ("drug", r"免疫调节剂", ("蛋白酶体抑制剂",)),
    ("drug", r"[Bb]ortezomib", ("carfilzomib", "ixazomib")),
    ("drug", r"[Cc]arfilzomib", ("bortezomib",)),
    ("drug", r"[Ll]enalidomide", ("thalidomide", "pomalidomide")),
    ("drug", r"[Dd]aratumumab", ("isatuximab", "elotuzumab")),
    ("drug", r"Belantamab mafodotin", ("Teclistamab", "Isatuximab")),
    ("drug", r"zoledronic acid", ("denosumab", "pamidronate")),
    ("drug", r"dexamethasone", ("prednisone",)),
    ("drug", r"Allopurinol", ("Rasburicase",)),
    ("drug", r"rasburicase", ("allopurinol",)),
    ("drug", r"cilta-cel", ("eque-cel", "zevor-cel")),
    ("gene", r"t\(4;14\)", ("t(11;14)", "t(14;20)", "t(8;14)")),
    ("gene", r"t\(14;16\)", ("t(14;20)", "t(6;14)")),
    ("gene", r"t\(11;14\)", ("t(4;14)", "t(14;16)")),
    ("gene", r"del\(17p\)", ("del(1p32)", "del(13q)")),
    ("gene", r"Deletion 17p", ("Deletion 1p32", "Deletion 13q")),
    ("gene", r"1q获得", ("1p缺失", "13q缺失")),
    ("gene", r"CD38", ("CD3", "CD19")),
    ("gene", r"SLAMF7", ("BCMA", "CD38")),
    ("gene", r"BCMA", ("GPRC5D", "FcRH5")),
    ("gene", r"GPRC5D", ("BCMA",)),
    ("stage", r"(?<![IV])III(?=期)", ("II期", "I期")),
    ("stage", r"(?<=stage )III", ("IV", "I")),
    ("stage", r"(?<![IV])II(?=期)", ("III", "IV")),
    ("stage", r"(?<=stage )II(?!I)", ("I", "III")),
    ("stage", r"(?<![IV])I(?=期)", ("II", "III")),
    ("stage", r"(?<=stage )I(?!I)", ("II", "III")),
    ("stage", r"R-ISS(?= ?stage| I)", ("ISS", "R2-ISS")),
    ("stage", r"(?<![-R2])ISS(?= stage| I)", ("R-ISS", "R2-ISS")),
    ("frequency", r"极其罕见|罕见", ("常见", "很多见")),
    ("frequency", r"很少发生", ("经常发生", "总是发生")),
    ("frequency", r"大多数", ("少数", "所有")),
    ("frequency", r"通常|一般", ("很少", "偶尔")),
    ("frequency", r"可能", ("必然", "很少")),
    ("frequency", r"最常见|更多见|(?<![最不])常见", ("少见", "罕见")),
    ("frequency", r"多由", ("偶由",)),
    ("frequency", r"(?<![反效适])应(?![避用答])", ("可",)),
    ("frequency", r"\bmay\b", ("must", "rarely")),
    ("frequency", r"\boften\b", ("rarely", "never")),
    ("frequency", r"\brare\b", ("common", "frequent")),
    ("frequency", r"\bmost\b", ("few", "all")),
    ("frequency", r"\bmust\b|\bshould\b", ("may",)),
    ("direction", r"升高", ("降低", "下降")),
    ("direction", r"延长", ("缩短",)),
    ("direction", r"改善", ("恶化",)),
    ("direction", r"减少(?=骨)", ("增加",)),
    ("direction", r"缓解(?=骨痛)", ("加重",)),
    ("direction", r"受到抑制", ("受到激活",)),
    ("direction", r"被激活", ("被抑制",)),
    ("direction", r"较多", ("较少",)),
    ("direction", r"略多于", ("略少于",)),
    ("direction", r"降低(?=超)", ("升高",)),
    ("direction", r"都高", ("都低",)),
    ("direction", r"水平低", ("水平高",)),
    ("direction", r"\bincreased\b", ("decreased", "reduced")),
    ("direction", r"\blonger\b", ("shorter",)),
    ("direction", r"\blowers\b", ("raises", "increases")),
    ("direction", r"\breduction\b", ("increase", "rise")),
    ("direction", r"\bHigh\b", ("Low",)),
    ("direction", r"\bpoor\b", ("better", "good")),
    ("direction", r"\bearlier\b", ("later",)),
    ("direction", r"\bless frequently\b", ("more frequently",)),
    ("direction", r"\bfalls\b", ("rises",)),
    ("negation", r"没有(?=改善|高)", ("明显", "有")),
    ("negation", r"不推荐", ("推荐",)),
    ("negation", r"不应", ("应",)),
    ("negation", r"不需要", ("需要",)),
    ("negation", r"不能改善", ("改善",)),
    ("negation", r"不通过", ("通过",)),
    ("negation", r"不升高", ("升高",)),
    ("negation", r"不计分", ("计分",)),
    ("negation", r"不算", ("算",)),
    ("negation", r"不影响", ("影响",)),
    ("negation", r"都检测不到", ("都能检测到",)),
    ("negation", r"应?避免", ("可以", "应")),
    ("negation", r"帮助不大", ("帮助很大",)),
    ("negation", r"\b(?:should|must) not\b", ("should", "can")),
    ("negation", r"\bis not\b", ("is",)),
    ("negation", r"\bwithout\b", ("with",)),
    ("negation", r"\bcontraindicated\b", ("recommended",)),
    (
        "negation",
        r"(?<![不])(?=可以|(?<![功可性])能(?!力|量)|属于|针对|结合的|延长|引起|有助于|用于|受到|要求|携带)",
        ("不", "未"),
    ),
    ("negation", r"(?<=患者)(?=应|会)", ("不",)),
    ("negation", r"有效(?![率])", ("无效",)),
    ("negation", r"(?:(?<=\bis)|(?<=\bare))(?= (?!not|a |an )[a-z])", (" not",)),
    ("negation", r"(?<=\bwas)(?= [a-z])", (" not",)),
    ("negation", r"(?:(?<=\bmay)|(?<=\bcan))(?= [a-z])", (" not",)),
    ("negation", r"(?<=\bshould)(?= (?!not)[a-z])", (" not",)),
    ("negation", r"(?<= )(?=requires |progresses |indicate |normalise )", ("no longer ",)),
)
# A number on its own: not one in a name (t(4;14), 1q, CD38, β2) nor a part of a longer one.
_NUMBER = re.compile(r"(?<![A-Za-zβα0-9.(;/,-])\d+(?:[.,]\d+)?(?![A-Za-z0-9;)]|[.,]\d)")


def mutations(case: Case, seed: int) -> Iterator[Mutation]:
    """Every swap that fits the evidence sentence, and two changes to every number in it."""
    chance = random.Random(seed)
    text = without_marks(case.evidence, cited_numbers(case.evidence))
    for kind, pattern, instead in _SWAPS:
        for match in re.finditer(pattern, text):
            for new in instead:
                if kind == "stage" and new.endswith("期"):
                    new = new.removesuffix("期")
                yield Mutation(kind, case, text[: match.start()] + new + text[match.end() :])
    for match in _NUMBER.finditer(text):
        for new in _other_numbers(match.group(), chance):
            yield Mutation("number", case, text[: match.start()] + new + text[match.end() :])


def _other_numbers(number: str, chance: random.Random) -> list[str]:
    value = float(number.replace(",", ""))
    choices = {
        f"{value * 10:g}",
        f"{value / 10:g}",
        f"{value + chance.randint(1, 9):g}",
        f"{value * 2:g}",
    } - {number, number.replace(",", "")}
    return chance.sample(sorted(choices), min(2, len(choices)))
