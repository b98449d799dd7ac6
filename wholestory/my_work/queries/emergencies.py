"""Emergency access that somebody else took: that it runs, and that it waits to be reviewed."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from wholestory.access.models import EmergencyAccess
from wholestory.govuk.templatetags.govuk import moment
from wholestory.my_work.queries.waiting import Waiting
from wholestory.partners.models import Board, Person


def to_review(person: Person, board: Board, now: datetime) -> list[Waiting]:
    """What others took on ``board`` and nobody has reviewed, the newest first; one query. ``now`` is in UTC.

    Nobody reviews what they took themselves, so that is left out.
    """
    found = EmergencyAccess.objects.filter(record__board=board, reviewed_at=None).exclude(person=person)
    lines = []
    for one in found.select_related("record", "person").order_by("-started_at", "pk")[:20]:
        detail = f"{one.person.full_name}, {one.record.reference}, taken {moment(one.started_at)}"
        title = "Emergency access waits for your review"
        if one.ended_at is None and one.expires_at > now:
            title = "Emergency access is running"
            detail += f", until {moment(one.expires_at)}"
        url = reverse("access:emergency", args=[one.pk])
        lines.append(Waiting(title, detail, url, records=(one.record_id,)))
    return lines
