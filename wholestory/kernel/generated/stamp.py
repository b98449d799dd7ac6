"""What every generated file says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Marking(StrEnum):
    """The government security classification a file carries."""

    OFFICIAL = "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"


EXAMPLE = "Example: invented"


@dataclass(frozen=True)
class Stamp:
    """The marking, maker and time of one generated file.

    ``maker`` is the name of the person for whom it was made, ``board`` the board's name. ``made_at`` must have a
    time zone; it is shown in London time. ``example`` adds "Example: invented".
    """

    marking: Marking
    maker: str
    made_at: datetime
    board: str
    example: bool = False

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise ValueError("A stamp needs the time zone of its moment.")

    @property
    def made(self) -> str:
        """By whom and when, in one sentence."""
        at = self.made_at.astimezone(LONDON)
        return f"Made for {self.maker} on {at.day} {at:%B %Y at %H:%M}"

    def lines(self) -> tuple[str, ...]:
        """What to write at the top of the file, one line each, the most important first."""
        first = (EXAMPLE,) if self.example else ()
        return (*first, self.marking.value, self.board, self.made)
