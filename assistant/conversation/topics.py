"""What a turn was about, as the words by which a person would name it."""

from __future__ import annotations

import re

from assistant.conversation.state import ConversationState, Past
from assistant.conversation.wording import STAGE, category, plays, things, wording, written
from assistant.question import language_of
from assistant.types import Language
from ingest.terminology import Mention

BACK = 3  # turns in which what is left out is looked for
_MOST = 3  # things of a list that name a topic together
_FOREMOST = frozenset({"drug", "drug_class", "regimen", "staging", "procedure"})
_JOINED = re.compile(r"(?:的|引起的|相关的?|所致的?|后的?|合并|伴| )?")  # one name: "硼替佐米的神经毒性"
_LISTED = re.compile(r"\s*(?:、|,|，|/|和|与|及|跟|还有|vs\.?|,? and |,? or )\s*", re.IGNORECASE)
_LEADS_TO = re.compile(r"会不会|会|引起|导致|可能|容易|是不是|\s|得")
_WHETHER = re.compile(r"会不会|是不是|能不能|会|也|容易")
_VERB = 6  # characters between a treatment and what it harms
_STATE = re.compile(
    r"(?:一直|偏|很|太|有点|比较|特别|都)?(?:升高|增高|降低|减少|异常|高|低)(?![^，,。？?]{0,2}[吗不])"
)


def topic_text(question: str, mention: Mention, language: Language) -> str:
    """A thing that a question names, with the stage that the question names beside it."""
    name = written(mention, language)
    stage = STAGE.search(question) if category(mention) == "staging" else None
    if stage is None:
        return name
    name = re.sub(r"(?i)\s*(?:stage|分期)$", "", name)
    number = re.sub(r"(?i)stage|期|\s", "", stage.group())
    return f"{name} stage {number}" if language == "en" else f"{name} {number}期"


def listed(question: str, language: Language) -> tuple[str, ...]:
    """What a question itself lists, one behind the other: "three drugs: A, B, C"."""
    longest = max(_runs(question), key=len)
    return tuple(written(m, language) for m in longest) if len(longest) > 1 else ()


def _of_one_kind(question: str, first: Mention) -> list[Mention]:
    """What is listed beside a thing, all of its category."""
    run = next((r for r in _runs(question) if first in r), [])
    alike = len(run) > 1 and all(category(m) == category(first) for m in run)
    return run[:_MOST] if alike else []


def _runs(question: str) -> list[list[Mention]]:
    runs: list[list[Mention]] = [[]]
    for mention in things(question):
        if runs[-1] and not _LISTED.fullmatch(question[runs[-1][-1].end : mention.start]):
            runs.append([])
        runs[-1].append(mention)
    return runs


def topic_of(last: Past, language: Language, *, staged: bool = False) -> str:
    """What the last turn was about, its drugs, stages and treatments before the rest; "" where nothing.

    ``staged``: the new turn names a stage of its own.
    """
    if told := drug_told(last, language):
        return told
    question = last.question
    named = things(question)
    aside = wording().of_the_disease | wording().secondary
    telling = [m for m in named if m.concept not in aside] or list(named)
    if not telling:
        return ""
    foremost = sorted(telling, key=lambda m: category(m) not in _FOREMOST)
    first = foremost[0]
    text = written(first, language) if staged else topic_text(question, first, language)
    # Of two of one kind, such as a regimen and the drugs that it is made of, one names both.
    same = {category(first), "drug"} if category(first) == "regimen" else {category(first)}
    others = [m for m in foremost[1:] if m.concept != first.concept and category(m) not in same]
    if run := _of_one_kind(question, first):
        joint = " and " if language == "en" else "和"
        return joint.join(written(m, language) for m in run)
    if not others:
        return _with_state(question, first, text, language)
    return _both(question, first, others[0], text, language)


def _both(question: str, first: Mention, other: Mention, text: str, language: Language) -> str:
    second = topic_text(question, other, language)
    early, late = sorted((first, other), key=lambda m: m.start)
    between = question[early.end : late.start]
    if _JOINED.fullmatch(between) and language == language_of(question):
        return question[early.start : late.end]
    if language == "en":
        return f"{text} and {second}"
    if plays(first, "treatment") and category(other) == "anatomy" and other is late:
        # "Whether it harms the jaw" is spoken of as that.
        return f"{text}{_WHETHER.sub('', between)}{second}" if len(between) <= _VERB else text
    if plays(first, "treatment"):
        if plays(other, "condition") and other is late and _LEADS_TO.search(between):
            return f"{text}引起的{second}"
        if plays(other, "condition") or category(other) == "procedure":
            return f"{second}用{text}" if category(first) != "procedure" else f"{second}做{text}"
    return f"{text}、{second}"


def _with_state(question: str, mention: Mention, text: str, language: Language) -> str:
    """A laboratory value with what is said of it: "肌酐一直高"."""
    if language == "zh" and plays(mention, "measured"):
        state = _STATE.match(question, mention.end)
        return text + state.group() if state else text
    return text


def aspect_named(last: Past) -> str:
    """What a turn asks of a treatment and can be asked about itself: "不良反应"; "" where nothing."""
    if not any(plays(m, "treatment") for m in things(last.question)):
        return ""
    found = [m for m in things(last.question, aspects=True) if m.concept in wording().handled]
    return found[0].text if len(found) == 1 else ""


def newest(role: str, state: ConversationState, language: Language) -> str:
    """The newest thing of a role that the conversation named, or was told as the one; "" where none."""
    for past in reversed(state.turns[-BACK:]):
        named = [m for m in things(past.question) if plays(m, role)]
        if named:
            best = min(named, key=lambda m: wording().roles[role].index(category(m)))
            return topic_text(past.question, best, language)
        if role == "treatment" and (told := drug_told(past, language)):
            return told
    return ""


def drug_told(past: Past, language: Language) -> str:
    """The one drug that answered a turn that asked for one ("哪个口服药"); "" where it is not one."""
    if not wording().asks_for_one.search(past.question):
        return ""
    asked = {m.concept for m in things(past.question)}
    named = [m for line in past.lines[:1] for m in things(line) if category(m) == "drug"]
    told = {m.concept: m for m in named if m.concept not in asked}
    return written(next(iter(told.values())), language) if len(told) == 1 else ""
