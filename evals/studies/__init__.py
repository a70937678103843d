"""Commands for development, each with its own measure: ``python -m evals.studies.NAME``."""
