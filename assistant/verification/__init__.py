"""Does a sentence say what the spans it cites say? Deterministic, offline, Chinese and English."""

from assistant.verification.types import Kind, Problem, Verdict
from assistant.verification.verifier import verify

__all__ = ["Kind", "Problem", "Verdict", "verify"]
