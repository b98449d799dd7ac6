"""Plays the example's deaths in a test's database, each thing on its own day, as loading the example does."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Value
from django.db.models.functions import Concat

from wholestory.config.example.deaths import death_events
from wholestory.config.example.directory import Directory
from wholestory.partners.models import Agency, Board, Group


@dataclass
class Told:
    """As much of the story as the deaths need."""

    directory: Directory


def deaths_played() -> Directory:
    """The whole of the example's deaths, and the directory they happen in."""
    # The personas of other tests are in this database too, with a police force of their own.
    for kind in (Agency, Board, Group):
        kind._default_manager.update(slug=Concat(Value("personas-"), "slug"))
    directory = Directory()
    directory.load()
    boards = [board for board in directory.boards.values() if board.example_today]
    today = boards[0].example_today
    for on, do in sorted(death_events(Told(directory)), key=lambda one: one[0]):  # type: ignore[arg-type]  # stands in for the whole story
        for board in boards:
            board.example_today = on
            board.save(update_fields=["example_today"])
        do()
    for board in boards:
        board.example_today = today
        board.save(update_fields=["example_today"])
    assert today is not None
    return directory
