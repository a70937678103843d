"""The script that Streamlit runs: it joins the page, the assistant and the history, and nothing else."""

from __future__ import annotations

from ui.page import draw
from ui.shared import BENCH, HISTORY, SHELF, WORKSHOP

draw(SHELF.get, HISTORY, WORKSHOP, BENCH)
