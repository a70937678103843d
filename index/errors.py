"""What can go wrong with a stored index; each message names the values and the next step.

IndexProblem
├── IndexMissing         there is no index in this folder
├── IndexMismatch        the index and this program (or its own manifest) disagree
├── IndexBusy            another process is building this index
└── EmbedderUnavailable  the embedding model cannot be loaded
"""


class IndexProblem(Exception):
    """Base of every error that indexing and retrieval raise on purpose."""


class IndexMissing(IndexProblem):
    """The folder holds no finished index."""


class IndexMismatch(IndexProblem):
    """The stored index cannot be used as it is: other version, other model, damaged file."""


class IndexBusy(IndexProblem):
    """Two builds of one index at the same time; the second one is refused."""


class EmbedderUnavailable(IndexProblem):
    """The embedding model is not on this machine and cannot be fetched."""
