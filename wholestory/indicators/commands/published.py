"""``wholestory published``: published figures to compare with. Look through a file, load it, or load what ships."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wholestory.indicators.benchmarks import Reading, read, recognise, shipped, tables

if TYPE_CHECKING:
    from wholestory.partners.models import Board, Person


def main(argv: list[str]) -> int:
    """``tables`` lists what can be read; ``check`` says what a file holds and what is wrong in it, and needs no
    database; ``load`` loads it; ``shipped`` loads the tables that come with Wholestory. 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="wholestory published", description=__doc__)
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("tables", help="the tables that can be read")
    check = what.add_parser("check", help="what a file holds, and what is wrong in it")
    load = what.add_parser(
        "load", help="load a release, as the page does; for files that are too large for it"
    )
    for each in (check, load):
        each.add_argument("file", type=Path, help="CSV as published")
        each.add_argument("--table", choices=sorted(tables()), help="found out from the headings otherwise")
    check.add_argument("--json", action="store_true", help="for another program")
    load.add_argument("--name", required=True, help="what the release is called, with its year")
    load.add_argument("--board", required=True, help="the board's short address, such as peterborough")
    load.add_argument("--by", required=True, help="e-mail of whoever loads it: somebody who may on the page")
    load.add_argument("--model", default="", help="neighbours: the year of the model")
    load.add_argument("--valid-from", type=date.fromisoformat, help="neighbours: used from this day on")
    load.add_argument(
        "--without-bad-cells", action="store_true", help="load the rest where cells cannot be read"
    )
    ship = what.add_parser("shipped", help="load the tables that come with Wholestory and are not loaded yet")
    ship.add_argument("--board", required=True, help="under which board the access record notes it")
    chosen = parser.parse_args(argv)
    if chosen.what == "tables":
        for each_table in tables().values():
            print(f"{each_table.key:<10}  {each_table.title}: {each_table.source}")
        return 0
    try:
        if chosen.what == "shipped":
            return _shipped(chosen.board)
        content = chosen.file.read_bytes()
        table: str | None = chosen.table or recognise(content)
        if table is None:
            print(
                "The headings are of no table that is known. Say which it is with --table.", file=sys.stderr
            )
            return 1
        if chosen.what == "load":
            return _load(chosen, content, table)
        return _check(read(content, table, chosen.file.name, shipped.populations()), as_json=chosen.json)
    except OSError as reason:
        print(f"{chosen.file} cannot be read: {reason.strerror}", file=sys.stderr)
    except LookupError as reason:
        print(reason.args[0], file=sys.stderr)
    return 1


def _check(reading: Reading, *, as_json: bool) -> int:
    if as_json:
        said = {
            "table": reading.table, "figures": len(reading.figures), "neighbours": len(reading.neighbours),
            "lines": reading.lines, "unusable": reading.unusable, "notices": reading.notices,
            "faults": [asdict(each) for each in reading.faults], "faults_not_kept": reading.faults_not_kept,
        }  # fmt: skip
        print(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        held = (
            f"{len(reading.neighbours)} sets of neighbours"
            if reading.neighbours
            else f"{len(reading.figures):,} figures"
        )
        print(f"{tables()[reading.table].title}: {held} on {reading.lines:,} lines")
        for line in (*reading.notices, *map(str, reading.faults)):
            print(f"- {line}")
        if reading.faults_not_kept:
            print(f"- and {reading.faults_not_kept:,} more.")
    return 1 if reading.faults else 0


def _board(slug: str) -> Board:
    from wholestory.partners.models import Board

    found = Board.objects.filter(slug=slug).first()
    if found is None:
        raise LookupError(f"No board has the short address {slug}.")
    return found


def _person(email: str) -> Person:
    from wholestory.partners.models import Person

    found = Person.objects.filter(email__iexact=email).first()
    if found is None:
        raise LookupError(f"Nobody has the e-mail address {email}.")
    return found


def _shipped(slug: str) -> int:
    _set_up()
    from wholestory.access import acting
    from wholestory.indicators.operations import releases

    board = _board(slug)
    with acting.as_system(board, "founder"):
        made = releases.load_shipped(board=board, today=board.today())
    for each in made:
        print(f"loaded {each.name}")
    if not made:
        print("Everything that ships is loaded already.")
    return 0


def _load(chosen: argparse.Namespace, content: bytes, table: str) -> int:
    _set_up()
    from wholestory.access import acting, asking
    from wholestory.indicators.operations import releases

    board, actor = _board(chosen.board), _person(chosen.by)
    seat = next((each for each in asking.seats_today(actor) if each.board_id == board.pk), None)
    sent = releases.Sent(
        content, table, chosen.name, None, chosen.model, chosen.valid_from, chosen.without_bad_cells
    )
    try:
        with acting.acting_as(actor, seat):
            made = releases.load(actor=actor, board=board, sent=sent, today=board.today())
    except releases.ReleaseRefused as refused:
        print(refused, file=sys.stderr)
        return 1
    except asking.NotForYou:
        print(f"{actor} may not load published figures for this board.", file=sys.stderr)
        return 1
    print(f"loaded {made.name}")
    return 0


def _set_up() -> None:
    """Only what writes needs the database: a file can be looked through on any machine."""
    import django

    django.setup()
