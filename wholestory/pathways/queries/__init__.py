"""Reads: the board's calendar, the rule register, and the clocks of a record."""
