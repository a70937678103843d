"""A reader without a browser: speaks to the server as a page does (websocket, protobuf), draws nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from ui.owner import COOKIE

_PATIENCE = 120  # seconds
_ANSWER = 'class="mm-answer"'


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one run of the page sent: seconds from the request, and how much.

    ``begun`` is when the first words of an answer came, 0 where none did; ``text`` is all HTML but what
    the server knows the browser to have.
    """

    begun: float
    complete: float
    messages: int
    size: int  # bytes
    text: str
    exceptions: tuple[str, ...]


class Reader:
    """One open page; ``secret`` is what a browser's cookie says whose conversations it shows."""

    def __init__(self, address: str, secret: str) -> None:
        host = urlsplit(address).netloc
        self._socket: ClientConnection = connect(
            f"ws://{host}/_stcore/stream", origin=Origin(f"http://{host}"),
            subprotocols=[Subprotocol("streamlit")], additional_headers={"Cookie": f"{COOKIE}={secret}"},
            max_size=None, compression=None,
        ).__enter__()
        self._field = ""
        self._buttons: dict[str, str] = {}  # id by the key that the page gave it
        self._known: set[str] = set()  # long messages that need not be sent again, as a browser says

    def open(self) -> Drawn:
        """Load the page, or draw it once more."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        return self._sent(message, "")

    def ask(self, question: str) -> Drawn:
        """Type a question and press Enter."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.chat_input_value.data = self._field, question
        return self._sent(message, question)

    def press(self, key: str) -> Drawn:
        """Press the button whose key begins with ``key``; the one drawn last, where there are several.

        Raises:
            LookupError: the page has shown none.
        """
        found = [id_ for name, id_ in self._buttons.items() if name.startswith(key)]
        if not found:
            raise LookupError(f"no button {key!r} among {sorted(self._buttons)}")
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.trigger_value = found[-1], True
        return self._sent(message, "")

    def close(self) -> None:
        """Close the page."""
        self._socket.close()

    def _sent(self, message: BackMsg, question: str) -> Drawn:
        """What comes until the page is complete; with a question, until its answer is, too."""
        message.rerun_script.cached_message_hashes.extend(self._known)
        started = time.perf_counter()
        self._socket.send(message.SerializeToString())
        asked, begun, count, size = False, 0.0, 0, 0
        text: list[str] = []
        exceptions: list[str] = []
        while True:
            raw = self._socket.recv(_PATIENCE, decode=False)
            came = ForwardMsg.FromString(raw)
            count, size = count + 1, size + len(raw)
            if came.metadata.cacheable:
                self._known.add(came.hash)
            kind = came.WhichOneof("type")
            if kind == "delta" and came.delta.WhichOneof("type") == "new_element":
                element = came.delta.new_element
                which = element.WhichOneof("type")
                if which == "chat_input":
                    self._field = element.chat_input.id
                elif which == "button":
                    key = element.button.id.split("-", 2)[-1]
                    self._buttons.pop(key, None)
                    self._buttons[key] = element.button.id
                elif which == "exception":
                    exceptions.append(element.exception.message)
                elif which == "html":
                    body = element.html.body
                    text.append(body)
                    asked = asked or (bool(question) and "mm-question" in body and question in body)
                    if asked and not begun and _ANSWER in body:
                        begun = time.perf_counter() - started
            ended = kind == "script_finished" and came.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            if ended and (begun or not question):
                complete = time.perf_counter() - started
                return Drawn(begun, complete, count, size, "\n".join(text), tuple(exceptions))
