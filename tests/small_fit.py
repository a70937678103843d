"""The default model, fitted on the concepts of a few texts alone: a tenth of the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from index.embedding import static_fit
from ingest.terminology import default_terminology


@contextmanager
def fitted_on(*texts: str) -> Iterator[None]:
    """Indexes built inside have a model that knows what ``texts`` name, not the whole terminology."""
    whole = default_terminology()
    some = whole.part({concept for text in texts for concept in whole.concept_ids(text)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(static_fit, "default_terminology", lambda: some)
        yield
