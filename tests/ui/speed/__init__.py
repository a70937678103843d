"""How fast the app is, and how it bears many readers at once: ``python -m tests.ui.speed``."""
