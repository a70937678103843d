"""Adding a document: the file, the progress in the background, and what was found in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from index.build import STEPS
from ingest.load import slug
from ingest.types import Source
from ui.safe_html import element
from ui.sources.reading import report_html
from ui.sources.workshop import MAX_BYTES, SUFFIXES, Job, Workshop
from ui.strings import Texts

_LOOK_AGAIN = 0.7  # seconds


def show_upload(workshop: Workshop | None, sources: Mapping[str, Source], texts: Texts) -> None:
    """The form, or why there is none."""
    if workshop is None:
        return
    st.html(element("h2", texts("upload_title"), class_="mm-heading", lang=texts.language))
    if not workshop.is_open:
        words = texts("upload_closed", directory=str(workshop.directory))
        st.html(element("p", words, class_="mm-outcome", lang=texts.language))
        return
    st.html(element("p", texts("upload_about", directory=str(workshop.directory)), class_="mm-quiet",
                    lang=texts.language))
    job = workshop.job
    if job is not None and job.state == "running":
        watch(workshop, texts)
        return
    if job is not None:
        show_end(job, texts)
    # Streamlit says "Upload" in English only; the page's script puts these words in its place.
    words = texts("upload_button")
    st.html(element("span", data_upload=words, hidden="hidden", class_="mm-secret"))
    file = st.file_uploader(
        texts("upload_label", size=MAX_BYTES // 1024**2), type=[s.removeprefix(".") for s in SUFFIXES],
        key="upload", max_upload_size=MAX_BYTES // 1024**2,
    )
    if file is None:
        return
    if slug(Path(file.name).stem) in sources:
        st.html(element("p", texts("upload_replaces", name=file.name), class_="mm-error", role="status",
                        lang=texts.language))
    if st.button(texts("upload_add"), key="upload-add", type="primary", icon=":material/add:"):
        workshop.add(file.name, file.getvalue())
        st.rerun()


@st.fragment(run_every=_LOOK_AGAIN)
def watch(workshop: Workshop, texts: Texts) -> None:
    """How far it is; the rest of the page, and every other, stays usable."""
    job = workshop.job
    if job is None or job.state != "running":
        st.rerun()
    step = texts(f"step_{job.step}" if job.step in (*STEPS, "read") else "step_other")
    share = min(1.0, job.done / job.total) if job.total else 1.0
    place = STEPS.index(job.step) + share if job.step in STEPS else 0.0
    words = texts(f"upload_running_{job.kind}", name=job.name)
    st.html(element("p", words, role="status", lang=texts.language))
    done = texts("building_step", step=step, done=job.done, total=job.total)
    st.progress(min(1.0, place / len(STEPS)), done)


def show_end(job: Job, texts: Texts) -> None:
    """What came of the last job."""
    if job.state == "failed":
        words = element("p", texts("upload_failed", name=job.name))
        st.html(element("div", words, element("p", job.problem), class_="mm-error", role="alert",
                        lang=texts.language))
        return
    done = element("p", texts(f"upload_done_{job.kind}", name=job.name), class_="mm-outcome", role="status")
    report = ""
    if job.source is not None:
        counts = texts(
            "upload_counts", sections=len(job.source.sections), passages=len(job.source.passages),
            tables=len(job.source.tables),
        )
        report = element("div", element("p", counts), report_html(job.source, texts), class_="mm-pane")
    st.html(element("div", done, report, lang=texts.language))
