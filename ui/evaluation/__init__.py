"""The page that measures the assistant. The numbers are those of ``evals``; nothing is computed here."""
