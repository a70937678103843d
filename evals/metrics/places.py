"""Where an answer looks: does it cite the section, and the very span, that gold names?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.answers.stored import Retrieved
from evals.gold.matching import along
from evals.metrics.base import Exhibit, Score
from evals.metrics.retrieval import covers


def place_scores(exhibit: Exhibit) -> Iterator[Score]:
    """1 or 0; a refusal has cited nothing."""
    question, cited = exhibit.question, () if exhibit.silent else exhibit.answer.citations
    if question.sections and (exhibit.silent or any(c.section_path for c in cited)):
        # Gold may begin with the chapter, which is the title of the document.
        titles = {
            c.source_id: exhibit.corpus[c.source_id].title for c in cited if c.source_id in exhibit.corpus
        }
        paths = [(titles.get(c.source_id, ""), *c.section_path) for c in cited]
        right = any(along(want, path) for want in question.sections for path in paths)
        yield Score("section_cited", float(right))
    if question.evidence:
        items = [Retrieved(c.quote, c.source_id, c.start, c.end) for c in cited]
        right = any(covers(item, span) for item in items for span in question.evidence)
        yield Score("evidence_cited", float(right))
