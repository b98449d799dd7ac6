"""Loads the example area into an empty system, and names the people to try it as."""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import TextIO

from django.conf import settings

from wholestory.config.example.directory import Directory
from wholestory.config.example.story import events
from wholestory.partners.models import Board, Person

#: Who to try the example as, and what they are there for; shown at the end of the start and by the sign-in page.
WORTH_MEETING = (
    ("Gwen Ashby-Cole", "business manager: who has not answered, and what to write to them"),
    ("Abena Whitlock", "headteacher: last year's answers, still true?"),
    ("Dilys Crane", "police: answers for her agency, and moderates Welland Bridge"),
    ("Dr Marian Thistlewood", "independent chair: one page of what needs her"),
    ("Rosalind Peake", "child death coordinator: messages to sort, agencies that are late"),
    ("Bernard Okonjo-Hale", "lay member: what the board is shown"),
)


def is_loaded() -> bool:
    """Whether the example's board is there."""
    return Board.objects.filter(is_example=True).exists()


def load(out: TextIO = sys.stderr) -> None:
    """Play the whole story. Raises RuntimeError outside the demo, where a board's clock may not be set."""
    if not settings.DEMO:
        raise RuntimeError("The example area can be loaded only in the demo.")
    if is_loaded():
        return
    began = time.monotonic()
    directory = Directory()
    directory.load()
    today = {key: board.example_today for key, board in directory.boards.items()}
    story = sorted(events(directory), key=lambda event: event.on)
    for number, event in enumerate(story, 1):
        _set_clock(directory, event.on)
        event.do()
        if number % 40 == 0:
            out.write(f"    {number} of {len(story)} things that happened\n")
            out.flush()
    for key, board in directory.boards.items():
        board.example_today = today[key]
        board.save(update_fields=["example_today"])
    out.write(f"    The example area is loaded ({time.monotonic() - began:.0f} s).\n")


def _set_clock(directory: Directory, day: date) -> None:
    """Each thing happens on its own day, so that seats held then count and seats held later do not."""
    for board in directory.boards.values():
        if board.valid_from <= day:
            board.example_today = day
            board.save(update_fields=["example_today"])


def people() -> list[str]:
    """A line for each example person worth meeting; the demo's sign-in page takes one click and no password."""
    found = {p.full_name: p for p in Person.objects.filter(full_name__in=[name for name, _ in WORTH_MEETING])}
    return [f"{name}, {why} ({found[name].email})" for name, why in WORTH_MEETING if name in found]
