"""Loading a release of published figures, and taking one back. What was loaded is never changed: a later release stands
beside it, so that an older report goes on showing what the board saw.

The figures say nothing of any child and belong to no board; the access record notes who loaded what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.indicators.benchmarks import Reading, read, shipped
from wholestory.indicators.benchmarks.tables import tables
from wholestory.indicators.models import Benchmark, Neighbours, Release
from wholestory.indicators.queries import releases as queries
from wholestory.indicators.queries.in_use import own_or_shipped
from wholestory.partners.models import Board, Person

KIND = "indicators.measures"
DAY = timedelta(days=1)
_BATCH = 2000

#: Asked before a release is taken back: each says what uses it, or nothing. Rooms above add theirs when they start.
USES: list[Callable[[Release], str]] = []


class ReleaseRefused(ValueError):
    """It cannot be done like that; the sentence says what to do instead."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as somebody sent it, and what they said of it."""

    content: bytes
    table: str
    name: str
    published_on: date | None = None
    model: str = ""
    """Of statistical neighbours: the year of the model."""
    valid_from: date | None = None
    """Of statistical neighbours: the day from which they are used."""
    without_bad_cells: bool = False
    """Whether to load the rest where single cells cannot be read."""


def looked_through(sent: Sent, board: Board) -> Reading:
    """What would be loaded; nothing is changed. Rates are worked out on the newest populations that are loaded."""
    return read(sent.content, sent.table, sent.name, queries.populations_loaded(board))


@transaction.atomic
def load(*, actor: Person, board: Board, sent: Sent, today: date) -> Release:
    """Load what was looked through. The same file taken back earlier is put in use again. Raises ReleaseRefused when
    it cannot be, and NotForYou."""
    _require(actor, board)
    sha256 = hashlib.sha256(sent.content).hexdigest()
    mine = Release.objects.filter(own_or_shipped(board))
    same = mine.select_for_update(of=("self",)).filter(sha256=sha256).first()
    if same is not None and same.withdrawn_on is None:
        raise ReleaseRefused(f"This very file is loaded already, as “{same.name}”.")
    if same is not None:
        return _put_back(board, same)
    if mine.filter(table=sent.table, name=sent.name).exists():
        raise ReleaseRefused(
            f"A release “{sent.name}” of this table is loaded already, from another file. What is loaded is never"
            " changed: give this one a name of its own."
        )
    reading = looked_through(sent, board)
    if reading.unusable:
        raise ReleaseRefused(reading.faults[0].words)
    if reading.faults and not sent.without_bad_cells:
        raise ReleaseRefused(
            "Some cells cannot be read. Put them right in the file, or load it without them."
        )
    if reading.neighbours and (not sent.model or sent.valid_from is None):
        raise ReleaseRefused("Say the year of the model, and from which day these neighbours are used.")
    ledger.line("indicators.release_loaded", board_id=board.pk, kind=KIND)
    table = tables()[sent.table]
    try:
        with transaction.atomic():
            release = Release.objects.create(
                table=sent.table, name=sent.name, source=table.source, licence=shipped.LICENCE,
                published_on=sent.published_on, sha256=sha256, loaded_by=actor, loaded_on=today, board=board,
            )  # fmt: skip
    except IntegrityError as trouble:
        raise ReleaseRefused("This very file was loaded by somebody else at this moment.") from trouble
    _keep(release, reading, sent.model, sent.valid_from)
    return release


@transaction.atomic
def take_back(*, actor: Person, board: Board, release: Release, today: date) -> None:
    """Compare with a release no longer. Its figures are kept, so that the same file can be put in use again. Raises
    ReleaseRefused when something rests on it, and NotForYou."""
    _require(actor, board)
    fresh = Release.objects.select_for_update(of=("self",)).get(own_or_shipped(board), pk=release.pk)
    if fresh.board_id != board.pk:
        raise ReleaseRefused(
            "It came with Wholestory, and other boards compare with it too. Load a later release beside it instead."
        )
    if fresh.withdrawn_on is not None:
        raise ReleaseRefused("This release is taken back already.")
    for uses in USES:
        if said := uses(fresh):
            raise ReleaseRefused(f"This release cannot be taken back: {said}. Load a later one beside it.")
    ledger.line("indicators.release_taken_back", board_id=board.pk, kind=KIND)
    fresh.withdrawn_on = today
    fresh.save(update_fields=["withdrawn_on"])
    _retime(fresh)


@transaction.atomic
def load_shipped(*, board: Board, today: date) -> list[Release]:
    """Load the tables that come with Wholestory and are not loaded yet; which those are. Twice is once."""
    there = set(Release.objects.filter(board=None).values_list("sha256", flat=True))
    missing = [each for each in shipped.files() if each.sha256() not in there]
    if not missing:
        return []
    ledger.line("indicators.release_loaded", board_id=board.pk, kind=KIND, reason="shipped")
    made = []
    for file in missing:
        release = Release.objects.create(
            table=file.table, name=file.name, source=file.source, licence=shipped.LICENCE, sha256=file.sha256(),
            shipped=True, loaded_on=today,
        )  # fmt: skip
        _keep(release, file.read(), file.model, file.valid_from)
        made.append(release)
    return made


def _require(actor: Person, board: Board) -> None:
    if not asking.may(asking.seats_today(actor), Verb.MANAGE, KIND, board):
        raise asking.NotForYou(asking.judged([], [], Verb.MANAGE, KIND))


def _put_back(board: Board, release: Release) -> Release:
    ledger.line("indicators.release_put_back", board_id=board.pk, kind=KIND)
    release.withdrawn_on = None
    release.save(update_fields=["withdrawn_on"])
    _retime(release)
    return release


def _keep(release: Release, reading: Reading, model: str, valid_from: date | None) -> None:
    Benchmark.objects.bulk_create(
        (
            Benchmark(
                release=release, measure=each.measure, area_code=each.area_code, area_name=each.area_name,
                period_end=each.period_end, numerator=each.numerator, denominator=each.denominator,
                value=each.value, symbol=each.symbol,
            )
            for each in reading.figures
        ),
        batch_size=_BATCH,
    )  # fmt: skip
    if valid_from is None:
        return
    Neighbours.objects.bulk_create(
        Neighbours(
            release=release,
            area_code=each.area_code,
            model=model,
            valid_from=valid_from,
            codes=list(each.codes),
        )
        for each in reading.neighbours
    )
    _retime(release)


def _retime(release: Release) -> None:
    """Each model of an area is used until the day before the next one in use begins, the last without an end."""
    covered = Neighbours.objects.filter(release=release).values("area_code")
    sets = Neighbours.objects.filter(
        area_code__in=covered, release__withdrawn_on=None, release__board=release.board_id
    )
    following: dict[str, date] = {}
    changed = []
    for each in sets.order_by("-valid_from", "-release__created_at"):
        begins = following.get(each.area_code)
        ends = None if begins is None else max(each.valid_from, begins - DAY)
        if each.valid_to != ends:
            each.valid_to = ends
            changed.append(each)
        following[each.area_code] = each.valid_from
    Neighbours.objects.bulk_update(changed, ["valid_to"], batch_size=_BATCH)
