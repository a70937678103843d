"""Means, differences and their intervals. Knows nothing of questions or answers."""
