"""Clinical messages made from a grammar, with the stages that follow from the truth they were made from.

The wordings are written from how people write, without a look at the reader; a message names the parts it
was made of, so that what is misread can be counted by part.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.assistant.staging.truth import possible_iss, possible_r2iss, possible_riss

Order = {"I": 0, "II": 1, "III": 2, "IV": 3}


@dataclass(frozen=True, slots=True)
class Made:
    """A conversation, the system it asks for, the stages that are possible, and the parts it is made of."""

    turns: tuple[str, ...]
    system: str
    possible: tuple[str, ...]
    parts: tuple[str, ...]


B2M_NAMES = {
    "zh": [
        "β2-MG", "β2微球蛋白", "血β2微球蛋白", "β2M", "B2M", "血清β2-微球蛋白", "b2m", "β₂-MG", "β2-M", "BMG", "b2微球",
        "β2微球", "贝塔2微球蛋白", "Sβ2M", "β2-微球蛋白（β2-MG）", "血b2-mg", "β２-MG", "血清β2MG", "微球蛋白（β2）",
    ],
    "en": [
        "B2M", "beta-2 microglobulin", "β2M", "β2-microglobulin", "beta2-microglobulin", "b2m", "B2 microglobulin",
        "serum B2M", "Beta-2-M", "beta 2 micro", "S-β2M", "Beta-2-Microglobulin, serum", "B2MG", "B-2 microglobulin",
        "β2 microglobulin", "b2 micro", "serum beta-2",
    ],
}
ALB_NAMES = {
    "zh": ["白蛋白", "ALB", "Alb", "血清白蛋白", "血白蛋白", "alb", "清蛋白", "白蛋白（ALB）", "血清ALB", "S-ALB", "人血白蛋白水平"],
    "en": ["albumin", "Alb", "alb", "serum albumin", "ALB", "S. albumin", "Albumin, serum", "s-alb", "Serum alb"],
}
LDH_NAMES = {
    "zh": ["LDH", "乳酸脱氢酶", "ldh", "血清LDH", "乳酸脱氢酶（LDH）", "LD", "血LDH", "乳酸脱氢酶LDH"],
    "en": ["LDH", "lactate dehydrogenase", "ldh", "serum LDH", "S. LDH", "LD", "LDH (serum)", "Lactate dehydrogenase (LDH)"],
}
B2M_VALUES = {
    "low": ["2.1 mg/L", "3.49mg/L", "2850 ng/mL", "1.9 mcg/mL", "210 nmol/L", "3.4 μg/ml", "2.96 mg/l", "0.28 mg/dL", "3.1MG/L", "2.75 ug/mL", "296 nmol/L", "3,120 ng/mL", "2.6 µg/mL", "3.0 mg/L"],
    "mid": ["3.5 mg/L", "4.2mg/L", "5.49 mg/l", "4100 ng/mL", "4.8 mcg/mL", "350 nmol/L", "3.9 μg/ml", "297 nmol/L", "0.42 mg/dL", "5.1 ug/ml", "4,350 ng/mL", "5.0 mg/L", "465 nmol/L"],
    "high": ["5.5 mg/L", "6.7mg/L", "12.3 mg/l", "8900 ng/mL", "7.2 mcg/mL", "466 nmol/L", "10.05 μg/ml", "0.72 mg/dL", "5.50 mg/L", "6,200 ng/mL", "9 mg/L", "28.4 mg/L", "512 nmol/L"],
}
ALB_VALUES = {
    "low": ["34.9 g/L", "28g/L", "3.4 g/dL", "31.5 g/l", "2.9 gm/dL", "2.6 g/dl", "33 g/L", "3.49 g/dL", "30.0g/L"],
    "ok": ["35 g/L", "38.2g/L", "4.1 g/dL", "42 g/l", "3.5 g/dl", "3.9 gm/dl", "40 g/L", "36.0g/L", "4.0g/dL", "45 g/L"],
}
LDH_PHRASES = {
    "zh": {
        "normal": [
            "{n}正常", "{n} 186 U/L（120-250）", "{n}不高", "{n} 201U/L（参考上限250）", "{n}在正常范围内", "{n}: 178 IU/L [109-245]", "{n}没超上限",
            "{n} 230，上限245", "{n} 正常范围", "{n}未见升高", "{n} 250 U/L（正常上限250）", "{n} 199（正常值≤250）", "{n}没有超出正常值", "{n} 0.8×ULN",
            "{n} N", "{n} WNL", "{n}（-）", "{n} 188 U/L，本院正常值120～250", "{n}不超", "{n}是正常的", "{n}也正常", "{n} 167U/L，没箭头，参考区间109~245",
            "{n}无异常", "{n}并不高", "{n}好的", "{n}还算正常", "{n}170 U/L（<250）", "{n}:211U/L;参考值:120-250U/L", "{n}正常高限以下", "{n} 171 u/l N(120-250)",
        ],
        "high": [
            "{n}升高", "{n} 412 U/L（120-250）", "{n}↑", "{n} 310U/L（参考上限250）", "{n}高于正常", "{n}: 398 IU/L [109-245] ↑", "{n}超上限", "{n} 330，上限245",
            "{n}偏高", "{n}明显增高", "{n} 251 U/L（正常上限250）", "{n} 299（正常值≤250）", "{n}超出正常范围", "{n} 1.5×ULN", "{n} H", "{n} 是上限的2倍", "{n} 388 U/L，本院正常值120～250",
            "{n}高了", "{n}是高的", "{n}也高", "{n} 367U/L，带箭头，参考区间109~245", "{n}轻度升高", "{n}有点高", "{n} 402 U/L（<250）", "{n}:311U/L;参考值:120-250U/L", "{n}超标", "{n} 1.2倍上限", "{n} 高（405，参考<245）",
        ],
        "unknown": ["{n}没查", "{n}还没出", "{n} 未做", "{n}待回报", "{n}结果还没回来", "{n}漏抽了", "{n}未检测", "{n} 310 U/L（单子上没有参考范围）", "{n}不知道", "没有{n}", "{n}缺", "{n}溶血没报", "{n}未测"],
    },
    "en": {
        "normal": [
            "{n} normal", "{n} 186 U/L (120-250)", "{n} not elevated", "{n} 201 U/L (ULN 250)", "{n} within normal limits", "{n}: 178 IU/L [109-245]", "{n} WNL",
            "{n} 230, upper limit 245", "normal {n}", "{n} is normal", "{n} 250 U/L (ULN 250)", "{n} 199 (ref <250)", "{n} below ULN", "{n} 0.8x ULN", "{n} not raised", "{n} in range", "{n} ok",
            "{n} fine", "{n} 188 U/L, our lab's upper limit is 250", "{n} was within the reference range", "{n} unremarkable", "{n} 170 U/L (<250)", "{n} 0.9 times the upper limit of normal", "{n} 205 (N 120-246)",
            "{n} of 176 U/L (normal range 120-250)", "{n} came back normal", "{n} no flag, 190 U/L (125-220)", "{n} 211 U/L (reference interval 125 to 243)", "{n} nl",
        ],
        "high": [
            "{n} elevated", "{n} 412 U/L (120-250)", "{n} high", "{n} 310 U/L (ULN 250)", "{n} above normal", "{n}: 398 IU/L [109-245] H", "{n} raised", "{n} 330, upper limit 245",
            "elevated {n}", "{n} is high", "{n} 251 U/L (ULN 250)", "{n} 299 (ref <250)", "{n} above ULN", "{n} 1.5x ULN", "{n} > ULN", "{n} 388 U/L, our lab's upper limit is 250", "{n} up at 420 (ULN 250)",
            "{n} flagged high", "{n} 402 U/L (<250)", "{n} twice the upper limit of normal", "{n} 1.4 times ULN", "{n} of 376 U/L (normal range 120-250)", "{n} came back high", "{n} 310 H (125-220)", "{n} ↑",
            "{n} over the limit", "{n} 311 U/L (reference interval 125 to 243)", "{n} increased", "raised {n}",
        ],
        "unknown": ["{n} not done", "{n} pending", "{n} not sent", "{n} unknown", "no {n}", "{n} 310 U/L (no reference range given)", "{n} awaited", "{n} wasn't drawn", "{n} haemolysed", "{n} missing", "{n} n/a", "don't have the {n}", "{n} not back yet"],
    },
}
NO_B2M = {
    "zh": ["β2微球蛋白没查", "β2-MG还没回", "B2M未测", "没有β2-MG结果", "β2M待回报", "β2微球蛋白这边做不了", "B2M漏送了", "尿β2微球蛋白6.3 mg/L，血的没查"],
    "en": ["no B2M", "B2M not done", "β2M pending", "B2M was never sent", "beta-2 microglobulin unavailable", "urine B2M 6.3 mg/L, serum not done", "don't have a B2M yet", "B2M not back"],
}
NO_ALB = {
    "zh": ["白蛋白没查", "白蛋白还没出", "ALB待回", "没有白蛋白结果", "白蛋白未测", "白蛋白没抽"],
    "en": ["no albumin", "albumin not done", "albumin pending", "albumin never measured", "albumin unavailable", "don't have an albumin"],
}
# How a lesion is written, as one that is there / by its bare name.
LESIONS = {
    "17p": {"zh": ["del(17p)", "17p缺失", "17p-", "del17p", "TP53缺失", "P53缺失", "17p13缺失", "17号短臂缺失", "del(17)(p13)", "TP53（17p13）缺失"],
            "en": ["del(17p)", "del17p", "17p deletion", "17p-", "TP53 deletion", "deletion 17p", "17p13 deletion", "-17p", "del(17)(p13.1)", "17p loss", "loss of 17p"]},
    "414": {"zh": ["t(4;14)", "t(4；14)", "t(4,14)", "4;14易位", "IGH/FGFR3融合", "t(4;14)(p16;q32)", "4号14号易位", "IGH::NSD2", "t4;14", "IGH-FGFR3"],
            "en": ["t(4;14)", "t(4,14)", "t(4;14)(p16;q32)", "translocation 4;14", "IGH::FGFR3 fusion", "4;14 translocation", "t4;14", "FGFR3/IGH fusion", "IGH-NSD2"]},
    "1416": {"zh": ["t(14;16)", "t(14；16)", "t(14,16)", "14;16易位", "IGH/MAF融合", "t(14;16)(q32;q23)", "IGH::MAF", "t14;16", "IGH-MAF"],
             "en": ["t(14;16)", "t(14,16)", "t(14;16)(q32;q23)", "translocation 14;16", "IGH::MAF fusion", "14;16 translocation", "t14;16", "IGH/MAF fusion"]},
    "1q": {"zh": ["1q扩增", "1q21扩增", "1q+", "1q21获得", "1q增益", "gain(1q)", "amp(1q21)", "1q21+"],
           "en": ["1q gain", "gain 1q", "1q21 gain", "gain(1q21)", "1q+", "amp(1q)", "1q21 amplification", "gain of 1q", "+1q21"]},
    "1114": {"zh": ["t(11;14)", "IGH/CCND1融合"], "en": ["t(11;14)", "IGH::CCND1"]},
    "13q": {"zh": ["del(13q)", "13q缺失", "RB1缺失", "13q14缺失"], "en": ["del(13q)", "13q deletion", "RB1 deletion", "13q14 loss"]},
}
POSITIVE = {
    "zh": ["{x}阳性", "{x}(+)", "{x}（+）", "检出{x}", "有{x}", "{x}阳", "{x} +", "{x}：阳性（35%）", "查到{x}", "见{x}", "{x} 42%", "{x}存在", "可见{x}", "提示{x}", "{x}有", "{x}占28%，阳性", "发现{x}", "伴{x}", "报了{x}", "{x}（阳性，阈值10%，本例35%）", "{x}检出", "确认有{x}", "{x}判阳性", "{x}是阳性的"],
    "en": ["{x} positive", "{x} (+)", "{x}+", "{x} present", "{x} detected", "positive for {x}", "has {x}", "{x} pos", "{x} seen", "{x}: positive", "{x} in 42% of cells", "{x} found", "shows {x}", "{x} identified", "with {x}", "{x}: detected (35%)", "{x} yes", "{x} is positive", "{x} confirmed", "{x} abnormal", "there is {x}", "{x} 61%", "carries {x}", "{x} was seen in 30% of plasma cells"],
}
NEGATIVE = {
    "zh": ["{x}阴性", "{x}(-)", "{x}（-）", "未检出{x}", "无{x}", "{x}阴", "{x}：阴性", "没有{x}", "未见{x}", "{x}无", "{x}没有", "没查到{x}", "{x}未检出", "{x}未见", "{x}（－）", "{x}判阴性", "{x}正常", "{x} neg", "{x}没检出", "{x}是阴性的", "{x}不存在", "{x}未见异常"],
    "en": ["{x} negative", "{x} (-)", "no {x}", "{x} absent", "{x} not detected", "negative for {x}", "{x} neg", "{x}: negative", "without {x}", "{x} not seen", "{x}: not detected", "{x} no", "{x} not found", "{x} not present", "{x} is negative", "{x} ruled out", "{x} was not identified", "{x} normal", "{x} none"],
}
UNDONE = {
    "zh": ["{x}没做", "{x}未做", "{x}没查", "{x}待回报", "{x}未测", "没做{x}", "{x}探针没做", "{x}结果没出", "{x}不详", "{x}还没回", "{x}未送检", "{x}没验到", "{x}不在panel里"],
    "en": ["{x} not done", "{x} not tested", "{x} pending", "{x} unknown", "{x} not included", "{x} not available", "{x} was not probed", "{x} awaited", "{x} not in the panel", "{x} not assessed"],
}
FISH_STANDARD = {
    "zh": ["FISH阴性", "FISH未见异常", "FISH三项高危均阴性", "FISH高危阴性", "FISH正常", "FISH没有高危异常", "FISH标危", "荧光原位杂交全阴", "FISH三个高危都没有", "FISH未见高危", "FISH: 17p-、t(4;14)、t(14;16)均阴性", "FISH查17p、t(4;14)、t(14;16)都是阴性", "del(17p)/t(4;14)/t(14;16)均未检出", "17p、4;14、14;16全阴", "FISH没问题", "FISH那三项都没有", "高危三项FISH（-）", "FISH无高危细胞遗传学异常", "iFISH：del(17p)、t(4;14)、t(14;16)阴性", "FISH结果都是阴的", "FISH全部阴性", "FISH（17p、t(4;14)、t(14;16)）均（-）", "FISH干净", "FISH未发现异常", "FISH好"],
    "en": ["FISH negative", "FISH normal", "no high-risk FISH", "FISH: no high-risk abnormalities", "FISH negative for del(17p), t(4;14) and t(14;16)", "no del(17p), t(4;14) or t(14;16)", "FISH standard risk", "FISH clean", "FISH neg", "FISH shows none of the high-risk lesions", "del(17p), t(4;14), t(14;16) all negative", "standard-risk cytogenetics by FISH", "FISH without high-risk changes", "negative FISH", "neither del(17p), t(4;14) nor t(14;16) seen", "17p, 4;14 and 14;16 all normal by FISH", "FISH unremarkable", "high-risk FISH negative", "FISH panel negative for all three high-risk lesions", "none of del(17p), t(4;14), t(14;16) was found", "FISH free of high-risk abnormalities", "FISH: nothing high risk", "FISH neg for 17p/4;14/14;16", "del(17p) not detected, t(4;14) not detected, t(14;16) not detected", "high-risk lesions absent on FISH"],
}
FISH_UNKNOWN = {
    "zh": ["FISH没做", "FISH待回", "FISH还没出", "FISH未送", "FISH结果未归", "FISH要两周后才有", "没做FISH", "FISH失败", "FISH细胞数不够", "没钱做FISH", "FISH还在等", "FISH外送了还没回"],
    "en": ["FISH pending", "FISH not done", "FISH not back", "no FISH", "FISH failed", "FISH awaited", "FISH not available", "FISH takes another 2 weeks", "FISH has not been sent", "FISH insufficient cells", "FISH result outstanding", "we don't do FISH here"],
}
OPENERS = {
    "zh": ["新诊断多发性骨髓瘤，", "初诊MM，", "患者男，63岁，新诊断骨髓瘤，未治疗。", "NDMM，", "12床 初诊MM ", "我爸刚确诊骨髓瘤，还没开始治疗，", "老师好，请教一个初治骨髓瘤病人：", "女 71岁 IgG-κ型MM 治疗前 ", "门诊新病人，多发性骨髓瘤（活动性），", "刚确诊的骨髓瘤，化疗前查的：", "会诊：症状性骨髓瘤，尚未用药。", "妈妈上周确诊多发性骨髓瘤，医生说下周开始化疗。", "58岁女性，腰痛3月，确诊MM，IgA λ。", "想问一下，骨髓瘤刚查出来，", ""],
    "en": ["Newly diagnosed MM. ", "NDMM: ", "63M, new myeloma, untreated. ", "My father was just diagnosed with myeloma, no treatment yet. ", "New active myeloma, ", "72 yo F with symptomatic MM at diagnosis, ", "Hi, quick one: new MM pt, ", "Baseline labs in newly diagnosed multiple myeloma: ", "Pre-treatment values for my patient with MM: ", "IgG kappa MM, treatment-naive; ", "Mum has myeloma, found last week. ", "Dx: multiple myeloma. ", ""],
}
ASKS = {
    "r-iss": {"zh": ["R-ISS几期？", "请问R-ISS分期？", "R-ISS是几期", "RISS?", "R-ISS分期是多少？", "按R-ISS算几期", "修订版ISS分期？", "R-ISS属于哪一期？", "求R-ISS", "r-iss=?", "麻烦给个R-ISS分期", "R-ISS该写几期？", "帮忙算下R-ISS", "R-ISS落在哪期", "R-ISS能定吗？", "R-ISS怎么定？"],
              "en": ["R-ISS?", "What is the R-ISS stage?", "R-ISS stage please", "Which R-ISS stage is this?", "So R-ISS?", "What's her R-ISS?", "Please calculate R-ISS.", "R-ISS =", "Revised ISS?", "What R-ISS does this make?", "Can you give me the R-ISS?", "r-iss pls", "What would you put for R-ISS?", "R-ISS stage thanks"]},
    "iss": {"zh": ["ISS几期？", "请问ISS分期？", "ISS分期是多少", "按ISS算几期？", "国际分期系统几期？", "ISS是哪一期", "ISS=?"], "en": ["ISS?", "What is the ISS stage?", "ISS stage please", "Which ISS stage?", "ISS (the original one) stage?", "What's the ISS?"]},
    "r2-iss": {"zh": ["R2-ISS几期？", "R2-ISS分期？", "按R2-ISS算几期", "R2-ISS是多少期", "R2ISS?", "第二次修订ISS是几期"], "en": ["R2-ISS?", "What is the R2-ISS stage?", "R2-ISS stage please", "Which R2-ISS group?", "R2ISS?", "second revision of the ISS: which stage?"]},
}
DISTRACTORS = {
    "zh": ["肌酐 88 μmol/L", "血红蛋白 92 g/L", "总蛋白 96 g/L", "球蛋白 58 g/L", "M蛋白 42 g/L", "骨髓浆细胞 45%", "血钙 2.31 mmol/L", "前白蛋白 180 mg/L", "IgG 48 g/L", "κ/λ 35", "尿蛋白 1.2 g/24h", "ALP 78 U/L", "尿酸 410 μmol/L", "24h尿轻链 0.8 g", "血小板 186×10^9/L", "CRP 5.6 mg/L", "ALT 23 U/L", "eGFR 62 ml/min"],
    "en": ["creatinine 0.9 mg/dL", "Hb 9.2 g/dL", "total protein 96 g/L", "globulin 58 g/L", "M-protein 42 g/L", "marrow plasma cells 45%", "calcium 2.31 mmol/L", "prealbumin 180 mg/L", "IgG 48 g/L", "FLC ratio 35", "ALP 78 U/L", "uric acid 410 umol/L", "platelets 186", "CRP 5.6 mg/L", "ALT 23 U/L", "eGFR 62 mL/min", "LDL-C 2.6 mmol/L"],
}
VALUE_FORMS = {
    "zh": ["{n} {v}", "{n}{v}", "{n}：{v}", "{n}是{v}", "{n}为{v}", "{n}={v}", "{n}（{v}）", "{n}查出来{v}", "{n} {v}{a}", "{n}结果{v}", "{n}报的{v}", "{n}:{v}", "{n}——{v}", "{n} {v}（{r}）", "{n}测得{v}", "{n}有{v}", "{n}才{v}", "{n}达{v}"],
    "en": ["{n} {v}", "{n}: {v}", "{n} is {v}", "{n} of {v}", "{n} = {v}", "{n} was {v}", "{n} ({v})", "{v} {n}", "{n} {v} {a}", "{n} {v} ({r})", "{n} - {v}", "{n} came back at {v}", "{n} at {v}", "{n} measured {v}", "{n} reads {v}", "{n} {v} [{r}]", "{n}, {v}"],
}


class Maker:
    """Makes conversations from a seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.parts: list[str] = []

    def one(self, pool: list[str], tag: str) -> str:
        found = self.dice.choice(pool)
        self.parts.append(f"{tag}:{found}")
        return found

    def make(self) -> Made:
        self.parts = []
        d = self.dice
        lang = d.choice(["zh", "en"])
        system = d.choices(["r-iss", "iss", "r2-iss"], [6, 1, 2])[0]
        b2m = d.choices(["low", "mid", "high", None], [3, 3, 4, 1])[0]
        alb = d.choices(["low", "ok", None], [4, 5, 1])[0]
        ldh = d.choices(["normal", "high", "unknown"], [4, 4, 1])[0]
        pieces = [self.b2m(lang, b2m), self.alb(lang, alb)]
        if system == "iss" and d.random() < 0.7:
            ldh, fish, state = "unknown", "", {}
        else:
            pieces.append(self.one(LDH_PHRASES[lang][ldh], "ldh").replace("{n}", self.one(LDH_NAMES[lang], "ldhname")))
            fish, state = self.fish(lang)
        if d.random() < 0.4:
            pieces.insert(d.randrange(len(pieces) + 1), self.one(DISTRACTORS[lang], "beside"))
        elif d.random() < 0.3:
            d.shuffle(pieces)
        if fish:
            pieces.insert(len(pieces) if d.random() < 0.75 else 0, fish)
        turns = self.layout(lang, pieces, self.one(ASKS[system][lang], "ask"))
        return Made(tuple(turns), system, self.expected(system, b2m, alb, ldh, state), tuple(self.parts))

    def value(self, lang: str, names: list[str], values: list[str], ref: str, tag: str) -> str:
        form = self.one(VALUE_FORMS[lang], "form")
        arrow = self.dice.choice(["↑", "↓", "(H)", "*"])
        return form.format(n=self.one(names, tag + "name"), v=self.one(values, tag), a=arrow, r=ref)

    def b2m(self, lang: str, band: str | None) -> str:
        if band is None:
            return self.one(NO_B2M[lang], "nob2m")
        value = self.value(lang, B2M_NAMES[lang], B2M_VALUES[band], "", "b2m")
        return value.replace("（）", "（0.8-2.2）").replace("()", "(0.8-2.2)").replace("[]", "[0.8-2.2]")

    def alb(self, lang: str, band: str | None) -> str:
        if band is None:
            return self.one(NO_ALB[lang], "noalb")
        value = self.value(lang, ALB_NAMES[lang], ALB_VALUES[band], "", "alb")
        low, high = ("40", "55") if "/L" in value or "/l" in value else ("3.5", "5.2")
        return value.replace("（）", f"（{low}-{high}）").replace("()", f"({low}-{high})").replace("[]", f"[{low}-{high}]")

    def fish(self, lang: str) -> tuple[str, dict[str, bool | None]]:
        d = self.dice
        kind = d.choices(["standard", "unknown", "listed", "one"], [3, 1, 4, 3])[0]
        if kind == "standard":
            return self.one(FISH_STANDARD[lang], "std"), {"17p": False, "414": False, "1416": False}
        if kind == "unknown":
            return self.one(FISH_UNKNOWN[lang], "nofish"), {}
        lesions = ["17p", "414", "1416"]
        if kind == "listed":
            if d.random() < 0.5:
                lesions.append("1q")
            d.shuffle(lesions)
        else:
            lesions = [d.choice(["17p", "414", "1416", "1q", "1114", "13q"])]
        state: dict[str, bool | None] = {}
        words = []
        for lesion in lesions:
            name = self.one(LESIONS[lesion][lang], "lesion")
            state[lesion] = True if kind == "one" else d.choices([True, False, None], [3, 6, 1])[0]
            pool = {True: POSITIVE, False: NEGATIVE, None: UNDONE}[state[lesion]][lang]
            words.append(self.one(pool, "fish").format(x=name))
        sep = d.choice(["，", "、", "；", " "] if lang == "zh" else [", ", "; ", ", "])
        head = d.choice(["FISH：", "FISH ", "FISH示", "FISH报告：", "", "荧光原位杂交："] if lang == "zh" else ["FISH: ", "FISH ", "", "iFISH - ", "FISH shows "])
        self.parts.append("sep:" + sep)
        self.parts.append("head:" + head)
        return head + sep.join(words), state

    def layout(self, lang: str, pieces: list[str], ask: str) -> list[str]:
        d = self.dice
        opener = self.one(OPENERS[lang], "opener")
        form = d.choice(["prose", "prose", "prose", "lines", "turns", "ahead", "tail", "spaced"])
        self.parts.append("layout:" + form)
        comma = d.choice(["，", "，", "；", ","]) if lang == "zh" else d.choice([", ", ", ", "; ", ". "])
        self.parts.append("comma:" + comma)
        stop = "。" if lang == "zh" else ". "
        if form == "lines":
            return ["\n".join([opener.strip(), *pieces, ask]).strip()]
        if form == "turns":
            cut = d.randrange(1, len(pieces)) if len(pieces) > 1 else 1
            first = opener + comma.join(pieces[:cut])
            rest = comma.join(pieces[cut:])
            return [t for t in ([first, rest, ask] if d.random() < 0.5 else [first, rest + stop + ask]) if t.strip()]
        if form == "ahead":
            return [ask + " " + opener + comma.join(pieces) + stop.strip()]
        if form == "tail":
            tail = {"zh": ["均为治疗前结果", "还没化疗", "这是诊断时的化验", "初诊未治"], "en": ["all before treatment", "no therapy given yet", "these are the baseline labs", "untreated MM"]}
            return [comma.join(pieces) + stop + self.one(tail[lang], "tail") + stop + ask]
        if form == "spaced" and lang == "zh":
            return [opener + " ".join(pieces) + " " + ask]
        return [opener + comma.join(pieces) + stop + ask]

    def expected(
        self, system: str, b2m: str | None, alb: str | None, ldh: str | None, state: dict[str, bool | None]
    ) -> tuple[str, ...]:
        ldh = None if ldh == "unknown" else ldh
        if system == "iss":
            found = possible_iss(b2m, alb)
        elif system == "r-iss":
            three = [state.get(k) for k in ("17p", "414", "1416")]
            fish = "high" if True in three else "standard" if three == [False] * 3 else None
            found = possible_riss(b2m, alb, ldh, fish)
        else:
            found = possible_r2iss(b2m, alb, ldh, state.get("17p"), state.get("414"), state.get("1q"))
        return tuple(sorted(found, key=Order.__getitem__))
