"""The settings: how the page looks, what is kept, what works behind it, and what is sent where."""
