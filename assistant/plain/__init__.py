"""The patient's words: a clinician's sentence in short, plain sentences that still say the same."""
