"""Which yearly reports somebody may read, besides those they draft: given to the panel, and published."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from wholestory.access import open_doors
from wholestory.child_deaths.models import ConfidentialReport, Panel, PublicReport, PublicState
from wholestory.kernel.moments import london_day
from wholestory.partners.models import Board


@dataclass(frozen=True)
class PublishedLine:
    """One published report. ``url`` is of its page here, or of the page for everybody."""

    year: int
    panel: str
    on: date
    url: str

    @property
    def years(self) -> str:
        """``2015 to 2016``."""
        return f"{self.year} to {self.year + 1}"


def published(rows: Iterable[PublicReport], board: Board | None) -> list[PublishedLine]:
    """Every published report of the board's panels, the newest first. ``rows`` are those this person may open here; the
    others everybody may read on the open page, so nobody who is signed in is told that there is none. A query, and one
    for each panel of the board."""
    found = {
        (one.panel_id, one.year): PublishedLine(
            one.year, one.panel.name, london_day(one.decided_at),
            reverse("child_deaths:public_report", args=[one.record.reference]),
        )
        for one in rows
        if one.state == PublicState.PUBLISHED and one.decided_at is not None
    }  # fmt: skip
    for panel in Panel.objects.filter(board=board) if board is not None else ():
        kept: str | None = open_doors.ask("child_deaths_reports_published", panel.slug)
        for each in json.loads(kept)["reports"] if kept else ():
            open_page = reverse("published_reports:one", args=[panel.slug, each["year"]])
            line = PublishedLine(each["year"], panel.name, date.fromisoformat(each["on"]), open_page)
            found.setdefault((panel.pk, each["year"]), line)
    return sorted(found.values(), key=lambda one: (-one.year, one.panel))


def given_since(groups: Sequence[UUID | None], day: date) -> list[ConfidentialReport]:
    """The confidential reports that panels of these groups were given since ``day`` and still may read, the newest
    first; of each year the last version alone."""
    rows = ConfidentialReport.objects.filter(panel__group__in=groups, back_at=None, given_at__date__gte=day)
    newest: dict[tuple[UUID, int], ConfidentialReport] = {}
    for one in rows.select_related("record").order_by("-given_at", "-number"):
        newest.setdefault((one.panel_id, one.year), one)
    return list(newest.values())


def has_panel(board: Board) -> bool:
    """Whether the board has a panel that uses this system: its reports are worth a link then."""
    return Panel.objects.filter(board=board).exists()
