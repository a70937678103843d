"""Injection through documents: what text that somebody planted in a source does to the answers."""
