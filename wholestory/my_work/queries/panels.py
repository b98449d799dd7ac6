"""The peer challenge panels somebody sits on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count
from django.urls import reverse

from wholestory.assurance.models import Panel, PanelState
from wholestory.govuk.templatetags.govuk import day
from wholestory.my_work.queries.waiting import Waiting


def for_panel(circles: Sequence[int], today: date) -> list[Waiting]:
    """The panels that have still to meet, the next one first; ``circles`` are those of ``let_in``. One query, and none
    for whoever sits on no panel. Once a panel has met, or its day has passed, there is nothing left to prepare."""
    found = Panel.objects.filter(return_of__circle__in=circles, meets_on__gte=today)
    found = found.exclude(state=PanelState.HELD).select_related("return_of__record", "return_of__agency")
    lines = []
    for one in found.annotate(asked=Count("enquiries")).order_by("meets_on", "pk"):
        ret, where = one.return_of, f", {one.place}" if one.place else ""
        asked = f" and {one.asked} line{'' if one.asked == 1 else 's'} of enquiry" if one.asked else ""
        lines.append(
            Waiting(
                f"Sit on the panel about {ret.agency.name}",
                f"Meets on {day(one.meets_on)}{where}. Read before: the return{asked}",
                reverse("assurance:panel", args=[ret.record.reference]),
                records=(ret.record_id,),
            )
        )
    return lines
