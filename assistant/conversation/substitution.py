"""Turns that only name something: the last question is asked of it, in the place of a thing of its kind."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.state import ConversationState, Past
from assistant.conversation.topics import BACK
from assistant.conversation.wording import (
    STAGE,
    category,
    kin,
    plays,
    read,
    things,
    verb_of,
    wording,
    written,
)
from assistant.question import language_of
from assistant.question_units import INTERROGATIVE, SUBJECT
from assistant.types import Language
from ingest.terminology import Mention

_END = " \n\t?？。.!！,，"
_LONGEST: dict[Language, int] = {"zh": 22, "en": 60}  # characters of a turn that only names something
_CONDITIONAL = re.compile(r"如果|假如|万一|若")
_BESIDE = 2  # characters that belong to a name beside what the terminology knows of it: IgA型
_THE_DISEASE = re.compile(r"(?:得了?|患了?)?(?:这|那|此|该|本)?(?:个|种)?病(?!人|情|史|变|灶)(?:的人)?")
_TREATING = frozenset({"treatment", "which_drug"})  # attributes of a turn that asks for a treatment
_TREATS = frozenset({"drug", "drug_class", "regimen", "staging", "procedure"})


def only_names(core: str) -> bool:
    """Whether a turn only names something: "来那度胺", "III期", "IgA型的"."""
    return bool(_named(core)) and not _beside_names(core)


def _named(core: str) -> bool:
    return bool(things(core) or STAGE.search(core) or any(_whole(m) for m in read(core).mentions))


def _beside_names(core: str) -> str:
    """What a turn says beside names and the words that go with names."""
    rest = list(_unclosed(core))
    for start, end in [(m.start, m.end) for m in read(core).mentions if m in things(core) or _whole(m)]:
        rest[start:end] = "\0" * len(rest[start:end])
    return wording().around.sub("", STAGE.sub("", "".join(rest).replace("\0", " ")))


def _whole(mention: Mention) -> bool:
    return mention.concept in SUBJECT or category(mention) in ("population", "organism", "country")


def _unclosed(core: str) -> str:
    return wording().closing.sub("", core.strip(_END)).strip(_END)


def named_instead(
    core: str, state: ConversationState, language: Language, *, cued: bool = False, correcting: bool = False
) -> str | None:
    """The last question with another thing, stage or group of people in it."""
    last, name = state.turns[-1], _unclosed(core)
    cued = cued or wording().cue.search(core.strip(_END)) is not None
    if not name or len(name) > _LONGEST[language]:
        return None
    if language == "en" and wording().condition.fullmatch(name) and not _treats(name):
        return _under(last.question, name, language)
    if language == "en" and INTERROGATIVE.match(name):
        return None  # "how much should she drink" asks by itself
    if not _beside_names(core):
        named = things(name)
        if named and not cued and len(name) - sum(m.end - m.start for m in named) > _BESIDE:
            return None  # "R-ISS分期标准" asks by itself
        if named and not cued and not correcting and _answers(named[0], last):
            return None
        if not named and (stage := STAGE.search(name)):
            return _staged(last.question, stage.group())
        if named:
            return _with(state, named, name, correcting)
        if moved := _elsewhere(last.question, name):
            return moved
        people = tuple(m for m in read(name).mentions if category(m) == "population")
        if not people and SUBJECT & {m.concept for m in read(name).mentions} and cued:
            return _with(state, read(name).mentions, name, correcting)
    if cued and _is_unknown(name):
        there = things(last.question)
        bare = re.sub(r"^(?:the|a|an) ", "", name)
        return last.question[: there[0].start] + bare + last.question[there[0].end :] if there else None
    if cued and wording().condition.fullmatch(name) and not INTERROGATIVE.search(name):
        return _under(last.question, name, language)
    return None


def _answers(new: Mention, last: Past) -> bool:
    """Whether a treatment that is merely named is a guess at what the last question asked for."""
    asks = {a.name for a in read(last.question).attributes}
    same = any(category(m) == category(new) for m in things(last.question))
    return plays(new, "treatment") and "which_drug" in asks and not same


def _treats(name: str) -> bool:
    """Whether a turn names a treatment, which stands for another: "for lenalidomide"."""
    return INTERROGATIVE.search(name) is not None or any(category(m) in _TREATS for m in things(name))


def _is_unknown(name: str) -> bool:
    """Whether a turn is nothing but a name that the terminology does not have: "the white count".

    A Chinese noun that it does not have is rather something to ask of a thing: "代价".
    """
    if language_of(name) == "zh" and name.isalpha() and not any(map(str.isascii, name)):
        return False
    asked = read(name)
    if asked.mentions or asked.attributes or INTERROGATIVE.search(name):
        return False
    if wording().gaps["take"].search(name):
        return False
    return any(not u.is_concept for u in asked.units)


def _with(state: ConversationState, named: tuple[Mention, ...], name: str, correcting: bool) -> str | None:
    """A question about ``named``: in the place of a thing of its kind, the newest one first."""
    question = state.turns[-1].question
    there = things(question)
    subject = tuple(m for m in read(question).mentions if m.concept in SUBJECT)
    old = kin(named[0], there)
    if old is None and there and not correcting and (found := _of_other_kind(state, named, name)):
        return found
    old = old or (there[0] if there and (correcting or len(there) == 1) else None)
    old = old or kin(named[0], subject)
    return _replaced(question, old, named, name) if old else None


def _replaced(question: str, old: Mention, named: tuple[Mention, ...], name: str) -> str | None:
    if old.concept == named[0].concept:
        return None
    first, end = named[0].start + verb_of(named[0]), named[-1].end
    old = replace(old, start=old.start + verb_of(old))
    if language_of(question) != language_of(name):
        return question[: old.start] + written(named[0], language_of(question)) + question[old.end :]
    before, after = name[:first][-_BESIDE:].strip(), name[end:][:_BESIDE].strip()
    # What stands beside the old name too is not said twice: "IgG型" and "IgA型".
    start = old.start - len(before) if before and question[: old.start].endswith(before) else old.start
    stop = old.end + len(after) if after and question[old.end :].startswith(after) else old.end
    kept_before = before if start != old.start else ""
    kept_after = after if stop != old.end or after == "型" else ""
    return question[:start] + kept_before + name[first:end] + kept_after + question[stop:]


def _of_other_kind(state: ConversationState, named: tuple[Mention, ...], name: str) -> str | None:
    """A thing that plays another part than what the last question names.

    "卡非佐米" behind "硼替佐米的不良反应？神经病变怎么处理？", "放疗" behind "骨痛吃什么药？".
    """
    last, new = state.turns[-1].question, named[0]
    if language_of(last) == "en":
        return None
    there = things(last)
    word = written(new, "zh") if language_of(name) == "en" else name[new.start : named[-1].end]
    treats, ails = (any(plays(m, role) for m in there) for role in ("treatment", "condition"))
    ails = ails or any(category(m) == "anatomy" for m in there)
    if category(new) == "anatomy":
        return last[: there[0].start] + word + last[there[0].start :] if ails and len(there) == 1 else None
    if plays(new, "treatment") and ails and not treats:
        before = next((p for p in reversed(state.turns[-BACK:-1]) if kin(new, things(p.question))), None)
        harms = before and any(a.name == "adverse_effect" for a in read(before.question).attributes)
        return f"{word}的{last}" if harms else f"{there[0].text}可以用{written(new, 'zh')}吗？"
    if plays(new, "condition") and treats and not ails:
        for past in reversed(state.turns[-BACK:-1]):
            if old := kin(new, things(past.question)):
                return _replaced(past.question, old, named, name)
        if category(new) != "adverse_event":
            return f"{word}时{last}"
        treatment = written(next(m for m in there if plays(m, "treatment")), "zh")
        asks = {a.name for a in read(last).attributes}
        return f"{treatment}引起的{word}怎么办？" if asks & _TREATING else f"{treatment}会引起{word}吗？"
    return None


def _elsewhere(question: str, name: str) -> str | None:
    """``question`` about another country."""
    new, old = (
        next((m for m in read(text).mentions if category(m) == "country"), None) for text in (name, question)
    )
    if new is None or old is None or new.concept == old.concept:
        return None
    return question[: old.start] + new.text + question[old.end :]


def _staged(question: str, stage: str) -> str | None:
    """``question`` about another stage of the same system."""
    if STAGE.search(question):
        return STAGE.sub(lambda _: stage, question, count=1)
    system = next((m for m in things(question) if category(m) == "staging"), None)
    if system is None:
        return _of_the_disease_at(question, stage)
    gap = " " if question[system.end - 1].isascii() else ""
    return question[: system.end] + gap + stage + question[system.end :]


def _of_the_disease_at(question: str, stage: str) -> str | None:
    """A question about the disease at a stage: "III期骨髓瘤能活多久？"."""
    if language_of(question) == "en":
        return None
    subject = next((m for m in read(question).mentions if m.concept in SUBJECT), None)
    if subject:
        return question[: subject.start] + stage + question[subject.start :]
    disease = _THE_DISEASE.match(question)
    return f"{stage}骨髓瘤{question[disease.end() :]}" if disease else None


def _under(question: str, condition: str, language: Language) -> str:
    """``question`` for people or circumstances that are named behind it."""
    if language == "en" or language_of(question) == "en":
        return f"{question.strip(_END)} {condition}?"
    return f"{condition}{'，' if _CONDITIONAL.match(condition) else ''}{question}"
