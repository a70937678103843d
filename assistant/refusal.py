"""What is said where the sources do not answer: what was looked for, what can be asked, and whom."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.evidence import Evidence, Scored
from assistant.messages import message
from assistant.question import Question
from assistant.question_units import NOUN
from assistant.subjects import NAMED, is_plain
from assistant.sufficiency import Sufficiency
from assistant.types import Audience, Language, Notice
from ingest.folding import folded_text

_LOOKED_FOR, _TOPICS = 4, 3  # as many as are named
_NEAR = 16  # passages whose sections are near enough to be named


@dataclass(frozen=True, slots=True)
class _Advice:
    """``data/refusal.toml``; ``whom`` holds a name in the messages, attributes and concepts, in order."""

    no_topic: re.Pattern[str]
    whom: tuple[tuple[str, frozenset[str], frozenset[str]], ...]


@cache
def _advice() -> _Advice:
    data = tomllib.loads((files("assistant") / "data" / "refusal.toml").read_text("utf-8"))
    whom = (
        (name, frozenset(table["attributes"]), frozenset(table["concepts"]))
        for name, table in data["whom"].items()
    )
    return _Advice(re.compile("|".join(data["no_topics"])), tuple(whom))


def refusal(evidence: Evidence, sufficiency: Sufficiency, audience: Audience) -> tuple[Notice, ...]:
    """Notices for a question that the sources do not answer; nothing in them is about the matter itself.

    They name what of the question the sources never mention or, where they mention all, what was looked for;
    up to three topics nearest to it that they do tell of; and to patients whom to ask.
    """
    question = evidence.question
    language = question.language
    notices = [Notice("not_in_source", message(language, "not_in_source"))]
    if what := sufficiency.missing or _looked_for(question):
        key = "missing" if sufficiency.missing else "looked_for"
        notices.append(Notice("coverage", message(language, key, what=join(language, what))))
    if topics := _topics(evidence):
        named = join(language, tuple(message(language, "topic", name=name) for name in topics))
        notices.append(Notice("nearest", message(language, "nearest", sections=named)))
    if audience == "patient":
        who = message(language, f"whom_{_whom(question)}")
        notices.append(Notice("whom", message(language, "whom", who=who)))
    return tuple(notices)


def join(language: Language, names: tuple[str, ...]) -> str:
    """Names as a list in running text."""
    return ("、" if language == "zh" else ", ").join(names)


def _looked_for(question: Question) -> tuple[str, ...]:
    """What the question names, as the user wrote it, the disease aside; its nouns where that is nothing."""
    named = [u for u in question.units if u.category in NAMED and not is_plain(u)]
    found = named or [u for u in question.units if u.category == NOUN]
    return tuple(dict.fromkeys(u.text for u in found if not u.text.startswith("s:")))[:_LOOKED_FOR]


def _topics(evidence: Evidence) -> tuple[str, ...]:
    """Titles over the passages that come nearest; with the chapter where several sections share one."""
    near = evidence.ranked[:_NEAR]
    sources = {s.source.id: s.source for s in near}.values()
    titles = Counter(section.title for source in sources for section in source.sections)
    names = dict.fromkeys(_topic(s, titles) for s in near if _tells(s))
    return tuple(name for name in names if name)[:_TOPICS]


def _tells(scored: Scored) -> bool:
    title = folded_text(scored.source.path_of(scored.passage)[-1])
    return scored.passage.kind not in ("meta", "caption") and not _advice().no_topic.search(title)


def _topic(scored: Scored, titles: Counter[str]) -> str:
    path = scored.source.path_of(scored.passage)
    alone = titles[path[-1]] < 2 or len(path) < 2
    return path[-1] if alone else f"{path[-2]} · {path[-1]}"


def _whom(question: Question) -> str:
    """The table of ``data/refusal.toml`` that the question falls under, or ``team``."""
    attributes = {a.name for a in question.attributes}
    concepts = {m.concept for m in question.mentions}
    found = (name for name, a, c in _advice().whom if a & attributes or c & concepts)
    return next(found, "team")
