"""Turns that leave out what the last one said: another thing of its kind, or another question about it."""

from __future__ import annotations

import re

from assistant.conversation.pointing import is_counted, topic_text
from assistant.conversation.state import ConversationState, Past
from assistant.conversation.wording import STAGE, category, kin, read, things, wording, written
from assistant.question import language_of
from assistant.question_units import INTERROGATIVE, NOUN, SUBJECT
from assistant.types import Language
from ingest.terminology import Mention, default_terminology

_END = " \n\t?？。.!！,，"
_LONGEST: dict[Language, int] = {"zh": 22, "en": 60}  # characters of a turn that leaves out its topic
_LONGEST_UNCUED: dict[Language, int] = {"zh": 13, "en": 42}  # where no word ties it to the last one
_VERB = re.compile(r"怎|如何|能|可以|会|要|是|有|需|多|为|什么|哪|几|还|吃|打|用")
# Categories by which a turn names something of its own, though nothing that a conversation is about.
_OWN = frozenset({"anatomy", "asked_attribute", "country", "procedure"})
_SHORT = 9  # characters of a turn in which a plain noun is no topic of its own: "什么人才算需要"
_CLAUSE_END = re.compile(r"[，,。;；]")
_CONDITIONAL = re.compile(r"如果|假如|万一|若")
_TOPICS = 2
_HEADLESS = re.compile(
    r"(?P<name>[\u3400-\u9fff]{1,4}?)(?:的(?:那种|那个|那类|话)?|那种|那个|那类)(?=$|[^\s病人])"
)
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
    cued = cued or wording().cue.search(core.strip(_END)) is not None
    if not name or len(name) > _LONGEST[language]:
        return None
    if language == "en" and wording().condition.fullmatch(name) and not _treats(name):
        return _under(last.question, name, language)
    if not _beside_names(core):
        named = things(name)
        if named and not cued and len(name) - sum(m.end - m.start for m in named) > _BESIDE:
            return None  # "R-ISS分期标准" asks by itself
        if not named and (stage := STAGE.search(name)):
            return _staged(last.question, stage.group())
        if named:
            return _with(last.question, named, name, correcting)
        people = tuple(m for m in read(name).mentions if category(m) == "population")
        if not people and SUBJECT & {m.concept for m in read(name).mentions} and cued:
            return _with(last.question, read(name).mentions, name, correcting)
    if cued and _is_unknown(name):
        there = things(last.question)
        bare = re.sub(r"^(?:the|a|an) ", "", name)
        return last.question[: there[0].start] + bare + last.question[there[0].end :] if there else None
    if cued and wording().condition.fullmatch(name) and not INTERROGATIVE.search(name):
        return _under(last.question, name, language)
    return None


def _treats(name: str) -> bool:
    """Whether a turn names a treatment, which stands for another: "for lenalidomide"."""
    return INTERROGATIVE.search(name) is not None or any(category(m) in _FOREMOST for m in things(name))


def _is_unknown(name: str) -> bool:
    """Whether a turn is nothing but a name that the terminology does not have: "the white count"."""
    asked = read(name)
    return not (asked.mentions or asked.attributes or INTERROGATIVE.search(name)) and any(
        not u.is_concept for u in asked.units
    )


def completed(core: str, last: Past) -> str:
    """A turn that leaves out the head of a name, with the head that the last question has.

    "异体的呢" behind 自体移植 is 异体移植呢, "活的那种" behind 流感疫苗 is 活疫苗.
    """
    match = _HEADLESS.match(core)
    if match is None or things(match["name"]):
        return core
    terminology = default_terminology()
    for mention in read(last.question).mentions:
        for size in range(2, len(mention.text)):
            whole = match["name"] + mention.text[-size:]
            found = terminology.mentions(whole)
            if len(found) == 1 and len(found[0].text) == len(whole) and found[0].concept != mention.concept:
                return whole + core[match.end() :]
    return core


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
    return f"{condition}{'，' if _CONDITIONAL.match(condition) else ''}{question}"


def aspect_of_topic(
    text: str, state: ConversationState, language: Language, *, cued: bool = False
) -> str | None:
    """Another question about the topic of the last turn: "副作用呢", "怎么缓解", "how is it given"."""
    core = text.strip(_END)
    cued = cued or (wording().cue.search(core) is not None and not _CLAUSE_END.search(core))
    if things(core) or is_counted(core) or _asks_of_the_disease(core, cued):
        return None
    staged = STAGE.search(core) is not None
    # A stage without its system is one of the system that was spoken of.
    of_a_system = staged and _names_a_system(state.turns[-1].question) and len(core) <= _LONGEST[language]
    if not of_a_system and not _asks(text, language, cued):
        return None
    topics = topics_of(state.turns[-1], language, staged=staged)
    if not topics:
        return None
    if language == "en":
        return f"{' and '.join(topics)}: {core}?"
    if of_a_system:
        return f"{'、'.join(topics)} {core}？"
    asked = read(core)
    noun = any(m.start == 0 and m.concept in wording().aspects for m in asked.mentions)
    joint = "的" if noun or any(a.asks.match(core) for a in asked.attributes if not _VERB.match(core)) else ""
    return f"{'、'.join(topics)}{joint}{core}？"


def _names_a_system(question: str) -> bool:
    return any(category(m) == "staging" for m in things(question))


def _asks_of_the_disease(core: str, cued: bool) -> bool:
    """Whether a turn without a topic is about the disease, which needs none: "能活多久"."""
    asked, data = read(core), wording()
    concepts = {m.concept for m in asked.mentions}
    if SUBJECT & concepts or data.disease.search(core):
        return True
    attributes = [a.name in data.disease_attributes for a in asked.attributes]
    return not cued and bool(concepts & data.of_the_disease or (attributes and all(attributes)))


def _asks(text: str, language: Language, cued: bool) -> bool:
    """Whether a turn that names nothing asks something, and nothing of its own."""
    asked = read(text.strip(_END))
    longest = _LONGEST[language] if cued else _LONGEST_UNCUED[language]
    aspects = {f"c:{concept}" for concept in wording().aspects}
    own = _OWN - {"asked_attribute"} if asked.attributes else _OWN
    named = any(u.is_concept and u.category in own and aspects.isdisjoint(u.exact) for u in asked.units)
    words = [u.category for u in asked.units if not u.is_concept]
    if (
        len(text) > longest
        or len(words) > 1 + cued
        or (not cued and (named or (NOUN in words and len(text) > _SHORT)))
    ):
        return False
    return bool(cued or asked.attributes or asked.forms or INTERROGATIVE.search(text))


def topics_of(last: Past, language: Language, *, staged: bool = False) -> list[str]:
    """What the last turn was about, its drugs, stages and treatments first.

    ``staged``: the new turn names a stage of its own.
    """
    named = things(last.question)
    first = sorted(named, key=lambda m: category(m) not in _FOREMOST)
    texts = (written(m, language) if staged else topic_text(last.question, m, language) for m in first)
    return list(dict.fromkeys(texts))[:_TOPICS]
