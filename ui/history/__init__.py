"""Conversations kept on this machine: one SQLite file, one owner a conversation, identifiers masked."""

from ui.history.paths import default_history_file
from ui.history.schema import HistoryProblem
from ui.history.store import Found, History
from ui.history.types import Rating, Saved, SavedExchange, Summary

__all__ = [
    "Found",
    "History",
    "HistoryProblem",
    "Rating",
    "Saved",
    "SavedExchange",
    "Summary",
    "default_history_file",
]
