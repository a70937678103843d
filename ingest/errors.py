"""What can go wrong while a document is read; each message names the value and the next step.

IngestError
├── UnreadableSource   this file cannot be a source (missing, empty, binary, too large, encoding)
└── BadRegister        a data file of the project (terminology, errata) is broken
"""


class IngestError(Exception):
    """Base of every error that ingestion raises on purpose."""


class UnreadableSource(IngestError):
    """One file cannot be read; other files are still ingested."""


class BadRegister(IngestError):
    """A data file that ships with the project does not have the promised form."""
