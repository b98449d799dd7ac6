"""How far a file is read: so many characters, so many seconds."""

from __future__ import annotations

from collections.abc import Callable

MOST_CHARACTERS = 3_000_000
"""About a thousand pages; what stands after them is not looked at."""
MOST_SECONDS = 6.0
LONGEST_LINE = 5_000
PIECE = 64 * 1024


class Enough(Exception):
    """A limit is reached."""


class Unreadable(Exception):
    """There are no words to be read here."""


class Budget:
    """Characters and seconds that are left."""

    def __init__(self, clock: Callable[[], float], seconds: float, characters: int) -> None:
        self._clock, self._until, self._left = clock, clock() + seconds, characters

    @property
    def seconds(self) -> float:
        return max(0.0, self._until - self._clock())

    def spend(self, characters: int) -> None:
        self._left -= characters
        if self._left < 0 or self._clock() > self._until:
            raise Enough
