"""Fits the numbers that the assistant's judgement and ranking rest on."""
