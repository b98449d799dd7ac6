"""Rules that need the whole file, or the last one: kept in a few bytes for each child."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import blake2b

from wholestory.indicators.child_level.census.checks.registry import Period
from wholestory.indicators.child_level.census.earlier import Earlier, Known
from wholestory.indicators.child_level.census.records import Child
from wholestory.indicators.child_level.census.rulebook import Teller

MOST_UNKNOWN_SEX = 0.02
FEWEST_DISABILITIES = 8
NONE = "NONE"


def _short(text: str) -> int:
    """Eight bytes in place of a number, to find it again: two of half a million differ all but certainly."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


class WholeFile:
    """Takes in child after child; `finish` tells what is wrong with the file as a whole."""

    def __init__(
        self, teller: Teller, period: Period, earlier: Earlier | None, key: Callable[[str], int]
    ) -> None:
        self._teller, self._period, self._earlier, self._key = teller, period, earlier, key
        self._ids: set[int] = set()
        self._numbers: dict[int, str | None] = {}
        self._former: list[tuple[int, str, str, int]] = []
        self._children = self._no_sex = self._started = self._conferences = self._two = 0
        self._disabilities: set[str] = set()

    def child(self, child: Child) -> None:
        """Look at one more child."""
        self._children += 1
        if child.key is not None:
            pseudonym = self._key(child.key)
            if pseudonym in self._ids:
                self._teller.tell_file("8510", child.key, child.line, child.key)
            self._ids.add(pseudonym)
            self._since_last(child, pseudonym)
        self._number(child)
        if child.sex == "U" or "Sex" not in child.sent:
            self._no_sex += 1
        if child.disabilities:
            real = set(child.disabilities) - {NONE}
            self._disabilities |= real if len(self._disabilities) < 100 else set()
            self._two += len(real) > 1
        first, last = self._period.first, self._period.last
        for episode in child.episodes:
            conferences = (episode.conference, *(one.conference for one in episode.enquiries))
            self._conferences += sum(1 for day in conferences if day is not None and first <= day <= last)
            self._started += sum(
                1 for one in episode.protection if one.started is not None and first <= one.started <= last
            )

    def _number(self, child: Child) -> None:
        number = child.sent.get("UPN")
        if number:
            short = _short(number)
            name = child.key or ""
            if short in self._numbers:
                # The first child with the number is told too, once.
                other = self._numbers[short]
                if other is not None:
                    self._teller.tell_file("1520", number, None, other)
                    self._numbers[short] = None
                self._teller.tell_file("1520", number, child.line, name)
            else:
                self._numbers[short] = name
        former = child.sent.get("FormerUPN")
        if former and former != number:
            self._former.append((_short(former), former, child.key or "", child.line))

    def _since_last(self, child: Child, pseudonym: int) -> None:
        if self._earlier is None:
            return
        before = self._earlier.children.get(pseudonym)
        if before is not None and _differs(before, child):
            self._teller.tell("PB-03", child, child)
        for episode in child.episodes:
            if (
                episode.referred is not None
                and self._earlier.first <= episode.referred <= self._earlier.last
                and (episode.enquiries or episode.protection)
                and (pseudonym, episode.referred) not in self._earlier.referrals
            ):
                self._teller.tell("PB-10", episode, child)

    def finish(self) -> None:
        """Tell of the file as a whole."""
        teller = self._teller
        for short, former, name, line in self._former:
            if short in self._numbers:
                teller.tell_file("PB-04", former, line, name)
        if self._children and self._no_sex / self._children > MOST_UNKNOWN_SEX:
            teller.tell_file("2886Q", f"{self._no_sex:,} of {self._children:,}")
        if len(self._disabilities) < FEWEST_DISABILITIES:
            teller.tell_file("2887Q", f"{len(self._disabilities)} codes")
        if not self._two:
            teller.tell_file("2888Q")
        if self._started > self._conferences:
            teller.tell_file("2883", f"{self._started:,} plans, {self._conferences:,} conferences")
        if self._earlier is not None:
            for pseudonym, before in self._earlier.children.items():
                if before.open and pseudonym not in self._ids:
                    teller.tell_file("PB-02", before.born_text, None, before.id)


def _differs(before: Known, child: Child) -> bool:
    born = child.born is not None and before.born is not None and child.born != before.born
    return born or (child.sex in {"M", "F"} and before.sex in {"M", "F"} and child.sex != before.sex)


def header_wrong(reference: date | None, year: int | None) -> bool:
    """Rule 100."""
    return reference is None or year is None or reference != date(year, 3, 31)
