"""An agency's evidence list, and the evidence of a return line by line, shaped for pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from wholestory.assurance.models import EvidenceItem, EvidenceKind, EvidenceUse, Return
from wholestory.assurance.models.evidence import Shown
from wholestory.assurance.rules.stale import Dates, flags, in_words
from wholestory.documents.rules.links import caution
from wholestory.govuk.parts import Link
from wholestory.partners.models import Agency, Board, Seat


@dataclass(frozen=True)
class EvidenceLine:
    """One piece as a list or a page shows it. ``url`` opens what it is; empty where there is nothing to open."""

    id: UUID
    title: str
    kind: str
    url: str
    words: str
    dates: str
    owner: str
    marking: str
    flags: tuple[str, ...]
    document_on: date | None
    review_on: date | None
    reason: str
    caution: str
    record_id: UUID | None = None
    item_id: UUID | None = None
    file_id: UUID | None = None
    page_url: str = ""
    used: int = 0
    retired: bool = False
    lines: tuple[str, ...] = ()
    to_confirm: bool = False

    @property
    def link(self) -> Link:
        """The title, leading to its own page."""
        return Link(self.title, self.page_url)

    @property
    def flags_words(self) -> str:
        """What speaks against it, as one text."""
        return "; ".join(self.flags)


def owners_who_left(
    agency: Agency | UUID, board: Board | UUID, owners: Iterable[UUID | None], on: date
) -> set[UUID]:
    """Those of the owners who hold no seat for the agency with this board on that day: one query, none for nobody."""
    wanted = {owner for owner in owners if owner is not None}
    if not wanted:
        return set()
    held = Seat.objects.filter(agency=agency, board=board, person__in=wanted, starts_on__lte=on)
    stay = held.filter(Q(ends_on=None) | Q(ends_on__gte=on)).values_list("person_id", flat=True)
    return wanted - set(stay)


def every(board: Board, agency: Agency) -> QuerySet[EvidenceItem]:
    """The agency's pieces, those taken out included, with how many returns use each."""
    rows = EvidenceItem.objects.filter(board=board, agency=agency)
    return rows.select_related("record", "owner", "file__record").annotate(used=Count("uses"))


def lines(rows: Sequence[EvidenceItem], agency: Agency, board: Board, today: date) -> list[EvidenceLine]:
    """Shaped for a list: one query more than the rows took."""
    left = owners_who_left(agency, board, (row.owner_id for row in rows), today)
    return [
        replace(
            _line(row, today, left),
            record_id=row.record_id,
            page_url=reverse("assurance:evidence", args=[row.record.reference]),
            used=getattr(row, "used", 0),
            retired=row.retired_on is not None,
        )
        for row in rows
    ]


def uses_of(ret: Return, today: date) -> list[EvidenceLine]:
    """The evidence of a return: two queries. Flags are those of the day it was signed, once it is."""
    on = ret.signed_off_on or today
    rows = list(
        EvidenceUse.objects.filter(return_of=ret)
        .select_related("owner", "file__record")
        .order_by("created_at", "id")
    )
    left = owners_who_left(ret.agency_id, ret.board_id, (row.owner_id for row in rows), on)
    return [
        replace(
            _line(row, on, left),
            lines=tuple(row.lines),
            to_confirm=row.to_confirm,
            item_id=row.item_id,
            file_id=row.file_id,
        )
        for row in rows
    ]


def shown_with(ret: Return, today: date) -> dict[str, Any]:
    """What the pages of a return are given: ``shown_by`` is the evidence by the line it shows, ``from_list`` the files
    that came from the agency's list. Two queries."""
    uses = uses_of(ret, today)
    return {"shown_by": by_line(uses), "from_list": {use.file_id for use in uses}}


def by_line(found: Iterable[EvidenceLine]) -> dict[str, tuple[EvidenceLine, ...]]:
    """The same by the line it shows."""
    out: dict[str, list[EvidenceLine]] = defaultdict(list)
    for one in found:
        for key in one.lines:
            out[key].append(one)
    return {key: tuple(some) for key, some in out.items()}


def _line(row: Shown, on: date, left: set[UUID]) -> EvidenceLine:
    known = Dates(row.document_on, row.review_on, row.expires_on, row.owner_id in left)
    dates = [
        f"{label} {in_words(day)}"
        for label, day in (
            ("dated", row.document_on),
            ("to be reviewed", row.review_on),
            ("expires", row.expires_on),
        )
        if day
    ]
    return EvidenceLine(
        id=row.id,
        title=row.title,
        kind=EvidenceKind(row.kind).label,
        url=_url(row),
        words=row.words,
        dates=", ".join(dates),
        owner=row.owner_words,
        marking=row.marking,
        flags=flags(known, on),
        document_on=row.document_on,
        review_on=row.review_on,
        reason=row.not_about_a_child,
        caution=caution(row.link) if row.kind == EvidenceKind.LINK else "",
    )


def _url(row: Shown) -> str:
    """Only web pages become links: an address of another kind is shown as it was typed."""
    if row.file is not None:
        return reverse("documents:about", args=[row.file.record.reference])
    return row.link if row.link.lower().startswith(("http://", "https://")) else ""
