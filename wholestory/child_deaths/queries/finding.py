"""Finding a child by any name they were known by, any number, or the day of birth."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from wholestory.child_deaths.models import Case, ChildName, Identifier
from wholestory.child_deaths.queries import caseload
from wholestory.child_deaths.rules.matching.folding import folded

#: More than this many is no answer: the search has to be narrower.
MOST = 50


def find(*, name: str = "", nhs_number: str = "", born_on: date | None = None) -> QuerySet[Case]:
    """Cases that fit everything that was given, newest first. Every name counts: earlier, registered, as at birth."""
    rows = caseload.every()
    for word in folded(name).split():
        rows = rows.filter(child__in=ChildName.objects.filter(folded__contains=word).values("child"))
    number = "".join(nhs_number.split()).replace("-", "")
    if number:
        rows = rows.filter(child__in=Identifier.objects.filter(kind="nhs", value=number).values("child"))
    if born_on:
        rows = rows.filter(child__born_on=born_on)
    return rows.order_by("-first_received_at")
