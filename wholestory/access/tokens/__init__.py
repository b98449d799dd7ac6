"""Tokens: how an agency's own system speaks to the board's, as a named service that holds a seat like anybody else."""
