"""A FISH report as typed in a form or on the command line: "del(17p), t(4;14) negative, 1q+"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.staging.findings import Fish, FishVerdict, Lesion, LesionResult, State
from assistant.staging.parse import BadValue

_LESIONS: tuple[tuple[Lesion, str], ...] = (
    ("t(14;16)", r"t?\(?14[;:,]16\)?"), ("t(14;20)", r"t?\(?14[;:,]20\)?"),
    ("t(11;14)", r"t?\(?11[;:,]14\)?"), ("t(4;14)", r"(?<!\d)t?\(?4[;:,]14\)?"),
    ("t(6;14)", r"(?<!\d)t?\(?6[;:,]14\)?"),
    ("del(17p)", r"17p|(?:tp53|p53)(?=.*(?:del|缺失|loss))|(?:del|loss).*(?:tp53|p53)"),
    ("1q+", r"(?<!\d)\+?1q|cks1b"), ("del(1p32)", r"(?<!\d)1p"),
    ("del(13q)", r"13q|del\(?13\)?|monosomy13|-13|rb1|d13s"),
    ("trisomies", r"trisom|三体|hyperdiploid|超二倍体"), ("IGH rearrangement", r"(?<![a-z])igh"),
)
_VERDICTS: tuple[tuple[FishVerdict, str], ...] = (
    (
        "no other abnormality",
        r"(?:all)?(?:others?|rest)(?:are|is)?(?:negative|normal)|其(?:余|他|它)(?:均|都)?(?:阴性|正常|未见异常)",
    ),
    (
        "no high-risk lesion",
        r"standard(?:-?risk)?|not?high-?risk(?:lesions?|abnormalit(?:y|ies))?"
        r"|标危|标准风险|(?:无|未见|没有)高危(?:异常)?|高危(?:异常)?阴性",
    ),
    (
        "no abnormality",
        r"negative|neg|normal|noabnormalit(?:y|ies)|none|阴性|正常|未见(?:明显)?异常|(?:无|没有)异常|\(-\)",
    ),
    ("high-risk lesion, not named", r"high-?risk(?:lesion)?|高危(?:异常)?(?:阳性)?"),
    ("pending", r"pending|待回报|待报|未回报|结果未出"),
    ("not done", r"notdone|nottested|unknown|未做|未查|未检测?|不详|未知"),
)
_UNKNOWN = re.compile(
    r"pending|not(?:done|tested|available)|unknown|failed|suspected|possible|equivocal"
    r"|待回报|待报|未回报|未做|未检测(?!到)|未查|不详|未知|失败|可疑|疑似"
)
_ABSENT = re.compile(
    r"negative|absent|not(?:detected|found|seen|present)|undetected|normal|(?<![a-z])no(?!t|r)|without"
    r"|阴性|未检出|未检测到|未见|正常|无|没有|\(-\)|\)-$|:-$"
)
_PRESENT = re.compile(
    r"positive|present|detected|found|seen|yes|gain(?:ed)?|ampl?(?:ification|ified)?|del(?:etion|eted)?|loss|lost"
    r"|translocat(?:ion|ed)|rearrange(?:ment|d)|evidence|abnormalit(?:y|ies)|lesion|fish|gene|cells|copies|copy"
    r"|biallelic|monoallelic|homozygous|heterozygous|(?<![a-z])(?:in|of|the|by)(?![a-z])"
    r"|阳性|检出|检测到|可见|扩增|获得|缺失|易位|重排|异常|基因|位点|细胞|拷贝|个|双等位|单等位|纯合|杂合|占|约"
)
_SAID = re.compile(
    r"positive|present|detected|found|yes|阳性|检出|检测到|[^-(]\+|\(\+\)|%|copies|拷贝|allelic|等位|amp|gain|扩增|获得"
)
_NAMES = re.compile(
    r"tp53|p53|cks1b|cdkn2c|rb1|d13s|fgfr3|nsd2|mmset|mafb?|ccnd[13]|igh|monosomy|trisom(?:y|ies)"
    r"|hyperdiploidy?|三体|超二倍体|both|all|均|都"
)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
_COPIES = re.compile(r"(\d)(?:copies|copy|个?拷贝)")


def parse_fish(text: str) -> Fish:
    """Lesions and verdicts, separated by commas or semicolons; lesions without any word are present.

    Only what is named is known: "del(17p)" says nothing of t(4;14); "del(17p), others negative" does. Lesions
    joined by 、 or "and" share the word that follows them: "t(4;14)、t(14;16)阴性" excludes both.

    Raises:
        BadValue: a part is neither a lesion nor a verdict, or it is open what a word belongs to.

    >>> [r.state for r in parse_fish("del(17p) 35%, t(4；14)阴性").results]
    ['present', 'absent']
    """
    verdict: FishVerdict | None = None
    lesions: list[_Part] = []
    following: _Part | None = None
    for part in reversed(_parts(text)):
        found = _verdict(part.folded)
        if found is None:
            part = _with_state(part, following)
            lesions.append(part)
        elif verdict is not None and verdict != found:
            raise BadValue(f"FISH {text!r} gives two verdicts; which is right?")
        else:
            verdict = found
        following = part
    if following is None:
        raise BadValue(f"FISH {text!r} is empty; name lesions or say negative, pending or not done")
    bare = next((part for part in lesions if part.state is None), None)
    if bare is not None and any(part.state in ("absent", "unknown") for part in lesions):
        # "del(17p), t(4;14) negative": the last word may be meant for both.
        raise BadValue(f"FISH {text!r}: say of {bare.lesion} too whether it is positive or negative")
    return Fish(verdict, tuple(_result(part) for part in reversed(lesions)), text)


@dataclass(frozen=True, slots=True)
class _Part:
    """One item of the list; ``joined``: by 、 or "and" to the next; ``state`` None when no word says it."""

    text: str
    folded: str
    joined: bool
    lesion: Lesion | None = None
    state: State | None = None


def _parts(text: str) -> list[_Part]:
    """Split at separators outside parentheses, so that t(4;14) stays whole."""
    folded = unicodedata.normalize("NFKC", text).replace("−", "-")
    pieces, depth = [""], 0
    for char in re.sub(r"\s+and\s+|[和及]", "、", folded):
        depth = max(0, depth + (char in "([") - (char in ")]"))
        if char in ",;、。\n" and depth == 0:
            pieces += [char, ""]
        else:
            pieces[-1] += char
    pieces.append("")
    return [
        _Part(piece.strip(), re.sub(r"\s+", "", piece).lower().strip(".:"), separator == "、")
        for piece, separator in zip(pieces[::2], pieces[1::2], strict=True)
        if piece.strip()
    ]


def _verdict(folded: str) -> FishVerdict | None:
    return next((verdict for verdict, pattern in _VERDICTS if re.fullmatch(pattern, folded)), None)


def _with_state(part: _Part, following: _Part | None) -> _Part:
    """The part with its lesion and the state that its own words, or those it shares, give it."""
    folded = part.folded
    if "mutation" in folded or "突变" in folded:
        raise BadValue(f"FISH {part.text!r}: a mutation is not found by FISH; give it as the TP53 mutation")
    lesion = next((name for name, pattern in _LESIONS if re.search(pattern, folded)), None)
    if lesion is None:
        raise BadValue(
            f"FISH {part.text!r} is not understood; name lesions, such as del(17p), t(4;14), t(14;16), 1q+,"
            " with negative or pending where so, or say negative, others negative, pending, not done"
        )
    rest = folded
    for known in (_UNKNOWN, _ABSENT, _PRESENT, _NAMES):
        rest = known.sub(" ", rest)
    lost_1q = lesion == "1q+" and re.search(r"1q(?:21)?-|del|loss|缺失", folded)
    if lost_1q or re.search(r"[a-z]{3}|[\u4e00-\u9fff]", rest):
        raise BadValue(f"FISH {part.text!r} is not understood; say {lesion} negative or {lesion} pending")
    state: State | None = "unknown" if _UNKNOWN.search(folded) else None
    state = state or ("absent" if _ABSENT.search(folded) else "present" if _SAID.search(folded) else None)
    if state is None and part.joined and following is not None:
        state = following.state
    return replace(part, lesion=lesion, state=state)


def _result(part: _Part) -> LesionResult:
    assert part.lesion is not None
    folded = part.folded
    percent, copies = _PERCENT.search(folded), _COPIES.search(folded)
    alleles = 2 if re.search(r"biallelic|双等位|homozygous|纯合", folded) else None
    if alleles is None and re.search(r"monoallelic|单等位|heterozygous|杂合", folded):
        alleles = 1
    share = Decimal(percent[1]) if percent else None
    number = int(copies[1]) if copies else None
    return LesionResult(part.lesion, part.state or "present", part.text, share, number, alleles)
