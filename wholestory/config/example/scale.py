"""``wholestory example --scale local|regional|national``: made-up areas of that size.

They are for measuring and for looking round at size, and are made straight into the tables: rows such as the
operations leave them, with a line in the access record for each batch, acting as the system. The example area itself
(``load``) is the one that goes through the operations step by step.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from typing import TextIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from wholestory.access import acting, derive
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle
from wholestory.assurance.operations import figures, score_sheets
from wholestory.config.example import scale_directory, scale_names
from wholestory.config.example.scale_answers import Courses
from wholestory.config.example.scale_cycles import Years
from wholestory.config.example.scale_post import Post
from wholestory.config.example.scale_promises import Promises
from wholestory.config.example.scale_reading import append
from wholestory.config.example.scale_sizes import SIZES, TODAY, BoardSize, Size
from wholestory.partners.models import Board, Person

PEOPLE_AT_ONCE = 1000


class NotHere(Exception):
    """Made-up areas do not belong in this installation; the message says why and what to do."""


def main(argv: list[str], out: TextIO) -> int:
    """Returns 0 when the area was made, 1 when it does not belong here."""
    parser = argparse.ArgumentParser(
        prog="wholestory example",
        description="Makes up areas of a chosen size, for benchmarks. Everything is invented.",
    )
    parser.add_argument("--scale", choices=list(SIZES), required=True, help="how large")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other areas of the same size")
    chosen = parser.parse_args(argv)
    try:
        make(SIZES[chosen.scale], chosen.seed, out)
    except NotHere as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0


def make(size: Size, seed: int, out: TextIO) -> None:
    """Make up a whole area. Each board is one transaction. Raises NotHere."""
    _check()
    began = time.monotonic()
    framework = framework_called(size.framework)
    courses = Courses(framework, size.years, seed)
    place = scale_names.places(random.Random(f"places {seed}"))
    for number, board in enumerate(size.boards, 1):
        lines = size.read * board.agencies // size.agencies
        _board(number, board, size.years, courses, place, seed, lines)
        done = f"    board {number} of {len(size.boards)}: {board.agencies} agencies, {board.people} people"
        out.write(f"{done} ({time.monotonic() - began:.0f} s)\n")
        out.flush()


def _check() -> None:
    if not settings.DEMO:
        raise NotHere("Made-up areas belong in the demo or the benchmarks; this is neither.")
    if Board.objects.filter(is_example=False).exists():
        raise NotHere("There is a real board in this database. Nothing was made up beside it.")
    if Board.objects.filter(slug__startswith="made-up-").exists():
        raise NotHere("This database holds made-up areas already. Start over first: make demo-reset")


def _board(
    number: int, size: BoardSize, years: int, courses: Courses, place: Iterator[str], seed: int, lines: int
) -> None:
    chosen = random.Random(f"board {number} {seed}")
    records: list[UUID] = []
    with transaction.atomic():
        made = scale_directory.make(number, size, place, chosen)
        with acting.as_system(made.board, "founder"):
            cycles = Years(made, courses.framework, courses, chosen)
            post, promises = Post(cycles, chosen), Promises(cycles, chosen)
            for back in reversed(range(years)):
                told = cycles.year(TODAY.year - back, live=back == 0)
                post.of(told)
                promises.of(told, live=back == 0)
                records += [one.ret.record_id for one in told]
            post.questions()
            score_sheets.rebuild(made.board)
            figures.keep_for_every_cycle(made.board)
            shown = Cycle.objects.filter(board=made.board).exclude(released_on=None)
            for cycle in shown.select_related("board", "record"):
                figures.keep_for_board(cycle, cycle.released_on or TODAY)
            _let_everybody_in(made.board)
    append(made.board, records, lines, chosen)


def _let_everybody_in(board: Board) -> None:
    """Who is in what is worked out by the rules from the seats and grants, as after any change."""
    people = list(Person.objects.filter(seats__board=board).distinct().order_by("id"))
    for at in range(0, len(people), PEOPLE_AT_ONCE):
        derive.rewrite(*people[at : at + PEOPLE_AT_ONCE])
