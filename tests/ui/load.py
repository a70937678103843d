"""How the app bears many at once: sessions that ask at the same time, timed as a browser would see it.

    PYTHONPATH=. python -m tests.ui.load [--sessions 20] [--questions 10] [--index DIR]

Each session speaks to the server as a browser does (websocket, protobuf), without drawing anything. Printed
are, over all questions, the seconds until the answer's first words and until the page has been drawn anew.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from assistant.library import default_index_directory
from tests.ui.served import served
from ui.strings import texts_in

_QUESTIONS = (*texts_in("zh").lists["examples_clinician"], *texts_in("en").lists["examples_clinician"])
_PATIENCE = 120  # seconds
_THINKING = 2.0  # seconds between two questions of a reader, who reads the answer


class Session:
    """One open page."""

    def __init__(self, address: str) -> None:
        host = urlsplit(address).netloc
        self._socket: ClientConnection = connect(
            f"ws://{host}/_stcore/stream", origin=Origin(f"http://{host}"),
            subprotocols=[Subprotocol("streamlit")], max_size=None,
        ).__enter__()
        self._field = ""
        self.errors: list[str] = []

    def open(self) -> float:
        """Load the page; seconds until it is complete."""
        started = time.perf_counter()
        message = BackMsg()
        message.rerun_script.query_string = ""
        self._socket.send(message.SerializeToString())
        self._follow("")
        return time.perf_counter() - started

    def ask(self, question: str) -> tuple[float, float]:
        """Seconds until the answer begins and until the page is complete."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.chat_input_value.data = self._field, question
        started = time.perf_counter()
        self._socket.send(message.SerializeToString())
        begun = self._follow(question)
        return begun - started, time.perf_counter() - started

    def close(self) -> None:
        """Close the page."""
        self._socket.close()

    def _follow(self, question: str) -> float:
        """Read until the script has finished; when the first words of the answer came."""
        asked, begun = False, 0.0
        while True:
            message = ForwardMsg.FromString(self._socket.recv(_PATIENCE, decode=False))
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                which = element.WhichOneof("type")
                if which == "chat_input":
                    self._field = element.chat_input.id
                elif which == "exception":
                    self.errors.append(element.exception.message)
                elif which == "html" and question:
                    asked = asked or ("mm-question" in element.html.body and question in element.html.body)
                    if asked and not begun and 'class="mm-answer"' in element.html.body:
                        begun = time.perf_counter()
            is_end = kind == "script_finished" and (begun or not question)
            if is_end and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return begun


def main(argv: list[str] | None = None) -> int:
    """Measure; 1 when a session met an error."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--questions", type=int, default=10)
    parser.add_argument("--index", default=str(default_index_directory()))
    args = parser.parse_args(argv)
    opened: list[float] = []
    begun: list[float] = []
    complete: list[float] = []
    errors: list[str] = []

    def use(address: str, number: int) -> None:
        try:
            session = Session(address)
            opened.append(session.open())
            time.sleep(_THINKING * number / args.sessions)  # readers do not press Enter in step
            for turn in range(args.questions):
                question = _QUESTIONS[(number + turn) % len(_QUESTIONS)]
                first, last = session.ask(f"{question} ({number}.{turn})")
                begun.append(first)
                complete.append(last)
                time.sleep(_THINKING)
            errors.extend(session.errors)
            session.close()
        except Exception as problem:
            errors.append(f"session {number}: {type(problem).__name__}: {problem}")

    with tempfile.TemporaryDirectory() as folder, served("app", Path(folder), args.index) as address:
        first = Session(address)
        first.open()  # the index is opened, once
        first.ask(_QUESTIONS[0])
        first.close()
        users = [threading.Thread(target=use, args=(address, n)) for n in range(args.sessions)]
        for user in users:
            user.start()
        for user in users:
            user.join()
    for name, seconds in (("page", opened), ("answer begins", begun), ("page complete", complete)):
        print(f"{name}: n={len(seconds)} {_spread(seconds)}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"server: {(used.ru_utime + used.ru_stime) / max(1, len(complete)):.2f} s of processor a question")
    print(f"errors: {len(errors)}", *errors[:5], sep="\n")
    return 1 if errors else 0


def _spread(seconds: list[float]) -> str:
    if len(seconds) < 2:
        return "too few"
    cuts = statistics.quantiles(seconds, n=100)
    return f"p50={cuts[49]:.3f} s p95={cuts[94]:.3f} s max={max(seconds):.3f} s"


if __name__ == "__main__":
    sys.exit(main())
