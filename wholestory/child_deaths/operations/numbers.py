"""Whom the public page says to telephone: kept by the team, with the day on which somebody last rang every number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access.asking import Answer, NotForYou, may, seats_today
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Panel, PanelNumber
from wholestory.partners.models import Person

KIND = "child_deaths.panel"
MOST_NUMBERS = 6


@dataclass(frozen=True)
class Number:
    """One line of the page."""

    label: str
    number: str
    when: str = ""


@transaction.atomic
def keep(*, actor: Person, panel: Panel, numbers: Sequence[Number], all_rung: bool, today: date) -> Panel:
    """Replace the numbers of a panel's page. Somebody who did not ring them all leaves a changed list unverified.

    Raises NotForYou for whoever does not keep the panel.
    """
    if panel.board is None or not may(seats_today(actor), Verb.MANAGE, KIND, panel.board):
        raise NotForYou(Answer(False, "not_for_them", "They do not keep this panel’s page."))
    locked = Panel.objects.select_for_update(of=("self",)).get(pk=panel.pk)
    before = [Number(one.label, one.number, one.when) for one in locked.numbers.all()]
    after = list(numbers)[:MOST_NUMBERS]
    if before == after and not all_rung:
        return locked
    ledger.line("child_deaths.numbers_kept", kind=KIND, ids=[locked.pk], board_id=locked.board_id)
    if before != after:
        locked.numbers.all().delete()
        PanelNumber.objects.bulk_create(
            PanelNumber(panel=locked, place=place, label=one.label, number=one.number, when=one.when)
            for place, one in enumerate(after, 1)
        )
        locked.numbers_verified_on = None
    if all_rung and after:
        locked.numbers_verified_on = today
    locked.save(update_fields=["numbers_verified_on"])
    return locked
