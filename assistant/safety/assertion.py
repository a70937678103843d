"""Whether a sign is told of somebody now, or denied, past, supposed, or only spoken about."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.safety.asked_about import asks_of_the_sign, asks_what_it_is, asks_whether_it_brings
from assistant.safety.lexicon import red
from assistant.safety.normal import Sentence
from assistant.safety.only_named import LASTING, asks_why_often, former, prevented, unchanged
from assistant.safety.types import Hit, SignHit

_LIST = re.compile(r"(?:[^，。,;]{1,8}(?:、|和|或|及|与|以及|/))+[^，。、]{0,3}")
_FILLERS = re.compile(r"[再出现发生什么任何明显的过特别太很觉得感到有啥怎伴诉显著地新双流想过]{0,6}")
_WHETHER, _LATIN_WHETHER = 8, 50  # characters between "whether" and what is asked about
_ROW = 6  # characters of signs in a row that a Chinese denial reaches over
_LATIN_LIST = 70  # characters that an English denial reaches ("no fever, chills or leg weakness")
_ENGLISH_BREAK = re.compile(r"[.;!?]|\b(?:but|he|she|i|my|his|her|and (?:he|she|i|my|now))\b")
_PERSON = frozenset({"self", "kin", "case"})
_ANCHORS = frozenset({"recent", "onset", "temp_high", "temp_low"})
_HAPPENED = re.compile(
    r"了|\b(?:\w+ed|fell|lost|went|got|became|had|has|woke|broke|felt|is|are|was|were|\w+ing)\b"
)
# What was asked about is told behind it of somebody: "a side effect? I've had it since noon".
_HAS_IT = re.compile(
    r"\b(?:had|having|getting|got) (?:it|this|that) (?:since|for|now|all|today|this|right)\b"
    r"|\bit (?:started|began|came on) |(?:现在|今天|刚才|已经)(?:就是|也是|也|就)?(?:这样|这个样子)"
)
_WOULD_IT = re.compile(r"会不会|会否|是否会")
# "I wonder if my leg is swollen from a clot": the leg is swollen.
_WONDERS = re.compile(r"\b(?:wonder\w*|know|see|ask\w*|tell|sure|check)\s*$")
Standing = Literal["present", "denied", "mentioned"]


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the conversation around a sentence."""

    personal: bool  # somebody in particular is spoken of, here or in an earlier message
    fiction: bool  # the message is about a text, an exam or a made-up case
    waiting: bool = False  # somewhere in it somebody asks whether it can wait
    began: int = -1  # where the last word stands that says when something began


def standing(sign: SignHit, sentence: Sentence, hits: Sequence[Hit], text: str, told: Told) -> Standing:
    """How the sign stands: present, denied, or only mentioned (past, supposed, general)."""
    scope = _Scope(sign, sentence, hits, text, told)
    if scope.denied():
        return "denied"
    return "present" if scope.present() else "mentioned"


class _Scope:
    def __init__(self, sign: SignHit, sentence: Sentence, hits: Sequence[Hit], text: str, told: Told) -> None:
        self.sign, self.sentence, self.text, self.told = sign, sentence, text, told
        inside = (h for h in hits if sign.start <= h.start and h.end <= sign.end)
        own = {h for h in inside if h.family not in _CUES}
        self.hits = [h for h in hits if h not in own]
        self.clause = sentence.clause_of(sign.last)
        self.anchored = self._in_clause({"recent", "onset", "temp_high", "temp_low"})
        self.personal = self._in_clause(_PERSON)

    def present(self) -> bool:
        if self._whether():
            return False
        if self._in_sentence({"fiction"}) or (self.told.fiction and not (self.personal and self.anchored)):
            return False
        if self._past() or any(
            only(self.sign, self.hits, self.text) for only in (prevented, former, unchanged)
        ):
            return False
        if asks_why_often(self.hits) and not (self.anchored or self._in_sentence(_PERSON)):
            return False
        if self.sign.sign in red().direct:
            # The name on a leaflet is nobody's wish.
            return not self.sign.formal or (self.told.personal and not self._hearsay())
        if self.told.personal and _HAS_IT.search(self.text, self.clause[1]):
            return True
        if self._supposed() or self._hearsay() or self._asked_about():
            return False
        sentence_anchored = self._in_sentence({"recent", "onset", "temp_high", "temp_low"})
        sentence_personal = self._in_sentence(_PERSON)
        if self._in_sentence({"general"}):
            # "I", a student, may ask for a name; whoever has a father with it speaks of somebody.
            of_somebody = self._in_sentence({"kin", "case"}) if self.sign.formal else sentence_personal
            if not (of_somebody or self.anchored or (sentence_anchored and not self._generic())):
                return False
        # Whoever asks whether it can wait has somebody who waits.
        of_somebody = sentence_personal or sentence_anchored or self.told.waiting
        if self._generic() and not of_somebody:
            return False
        return not self.sign.formal or of_somebody or self.told.personal

    # --- the parts ---
    def _in_clause(self, families: Collection[str]) -> bool:
        start, end = self.clause
        return any(h.family in families and start <= h.start < end for h in self.hits)

    def _in_sentence(self, families: Collection[str]) -> bool:
        return any(h.family in families for h in self.hits)

    def _generic(self) -> bool:
        return self._in_sentence({"generic"}) and not self._in_sentence(_PERSON)

    def denied(self) -> bool:
        for hit in self.hits:
            if hit.family == "negator" and hit.end <= self.sign.last:
                if hit.start >= self.sign.start:
                    # "the legs are not numb": right before the last word of the sign, and no part of it
                    if self.sign.last - hit.end <= 3 and not self._belongs(hit):
                        return True
                elif self._reaches(hit):
                    return True
            elif hit.family == "normal" and 0 <= hit.start - self.sign.end <= 2:
                return True
        return self._listed_after_denial()

    def _belongs(self, negator: Hit) -> bool:
        """Whether a denial is what the sign consists of ("no urine")."""
        return self.sign.sign == "no_urine" and any(
            h.family == "little" and h.start == negator.start for h in self.hits
        )

    def _reaches(self, negator: Hit) -> bool:
        gap = self.text[negator.end : self.sign.start]
        if any(h.family == "breaker" and negator.end <= h.start < self.sign.start for h in self.hits):
            return False
        if self.text[negator.start].isascii():
            return len(gap) <= _LATIN_LIST and not _ENGLISH_BREAK.search(gap)
        return bool(_FILLERS.fullmatch(gap) or _LIST.fullmatch(gap)) or self._in_row(negator, gap)

    def _in_row(self, negator: Hit, gap: str) -> bool:
        """Whether only other signs stand between it and its denial ("没有腰痛腿麻", "没头晕心慌")."""
        parts = [h for h in self.hits if negator.end <= h.start < self.sign.start and h.family not in _CUES]
        told = {position for h in parts for position in range(h.start, h.end)}
        return len(gap) <= _ROW and told == set(range(negator.end, self.sign.start))

    def _listed_after_denial(self) -> bool:
        """Whether the clause is only the sign and goes on with a denial ("没有发热，咳嗽，胸痛")."""
        start, end = self.clause
        bare = self.text[start:end].strip(" ，,。.、")
        if bare != self.text[self.sign.start : self.sign.end]:
            return False
        clauses = self.sentence.clauses
        position = clauses.index(self.clause)
        before = clauses[position - 1] if position else None
        return before is not None and any(
            h.family == "negator" and before[0] <= h.start < before[0] + 4 and before[1] - h.end <= 8
            for h in self.hits
        )

    def _whether(self) -> bool:
        return any(
            h.family == "whether"
            and 0 <= self.sign.start - h.end <= (_LATIN_WHETHER if self.text[h.start].isascii() else _WHETHER)
            for h in self.hits
        )

    def _supposed(self) -> bool:
        if self._planned():
            return True
        if self.anchored and self.personal:
            return False
        if self._in_clause({"limit"}) and (self._in_sentence({"consequence"}) or not self.personal):
            return not self.anchored
        if self._in_clause({"risk_of"}) and not self.anchored:
            return True
        if asks_what_it_is(self.sign, self.text, self.clause):
            return False
        start, end = self.clause
        for hit in self.hits:
            if hit.family == "modal" and start <= hit.start < self.sign.start and not self.anchored:
                return True
            if hit.family == "hypothesis" and hit.start < self.sign.start:
                if start <= hit.start:
                    return not self._recently()
                if not (self.anchored or self.personal):
                    return True
            if hit.family == "hypothesis" and start <= hit.start < end and self._is_suffix(hit):
                return not self._recently()
        return False

    def _planned(self) -> bool:
        """Whether it is supposed to come about suddenly: "if his legs suddenly go weak", "会不会突然瘫了"."""
        start, end = self.clause
        anchors = {h.family for h in self.hits if start <= h.start < end} & _ANCHORS
        if anchors != {"onset"} or self.told.began >= end:
            return False
        if _WOULD_IT.search(self.text, start, self.sign.start):
            return True
        if _HAPPENED.search(self.text, start, end):
            return False
        return any(
            h.family == "hypothesis"
            and start <= h.start < self.sign.start
            and not _WONDERS.search(self.text, max(0, h.start - 12), h.start)
            for h in self.hits
        )

    def _recently(self) -> bool:
        """Whether the clause says when, and not only at what time of any day ("万一半夜发烧")."""
        start, end = self.clause
        nights = [h for h in self.hits if h.family == "any_night"]
        return any(
            h.family == "recent"
            and start <= h.start < end
            and not any(n.start < h.end and h.start < n.end for n in nights)
            for h in self.hits
        )

    def _is_suffix(self, hit: Hit) -> bool:
        """Whether it supposes what stands before it ("发烧的话", "体温到多少度")."""
        return self.text.startswith(("的话", "多少度", "几度"), hit.start)

    def _past(self) -> bool:
        if self._in_sentence({"chronic"}) and not self._begun():
            return True
        if self._in_sentence({"past"}) and self._resolved_after(frozenset()):
            return True
        past = [h for h in self.hits if h.family == "past" and h.start < self.sign.start]
        end = self.clause[1]
        recent = self._in_clause({"recent"})
        after = [h for h in self.hits if h.family == "past" and self.sign.end <= h.start < end]
        if (past or after) and not recent:
            last = past[-1].start if past else after[0].start
            return not any(h.family == "recent" and last < h.start < self.sign.start for h in self.hits)
        if self._in_sentence({"again"}):
            return False
        return self._resolved_after(frozenset({"recent", "onset"}))

    def _begun(self) -> bool:
        """Whether the clause tells of a beginning; "since" alone may be long ago."""
        start, end = self.clause
        return any(
            h.family in ("recent", "onset", "temp_high", "temp_low")
            and start <= h.start < end
            and self.text[h.start : h.end] != "since"
            for h in self.hits
        )

    def _resolved_after(self, unless: Collection[str]) -> bool:
        """Whether it is said to be over, with no word of ``unless`` before that."""
        return any(
            hit.family == "resolved"
            and hit.start >= self.sign.end - 2
            and not any(h.family in unless and h.start < hit.start for h in self.hits)
            for hit in self.hits
        )

    def _asked_about(self) -> bool:
        """Whether a question supposes it or asks what it is, and nothing behind that tells when it began."""
        if self.told.waiting or self.told.began >= self.sentence.end:
            return False
        of_somebody = self.told.personal or self._in_sentence({"recent", "onset", "temp_high", "temp_low"})
        lasting = self.sign.sign in LASTING
        if not of_somebody and asks_of_the_sign(self.sign, self.text, self.clause, lasting):
            return True
        return asks_whether_it_brings(self.sign, self.sentence, self.hits, self.text, _PERSON)

    def _hearsay(self) -> bool:
        if self.anchored and self.personal:
            return False
        if self._in_sentence({"of_others"}):
            return True
        return any(h.family == "hearsay" and h.start < self.sign.start for h in self.hits)


# Cues that may stand inside a sign ("the legs are not numb").
_CUES = frozenset(
    {"negator", "little", "whether", "recent", "onset", "temp_high", "temp_low", "past", "self", "kin"}
    | {"will"}
)
