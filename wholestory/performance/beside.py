"""What stands on the page of a measure: challenges about it, and promises meant to move it. Two questions for each."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from wholestory.access import asking, reading
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.actions import queries as action_queries
from wholestory.actions.models import Action
from wholestory.challenge.challenges import queries as challenges
from wholestory.govuk.parts import Column, Link, Table, Tag
from wholestory.indicators.beside import Block

#: No more than this are shown; the lists have them all.
_MOST = 10


def challenged(request: Request, *, measure: str, period_end: date) -> Block | None:
    """Challenges about the measure that whoever looks may see, and the way to another one for those who may put it."""
    found = list(challenges.about_measure(request.board, [measure])[:_MOST])
    runs = asking.may(request.seats, Verb.MANAGE, "indicators.figures", request.board)
    if not found and not runs:
        return None
    if found:
        reading.listed(request, "challenge.challenge", [one.record_id for one in found])
    lines = challenges.lines(found, request.today)
    heads = [Column("reference", "Challenge"), Column("agency", "Agency"), Column("raised", "Raised"),
             Column("status", "State"), Column("decision", "Decision")]  # fmt: skip
    asked = urlencode({"measure": measure, "period": period_end.isoformat(), "about": "measure"})
    return Block(
        "Challenges", () if found else ("Nobody has challenged an agency about it.",),
        Table("Challenges about this measure", heads, lines, hide_caption=True) if found else None,
        f"{reverse('challenges:put')}?{asked}" if runs else "", "Put a challenge about it" if runs else "",
    )  # fmt: skip


def promised(request: Request, *, measure: str, period_end: date) -> Block | None:
    """Promises meant to move the measure, each with the way to what came of it."""
    rows = Action.objects.filter(record__board=request.board, measure_code=measure)
    found = list(rows.select_related("record", "agency").order_by("-opened_on", "id")[:_MOST])
    if not found:
        return None
    reading.listed(request, "actions.action", [one.record_id for one in found])
    lines = []
    for one in found:
        status = action_queries.status_of(one, request.today)
        lines.append({
            "promise": Link(one.title, reverse("performance:promise", args=[one.record.reference])),
            "agency": one.agency.name, "status": Tag(status.label, status.colour),
        })  # fmt: skip
    heads = [Column("promise", "Promise"), Column("agency", "Agency"), Column("status", "State")]
    table = Table("Promises meant to move this measure", heads, lines, hide_caption=True)
    return Block("Promises meant to move it", ("Whether it moved stands on each promise’s page.",), table)
