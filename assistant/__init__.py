"""Question → answer: cited, verified, typed.

>>> from assistant import Assistant
>>> answer = Assistant.open("my-index").ask("R-ISS怎么分期？")  # doctest: +SKIP
"""

from assistant.pipeline import Assistant
from assistant.types import Answer, AnswerSentence, Citation, Notice, Turn

__all__ = ["Answer", "AnswerSentence", "Assistant", "Citation", "Notice", "Turn"]
