"""Which sources a question is answered from, where a work is there in several editions."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.types import Audience, Language
from ingest.types import Source


def readable(
    sources: Iterable[Source], language: Language, audience: Audience = "clinician"
) -> frozenset[str]:
    """Ids of the sources to read for a question in ``language``, asked by ``audience``.

    Of the editions of one work those in the language are read, and another language only where there
    is none; of these those for the audience, and others only where there are none. What is no edition
    of anything (a user's own document) is always read.
    """
    works: dict[str, list[Source]] = {}
    for source in sources:
        works.setdefault(_work(source), []).append(source)
    read: list[str] = []
    for editions in works.values():
        languages = {source.language for source in editions}
        best = language if language in languages else min(languages)
        spoken = [source for source in editions if source.language == best]
        written_for = [source for source in spoken if not source.edition or source.audience == audience]
        read += [source.id for source in written_for or spoken]
    return frozenset(read)


def _work(source: Source) -> str:
    """What the editions of one work share: the id without the edition that it names."""
    if not source.edition:
        return source.id
    return "/".join(part for part in source.id.split("/") if part != source.edition)
