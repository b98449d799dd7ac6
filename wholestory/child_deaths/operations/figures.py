"""Keeps the rows that figures are counted from in step with the cases. Run twice, the second changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.access.models import Membership
from wholestory.access.policy_doors import DOORS
from wholestory.child_deaths.models import Case, DeathRow, Panel
from wholestory.child_deaths.queries.death_rows import differs, facts
from wholestory.partners.models import Board, Seat
from wholestory.records import opening
from wholestory.records.models import Circle, Office

CIRCLE = OFFICE = "death_figures"
_SALT = "wholestory.child_deaths.figures"
_AT_ONCE = 1_000
_OPENED_BY = frozenset(role for door in DOORS if door.kind == CIRCLE for role in door.roles)


def pseudonym(case: UUID, secret: str | None = None) -> str:
    """The name of a case among the figures: a keyed hash. Nobody gets from it to the case without the case's key, which
    only those who see the case have."""
    return salted_hmac(_SALT, str(case), secret=secret, algorithm="sha256").hexdigest()


def refresh(case: Case) -> None:
    """Write the row of one case as the case now stands, take it away, or leave it."""
    if case.panel.board is not None:
        with acting.as_system(case.panel.board, "tally"):
            _keep(case.panel, _cases(Case.objects.filter(pk=case.pk)))


def refresh_where(board: UUID, wanted: Q) -> None:
    """The same for the cases of one board that answer to a question, in one transaction."""
    with acting.as_system(board, "tally"):
        cases = _cases(Case.objects.filter(wanted, panel__board=board).distinct())
        for panel in {case.panel for case in cases}:
            _keep(panel, [case for case in cases if case.panel_id == panel.pk])


def rebuild(panel: Panel) -> int:
    """Write every row of a panel anew where it differs, and remove rows no case answers for. Returns how many deaths
    are counted. Also takes over to a new secret after the installation's was changed."""
    if panel.board is None:
        return 0
    _let_in(panel.board)
    wanted: set[str] = set()
    with acting.as_system(panel.board, "tally"):
        ids = list(Case.objects.filter(panel=panel).order_by("pk").values_list("pk", flat=True))
        for some in batched_ids(ids):
            wanted |= _keep(panel, _cases(Case.objects.filter(pk__in=some)))
        there = DeathRow.objects.filter(panel=panel).values_list("pseudonym", flat=True)
        gone = [one for one in there if one not in wanted]
        if gone:
            ledger.line("child_deaths.figures_kept", board_id=panel.board.id)
            DeathRow.objects.filter(panel=panel, pseudonym__in=gone).delete()
    return len(wanted)


def batched_ids(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    """Keys, a thousand at a time."""
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))


def doors(board: Board) -> tuple[Circle, Office]:
    """Where rows are kept: the board's standing circle for figures, opened by the seats that see every case."""
    circle, new = opening.the_circle(board, CIRCLE)
    if new:
        derive.open_circle(circle)
    return circle, opening.office(board, OFFICE)


def _let_in(board: Board) -> None:
    """Open the figures to seats that open them by rule, where they stood before the rule did."""
    circle, _ = doors(board)
    seats = Seat.objects.filter(board=board, group=None, role__in=_OPENED_BY).select_related("person")
    with acting.as_system(board, "tally"):
        there = set(Membership.objects.filter(circle=circle).values_list("seat", flat=True))
    if missing := {seat.person for seat in seats if seat.pk not in there}:
        derive.rewrite(*missing)


def _cases(rows: Any) -> list[Case]:
    return list(rows.select_related("record__standing", "child", "panel__board"))


@transaction.atomic
def _keep(panel: Panel, cases: Sequence[Case]) -> set[str]:
    """Make the rows of these cases what they should be. Returns the pseudonyms of those that are counted."""
    if panel.board is None:
        return set()
    names = {case.pk: pseudonym(case.pk) for case in cases}
    former = [pseudonym(case.pk, old) for case in cases for old in settings.SECRET_KEY_FALLBACKS]
    kept = DeathRow.objects.filter(pseudonym__in=[*names.values(), *former])
    there = {row.pseudonym: row for row in kept}
    wanted = {names[case.pk]: values for case, values in facts(cases)}
    changed = [name for name, values in wanted.items() if name not in there or differs(there[name], values)]
    gone = [name for name in there if name not in wanted]
    if not changed and not gone:
        return set(wanted)
    circle, office = doors(panel.board)
    ledger.line("child_deaths.figures_kept", board_id=panel.board.id)
    if gone:
        kept.filter(pseudonym__in=gone).delete()
    fresh: list[DeathRow] = []
    other: list[DeathRow] = []
    for name in changed:
        row = there.get(name) or DeathRow(pseudonym=name, panel=panel, circle=circle, office=office)
        for key, value in wanted[name].items():
            setattr(row, key, value)
        (other if name in there else fresh).append(row)
    DeathRow.objects.bulk_create(fresh)
    if other:
        fields = [f.name for f in DeathRow._meta.concrete_fields if f.name not in _FIXED]
        DeathRow.objects.bulk_update(other, fields, batch_size=200)
    return set(wanted)


_FIXED = frozenset({"id", "created_at", "circle", "office", "panel", "pseudonym"})
