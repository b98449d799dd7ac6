"""Who was asked in a cycle and how far each is: bare rows, because result pages count hundreds of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, cast
from uuid import UUID

from wholestory.assurance.answers import position
from wholestory.assurance.models import Cycle, Return, Stage
from wholestory.assurance.rules.cells import ReturnPosition
from wholestory.partners.models import Sector

_COLUMNS = (
    "id", "record_id", "cycle_id", "agency_id", "stage", "framework", "framework_version", "compliant_from",
    "issued_on", "due_on", "extended_to", "extension_reason", "signed_off_on", "first_signed_on", "nil_reason",
    "refused_reason", "succeeded_by_id", "answers_id", "circle_id", "record__reference", "agency__name",
    "agency__sector", "answers__content_hash",
)  # fmt: skip


class Asked(NamedTuple):
    """One agency asked. It has a return's own columns, so that the rules read it like one."""

    id: UUID
    record_id: UUID
    cycle_id: UUID
    agency_id: UUID
    stage: str
    framework: str
    framework_version: int
    compliant_from: str
    issued_on: date
    due_on: date
    extended_to: date | None
    extension_reason: str
    signed_off_on: date | None
    first_signed_on: date | None
    nil_reason: str
    refused_reason: str
    succeeded_by_id: UUID | None
    answers_id: UUID
    circle_id: int
    reference: str
    agency: str
    sector: str
    content_hash: str

    @property
    def position(self) -> ReturnPosition:
        """Where it stands, for the rules."""
        return position(cast(Any, self))

    @property
    def sector_name(self) -> str:
        """The sector in words."""
        return str(Sector(self.sector).label)


def asked(cycles: Iterable[Cycle], sector: str = "", *, withdrawn: bool = False) -> list[Asked]:
    """Everybody asked in these cycles, by name; those whose request was taken back only where they are wanted. One
    query."""
    rows = Return.objects.filter(cycle__in=[cycle.pk for cycle in cycles])
    if not withdrawn:
        rows = rows.exclude(stage=Stage.WITHDRAWN)
    if sector:
        rows = rows.filter(agency__sector=sector)
    found = [Asked._make(row) for row in rows.order_by().values_list(*_COLUMNS)]
    return sorted(found, key=lambda one: (one.agency.casefold(), one.reference))


def in_scope(rows: Iterable[Asked]) -> list[Asked]:
    """Without those whose request was taken back."""
    return [row for row in rows if row.stage != Stage.WITHDRAWN]
