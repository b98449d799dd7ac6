"""The example area: the board of Peterborough as its public page describes it, with invented people.

The data is in ``example_area/``; ``load`` plays its story through the same operations that real people use, each on
its own day and by the person who did it, so that nothing in the example rests on a state the system cannot reach.
"""

from __future__ import annotations

import sys

from wholestory.config.example.load import is_loaded, load, people

__all__ = ["is_loaded", "load", "main", "people"]


def main(argv: list[str]) -> int:
    """``wholestory example --scale local|regional|national``: made-up areas of that size, for benchmarks."""
    from wholestory.config.example.scale import main as made_up

    return made_up(argv, sys.stdout)
