"""What to ask next: headings of the sources near the sections that an answer cites. None is made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from assistant.types import Answer
from ingest.types import Section, Source
from ui.sources.section_html import section_at

_MOST = 3
_LONGEST = {"zh": 24, "en": 56}  # characters of a heading that makes a button

_SHORTEST = {"zh": 6, "en": 14}  # characters of a heading that is understood without the one above it


def follow_ups(answer: Answer, sources: Mapping[str, Source], asked: Iterable[str] = ()) -> tuple[str, ...]:
    """Up to three headings: the parts of a cited section first, then those that follow it.

    Left out: what the answer cites already, what was asked, what has no text of its own, and headings
    that stand more than once ("Key points"), for they say nothing by themselves.
    """
    if answer.status not in ("answered", "partial"):
        return ()
    times = Counter(section.title for source in sources.values() for section in source.sections)
    seen = {heading for citation in answer.citations for heading in citation.section_path} | set(asked)
    found: list[str] = []
    for citation in answer.citations:
        source = sources.get(citation.source_id)
        if source is None or citation.end > len(source.text):
            continue
        near = (s for s in _near(source, section_at(source, citation.start)) if times[s.title] == 1)
        fit = (s for s in near if s.title not in seen and len(s.title) <= _LONGEST.get(source.language, 24))
        section = next(fit, None)  # one from each place, so that three places make three suggestions
        if section is not None:
            found.append(_question(source, section))
            seen |= {section.title, found[-1]}
    return tuple(found[:_MOST])


def _question(source: Source, section: Section) -> str:
    """The heading, behind the one that it stands under where it is too short to be understood alone."""
    if len(section.path) < 2 or len(section.title) >= _SHORTEST.get(source.language, 6):
        return section.title
    return f"{section.path[-2]}{'：' if source.language == 'zh' else ': '}{section.title}"


def _near(source: Source, section: Section) -> Iterator[Section]:
    """Sections inside ``section``, then those behind it under the same heading, then those before it."""
    filled = {passage.section for passage in source.passages}
    inside: list[Section] = []
    behind: list[Section] = []
    before: list[Section] = []
    for number, other in enumerate(source.sections):
        if number not in filled or other.level < 2:
            continue
        if other.path[:-1] == section.path and other.start > section.start:
            inside.append(other)
        elif other.path[:-1] == section.path[:-1] and other.level == section.level:
            (behind if other.start > section.start else before).append(other)
    yield from (*inside, *behind, *before)
