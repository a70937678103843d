"""The forms of the clinical tools besides staging: described in ``forms.toml``, drawn by one page."""
