"""Deterministic staging and clinical arithmetic for multiple myeloma."""
