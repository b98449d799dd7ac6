"""Who else is in a form. Overwritten every few seconds, never part of any record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from wholestory.paperwork.models import AnswerSet, Presence
from wholestory.partners.models import Person

STILL_HERE = timedelta(seconds=75)
"""An open page says every half minute that it is open; without JavaScript, only when it is loaded."""


@dataclass(frozen=True)
class Other:
    """Somebody else who has the form open."""

    name: str
    page: str


def note(*, form_set: AnswerSet, person: Person, page: str, now: datetime) -> None:
    """``person`` has this page open. One query."""
    Presence.objects.bulk_create(
        [
            Presence(
                circle_id=form_set.circle_id,
                office_id=form_set.office_id,
                answer_set=form_set,
                person=person,
                page=page,
                seen_at=now,
            )
        ],
        update_conflicts=True,
        unique_fields=["answer_set", "person"],
        update_fields=["page", "seen_at"],
    )


def others(*, form_set: AnswerSet, person: Person, now: datetime) -> tuple[Other, ...]:
    """Everybody else who has the form open, by name. One query."""
    rows = (
        Presence.objects.filter(answer_set=form_set, seen_at__gte=now - STILL_HERE)
        .exclude(person=person)
        .select_related("person")
        .order_by("person__full_name", "person_id")
    )
    return tuple(Other(row.person.full_name, row.page) for row in rows)


def left(*, form_set: AnswerSet, person: Person) -> None:
    """``person`` has gone."""
    Presence.objects.filter(answer_set=form_set, person=person).delete()
