"""Turns that leave out what they speak of, known by a word that goes with it: "吃", "减量", "哪个好"."""

from __future__ import annotations

import re

from assistant.conversation.state import ConversationState, Past
from assistant.conversation.topics import BACK, listed, newest, topic_of
from assistant.conversation.wording import category, kin, plays, read, things, wording, written
from assistant.question_units import INTERROGATIVE, NOUN, SUBJECT
from assistant.types import Language

_END = " \n\t?？。.!！,，"
_LONGEST: dict[Language, int] = {"zh": 30, "en": 70}  # characters of a turn that leaves something out
_TREATING = frozenset({"treatment", "which_drug"})  # attributes of a turn that asks for a treatment itself
# Whether a treatment does for what was spoken of; and a turn that asks nothing but that.
_SUITS = re.compile(r"有没有用|有用|管用|行不行|行吗|可以|要不要|用不用|需不需要|有效|[要能]")
_SOME_DRUG = re.compile(r"(?<![减停换吃服打用上])药(?![量效])")
_BARELY = re.compile(
    r"(?:要不要|用不用|能不能|需要|可以|有没有|要|能|得|该|用|打|做|吃|有|管|行|好|吗|不|呢)*"
)


def filled(text: str, state: ConversationState, language: Language, *, cued: bool) -> str | None:
    """A turn with what it leaves out; None where it leaves nothing out, or nothing is known of it.

    ``cued``: the turn opens with a word that ties it to the last one.
    """
    core = text.strip(_END)
    named = things(core)
    concepts = {m.concept for m in read(core).mentions}
    if language == "zh" and len(core) <= _LONGEST["zh"] and (other := _becoming(core, state)):
        return other
    if not core or len(core) > _LONGEST[language] or SUBJECT & concepts or wording().disease.search(core):
        return None
    return (
        _together(core, state, language)
        or _compared(core, state, language)
        or _under_treatment(core, state.turns[-1], language)
        or _for_condition(core, state.turns[-1], language, cued)
        or (_without_object(core, state, language) if not any(plays(m, "treatment") for m in named) else None)
    )


def _becoming(core: str, state: ConversationState) -> str:
    """Whether a disease turns into another: "会进展为骨髓瘤吗"."""
    if not wording().gaps["becomes"].match(core):
        return ""
    for past in reversed(state.turns[-BACK:]):
        if named := [m for m in things(past.question) if category(m) == "disease"]:
            return f"{written(named[0], 'zh')}{core}？"
    return ""


def _together(core: str, state: ConversationState, language: Language) -> str | None:
    """What goes with, or is compared with, a thing that is named: "和来那度胺一起用呢"."""
    named = things(core)
    if language == "en" or not named or not wording().gaps["with"].match(core):
        return None
    for past in reversed(state.turns[-BACK:]):
        old = kin(named[0], things(past.question))
        if old and old.concept != named[0].concept:
            asks = INTERROGATIVE.search(bare := core.removesuffix("呢"))
            return f"{written(old, language)}{bare}{'' if asks else '怎么样'}？"
    return None


def _compared(core: str, state: ConversationState, language: Language) -> str | None:
    """Which of those that were named together: "哪个好", "which is safer"."""
    if not wording().gaps["which"].search(core) or any(plays(m, "treatment") for m in things(core)):
        return None
    for past in reversed(state.turns[-2:]):
        if run := listed(past.question, language)[:3]:
            if language == "en":
                return f"{core[0].upper()}{core[1:]}: {', '.join(run[:-1])} or {run[-1]}?"
            return f"{'和'.join(run)}{core}？"
    return None


def _under_treatment(core: str, last: Past, language: Language) -> str | None:
    """Whether something happens, asked behind a turn about a treatment: "会得别的癌吗"."""
    named = things(core)
    harms = language == "zh" and wording().gaps["harms"].match(core) is not None
    if harms and (topic := newest("treatment", ConversationState((last,)), language)):
        return f"{topic}{core}？"
    if not all(plays(m, "condition") for m in named) or not wording().gaps["occurs"].search(core):
        return None
    if not any(category(m) == "adverse_event" for m in named) or _names_its_own(core):
        return None
    if not any(plays(m, "treatment") for m in things(last.question)):
        return None
    treatment = newest("treatment", ConversationState((last,)), language)
    if language == "en":
        return f"{core} with {treatment}?"
    return f"{treatment}{core}？"


def _for_condition(core: str, last: Past, language: Language, cued: bool) -> str | None:
    """Whether a treatment does for what the last turn was about: "要输血吗"."""
    named, there = things(core), things(last.question)
    if language == "en" or not named or not all(plays(m, "treatment") for m in named):
        return None
    beside = core
    for mention in reversed(named):
        beside = beside[: mention.start] + beside[mention.end :]
    clause = re.split(r"[，,]", beside)[0]
    if not (_BARELY.fullmatch(beside) and beside) and not (cued and _SUITS.search(clause)):
        return None
    if not there or any(plays(m, "treatment") or category(m) == "staging" for m in there):
        return None
    topic = topic_of(last, language)
    short = plays(there[0], "condition") and "，" not in core
    if not short and topic == written(there[0], language) and not plays(there[0], "condition"):
        return None  # a test, of which nothing was said
    return f"{topic}{'' if short else '，'}{core}？"


def _names_its_own(core: str) -> bool:
    """Whether a turn speaks of something of its own that no other turn could: "葡萄柚", "伤肾的药"."""
    asked = read(core)
    return (
        any(u.category == NOUN for u in asked.units)
        or any(m.concept in wording().taken for m in asked.mentions)
        or _SOME_DRUG.search(core) is not None
    )


def _without_object(core: str, state: ConversationState, language: Language) -> str | None:
    """A verb without its object: "那不吃行不行", "肾功能不全时要减量吗"."""
    if language == "en":
        return None
    gaps, last = wording().gaps, state.turns[-1]
    if _names_its_own(core):
        return None
    asks = {a.name for a in read(last.question).attributes}
    # "How is anaemia treated? – How long is it given?": what is given is in the last answer.
    if asks & _TREATING and not any(plays(m, "treatment") for m in things(last.question)):
        return None
    for name, role in (("take", "treatment"), ("do", "done")):
        if any(plays(m, role) and not plays(m, "condition") for m in things(core)):
            continue
        if (match := gaps[name].search(core)) and (object_ := newest(role, state, language)):
            return f"{core[: match.end('verb')]}{object_}{core[match.end('verb') :]}？"
    if (match := gaps["affect"].search(core)) and (object_ := newest("measured", state, language)):
        return f"{core[: match.end('verb')]}{object_}{core[match.end('verb') :]}？"
    if gaps["of_treatment"].search(core) and (object_ := newest("treatment", state, language)):
        return f"{object_}{core}？"
    return None
