"""Does each sentence say what it cites? Claim support, and citation recall and precision after ALCE.

ALCE (princeton-nlp/ALCE ``eval.py``): a sentence with citations K (the first three) has recall 1 if all of
K together support it, else 0; a citation counts as precise if the sentence has recall 1 and it is not so
that it alone does not support it while the others do. Support is judged offline by
``assistant.verification`` (verbatim, then numbers, units, negations, names, conditions, coverage). Unlike
the original, every line is read, "[1,2]" is two citations, and Chinese sentences are sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.verification import verify
from evals.answers.claims import claims_of
from evals.answers.stored import Quoted, Said
from evals.gold.corpus import Corpus
from evals.metrics.base import Exhibit, Score

_KEPT = 3
_REFERENCE_MARK = re.compile(r"[（(]\s*(\d{1,3}(?:\s*[,，、–-]\s*\d{1,3})*)\s*[)）]")
_RETRIEVED = 5  # how much of what was retrieved may support a sentence that cites nothing


@dataclass(frozen=True, slots=True)
class SentenceVerdict:
    """One sentence: whether what it cites supports it, why not, and which of its citations are precise.

    ``grounded`` is ``supported``, or for a sentence without citations whether anything retrieved says it.
    """

    text: str
    citations: tuple[int, ...]
    supported: bool
    grounded: bool
    reason: str
    precise: tuple[bool, ...]


def sentences(exhibit: Exhibit) -> tuple[SentenceVerdict, ...]:
    """A verdict on each sentence of an answer; none for a refusal."""
    if exhibit.silent:
        return ()
    cited = exhibit.answer.cited
    return tuple(_verdict(claim, cited, exhibit) for claim in claims_of(exhibit.answer))


def _verdict(claim: Said, cited: Mapping[int, Quoted], exhibit: Exhibit) -> SentenceVerdict:
    marks = claim.citations[:_KEPT]
    if not marks:
        grounded = any(
            not _problem(claim.text, [Quoted(0, r.text, r.source_id, r.start, r.end)])
            for r in exhibit.answer.retrieved[:_RETRIEVED]
        )
        return SentenceVerdict(claim.text, (), False, grounded, "cites nothing", ())
    unknown = [n for n in marks if n not in cited]
    if unknown:
        reason = f"[{unknown[0]}] stands for nothing"
        return SentenceVerdict(claim.text, marks, False, False, reason, tuple(False for _ in marks))
    spans = [cited[n] for n in marks]
    for span in spans:
        if not resolves(span, exhibit.corpus):
            reason = f"[{span.marker}] is not in its source"
            return SentenceVerdict(claim.text, marks, False, False, reason, tuple(False for _ in marks))
    reason = _problem(claim.text, spans)
    precise = tuple(not reason and not _needless(claim.text, spans, i) for i in range(len(spans)))
    return SentenceVerdict(claim.text, marks, not reason, not reason, reason, precise)


def _needless(text: str, spans: Sequence[Quoted], i: int) -> bool:
    others = [span for j, span in enumerate(spans) if j != i]
    return bool(others) and bool(_problem(text, [spans[i]])) and not _problem(text, others)


def _problem(text: str, spans: Sequence[Quoted]) -> str:
    """Why the spans together do not support a sentence; "" where they do."""
    context = "\n".join(dict.fromkeys(span.context for span in spans if span.context))
    marks = {int(n) for s in spans for m in _REFERENCE_MARK.findall(s.quote) for n in re.findall(r"\d+", m)}
    verdict = verify(text, [span.quote for span in spans], context, marks)
    return "; ".join(
        f"{p.kind}: {p.found or 'missing'}" + (f" (source: {p.expected})" if p.expected else "")
        for p in verdict.problems[:3]
    )


def resolves(span: Quoted, corpus: Corpus) -> bool:
    """Whether a citation is real: its source exists and has these words at this place.

    Citations by words alone cannot be checked and pass.
    """
    if not span.source_id or not corpus:
        return True
    document = corpus.get(span.source_id)
    return document is not None and document.text[span.start : span.end] == span.quote


def support_scores(verdicts: Sequence[SentenceVerdict], exhibit: Exhibit) -> Iterator[Score]:
    """Shares over the sentences and over the citations of one answer."""
    if exhibit.silent or not verdicts:
        return
    bad = next((v for v in verdicts if not v.grounded), None)
    reason = f"{bad.text[:60]}: {bad.reason}" if bad else ""
    yield Score("claim_support", sum(v.grounded for v in verdicts) / len(verdicts), reason)
    bad = next((v for v in verdicts if not v.supported), None)
    reason = f"{bad.text[:60]}: {bad.reason}" if bad else ""
    yield Score("citation_recall", sum(v.supported for v in verdicts) / len(verdicts), reason)
    precise = [p for v in verdicts for p in v.precise]
    yield Score("citation_precision", sum(precise) / len(precise) if precise else 0.0)
    if exhibit.answer.citations:
        real = [resolves(c, exhibit.corpus) for c in exhibit.answer.citations]
        yield Score("citations_real", sum(real) / len(real))
