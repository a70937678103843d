"""What a turn points at: "it", "this drug", "the first one you said"."""

from __future__ import annotations

import re

from assistant.conversation.state import ConversationState, Past
from assistant.conversation.topics import BACK, drug_told, listed, topic_text
from assistant.conversation.wording import category, things, wording, written
from assistant.question_units import SUBJECT
from assistant.types import Language
from ingest.relations import related_concepts
from ingest.terminology import Mention, default_terminology

_ITEM = 60  # characters of a list item that stand for it
_CLAUSE_END = re.compile(r"[，,。;；?？!！\n]| (?:and|but) ")
# What "it" means first, where a turn named several things.
_FOREMOST = ("drug", "drug_class", "regimen", "staging", "procedure", "disease", "complication")
_DIGITS = {"一": 0, "二": 1, "两": 1, "三": 2, "四": 3, "五": 4, "六": 5, "七": 6, "八": 7, "最后": -1}
_WORDS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "sixth": 5, "last": -1}
_ORDINAL = re.compile(
    r"(?:你|您)?(?:刚才|刚刚|上面|前面|之前)?(?:说|讲|提到|提|列(?:出)?)?(?:的)?(?:里面?|中)?(?:的)?"
    r"(?:第(?P<n>[一二三四五六七八1-8])|(?P<l>最后)一)(?:个|种|条|类|项|点)"
    r"(?P<kind>药物?|检查|症状|并发症|方案|办法|原因|标准)?(?=$|[,，?？]|呢|是|的|能|会|要|有|怎|咋|可|和|跟|对|需|吃|打|用|多|贵|还|药)"
    r"|\bthe (?P<w>first|second|third|fourth|fifth|sixth|last) (?P<k>one|drug|test|option|item|point|symptom|"
    r"complication|regimen|criterion|treatment)\b(?: (?:that )?(?:you|u) (?:said|mentioned|listed|named))?",
    re.IGNORECASE,
)
_OF_THE_ANSWER = re.compile(r"你|您|刚才|上面|前面|之前|said|mentioned|named|listed", re.IGNORECASE)
_OF_TWO = re.compile(r"(?P<first>前者|\bthe former\b)|后者|\bthe latter\b", re.IGNORECASE)
_TWO = re.compile(
    r"它们俩?(?=的?(?:区别|差别|不同|有什么|哪个|谁))|两者|二者|这两(?:个|种)药?|\bthe two\b", re.IGNORECASE
)
_TWO_TURNS = 2
_KINDS = {
    "药": "regimen", "药物": "regimen", "drug": "regimen", "检查": "test", "test": "test",
    "症状": "condition", "symptom": "condition", "并发症": "condition", "complication": "condition",
    "方案": "regimen", "regimen": "regimen", "treatment": "treatment",
}  # fmt: skip


def pointed_at(text: str, state: ConversationState, language: Language, *, cued: bool) -> str | None:
    """``text`` with what it points at by name; None when it points at nothing that is known.

    ``cued``: the turn opens with a word that ties it to the last one.
    """
    return (
        _of_two(text, state, language)
        or _both(text, state, language)
        or _counted(text, state, language)
        or _pronoun(text, state, language, cued)
    )


def is_counted(text: str) -> bool:
    """Whether a turn means one of several by its place."""
    return _ORDINAL.search(text) is not None


def _of_two(text: str, state: ConversationState, language: Language) -> str | None:
    """The former or the latter of two that a question named."""
    match = _OF_TWO.search(text)
    if match is None:
        return None
    for past in reversed(state.turns[-BACK:]):
        named = listed(past.question, language)
        if len(named) > 1:
            return text[: match.start()] + named[0 if match["first"] else 1] + text[match.end() :]
    return None


def _both(text: str, state: ConversationState, language: Language) -> str | None:
    """Two things of a kind that were named, in one question or in two: "它们的区别"."""
    match = _TWO.search(text)
    if match is None:
        return None
    joint = " and " if language == "en" else "和"
    if named := listed(state.turns[-1].question, language)[:2]:
        return text[: match.start()] + joint.join(named) + text[match.end() :]
    if len(state.turns) < _TWO_TURNS:
        return None
    before, last = (past.question for past in state.turns[-2:])
    for new in things(last):
        old = next((m for m in things(before) if category(m) == category(new)), None)
        if old and old.concept != new.concept:
            pair = joint.join((written(old, language), written(new, language)))
            return text[: match.start()] + pair + text[match.end() :]
    return None


def _counted(text: str, state: ConversationState, language: Language) -> str | None:
    """Such as "the first one you said", by the order of the last answer that lists anything."""
    match = _ORDINAL.search(text)
    if match is None:
        return None
    word = match["n"] or match["l"] or match["w"].lower()
    place = int(word) - 1 if word.isdigit() else _DIGITS.get(word, _WORDS.get(word, 0))
    kind = _KINDS.get((match["kind"] or match["k"] or "").lower(), "")
    own = listed(state.turns[-1].question, language)
    if -len(own) <= place < len(own) and not _OF_THE_ANSWER.search(match.group()):
        return text[: match.start()] + own[place] + text[match.end() :]
    for past in reversed(state.turns):
        said = _said(past, kind, language)
        if len(said) > 1 and -len(said) <= place < len(said):
            return text[: match.start()] + said[place] + text[match.end() :]
    return None


def _said(past: Past, kind: str, language: Language) -> tuple[str, ...]:
    """What the answer of a turn named or listed, in its order, without what the turn asked about."""
    asked = {m.concept for m in things(past.question)}
    classes = [m.concept for m in things(past.question) if category(m) in ("drug_class", "target")]
    members = {other for concept in classes for other, _ in related_concepts(concept)}
    every = [m for line in past.lines for m in things(line) if m.concept not in asked]
    of_a_class = dict.fromkeys(m.concept for m in every if m.concept in members and category(m) == "drug")
    if len(of_a_class) > 1:
        first = {m.concept: m for m in reversed(every)}
        return tuple(written(first[concept], language) for concept in of_a_class)
    items = [line[2:].strip() for line in past.lines if line.startswith("- ")]
    if not kind and len(items) > 1:
        return tuple(_item(item, asked, language) for item in items)
    named = wording().families[kind] if kind else (category(every[0]),) if every else ()
    wanted = {m.concept: m for m in reversed(every) if category(m) in named}
    order = dict.fromkeys(m.concept for m in every if m.concept in wanted)
    return tuple(written(wanted[concept], language) for concept in order)


def _item(item: str, asked: set[str], language: Language) -> str:
    new = [m for m in things(item) if m.concept not in asked]
    drugs = [m for m in new if category(m) in ("drug", "regimen")]
    if drugs or new:
        return written((drugs or new)[0], language)
    return re.sub(r"\s*\[\d+\]", "", item)[:_ITEM].rstrip("。.;；")


def _pronoun(text: str, state: ConversationState, language: Language, cued: bool) -> str | None:
    first = _CLAUSE_END.search(text, 2)
    clause = text[: first.start()] if first else text
    for kind, pattern in wording().pronouns.items():
        match = pattern.search(clause)
        if match is None or _names_it_itself(clause[: match.start()]):
            continue
        if kind == "any" and not cued and wording().of_the_disease & default_terminology().concept_ids(text):
            continue  # "can it be cured?" is said of the disease
        referent = _referent(kind, state, language)
        if referent:
            gap = " " if language == "en" else ""
            they = "they" if match.groupdict().get("they") else 0
            before, after = text[: match.start(they)].rstrip(), text[match.end() :].lstrip()
            space = gap if after[:1].isalnum() else ""
            return f"{before}{gap}{referent}{space}{after}".strip()
    return None


def _names_it_itself(before: str) -> bool:
    """Whether a clause names, before its pronoun, what the pronoun can mean."""
    if any(category(m) != "adverse_event" for m in things(before)):
        return True
    return bool(SUBJECT & default_terminology().concept_ids(before))


def _referent(kind: str, state: ConversationState, language: Language) -> str:
    families = wording().families
    for past in reversed(state.turns[-BACK:]):
        if kind in ("any", "treatment") and (told_one := drug_told(past, language)):
            return told_one
        named = things(past.question)
        named = tuple(m for m in named if m.concept not in wording().secondary) or named
        if kind != "any":
            named = tuple(m for m in named if category(m) in families[kind])
        if named:
            best = min(named, key=lambda m: _rank(m, kind))
            return topic_text(past.question, best, language)
        if kind == "treatment":
            told = [m for line in past.lines[:2] for m in things(line) if category(m) == "drug"]
            if told:
                return written(told[0], language)
    return ""


def _rank(mention: Mention, kind: str) -> tuple[int, int]:
    order = wording().families.get(kind, _FOREMOST)
    place = category(mention)
    return (order.index(place) if place in order else len(order), mention.start)
