"""Second opinions: people with a sheet, and a language model."""
