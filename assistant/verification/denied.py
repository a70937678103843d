"""What sentence and evidence deny: a denial may be neither added, nor lost, nor moved to another thing."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.verification.atoms import Frame
from assistant.verification.evidence import Evidence
from assistant.verification.markers import retained
from assistant.verification.negation import Denial, affirmed_of, denials, items, only_denied
from assistant.verification.types import Problem


def denied_otherwise(sentence: Frame, evidence: Evidence) -> Iterator[Problem]:
    said = [n for n, _ in items(sentence, 0, len(sentence.lower))]
    ours = list(denials(sentence))
    theirs = [(f, d) for f in evidence.spans for d in denials(f)]
    free = [*(d for _, d in theirs), *denials(evidence.context)]
    for denial in ours:
        match = next((d for d in free if denial.head & d.targets or denial.targets & d.head), None)
        match = match or next((d for d in free if denial.targets & d.targets), None)
        if match:
            free.remove(match)
            continue
        # One denial of the evidence may be told in two clauses, about the same thing.
        alone = sum(d.negator.clause == denial.negator.clause for d in ours) == 1
        if theirs and (not denial.targets or (alone and any(denial.head & d.head for _, d in theirs))):
            continue
        if len(ours) == len(theirs) == 1 and _across(sentence, denial, *theirs[0]):
            continue
        if not any(_same_subject(sentence, denial, f, d) for f, d in theirs):
            yield Problem("negation", sentence.written(denial.negator), "")
    said_of = [key for span in evidence.spans for key in span.concepts if key not in only_denied(span)]
    for span in evidence.spans:
        for key, negator in only_denied(span).items():
            if key not in said_of and affirmed_of(sentence, key):
                yield Problem("negation", "", span.written(negator))
    for span, denial in theirs:
        if not denial.head or any(denial.targets & d.targets for d in ours):
            continue
        if denial.negator.key == "cannot" and "advise:-" in sentence.values:
            continue
        clause = span.clauses[denial.negator.clause]
        rest = frozenset(name for name, _ in items(span, clause.start, clause.end))
        same = span.chinese == sentence.chinese
        if not same and any(_names_of(sentence, o) & _names_of(span, denial) for o in ours):
            continue
        # What is denied in words of the other language cannot be found; its clause can.
        unseen = not same and all(name.startswith("word:") for name in denial.head)
        affirmed = unseen or _affirmed(denial.head, said) or _mostly(denial, said, same)
        if affirmed and retained(rest, frozenset(said), same):
            yield Problem("negation", "", span.written(denial.negator))


def _across(sentence: Frame, denial: Denial, span: Frame, other: Denial) -> bool:
    """Whether the only two denials, in two languages, may be of one thing that no table knows."""
    if span.chinese == sentence.chinese:
        return False
    one, two = _names_of(sentence, denial), _names_of(span, other)
    return bool(one & two) or not one or not two


def _same_subject(sentence: Frame, denial: Denial, span: Frame, other: Denial) -> bool:
    """Two denials in different words ("is not counted", 不属于) about the same named thing."""
    ours, theirs = _names_of(sentence, denial), _names_of(span, other)
    elsewhere = {name for name, at in items(span, 0, len(span.lower)) if at < other.negator.start}
    return bool(ours & theirs) and not denial.head & elsewhere


def _names_of(read: Frame, denial: Denial) -> frozenset[str]:
    clause = read.clauses[denial.negator.clause]
    return frozenset(
        name
        for name, _ in items(read, clause.start, clause.end)
        if name.startswith(("concept:", "code:")) and name != "concept:multiple_myeloma"
    )


def _mostly(denial: Denial, said: list[str], same_language: bool) -> bool:
    """Whether most of what a text denies is affirmed, though not the word behind the negator."""
    named = [t for t in denial.targets if not t.startswith("word:")]
    return same_language and len(named) > 1 and all(name in said for name in named)


def _affirmed(head: frozenset[str], said: list[str]) -> bool:
    return any(name in head for name in said)
