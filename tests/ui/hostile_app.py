"""The app with documents, a model and conversations that all attack it; run by ``streamlit run``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from assistant.types import Answer, Audience, Considered, ErratumNote, Language, Notice, Piece, ToolCall, Turn
from ingest.load import load_source
from ingest.types import Source
from tests.ui.fakes import FakeLibrary, cite
from tests.ui.payloads import PAYLOADS
from ui.history import History, default_history_file
from ui.page import draw
from ui.sources import workshop as workshop_module
from ui.sources.workshop import Workshop

_ALL = "\n\n".join(PAYLOADS)
_SHORT = [p for p in PAYLOADS if "\n" not in p]


class HostileAssistant:
    """Answers a first question with every payload: in text, quotation, errata, tool and weighed passages."""

    writer = None  # answers come at once

    def __init__(self) -> None:
        self.index = FakeLibrary({"hostile": _source()})

    def ask(
        self, question: str, audience: Audience = "clinician", language: Language | None = None,
        history: Sequence[Turn] = (),
    ) -> Answer:
        (source,) = self.index.sources.values()
        errata = tuple(ErratumNote(p, p, p, p, p) for p in PAYLOADS[:40])
        if history:  # once is enough: a page with everything twice takes a browser twice the time
            return Answer(question, "answered", "zh", audience, "血清[1]", (), (cite(source, "血清", 1),))
        cited = replace(cite(source, "血清", 1, errata), url=PAYLOADS[0])
        weighed = tuple(Considered(source.id, (p, p), p, 1.0, True) for p in PAYLOADS[::3])
        calls = tuple(ToolCall(p, {p: p}, {p: p}) for p in PAYLOADS[::5])
        text = f"血清[1]\n\n{_ALL}"
        return Answer(
            question, "answered", "zh", audience, text, (), (cited,), calls, (Notice("x", _ALL),),
            answerer=PAYLOADS[1], considered=weighed, standalone=_ALL,
        )

    def stream(
        self,
        question: str,
        audience: Audience = "clinician",
        language: Language | None = None,
        history: Sequence[Turn] = (),
    ) -> Iterator[Piece | Answer]:
        yield self.ask(question, audience, language, history)


def _source() -> Source:
    blocks = [f"## {p}\n\n{p}\n\n- {p}\n" for p in _SHORT]
    body = "\n\n".join(["# 血清", "血清的一句。", *blocks])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.md"
        path.write_text(body, "utf-8")
        return replace(load_source(path), title=_SHORT[0], licence=_SHORT[1], reviewed=_SHORT[2])


@st.cache_resource
def assistant() -> HostileAssistant:
    return HostileAssistant()


@st.cache_resource
def history() -> History:
    file = default_history_file()
    assert file is not None
    return History(file)


@st.cache_resource
def workshop() -> Workshop:
    """Reads what is uploaded, and leaves out the index, which shows nothing."""
    workshop_module.build_index = lambda *args, **others: None  # type: ignore[assignment]
    return Workshop(lambda: None)


draw(lambda progress: assistant(), history(), workshop())
