"""A model's text as claims: sentences with the markers they carry, as soon as each is complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.language_model.cleaning import Thoughts, without_fences
from assistant.language_model.formulas import plain
from assistant.language_model.markers import canonical, may_go_on, taken_out
from assistant.language_model.structured import STARTS, lines_of
from ingest.sentences import sentence_spans

_ITEM = re.compile(r"^(\s*)(?:[-*+•·●▪–]|\(?\d{1,2}[.)）、]|[①-⑳])\s*(?=\S)")
_HEADING = re.compile(r"^\s*#{1,6}\s*")
_RULE = re.compile(r"^\s*(?:[-*_=]{3,}|\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?)\s*$")
_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
_OPENING = re.compile(
    r"^\s*(?:答|回答|答案|final answer|answer|response|assistant)\s*[:：]\s*", re.IGNORECASE
)
# A list of references, and what is written under one: nothing that a passage could say.
_APPENDIX = re.compile(
    r"^\W*(?:参考文献|参考资料|参考|文献|引用|引文|来源|资料来源|信息来源|出处|脚注|免责声明|references?|sources?"
    r"|citations?|bibliography|footnotes?|disclaimer)\W*(?:$|[:：])",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"^\s*\[\^?\w{1,8}\]\s*[:：]")
# How such a line begins, read before it is whole.
_MAY_NAME = re.compile(
    r"[*_]*(?:参考|文献|引[用文]|来源|资料来|信息来|出处|脚注|免责|\[\^|\[\w{1,8}\]\s*[:：]|(?:references?|sources?|citations?|bibliography"
    r"|footnotes?|disclaimer)\b)",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"^\s*>+\s?")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, or an item of a list, as the model wrote it.

    ``order`` counts all claims of an answer; ``block`` is the paragraph or list, ``line`` the line inside
    it; ``lead`` is the line that introduces its list, "" where there is none; ``parts`` are the stretches
    that carry markers of their own, where there are several.
    """

    text: str
    markers: tuple[int, ...]
    order: int
    block: int
    line: int
    item: bool = False
    lead: str = ""
    parts: tuple[tuple[str, tuple[int, ...]], ...] = ()


class Claims:
    """Cuts a stream of text into claims.

    >>> claims = Claims()
    >>> [c.text for c in (*claims.feed("贫血常见。【1】骨痛也"), *claims.feed("常见[2]。"), *claims.end())]
    ['贫血常见。', '骨痛也常见。']
    """

    def __init__(self, after: Claim | None = None) -> None:
        """``after``: the last claim of what was written before, which this goes on from."""
        self._thoughts = Thoughts()
        self._rest = ""  # of the line that is not complete
        self._begun = False  # whether a claim of that line has been given out
        self._structured: str | None = None  # JSON is read at its end only
        self._order = self._first = after.order + 1 if after else 0
        self._block = after.block + 1 if after else 0
        self._line = after.line + 1 if after else 0
        self._item = False
        self._lead, self._lead_markers = "", ()  # type: str, tuple[int, ...]
        self._appendix = False
        self.restarted = False

    def feed(self, text: str) -> Iterator[Claim]:
        """The claims that ``text`` completes; after ``restarted`` all that came before are void."""
        shown = self._thoughts.feed(text)
        self.restarted = self._thoughts.restarted
        if self.restarted:
            self._rest, self._begun, self._structured = "", False, None
        yield from self._fed(shown)

    def end(self) -> Iterator[Claim]:
        """The claims that the end of the text completes."""
        yield from self._fed(self._thoughts.end())
        if self._structured is not None:
            text, self._structured = self._structured, None
            for line in lines_of(text):
                yield from self._read_line(line)
        else:
            yield from self._read_line(self._rest)
            self._rest = ""

    def cut(self) -> Iterator[Claim]:
        """What is complete where the limit of tokens broke the text off: all but its last sentence."""
        if self._structured is None:
            self._rest += self._thoughts.end()
            yield from self._read_ahead()

    def _fed(self, text: str) -> Iterator[Claim]:
        if self._structured is not None:
            self._structured += text
            return
        self._rest += text
        if self._order == self._first and not self._begun:
            start = without_fences(self._rest).lstrip() if "\n" in self._rest else self._rest.lstrip()
            if start.startswith(STARTS):
                self._structured, self._rest = start, ""
                return
        while "\n" in self._rest:
            line, self._rest = self._rest.split("\n", 1)
            yield from self._read_line(line)
        if text and any(mark in text for mark in "。！？!?.；]】］ "):
            yield from self._read_ahead()

    def _read_ahead(self) -> Iterator[Claim]:
        """Sentences of the unfinished line behind which another has begun."""
        start = self._rest.lstrip()
        whole = start.startswith(("#", "|", ">", "`")) or self._appendix or _MAY_NAME.match(start)
        if not self._begun and whole:
            return
        text = canonical(self._rest)
        done = 0
        for (_, end), (_, following) in pairwise(sentence_spans(text)):
            # The last sentence but one may still get a marker, when what follows is the beginning of one.
            if following == len(text) and may_go_on(text[end:]):
                break
            yield from self._claims_of(text[done:end])
            done = end
        self._rest = text[done:]

    def _read_line(self, line: str) -> Iterator[Claim]:
        begun, self._begun = self._begun, False
        line = _QUOTES.sub("", without_fences(line))
        if not begun and self._is_appendix(line):
            return
        if not line.strip():
            if not begun and not self._item:
                self._block += 1
            return
        if not begun:
            if _RULE.match(line):
                return
            if heading := _HEADING.match(line):
                self._lead, self._lead_markers = "", ()
                self._set_lead(line[heading.end() :].rstrip("：: "))
                return
        text = canonical(line)
        if not begun and (row := _ROW.match(text)):
            cells = [cell.strip() for cell in row.group(1).split("|") if cell.strip()]
            text = "- " + "；".join(cells).replace("；", "：", 1)
        self._begun = begun
        for start, end in sentence_spans(text):
            yield from self._claims_of(text[start:end])
        self._begun = False
        self._line += 1

    def _is_appendix(self, line: str) -> bool:
        """Whether a line names literature: from its heading on to the next heading."""
        if _APPENDIX.match(line):
            self._appendix = True
        elif line.lstrip().startswith("#"):
            self._appendix = False
        return self._appendix or bool(_DEFINITION.match(line))

    def _claims_of(self, raw: str) -> Iterator[Claim]:
        if not self._begun:
            self._open_line(raw)
            raw = _OPENING.sub("", _ITEM.sub("", raw))
            self._begun = True
        marked = taken_out(plain(raw))
        text = marked.text
        if text.endswith(("：", ":")) and len(text) > 1:
            self._set_lead(text.rstrip("：: "), marked.numbers)
            return
        if not any(char.isalnum() for char in text):
            return
        markers = marked.numbers or (self._lead_markers if self._item else ())
        lead = self._lead if self._item else ""
        parts = marked.parts if len(marked.parts) > 1 else ()
        yield Claim(text, markers, self._order, self._block, self._line, self._item, lead, parts)
        self._order += 1

    def _open_line(self, raw: str) -> None:
        item = bool(_ITEM.match(raw))
        if not item or not self._item:
            self._block += 1
            if not item:
                self._lead, self._lead_markers = "", ()
        self._item = item

    def _set_lead(self, text: str, markers: tuple[int, ...] = ()) -> None:
        marked = taken_out(plain(canonical(text)))
        self._lead, self._lead_markers = marked.text, markers or marked.numbers
