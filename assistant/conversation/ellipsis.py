"""Turns that leave out what the last one said: another thing of its kind, or another question about it."""

from __future__ import annotations

import re

from assistant.conversation.pointing import topic_text
from assistant.conversation.state import ConversationState, Past
from assistant.conversation.wording import STAGE, category, kin, language_of, read, things, wording, written
from assistant.question_units import INTERROGATIVE, SUBJECT
from assistant.types import Language
from ingest.terminology import Mention

_END = " \n\t?？。.!！,，"
_LONGEST_ZH, _LONGEST_EN = 22, 60  # characters of a turn that leaves out its topic
_TOPICS = 2
_BESIDE = 2  # characters that belong to a name beside what the terminology knows of it: IgA型
_FOREMOST = frozenset({"drug", "drug_class", "regimen", "staging", "procedure"})


def only_names(core: str) -> bool:
    """Whether a turn only names something: "来那度胺", "III期", "IgA型的"."""
    return bool(_named(core)) and not _beside_names(core)


def _named(core: str) -> bool:
    return bool(things(core) or STAGE.search(core) or SUBJECT & {m.concept for m in read(core).mentions})


def _beside_names(core: str) -> str:
    """What a turn says beside names and the words that go with names."""
    rest = list(_unclosed(core))
    for start, end in [(m.start, m.end) for m in read(core).mentions if m in things(core) or _whole(m)]:
        rest[start:end] = "\0" * len(rest[start:end])
    return wording().around.sub("", STAGE.sub("", "".join(rest).replace("\0", " ")))


def _whole(mention: Mention) -> bool:
    return mention.concept in SUBJECT or category(mention) in ("population", "organism")


def _unclosed(core: str) -> str:
    return wording().closing.sub("", core.strip(_END)).strip(_END)


def named_instead(
    core: str, last: Past, language: Language, *, cued: bool = False, correcting: bool = False
) -> str | None:
    """The last question with another thing, stage or group of people in it."""
    name = _unclosed(core)
    cued = cued or name != core.strip(_END)
    if not name or len(name) > (_LONGEST_EN if language == "en" else _LONGEST_ZH):
        return None
    if not _beside_names(core):
        named = things(name)
        if not named and (stage := STAGE.search(name)):
            return _staged(last.question, stage.group())
        if named:
            return _with(last.question, named, name, correcting)
        people = tuple(m for m in read(name).mentions if category(m) == "population")
        if not people and SUBJECT & {m.concept for m in read(name).mentions} and cued:
            return _with(last.question, read(name).mentions, name, correcting)
    if (cued or language == "en") and wording().condition.fullmatch(name) and not INTERROGATIVE.search(name):
        return _under(last.question, name, language)
    return None


def _with(question: str, named: tuple[Mention, ...], name: str, correcting: bool) -> str | None:
    """``question`` about ``named``: in the place of a thing of its kind, else of the only thing."""
    there = things(question)
    subject = tuple(m for m in read(question).mentions if m.concept in SUBJECT)
    old = kin(named[0], there) or (there[0] if there and (correcting or len(there) == 1) else None)
    old = old or kin(named[0], subject)
    if old is None or old.concept == named[0].concept:
        return None
    first, end = named[0].start, named[-1].end
    if language_of(question) != language_of(name):
        return question[: old.start] + written(named[0], language_of(question)) + question[old.end :]
    before, after = name[:first][-_BESIDE:].strip(), name[end:][:_BESIDE].strip()
    # What stands beside the old name too is not said twice: "IgG型" and "IgA型".
    start = old.start - len(before) if before and question[: old.start].endswith(before) else old.start
    stop = old.end + len(after) if after and question[old.end :].startswith(after) else old.end
    kept_before = before if start != old.start else ""
    kept_after = after if stop != old.end or after == "型" else ""
    return question[:start] + kept_before + name[first:end] + kept_after + question[stop:]


def _staged(question: str, stage: str) -> str | None:
    """``question`` about another stage of the same system."""
    if STAGE.search(question):
        return STAGE.sub(lambda _: stage, question, count=1)
    system = next((m for m in things(question) if category(m) == "staging"), None)
    if system is None:
        return None
    gap = " " if question[system.end - 1].isascii() else ""
    return question[: system.end] + gap + stage + question[system.end :]


def _under(question: str, condition: str, language: Language) -> str:
    """``question`` for people or circumstances that are named behind it."""
    if language == "en" or language_of(question) == "en":
        return f"{question.strip(_END)} {condition}?"
    return f"{condition}{question}"


def aspect_of_topic(
    core: str, state: ConversationState, language: Language, *, cued: bool = False
) -> str | None:
    """Another question about the topic of the last turn: "副作用呢", "怎么缓解", "how is it given"."""
    asked, data = read(core), wording()
    closed = _unclosed(core) != core.strip(_END)
    if len(core) > (_LONGEST_EN if language == "en" else _LONGEST_ZH) or things(core):
        return None
    concepts = {m.concept for m in asked.mentions}
    if SUBJECT & concepts or not _asks(core, cued or closed):
        return None
    last = state.turns[-1]
    staged = any(category(m) == "staging" for m in things(last.question))
    of_disease = concepts & data.of_the_disease or (
        asked.attributes and all(a.name in data.disease_attributes for a in asked.attributes)
    )
    if of_disease and not (cued or closed or staged):
        return None
    topics = _topics(last, language)
    if not topics:
        return None
    if language == "en":
        return f"{' and '.join(topics)}: {core}?"
    noun = any(m.start == 0 and m.concept in data.aspects for m in asked.mentions)
    joint = "的" if noun or any(a.asks.match(core) for a in asked.attributes if not _verb(core)) else ""
    return f"{'、'.join(topics)}{joint}{core}？"


def _verb(core: str) -> bool:
    return bool(re.match(r"(?:怎|如何|能|可以|会|要|是|有|需|多|为|什么|哪|几|还|吃|打|用)", core))


def _asks(core: str, cued: bool) -> bool:
    """Whether a turn that names nothing asks something, and nothing of its own."""
    asked = read(core)
    words = [u for u in asked.units if not u.is_concept]
    if len(words) > 1:
        return False
    return bool(cued or asked.attributes or asked.forms or INTERROGATIVE.search(core))


def _topics(last: Past, language: Language) -> list[str]:
    """What the last turn was about, its drugs, stages and treatments first."""
    named = things(last.question)
    first = [m for m in named if category(m) in _FOREMOST] or list(named)
    texts = dict.fromkeys(topic_text(last.question, m, language) for m in first)
    return list(texts)[:_TOPICS]
