"""A room that has letters written about its records is asked before one is signed or goes, and told once it has gone.

The room registers for a kind of record when it starts; a letter about anything else is nobody's to stop.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from wholestory.correspondence.models import Letter
from wholestory.partners.models import Person


@dataclass(frozen=True)
class Watch:
    """``in_the_way`` says in a sentence why a letter should not be signed or sent any more, and nothing while it may.
    ``sent`` is told, in the same transaction, that it has gone."""

    in_the_way: Callable[[Letter], str]
    sent: Callable[[Letter, Person, date], None]


_WATCHES: dict[str, Watch] = {}


def register(kind: str, watch: Watch) -> None:
    """Ask and tell ``watch`` about letters about records of ``kind``."""
    _WATCHES[kind] = watch


def in_the_way(letter: Letter) -> str:
    """Why this letter should not be signed or sent now; nothing when it may."""
    watch = _WATCHES.get(letter.about.kind) if letter.about else None
    return watch.in_the_way(letter) if watch else ""


def sent(letter: Letter, by: Person, on: date) -> None:
    """Tell whoever watches that the letter has gone."""
    watch = _WATCHES.get(letter.about.kind) if letter.about else None
    if watch:
        watch.sent(letter, by, on)
