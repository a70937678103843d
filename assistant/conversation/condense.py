"""The rules that make a turn stand alone, most telling first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.conversation.clauses import beside, divided, first_clause, more_of, named_then_asked
from assistant.conversation.ellipsis import aspect_of_topic
from assistant.conversation.gaps import filled
from assistant.conversation.heads import completed
from assistant.conversation.pointing import pointed_at
from assistant.conversation.state import ConversationState, Past
from assistant.conversation.substitution import named_instead, only_names
from assistant.conversation.wording import read, things, wording
from assistant.question import language_of
from assistant.script import is_traditional, to_simplified
from assistant.types import Language

_LONGEST = 160  # characters of a turn that can lean on others; a longer one tells its own story
_DIGIT = re.compile(r"\d")
_END = " \n\t?？。.!！,，~～"
_CLAUSE = re.compile(r"[,，。.!！?？;；]")
_COUNTED = re.compile(
    r"我?(?:的|刚才|前面|最开始)?第(?P<n>[一二三])个问题里?(?:的|呢)?"
    r"|(?:my |the )(?P<w>first|second|third) question\b",
    re.IGNORECASE,
)
_PLACES = ("一", "二", "三", "f", "s", "t")


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that can be understood alone. ``how``: the rule that worded it, "" where none did.

    "more", "why", "return", "correction", "pointing", "instead", "gap", "aspect", "beside", "new"; "stage":
    about the stage that the tool found; "topic": see ``carried``.
    """

    text: str
    changed: bool = False
    how: str = ""


def standalone(question: str, state: ConversationState) -> Standalone:
    """Word a turn so that it can be understood without the turns before it.

    A turn that names its own topic stays as it is.

    >>> state = ConversationState((Past("硼替佐米的神经毒性怎么处理？"),))
    >>> standalone("来那度胺呢", state).text
    '来那度胺的神经毒性怎么处理？'
    """
    text = question.strip()
    if is_traditional((text,)):
        text = to_simplified(text)
    if not state.turns or not text or len(text) > _LONGEST:
        return Standalone(question)
    if (new := wording().leads["new"].match(text)) and not wording().pronouns["any"].search(text):
        rest = text[new.end() :].strip(" ,，:：。")
        return Standalone(rest, True, "new") if rest else Standalone(question)
    lead, rest = _lead(text)
    core = rest.strip(_END)
    if state.turns[-1].staged:
        # What is asked behind a stage that was found is asked about that stage.
        lead = lead or "then"
    how, found = _reworded(core, rest, lead, state)
    if how == "pointing" and text.lower().startswith("what if"):
        found = f"What if {found}"
    if not found or found.strip(_END) == text.strip(_END):
        return Standalone(question)
    return Standalone(found, True, how)


def opened(question: str) -> tuple[str, str]:
    """What a turn opens with, by name ("then", "new", …), and what it says behind that."""
    text = question.strip()
    if is_traditional((text,)):
        text = to_simplified(text)
    if any(wording().leads["new"].match(clause.strip()) for clause in _CLAUSE.split(text)):
        return "new", text
    lead, rest = _lead(text)
    return lead, rest.strip(_END)


def _reworded(core: str, rest: str, lead: str, state: ConversationState) -> tuple[str, str]:
    """(rule, wording); the wording is "" where the turn stands alone."""
    last = state.turns[-1]
    whole_name = core
    core, rest = (completed(part, last) for part in (core, rest))
    whole, language = wording().whole, language_of(rest or last.question)
    if last.staged and whole["meaning"].search(core) and not _DIGIT.search(core):
        about = pointed_at(rest, state, language, cued=True) or aspect_of_topic(
            rest, state, language, cued=True
        )
        return "stage", about or ""
    if lead == "return":
        return "return", _returned(core, rest, state)
    if (counted := _COUNTED.match(rest)) and (found := _of_a_question(counted, rest, state)):
        return found
    if (said := _fixed_form(core, last, language))[1]:
        return said
    if lead == "correction" and core:
        return "correction", _corrected(core, rest, state, language)
    if pointed := pointed_at(rest, state, language, cued=bool(lead)):
        return "pointing", pointed
    if (then := named_then_asked(rest, language)) or (
        then := named_instead(core, state, language, cued=bool(lead)) or ""
    ):
        return "instead", then
    if gap := filled(rest, state, language, cued=bool(lead)):
        return "gap", gap
    aspect = aspect_of_topic(rest, state, language, cued=bool(lead))
    if aspect := aspect or first_clause(rest, state, language, cued=bool(lead)):
        return "aspect", aspect
    return ("instead", rest) if core != whole_name else ("", "")


def _fixed_form(core: str, last: Past, language: Language) -> tuple[str, str]:
    """(rule, wording) of a turn of a fixed form: what else there is, why, an exception, a comparison."""
    whole = wording().whole
    if whole["more"].fullmatch(core) and (narrowed := more_of(core, last, language)):
        return "aspect", narrowed
    if whole["more"].fullmatch(core) and not whole["more_bare"].fullmatch(core):
        return "more", last.question
    if whole["exception"].fullmatch(core):
        joint, mark = ("，", "？") if language == "zh" else (", ", "?")
        return "why", f"{last.question.strip(_END)}{joint}{core}{mark}"
    if (match := whole["why_of"].fullmatch(core)) and only_names(match["thing"]) and _is_why(last):
        subject = "骨髓瘤" if "骨髓瘤" in last.question else ""
        return "why", f"{subject}为什么会{match['thing']}？"
    if whole["against"].fullmatch(_unended(core)) and things(core):
        return "why", f"{_unended(core)}，{last.question}" if language == "zh" else ""
    if whole["why"].fullmatch(core):
        ending = "？为什么？" if language == "zh" else "? Why?"
        return "why", last.question.strip(_END).split("？为什么")[0].split("? Why")[0] + ending
    if whole["beside"].search(core) and (asked := beside(core, last, language)):
        return "beside", asked
    return "", ""


def _of_a_question(match: re.Match[str], rest: str, state: ConversationState) -> tuple[str, str] | None:
    """A turn about one of the questions by its place: "the first question: any other way?"."""
    place = _PLACES.index((match["n"] or match["w"])[0].lower()) % (len(_PLACES) // 2)
    if place >= len(state.turns):
        return None
    of_it = ConversationState((state.turns[place],))
    tail = rest[match.end() :].strip(" ,，:：")
    return _reworded(tail.strip(_END), tail, "then", of_it) if tail else ("return", of_it.turns[0].question)


def _corrected(core: str, rest: str, state: ConversationState, language: Language) -> str:
    """What was meant: another thing in the last question, another question about its topic."""
    last = state.turns[-1]
    if only_names(core):
        return named_instead(core, state, language, correcting=True) or rest
    if things(core):
        # "(I mean) maintenance: can it be given alone?": what is meant by it was named before.
        head, mark, tail = divided(rest)
        pointed = pointed_at(tail, state, language, cued=True) if only_names(head) else None
        return f"{head}{mark}{pointed}" if pointed else rest
    asked = aspect_of_topic(rest, state, language, cued=True)
    return asked or f"{last.question.strip(_END)} ({core})?"


def _is_why(last: Past) -> bool:
    return any(a.name == "why" for a in read(last.question).attributes)


def _unended(core: str) -> str:
    return core.strip(_END).removesuffix("呢")


def _lead(text: str) -> tuple[str, str]:
    """What a turn opens with, by name, and the rest of it."""
    for name in ("return", "correction", "then"):
        match = wording().leads[name].match(text)
        if match and match.end():
            return name, text[match.end() :].strip()
    return "", text


def _returned(core: str, rest: str, state: ConversationState) -> str:
    """A topic that is taken up again: its own question, or a new one about it."""
    named = {m.concept for m in things(core)}
    if named and only_names(core):
        same = [past for past in state.turns if named & {m.concept for m in things(past.question)}]
        return same[-1].question if same else rest
    if named or not core:
        return rest or _before(state).question
    earlier = ConversationState((_before(state),))
    return _reworded(core, rest, "then", earlier)[1] or rest


def _before(state: ConversationState) -> Past:
    """The turn before the topic changed to the present one."""
    now = {m.concept for m in things(state.turns[-1].question)}
    other = [past for past in state.turns[:-1] if not now & {m.concept for m in things(past.question)}]
    return other[-1] if other else state.turns[-1]
