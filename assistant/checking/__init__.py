"""Checking a draft against the archive: its text, its claims, the figures they speak of, and the verdicts."""
