"""ragas beside our own checks: an optional second opinion on a run."""
