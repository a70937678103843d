"""Asking: a system, the questions, and the directory in which the answers are kept."""
