"""Reads for the front page; each gathers what the database lets this person see."""
