"""Clinical messages made from a grammar, with the stages that follow from the truth they were made from.

The wordings are written from how people write, without a look at the reader; a message names the parts it
was made of, so that what is misread can be counted by part.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.assistant.staging.truth import possible_iss, possible_r2iss, possible_riss

Order = {"I": 0, "II": 1, "III": 2, "IV": 3}


@dataclass(frozen=True, slots=True)
class Made:
    """A conversation, the system it asks for, the stages that are possible, and the parts it is made of."""

    turns: tuple[str, ...]
    system: str
    possible: tuple[str, ...]
    parts: tuple[str, ...]


WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "made.toml").read_text("utf-8"))


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
            name = self.one(WORDS["LDH_NAMES"][lang], "ldhname")
            pieces.append(self.one(WORDS["LDH_PHRASES"][lang][ldh], "ldh").replace("{n}", name))
            fish, state = self.fish(lang)
        if d.random() < 0.4:
            pieces.insert(d.randrange(len(pieces) + 1), self.one(WORDS["DISTRACTORS"][lang], "beside"))
        elif d.random() < 0.3:
            d.shuffle(pieces)
        if fish:
            pieces.insert(len(pieces) if d.random() < 0.75 else 0, fish)
        turns = self.layout(lang, pieces, self.one(WORDS["ASKS"][system][lang], "ask"))
        return Made(tuple(turns), system, self.expected(system, b2m, alb, ldh, state), tuple(self.parts))

    def value(self, lang: str, names: list[str], values: list[str], ref: str, tag: str) -> str:
        form = self.one(WORDS["VALUE_FORMS"][lang], "form")
        arrow = self.dice.choice(["↑", "↓", "(H)", "*"])
        return form.format(n=self.one(names, tag + "name"), v=self.one(values, tag), a=arrow, r=ref)

    def b2m(self, lang: str, band: str | None) -> str:
        if band is None:
            return self.one(WORDS["NO_B2M"][lang], "nob2m")
        value = self.value(lang, WORDS["B2M_NAMES"][lang], WORDS["B2M_VALUES"][band], "", "b2m")
        return value.replace("（）", "（0.8-2.2）").replace("()", "(0.8-2.2)").replace("[]", "[0.8-2.2]")

    def alb(self, lang: str, band: str | None) -> str:
        if band is None:
            return self.one(WORDS["NO_ALB"][lang], "noalb")
        value = self.value(lang, WORDS["ALB_NAMES"][lang], WORDS["ALB_VALUES"][band], "", "alb")
        low, high = ("40", "55") if "/L" in value or "/l" in value else ("3.5", "5.2")
        for empty in ("（）", "()", "[]"):
            value = value.replace(empty, f"{empty[0]}{low}-{high}{empty[1]}")
        return value

    def fish(self, lang: str) -> tuple[str, dict[str, bool | None]]:
        d = self.dice
        kind = d.choices(["standard", "unknown", "listed", "one"], [3, 1, 4, 3])[0]
        if kind == "standard":
            return self.one(WORDS["FISH_STANDARD"][lang], "std"), {"17p": False, "414": False, "1416": False}
        if kind == "unknown":
            return self.one(WORDS["FISH_UNKNOWN"][lang], "nofish"), {}
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
            name = self.one(WORDS["LESIONS"][lesion][lang], "lesion")
            state[lesion] = True if kind == "one" else d.choices([True, False, None], [3, 6, 1])[0]
            kind_of = {True: "POSITIVE", False: "NEGATIVE", None: "UNDONE"}[state[lesion]]
            pool = WORDS[kind_of][lang]
            words.append(self.one(pool, "fish").format(x=name))
        sep = d.choice(["，", "、", "；", " "] if lang == "zh" else [", ", "; ", ", "])
        head = d.choice(WORDS["HEADS"][lang])
        self.parts.append("sep:" + sep)
        self.parts.append("head:" + head)
        return head + sep.join(words), state

    def layout(self, lang: str, pieces: list[str], ask: str) -> list[str]:
        d = self.dice
        opener = self.one(WORDS["OPENERS"][lang], "opener")
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
            turns = [first, rest, ask] if d.random() < 0.5 else [first, rest + stop + ask]
            return [turn for turn in turns if turn.strip()]
        if form == "ahead":
            return [ask + " " + opener + comma.join(pieces) + stop.strip()]
        if form == "tail":
            return [comma.join(pieces) + stop + self.one(WORDS["TAILS"][lang], "tail") + stop + ask]
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
