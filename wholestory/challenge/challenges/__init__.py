"""Challenges: a question put to an agency, its answer, what was decided and the difference it made."""
