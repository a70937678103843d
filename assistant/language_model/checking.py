"""Whether a claim may be shown: what its passages say, and what is asked of a model besides."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.language_model.claims import Claim
from assistant.language_model.closeness import is_close
from assistant.language_model.passages import Numbered, Passages
from assistant.language_model.support import NO_CONDITION, supported
from assistant.language_model.trace import Reason
from assistant.question import language_of
from assistant.staging.result import StagingResult
from assistant.types import Language
from assistant.verification.frames import frame

_LINK = re.compile(
    r"https?:|www\.|!?\[[^\]]*\]\(|\[[^\]]*[^\W\d_][^\]]*\]|</?[a-z!][^>]*>|\bdoi\b|data:|javascript:",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\"|《[^》]*》")
_OF_PROMPT = re.compile(
    r"系统提示|提示词|忽略(?:以上|之前|前面|上述)|(?:以上|前面|上述)(?:的)?指令|作为(?:一个)?(?:AI|人工智能|语言模型)"
    r"|system prompt|ignore (?:all |the )?(?:previous|above|prior)|previous instructions|as an ai\b"
    r"|language model",
    re.IGNORECASE,
)
# Of whom a sentence speaks when it stages somebody.
_CASE = re.compile(
    r"您|你|(?:该|本|这位|此|这个)(?:例|名|位)?(?:患者|病人|病例)|本例|患者(?:目前|现在)?(?:属于|处于|为|是|应为|可判)"
    r"|\b(?:your?|this patient|the patient(?:'s)?|this case)\b",
    re.IGNORECASE,
)
# What cannot be read for sure: a lost character, a number torn in two, a raised digit at one that is no ten.
_GARBLED = re.compile(r"\ufffd|\d[ \u00a0]\d|(?<=\d)(?<!(?<![\d.])10)[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_LONGEST = 800  # characters of a sentence; a longer one is none
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs"})


@dataclass(frozen=True, slots=True)
class Checked:
    """``reason`` is None when the claim stands; ``cited`` are then the passages that support it, ``lead``
    whether its lead-in may stand above it. ``ms``: what the verification took."""

    reason: Reason | None
    detail: str = ""
    cited: tuple[Numbered, ...] = ()
    lead: str = ""
    ms: float = 0.0


def visible(text: str) -> str:
    """``text`` without characters that are not seen."""
    return "".join(char for char in text if unicodedata.category(char) not in _HIDDEN)


def instructs(text: str) -> bool:
    """Whether a text speaks to a model or of its prompt, instead of the subject."""
    return bool(_OF_PROMPT.search(text))


def check(
    claim: Claim,
    markers: Sequence[int],
    passages: Passages,
    language: Language,
    results: Sequence[StagingResult] = (),
    personal: bool = False,
    free: bool = True,
) -> Checked:
    """Check a claim against the passages that ``markers`` name.

    Those that support it alone are cited; all of them where it takes them together. ``results`` are what
    tools found for this patient; ``personal``: the message gives values of one, so that a stage without its
    criterion is theirs; ``free``: a claim that stands may be far from the wording of its passages.
    """
    if not markers:
        return Checked("uncited")
    found = [passages.get(number) for number in markers]
    cited = tuple(passage for passage in found if passage is not None)
    if len(cited) < len(found):
        return Checked("marker", ", ".join(str(n) for n in markers if passages.get(n) is None))
    if problem := _of_form(claim, language):
        return Checked(problem)
    if detail := _staged_otherwise(claim, results, personal):
        return Checked("stage", detail)
    started = time.perf_counter()
    checked = _in_parts(claim, passages, language) if claim.parts else _checked(claim, cited, language)
    if checked.reason is None and not free:
        whole = f"{checked.lead} {claim.text}"
        if not is_close(whole, [p.said for p in checked.cited]):
            checked = Checked("wording")
    return replace(checked, ms=(time.perf_counter() - started) * 1000)


def _of_form(claim: Claim, language: Language) -> Reason | None:
    if len(claim.text) + len(claim.lead) > _LONGEST:
        return "unsupported"
    if _LINK.search(claim.text) or _LINK.search(claim.lead):
        return "link"
    if instructs(claim.text):
        return "instruction"
    whole = f"{claim.lead}{claim.text}"
    if _GARBLED.search(claim.text) or _GARBLED.search(claim.lead):
        return "unsupported"
    said = _QUOTED.sub("", whole)
    if any(char.isalpha() for char in said) and language_of(said) != language:
        return "language"
    return None


def _staged_otherwise(claim: Claim, results: Sequence[StagingResult], personal: bool) -> str:
    """The stage that a claim gives a patient when no tool found it; "" when there is none."""
    whole = f"{claim.lead} {claim.text}"
    read = frame(whole)
    if not _CASE.search(whole) and not (personal and not read.of("quantity")):
        return ""
    for stage in read.of("stage"):
        same = [r for r in results if not stage.category or stage.category == r.system.replace("-", "")]
        if not any(r.stage == stage.key for r in same):
            return read.written(stage)
    return ""


def _in_parts(claim: Claim, passages: Passages, language: Language) -> Checked:
    """Check a sentence of which each part cites its own passages: each has to stand on these."""
    cited: dict[Numbered, None] = {}
    lead = claim.lead
    for text, markers in claim.parts:
        own = tuple(passage for number in markers if (passage := passages.get(number)) is not None)
        checked = _checked(replace(claim, text=text.strip(), lead=lead), own, language)
        if checked.reason is not None and checked.detail.startswith(NO_CONDITION):
            # What one part says under a condition may hold for the next one, too.
            every = [passages.get(number) for number in claim.markers]
            return _checked(claim, tuple(p for p in every if p is not None), language)
        if checked.reason is not None:
            return checked
        lead = checked.lead
        cited |= dict.fromkeys(checked.cited)
    return Checked(None, "", tuple(cited), lead)


def _checked(claim: Claim, cited: tuple[Numbered, ...], language: Language) -> Checked:
    stands = supported(claim.text, claim.lead, cited, language)
    return Checked("unsupported" if stands.problem else None, stands.problem, stands.cited, stands.lead)
