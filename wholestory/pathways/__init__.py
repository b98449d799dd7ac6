"""Stages, moves and clocks as data, and the editions of guidance they come from."""
