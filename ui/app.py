"""The script that Streamlit runs: it joins the page and the assistant, and nothing else."""

from __future__ import annotations

import streamlit as st

from ui.page import draw
from ui.shelf import Shelf


@st.cache_resource(show_spinner=False)
def shelf() -> Shelf:
    """One for all browser sessions of this process."""
    return Shelf()


draw(shelf().get)
