"""Names: whether the evidence knows a concept that the sentence mentions."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.verification.abbreviations import spelled_by_initials
from assistant.verification.atoms import Atom, Frame
from assistant.verification.evidence import Evidence
from assistant.verification.lexicon import default_lexicon
from assistant.verification.translation import is_translated
from assistant.verification.types import Kind, Problem
from assistant.verification.vocabulary import chromosome_arms, clinical, namesakes
from assistant.verification.words import content
from ingest.folding import folded_text, is_chinese

_KINDS: dict[str, Kind] = {
    "drug": "drug",
    "drug_class": "drug",
    "regimen": "drug",
    "cytogenetics": "gene",
    "target": "gene",
    "staging": "stage",
}
# In these a wider name may stand for a narrower one (浆细胞 for 骨髓浆细胞); drugs, measures and
# outcomes must be the very same: 生存期 is not 无进展生存期.
_MAY_WIDEN = frozenset(
    {"disease", "finding", "cell", "complication", "procedure", "imaging", "adverse_event", "protein"}
)
_STRICT = frozenset({*_KINDS, "outcome", "response"})
# A letter that stands alone tells two names apart: κ and λ, B and T.
_LETTER = re.compile(r"(?<![a-zα-ω])[a-zα-ω](?![a-zα-ω])")
_OPPOSED = frozenset("未无非不低高")
# Myeloma is what every span is about.
_GIVEN = frozenset({"multiple_myeloma", "stage", "response", "prognosis"})


def satisfied(sentence: Frame, atom: Atom, evidence: Evidence) -> bool:
    """Whether the evidence has the concept, by any name, or a narrower one where that is enough."""
    concept, written = atom.key, sentence.lower[atom.start : atom.end]
    if concept in evidence.concepts or concept in _GIVEN:
        return True
    if namesakes().get(folded_text(written), frozenset()) & evidence.concepts:
        return True
    if atom.category == "cytogenetics":
        arms = chromosome_arms(concept)
        return bool(arms) and arms <= evidence.codes
    if _named_inside(concept, atom.category, evidence):
        return True
    if atom.category in _STRICT:
        return False
    if "term:lay" in atom.values and all(char in evidence.written for char in written):
        return True
    if _taken_apart(folded_text(written), evidence) or _translated(written, evidence):
        return True
    if any(
        _spelled_out(folded_text(form), evidence) for form in (written, *clinical().concepts[concept].forms)
    ):
        return True
    return atom.category in _MAY_WIDEN and _widens(concept, evidence)


def _named_inside(concept: str, category: str, evidence: Evidence) -> bool:
    """Whether a form stands in the evidence as a part of other words, but not of a rival name."""
    for form in map(folded_text, clinical().concepts[concept].forms):
        if len(form) < (3 if is_chinese(form[0]) else 6):
            continue
        for read in evidence.frames:
            at = read.lower.find(form)
            if at < 0 or (at and read.lower[at - 1] in _OPPOSED):
                continue
            end = at + len(form)
            if not any(a.start <= at and end <= a.end and a.category == category for a in read.of("concept")):
                return True
    return False


def _translated(written: str, evidence: Evidence) -> bool:
    """Whether the table of general words translates every word of a name into words of the evidence."""
    words = content(written) if not is_chinese(written[0]) else {written}
    return bool(words) and all(is_translated(word, evidence.words, evidence.written) for word in words)


def _taken_apart(form: str, evidence: Evidence) -> bool:
    """Whether the words that a Chinese name is made of (骨 and 病变) are all in the evidence."""
    if not is_chinese(form[0]):
        return False
    at = 0
    parts = sorted(default_lexicon().find(form), key=lambda p: (p[0], -p[1]))
    for start, end, values in parts:
        if start == at and values & evidence.values:
            at = end
    return at == len(form)


def _spelled_out(form: str, evidence: Evidence) -> bool:
    """Whether nearly every word of a form is in the evidence, and none that is missing turns it round."""
    if not frozenset(_LETTER.findall(form)) <= frozenset(_LETTER.findall(evidence.written)):
        return False
    cells = {v for _, _, values in default_lexicon().find(form) for v in values if v.startswith("cell:")}
    if not cells <= evidence.values:
        return False
    words = content(form)
    missing = words - evidence.words
    return bool(words) and len(missing) * 4 <= len(words) and not any(_OPPOSED & set(m) for m in missing)


def _widens(concept: str, evidence: Evidence) -> bool:
    forms = [folded_text(f) for f in clinical().concepts[concept].forms if len(f) > 2]
    for other in evidence.concepts:
        if clinical().concepts[other].category not in _MAY_WIDEN:
            continue
        for narrow in clinical().concepts[other].forms:
            narrow = folded_text(narrow)
            for form in forms:
                if narrow != form and narrow.endswith(form) and not _OPPOSED & set(narrow.removesuffix(form)):
                    return not narrow.removesuffix(form).startswith(("non", "un", "hyper", "hypo"))
    return False


def kind_of_name(category: str) -> Kind:
    """The problem that a wrong name of a category is."""
    return _KINDS.get(category, "concept")


def unknown_names(sentence: Frame, evidence: Evidence) -> list[Problem]:
    """Concepts, symbols and stages of the sentence that the evidence does not have."""
    problems: list[Problem] = []
    for atom in sentence.of("concept"):
        if not satisfied(sentence, atom, evidence):
            problems.append(
                Problem(kind_of_name(atom.category), sentence.written(atom), _rival(atom, evidence))
            )
    for atom in sentence.of("code"):
        known = atom.key in evidence.codes | evidence.arms or atom.key in evidence.written.replace("-", "")
        if not known and not spelled_by_initials(atom.key, evidence.written):
            problems.append(Problem("gene", sentence.written(atom), ""))
    for atom in (*sentence.of("code"), *sentence.of("concept")):
        if _gain_for_loss(sentence, atom, evidence):
            problems.append(Problem("gene", sentence.written(atom), ""))
    return problems + _doubled(sentence) + _stages(sentence, evidence)


# What is said of a chromosome arm, right before or behind it.
_LOST = re.compile(r"(?:del|deletion|loss)(?: of)?[\s(]*ARM|ARM\)?[\s-]*(?:缺失|丢失|del|loss)|(?<!\d)ARM-")
_GAINED = re.compile(r"(?:gain|amp|dup|amplification)(?: of)?[\s(]*ARM|ARM\)?\s*(?:获得|扩增|gain|amp|\+)")


def _gain_for_loss(sentence: Frame, atom: Atom, evidence: Evidence) -> bool:
    """Whether the sentence has an arm lost that the evidence has gained, or the other way round."""
    written = sentence.lower[max(0, atom.start - 16) : atom.end + 8]
    for arm in re.findall(r"(?<!\d)\d{1,2}[pq]", sentence.lower[atom.start : atom.end]):
        ours, theirs = _copies(written, arm), _copies(evidence.written, arm)
        if ours and theirs and not ours & theirs:
            return True
    return False


def _copies(lower: str, arm: str) -> frozenset[str]:
    marked = re.sub(rf"(?<!\d){arm}[\d.]*", "ARM", lower)
    signs = {"lost": _LOST, "gained": _GAINED}
    return frozenset(name for name, pattern in signs.items() if pattern.search(marked))


_JOINED = re.compile(r"\s*(?:and|or|、|和|或|与|及|(?:rather )?than(?: with)?|比)\s*")


def _doubled(sentence: Frame) -> list[Problem]:
    """A name joined to itself stands where another belongs: "isatuximab and isatuximab"."""
    names = sentence.of("concept")
    return [
        Problem(kind_of_name(two.category), sentence.written(two), "")
        for one, two in pairwise(names)
        if one.key == two.key and _JOINED.fullmatch(sentence.lower[one.end : two.start])
    ]


def _rival(atom: Atom, evidence: Evidence) -> str:
    rivals = [c for c in sorted(evidence.concepts) if clinical().concepts[c].category == atom.category]
    return clinical().concepts[rivals[0]].zh if rivals else ""


def _stages(sentence: Frame, evidence: Evidence) -> list[Problem]:
    known = evidence.atoms("stage")
    named = {a.key for a in evidence.atoms("concept") if a.category == "staging"}
    problems: list[Problem] = []
    for atom in sentence.of("stage"):
        fitting = [
            k
            for k in known
            if k.key == atom.key and (k.category == atom.category or not k.category or not atom.category)
        ]
        # A span without a system takes that of its heading; a heading's is then the only one allowed.
        wrong_system = atom.category and named and atom.category not in named
        # "stage III" alone is ambiguous where the evidence knows more than one system.
        ambiguous = not atom.category and len({k.category for k in fitting}) > 1
        if not fitting or wrong_system or ambiguous:
            problems.append(
                Problem("stage", sentence.written(atom), ", ".join(sorted({k.key for k in known})))
            )
    return problems
