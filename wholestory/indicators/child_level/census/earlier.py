"""Last year's file beside this one's: earlier referrals to look back to, and who was open at its end."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from wholestory.indicators.child_level.census.records import Child


@dataclass(slots=True)
class Known:
    """What is remembered of a child of the last file."""

    id: str
    born: int | None
    sex: str | None
    open: bool

    @property
    def born_text(self) -> str:
        """The birth date, for the sender to find the child by."""
        return "" if self.born is None else date.fromordinal(self.born).isoformat()


@dataclass(slots=True)
class Earlier:
    """One earlier file, from the `first` to the `last` day it covers."""

    first: int
    last: int
    children: dict[int, Known] = field(default_factory=dict)
    referrals: set[tuple[int, int]] = field(default_factory=set)

    def take_in(self, children: Iterable[Child], key: Callable[[str], int]) -> None:
        """Remember each child of the file."""
        for child in children:
            if child.key is None:
                continue
            pseudonym = key(child.key)
            for episode in child.episodes:
                if episode.referred is not None:
                    self.referrals.add((pseudonym, episode.referred))
            open_ = any(
                episode.nfa is False and "CINclosureDate" not in episode.sent for episode in child.episodes
            )
            self.children[pseudonym] = Known(child.key, child.born, child.sex, open_)

    def columns(self) -> tuple[array[int], array[int]]:
        """Pseudonyms and days of its referrals."""
        children, days = array("q"), array("i")
        for pseudonym, day in self._sorted():
            children.append(pseudonym)
            days.append(day)
        return children, days

    def _sorted(self) -> Iterator[tuple[int, int]]:
        return iter(sorted(self.referrals))
