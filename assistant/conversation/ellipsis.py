"""Turns that ask another question about the topic of the last one: "副作用呢", "怎么缓解"."""

from __future__ import annotations

import re

from assistant.conversation.pointing import is_counted
from assistant.conversation.state import ConversationState, Past
from assistant.conversation.topics import BACK, aspect_named, topic_of
from assistant.conversation.wording import STAGE, category, plays, read, things, wording
from assistant.question_units import INTERROGATIVE, NOUN, SUBJECT
from assistant.types import Language

_END = " \n\t?？。.!！,，"
_LONGEST: dict[Language, int] = {"zh": 22, "en": 60}  # characters of a turn that leaves out its topic
_LONGEST_UNCUED: dict[Language, int] = {"zh": 13, "en": 42}  # where no word ties it to the last one
_VERB = re.compile(
    r"怎|如何|能|可以|会|要|是|有|需|多|为|什么|哪|几|还|吃|打|用|持续|占|维持|恢复|缓解|开始|查|做|给|常见|严重"
)
# Categories by which a turn names something of its own, though nothing that a conversation is about.
_OWN = frozenset({"anatomy", "asked_attribute", "country", "procedure"})
_SHORT = 9  # characters of a turn in which a plain noun is no topic of its own: "什么人才算需要"
_CLAUSE_END = re.compile(r"[，,。;；]")
_ASKED_OF_IT = re.compile(r"(?:怎么|如何)(?:办|治|处理|预防|缓解|应对)|严重吗|多吗|常见吗|能恢复|会好|可逆")
_ARTICLES = re.compile(r"^(?:any |the |its |their |and )+", re.IGNORECASE)


def aspect_of_topic(
    text: str, state: ConversationState, language: Language, *, cued: bool = False
) -> str | None:
    """Such a turn with its topic; None where it has one of its own."""
    core, last = text.strip(_END), state.turns[-1]
    cued = cued or (wording().cue.search(core) is not None and not _CLAUSE_END.search(core))
    if language == "zh" and (there := _in_that_country(core, last)):
        return there
    if things(core) or is_counted(core) or asks_of_the_disease(core, cued, last):
        return None
    staged = STAGE.search(core) is not None
    # A stage without its system is one of the system that was spoken of.
    systems = (past for past in reversed(state.turns[-BACK:]) if _names_a_system(past.question))
    system = next(systems, None) if staged and len(core) <= _LONGEST[language] else None
    of_a_system = system is not None
    if not of_a_system and not _asks(text, language, cued):
        return None
    topic = topic_of(system or last, language, staged=staged)
    if not topic:
        return None
    if language == "en":
        return _asked_in_english(core, topic)
    if of_a_system:
        return f"{topic} {core}？"
    if _ASKED_OF_IT.search(core) and (aspect := aspect_named(last)) and aspect not in topic:
        return f"{topic}的{aspect}{core}？"
    noun = opens_with_aspect(core)
    if noun and not INTERROGATIVE.search(bare := core.rstrip("呢")):
        only = next((m.concept for m in read(core).mentions if m.text == bare), "")
        predicate = wording().predicates.get(only, "")
        # "有哪些副作用" is how it is asked.
        return f"{topic}{predicate}{bare}？" if predicate == "有哪些" else f"{topic}的{bare}{predicate}？"
    return f"{topic}{'的' if noun else ''}{core}？"


def _in_that_country(core: str, last: Past) -> str:
    """How many, asked in the country of the last turn: "死的有多少"."""
    asked, country = read(core), [m for m in read(last.question).mentions if category(m) == "country"]
    counts = any(a.name == "percentage" for a in asked.attributes) or "number" in asked.forms
    own = things(core) or any(category(m) == "country" for m in asked.mentions)
    if not country or own or not counts or len(core) > _LONGEST_UNCUED["zh"]:
        return ""
    concepts = {m.concept for m in asked.mentions}
    return f"{country[0].text}{core}？" if concepts & wording().of_the_disease else ""


def opens_with_aspect(core: str) -> bool:
    """Whether a turn begins with what it asks of its topic: "副作用", "剂量怎么给"."""
    asked = read(core)
    first = any(m.start == 0 and m.concept in wording().aspects for m in asked.mentions)
    return not _VERB.match(core) and (first or any(a.asks.match(core) for a in asked.attributes))


def _asked_in_english(core: str, topic: str) -> str:
    """ "side effects" → "What are the side effects of …?"; a clause keeps its words."""
    noun = _ARTICLES.sub("", core)
    if any(m.text == noun for m in read(noun).mentions):
        return f"What {'are' if noun.endswith('s') else 'is'} the {noun} of {topic}?"
    if INTERROGATIVE.match(core) and core.count(" ") > 1:
        return f"{core[0].upper()}{core[1:]} with {topic}?"
    return f"{topic}: {core}?"


def _names_a_system(question: str) -> bool:
    return any(category(m) == "staging" for m in things(question))


def asks_of_the_disease(core: str, cued: bool, last: Past) -> bool:
    """Whether a turn without a topic is about the disease, which needs none: "能活多久"."""
    asked, data = read(core), wording()
    concepts = {m.concept for m in asked.mentions}
    if SUBJECT & concepts or data.disease.search(core):
        return True
    names = {a.name for a in asked.attributes}
    matters, attributes = concepts & data.of_the_disease, names & data.disease_attributes
    if cued or (not matters and (not names or attributes != names)):
        return False
    return not _asks_of_the_last(matters | attributes, core, last)


def _asks_of_the_last(asked: set[str], core: str, last: Past) -> bool:
    """Whether what is asked of the disease is here asked of a stage, a variety or a complication of it."""
    data, named = wording(), things(last.question)
    if data.personal.search(core):
        return False
    variety = data.of_a_variety if any(plays(m, "variety") for m in named) else frozenset()
    found = any(plays(m, "condition") or plays(m, "measured") for m in named)
    condition = data.of_a_condition if found else frozenset()
    return asked <= variety | condition


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
        or (NOUN in words and _CLAUSE_END.search(text))
        or (not cued and (named or (NOUN in words and len(text) > _SHORT)))
    ):
        return False
    return bool(cued or asked.attributes or asked.forms or INTERROGATIVE.search(text))
