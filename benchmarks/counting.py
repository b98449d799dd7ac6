"""Counts over wide sets: "more than 1,000" against counting to the end."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from benchmarks.measuring import timed
from benchmarks.people import Area
from wholestory.access import acting
from wholestory.actions.models import Action
from wholestory.correspondence.models import Message
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column


def measure(area: Area) -> list[dict[str, Any]]:
    """Milliseconds of the capped and the whole count, for the business manager."""
    found = []
    with acting.acting_as(area.manager.person, area.manager.seat):
        for name, rows in (("messages", Message.objects.all()), ("actions", Action.objects.all())):

            def capped(rows: Any = rows) -> str:
                return ListPage(QueryDict(""), rows=rows, columns=[Column("created_at", "")]).count

            whole = rows.count()
            found.append(
                {
                    "rows": name, "there_are": whole, "shown": capped(), "capped": timed(capped, 40).p50,
                    "whole": timed(rows.count, 40).p50,
                }
            )  # fmt: skip
    return found
