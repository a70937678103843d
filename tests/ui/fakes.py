"""A small document, an assistant that answers from it by rule, and ways to use the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from streamlit.testing.v1 import AppTest

from assistant.types import (
    Answer,
    AnswerSentence,
    Audience,
    Citation,
    Considered,
    ErratumNote,
    Language,
    Notice,
    Piece,
    Turn,
)
from index import Hit, Progress
from ingest.chunks import chunks_of
from ingest.types import Passage, Source
from ui.evaluation.bench import Bench
from ui.history import History
from ui.interfaces import Answering
from ui.sources.workshop import Workshop

DOCUMENT = """\
---
title: "测试资料"
reviewed: 2024-08
---

# 测试资料

## 分期

分期用血清β2微球蛋白 (1)。<script>alert(1)</script> 与 **粗体** 都只是文字。白蛋白也要测定 (1)。

分期前应完成：

- 血常规
- 肾功能

表：分期表

| 分期 | 标准 |
| --- | --- |
| I期 | β2微球蛋白<3.5 mg/L |
| III期 | β2微球蛋白≥5.5 mg/L |

### 注意

缺少结果时不能分期。

## 参考文献

1. Greipp PR, et al. J Clin Oncol 2005;23:3412. PMID: 15809451. doi:10.1200/JCO.2005.04.242
"""

HOSTILE = "<img src=x onerror=alert(1)> ![a](https://evil.example/a.png) [b](javascript:alert(1)) :red[c] $d$"


def passage_with(source: Source, words: str) -> Passage:
    """The first passage that contains ``words``."""
    return next(p for p in source.passages if words in p.text)


def cite(source: Source, words: str, marker: int, errata: tuple[ErratumNote, ...] = ()) -> Citation:
    """A citation of the passage that contains ``words``."""
    passage = passage_with(source, words)
    return Citation(
        marker=marker,
        source_id=source.id,
        title=source.title,
        section_path=source.path_of(passage),
        start=passage.start,
        end=passage.end,
        quote=passage.text,
        url=source.url,
        references=source.references_of(passage),
        errata=errata,
    )


@dataclass
class FakeLibrary:
    """Finds the chunks that hold a question word for word."""

    sources: Mapping[str, Source]

    def search(self, question: str, k: int = 10) -> list[Hit]:
        chunks = [c for s in self.sources.values() for c in chunks_of(s) if question in c.text]
        return [Hit(chunk, n, 1 / (60 + n), n, None) for n, chunk in enumerate(chunks, 1)][:k]


@dataclass
class FakeAssistant:
    """Quotes the passages whose words occur in the question; remembers what it was asked."""

    index: FakeLibrary
    asked: list[tuple[str, Audience, tuple[Turn, ...]]] = field(default_factory=list)
    writer: object | None = None

    def stream(
        self,
        question: str,
        audience: Audience = "clinician",
        language: Language | None = None,
        history: Sequence[Turn] = (),
    ) -> Iterator[Piece | Answer]:
        """A preview that turns out otherwise, then what ``ask`` gives."""
        yield Piece(f"预览一[1]{HOSTILE}\n\n")
        yield Piece("预览二")
        yield self.ask(question, audience, language, history)

    def ask(
        self,
        question: str,
        audience: Audience = "clinician",
        language: Language | None = None,
        history: Sequence[Turn] = (),
    ) -> Answer:
        self.asked.append((question, audience, tuple(history)))
        if "故障" in question:
            raise RuntimeError("a fault with <b>details</b>")
        if "救命" in question:
            alarm = f"⚠ 现在就拨打120。{HOSTILE}"
            text = f"{alarm}\n\n资料中没有可引用的内容。"
            return Answer(question, "urgent", "zh", audience, text, notices=(Notice("urgent", alarm),))
        (source,) = self.index.sources.values()
        words = [w for w in ("血清", "I期", "肾功能", "缺少结果") if w in question]
        if not words:
            text = f"资料中没有回答。{HOSTILE}"
            return Answer(question, "not_in_source", "zh", audience, text, notices=(Notice("nearest", text),))
        note = ErratumNote("e1", "旧说法", "新说法", "某文献", "https://pubmed.ncbi.nlm.nih.gov/1/")
        citations = tuple(cite(source, w, n, (note,) if n == 1 else ()) for n, w in enumerate(words, 1))
        sentences = tuple(AnswerSentence(c.quote, (c.marker,), True) for c in citations)
        text = "\n\n".join(f"{w}见原文[{n}]" for n, w in enumerate(words, 1)) + "\n⚠ 勘误：新说法"
        considered = (Considered(source.id, ("分期",), HOSTILE, 1.25, True),)
        meant = f"{history[-1].question}<b>{question}" if history and question.endswith("呢") else ""
        return Answer(
            question,
            "answered",
            "zh",
            audience,
            text,
            sentences,
            citations,
            considered=considered,
            standalone=meant,
        )


# Streamlit runs the source of this function without its module: annotations would name nothing.
def _script(opener, history, workshop, bench):  # type: ignore[no-untyped-def]
    from ui.page import draw

    draw(opener, history, workshop, bench)


def page_with(
    opener: Callable[[Progress], Answering],
    history: History | None = None,
    workshop: Workshop | None = None,
    bench: Bench | None = None,
) -> AppTest:
    """The page, drawn once, on what ``opener`` gives."""
    given = {"opener": opener, "history": history, "workshop": workshop, "bench": bench}
    return AppTest.from_function(_script, kwargs=given, default_timeout=20).run()


def ask(page: AppTest, question: str) -> AppTest:
    """Type a question and press Enter."""
    return page.chat_input[0].set_value(question).run()


def turn_to(page: AppTest, path: str) -> AppTest:
    """Follow the navigation to the page at ``path``, "" for the default one.

    ``AppTest.switch_page`` knows only pages that are files; the browser, too, sends this hash.
    """
    found = [h for h, known in page._registered_pages.items() if known.get("url_pathname") == path]
    (page._page_hash,) = found
    return page.run()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.marks: list[str] = []
        self._in_mark = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "mark":
            self._in_mark = True
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._in_mark = False

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._in_mark:
            self.marks[-1] += data


@dataclass(frozen=True)
class Read:
    """HTML as a browser takes it."""

    tags: tuple[str, ...]
    attributes: tuple[dict[str, str | None], ...]
    text: str
    marks: tuple[str, ...]


def read(html: str) -> Read:
    """Parse HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Read(
        tuple(name for name, _ in reader.tags),
        tuple(attributes for _, attributes in reader.tags),
        "".join(reader.text),
        tuple(reader.marks),
    )
