"""What somebody found when they looked at a rule."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.partners.models import Board, Person
from wholestory.pathways import register
from wholestory.pathways.models import Finding, RuleCheck
from wholestory.pathways.operations.calendar import KIND, _may


class CannotMark(ValueError):
    """The rule cannot be marked so; the message is fit for a person."""


@transaction.atomic
def mark_rule(
    *,
    actor: Person,
    board: Board,
    rule: str,
    finding: Finding,
    today: date,
    checked_on: date | None = None,
    against: str = "",
    note: str = "",
) -> RuleCheck:
    """Record who found what about a rule, on which day, against which link or document.

    Raises UnknownRule, and CannotMark when a check does not name its source or lies in the future.
    """
    _may(actor, board)
    known = register.by_id(rule)
    on = checked_on or today
    if on > today:
        raise CannotMark("The day of the check cannot be in the future.")
    if finding in {Finding.CHECKED, Finding.DIFFERS} and not against.strip():
        raise CannotMark("Say which link or document it was checked against.")
    if finding is Finding.DIFFERS and not note.strip():
        raise CannotMark("Say what the guidance says instead.")
    ledger.line("pathways.rule_marked", kind=KIND, board_id=board.id, reason=finding.value)
    return RuleCheck.objects.create(
        board=board,
        rule=rule,
        fingerprint=known.fingerprint,
        finding=finding,
        checked_by=actor,
        checked_on=on,
        against=against.strip(),
        note=note.strip(),
    )
