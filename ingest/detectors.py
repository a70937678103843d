"""Detectors of likely defects in any text. They report; they never change anything.

Each is precise rather than complete: a finding asks a reader to look, and on sound text there is none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ingest.terminology import Mention, Terminology, default_terminology
from ingest.types import Finding, Passage, Section

_BROKEN_INEQUALITY = re.compile(r"<\s*\d[\d.]*\s*[A-Za-zµμ/]{0,9}>|=\s*\"\"\s*>|[<>≤≥]\s*[。，；）)]")
_STRAY_DIGIT = re.compile(r"(?<![0-9A-Za-z.β])\d(?=[λκ]-?型|[λκ]\s*轻链)")
# A raised citation that lost its height: "多见3。" where the section lists a third reference.
_LOST_MARK = re.compile(r"(?<=[\u4e00-\u9fff])(\d{1,2})(?=[。；])|(?<=[a-z]{4})(\d{1,2})(?=[.;](?:\s|$))")
_TAKES_A_NUMBER = frozenset(
    "第为是于约或和与及至到达共有仅即级期型类表图节章条款数值比乘加减每各前后满近超逾过之以按用取得了在不"
)
_DOUBLED = re.compile(
    r"([渴痛热汗的了是在和或与为对可能患血骨者])\1|([\u4e00-\u9fff]{2,4})\2|\b([A-Za-z]{2,})\s+\3\b"
)
_SPOKEN_TWICE = frozenset({"had", "that", "can", "对对"})
_UNITLESS = re.compile(
    r"(?:血红蛋白|血清?钙|血?肌酐|白蛋白|微球蛋白|游离轻链|M\s?蛋白|尿酸"
    r"|ha?emoglobin|creatinine|albumin|calcium)"
    r"(?:水平|浓度|定量|值|level)?\s*(?:[<>≤≥＜＞]|高于|低于|超过|大于|小于)"
    r"\s*\d+(?:\.\d+)?(?=\s*(?:[，。；、）),;]|\.(?:\s|$)|$))",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\s*[（(]\s*(?:如|例如|包括|即|e\.g\.,?|such as|including)?[，,]?([^（）()。；;]{2,120})[)）]"
)
# Classes of which a drug belongs to one; a class and the wider one that holds it count as one.
_CLASS_FAMILY = {
    "proteasome_inhibitor": "proteasome_inhibitor",
    "imid": "imid",
    "monoclonal_antibody": "antibody",
    "anti_cd38": "antibody",
    "bispecific": "bispecific",
    "car_t": "car_t",
    "corticosteroid": "corticosteroid",
    "hdac_inhibitor": "hdac_inhibitor",
    "xpo1_inhibitor": "xpo1_inhibitor",
    "bcl2_inhibitor": "bcl2_inhibitor",
    "bisphosphonate": "bisphosphonate",
}
_AVOID = re.compile(r"避免(?:使用|服用|进食|摄入|补充)?|禁用|忌用|停用|不能补充|avoid")
_SUPPLY = re.compile(r"(?<!不能)(?<!避免)补充|应服用|supplement(?:ation)? with|should take")
_CONDITION = re.compile(
    r"[时若如]|除非|没有|无|伴|合并|有.{1,12}的|\b(?:if|when|unless|with|without|in)\b", re.IGNORECASE
)
_ADVISED = frozenset({"drug", "asked_attribute", "test"})


def detect(
    text: str,
    passages: tuple[Passage, ...],
    sections: tuple[Section, ...] = (),
    terms: Terminology | None = None,
) -> tuple[Finding, ...]:
    """Everything the detectors notice in ``text``, in reading order."""
    terms = terms or default_terminology()
    found = [
        *_find("broken_inequality", _BROKEN_INEQUALITY, text, "an inequality without its value"),
        *_find("stray_citation_digit", _STRAY_DIGIT, text, "a digit that may be a lost citation mark"),
        *_find("limit_without_unit", _UNITLESS, text, "a limit without its unit"),
        *_lost_marks(passages, sections),
        *_doubled(passages),
        *_two_classes(passages, terms),
        *_opposite_advice(passages, terms),
    ]
    return tuple(sorted(found, key=lambda f: (f.start, f.detector)))


def _find(name: str, pattern: re.Pattern[str], text: str, message: str) -> Iterator[Finding]:
    return (Finding(name, m.start(), m.end(), message) for m in pattern.finditer(text))


def _lost_marks(passages: tuple[Passage, ...], sections: tuple[Section, ...]) -> Iterator[Finding]:
    for passage in passages:
        if not sections or passage.kind not in ("sentence", "item"):
            continue
        listed = {r.number for r in sections[passage.section].references}
        for match in _LOST_MARK.finditer(passage.text):
            before = passage.text[match.start() - 1]
            if int(match.group()) in listed and before not in _TAKES_A_NUMBER:
                start = passage.start + match.start()
                message = f"a digit that may be a lost citation mark ({match.group()})"
                yield Finding("stray_citation_digit", start, start + len(match.group()), message)


def _doubled(passages: tuple[Passage, ...]) -> Iterator[Finding]:
    for passage in passages:
        for match in _DOUBLED.finditer(passage.text):
            if (match.group(3) or match.group()).lower() in _SPOKEN_TWICE:
                continue
            start = passage.start + match.start()
            what = "a character" if match.group(1) else "a word"
            yield Finding("doubled_character", start, passage.start + match.end(), f"{what} written twice")


def _two_classes(passages: tuple[Passage, ...], terms: Terminology) -> Iterator[Finding]:
    """Drugs that the document lists under two classes, "class（drug、drug）": reported where it is rarer."""
    places: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for passage in passages:
        mentions = terms.mentions(passage.text)
        for mention in mentions:
            family = _CLASS_FAMILY.get(mention.concept)
            listed = _LISTED.match(passage.text, mention.end) if family else None
            if not family or not listed or _other_class_within(mentions, listed):
                continue
            for drug in mentions:
                if listed.start(1) <= drug.start and drug.end <= listed.end(1) and _is_drug(drug, terms):
                    spot = passage.start + drug.start, passage.start + drug.end
                    places[drug.concept][family].append(spot)
    for drug_id, families in places.items():
        if len(families) < 2:
            continue
        counts = Counter({family: len(spots) for family, spots in families.items()})
        usual, most = counts.most_common(1)[0]
        for family, spots in families.items():
            # Where no class is the usual one, both are shown.
            if family != usual or sum(n == most for n in counts.values()) > 1:
                others = " and ".join(sorted(f for f in families if f != family)).replace("_", " ")
                message = (
                    f"{terms.concepts[drug_id].en} is listed here under {family.replace('_', ' ')},"
                    f" elsewhere under {others}"
                )
                yield from (Finding("drug_in_two_classes", start, end, message) for start, end in spots)


def _other_class_within(mentions: Sequence[Mention], listed: re.Match[str]) -> bool:
    return any(
        m.concept in _CLASS_FAMILY and listed.start(1) <= m.start and m.end <= listed.end(1) for m in mentions
    )


def _is_drug(mention: Mention, terms: Terminology) -> bool:
    return terms.concepts[mention.concept].category == "drug"


def _opposite_advice(passages: tuple[Passage, ...], terms: Terminology) -> Iterator[Finding]:
    """One place says to avoid what another says to take, and one of them names no condition: a hint."""
    avoided: dict[str, list[Passage]] = defaultdict(list)
    supplied: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        for pattern, advice in ((_AVOID, avoided), (_SUPPLY, supplied)):
            match = pattern.search(passage.text)
            if match:
                for concept in _objects(passage.text, match.end(), terms):
                    advice[concept].append(passage)
    seen: set[tuple[int, int]] = set()
    for concept in avoided.keys() & supplied.keys():
        for no in avoided[concept]:
            for yes in supplied[concept]:
                pair = (no.start, yes.start)
                apart = (no.section, no.group) != (yes.section, yes.group)
                conditional = _CONDITION.search(no.text) and _CONDITION.search(yes.text)
                if apart and not conditional and pair not in seen:
                    seen.add(pair)
                    name = terms.concepts[concept].en
                    message = f"advises against {name}, another passage advises it: each needs its condition"
                    yield Finding("opposite_advice", no.start, no.end, message)


def _objects(text: str, start: int, terms: Terminology) -> frozenset[str]:
    """Concepts that follow a verb within its clause."""
    end = next((i for i in range(start, len(text)) if text[i] in "。；;.!！？?"), len(text))
    return frozenset(
        m.concept
        for m in terms.mentions(text[start : min(end, start + 40)])
        if terms.concepts[m.concept].category in _ADVISED
    )
