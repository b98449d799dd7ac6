"""What a challenge knows of the measure it is about. This room has no catalogue: whoever knows the measures says so
when the pages start, and where nobody does every code is taken as it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wholestory.partners.models import Board


@dataclass(frozen=True)
class Known:
    """A measure of a board: its code as it is written, its title, and the slugs of the agencies asked for it."""

    code: str
    title: str
    asked: tuple[str, ...] = ()


#: The measure of a code, in capitals or not; None where the board has no such measure.
Looks = Callable[[Board, str], Known | None]
#: The slug of the group that reads the board's figures; empty where none is known.
Reads = Callable[[Board], str]

_LOOKS: list[Looks] = []
_READS: list[Reads] = []


def register(looks: Looks, reads: Reads) -> None:
    """Say who knows the measures, and which group reads them."""
    _LOOKS[:], _READS[:] = [looks], [reads]


def known(board: Board, code: str) -> Known | None:
    """The measure of this code; None where there is none. Without a catalogue a code stands for itself."""
    return _LOOKS[0](board, code) if _LOOKS else Known(code, "")


def reading_group(board: Board) -> str:
    """The group that reads the board's figures."""
    return _READS[0](board) if _READS else ""
