"""Answers as the suite keeps them, whoever gave them: their sentences, claims and status."""
