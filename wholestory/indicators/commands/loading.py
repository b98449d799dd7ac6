"""``wholestory returns load``: the counts of a council, or files about children, loaded as their pages do.

For whoever runs the system, and for files that are too large for a page. It acts as a named person who may do the same
on the page, in their own seat, and the access record names them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from wholestory.indicators.command_line import Mistake, say

if TYPE_CHECKING:
    from wholestory.partners.models import Agency, Board, Person, Seat

#: What each ending is a file of: counts, or rows about children.
COUNTS = ".json"
ROWS = {".xml": "census", ".xlsx": "annex_a", ".csv": "looked_after"}


@dataclass
class OnDisk:
    """A file as a form would hand it over."""

    name: str | None
    size: int | None
    file: IO[bytes]


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command is told."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="an aggregate file, or files about children"
    )
    parser.add_argument("--board", required=True, help="the board's short address, such as peterborough")
    parser.add_argument("--agency", required=True, help="the short address of whoever sent them")
    parser.add_argument(
        "--by", required=True, help="e-mail of whoever loads them: somebody who may on the page"
    )
    parser.add_argument(
        "--from",
        dest="first",
        type=date.fromisoformat,
        metavar="DATE",
        help="files about children: the first day",
    )
    parser.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DATE", help="and the last")
    parser.add_argument("--earlier", type=Path, metavar="FILE", help="an earlier year's file to look back to")
    parser.add_argument(
        "--yes", action="store_true", help="put counts in force; without it they are only looked through"
    )


def load(options: argparse.Namespace) -> int:
    """Returns 0, or 2 when nothing was loaded. Raises Mistake for what cannot be used."""
    import django

    django.setup()
    from wholestory.access import acting, asking
    from wholestory.documents.shelf import Unreachable
    from wholestory.indicators.operations.aggregates import AggregateRefused
    from wholestory.indicators.operations.children import ChildrenRefused
    from wholestory.partners.models import Agency, Board, Person

    board = Board.objects.filter(slug=options.board).first()
    actor = Person.objects.filter(email__iexact=options.by).first()
    agency = Agency.objects.filter(slug=options.agency, boards=board).first() if board else None
    for found, words in (
        (board, f"No board has the short address {options.board}"),
        (actor, f"Nobody has the e-mail address {options.by}"),
        (agency, f"No organisation of that board has the short address {options.agency}"),
    ):
        if found is None:
            raise Mistake(f"{words}.")
    if board is None or actor is None or agency is None:
        raise Mistake("Nothing to load.")
    endings = {path.suffix.lower() for path in options.files}
    if len(endings) != 1 or not endings <= {COUNTS, *ROWS}:
        raise Mistake(
            "Load files of one kind at a time: .json for counts; .xml, .xlsx or .csv about children."
        )
    seats = [seat for seat in asking.seats_today(actor) if seat.board_id == board.pk]
    tried: list[Seat | None] = [*seats] if seats else [None]
    for seat in tried:
        try:
            with acting.acting_as(actor, seat):
                if endings == {COUNTS}:
                    return _counts(board, actor, agency, options.files, put=options.yes)
                return _children(board, actor, agency, options, ROWS[endings.pop()])
        except asking.NotForYou:
            # A person may hold several seats; only one of them may be the right one.
            continue
        except (AggregateRefused, ChildrenRefused, Unreachable) as refused:
            say(str(refused), sys.stderr)
            return 2
    say(f"{actor} may not load this for {board.short_name}.", sys.stderr)
    return 2


def _counts(board: Board, actor: Person, agency: Agency, files: Sequence[Path], *, put: bool) -> int:
    from django.utils import timezone

    from wholestory.indicators.operations import aggregates
    from wholestory.indicators.queries.aggregates import plan_of

    for path in files:
        made = aggregates.start(
            actor=actor, board=board, agency=agency, name=path.name, content=_read(path), now=timezone.now(),
            today=board.today(),
        )  # fmt: skip
        plan = plan_of(made)
        say(
            f"{path.name}: {len(plan.coming)} figures of {plan.first} to {plan.last}, {made.record.reference}"
        )
        for figure, why in plan.left:
            say(f"- {figure}: {why}")
        if put:
            came = aggregates.load(actor=actor, submission=made, seen=plan.seen, now=timezone.now())
            say(f"{came} figures are in force.")
        else:
            say("Nothing counts yet. Load it on its page, or say --yes next time.")
    return 0


def _children(board: Board, actor: Person, agency: Agency, options: argparse.Namespace, source: str) -> int:
    from django.utils import timezone

    from wholestory.indicators.models import ChildSource
    from wholestory.indicators.operations import children
    from wholestory.indicators.rules.periods import Period

    if options.first is None or options.last is None:
        raise Mistake("Say which days the files are about with --from and --to.")
    with ExitStack() as held:
        counted = [_opened(path, held) for path in options.files]
        earlier = [_opened(options.earlier, held)] if options.earlier else []
        sent = children.Sent(
            source=ChildSource(source), window=Period(options.first, options.last), agency=agency, files=counted,
            earlier=earlier,
        )  # fmt: skip
        made = children.send(actor=actor, board=board, sent=sent, now=timezone.now(), today=board.today())
    say(f"{made.record.reference} is read, checked and counted in the background. Accept it on its page.")
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as reason:
        raise Mistake(f"{path} cannot be read: {reason.strerror}") from reason


def _opened(path: Path, held: ExitStack) -> OnDisk:
    try:
        return OnDisk(path.name, path.stat().st_size, held.enter_context(path.open("rb")))
    except OSError as reason:
        raise Mistake(f"{path} cannot be read: {reason.strerror}") from reason
