"""The gate, and the proof that it turns red: regressions planted in the assistant."""
