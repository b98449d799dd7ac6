"""Wholestory: open-source software that runs a local safeguarding children board."""
