"""How much is made up at each scale: boards, agencies, people, years of cycles, lines of who read what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: The day the made-up boards think it is, so that every run makes the same.
TODAY = date(2016, 3, 14)


@dataclass(frozen=True)
class BoardSize:
    """One board: how many agencies it asks, how many people it knows, how many of them sit on it."""

    agencies: int
    people: int
    members: int = 16


@dataclass(frozen=True)
class Size:
    """A whole scale. ``framework`` is what is asked; ``read`` is how many lines of reading there are."""

    boards: tuple[BoardSize, ...]
    years: int
    framework: str
    read: int

    @property
    def agencies(self) -> int:
        """How many agencies on all boards."""
        return sum(board.agencies for board in self.boards)

    @property
    def people(self) -> int:
        """How many people on all boards."""
        return sum(board.people for board in self.boards)


def _national() -> tuple[BoardSize, ...]:
    """153 boards, 9,000 agencies, 60,000 people: boards differ in size by a factor of four."""
    boards = []
    for number in range(153):
        share = 0.5 + 1.0 * (number % 16) / 15
        boards.append(BoardSize(round(58.8 * share), round(392 * share), members=24))
    return tuple(boards)


SIZES: dict[str, Size] = {
    # One board as it is met: sixty agencies, four hundred people, three years.
    "local": Size((BoardSize(60, 400, members=20),), 3, "section_11_wt2015", 20_000),
    # Twelve boards; one asks six hundred agencies (every school of a large county), so that its heat map exists.
    "regional": Size(
        (BoardSize(600, 3000, members=48), *[BoardSize(40, 180)] * 11), 4, "section_11_wt2015", 100_000
    ),
    # The country for ten years. The short form is asked, as most schools are asked it: two million answers.
    "national": Size(_national(), 10, "short_self_assessment", 20_000_000),
}
