"""Systems under test: whatever can be asked a gold question."""
