"""What the duty writes to agencies. Filled in when correspondence is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from wholestory.assurance.models import Cycle, Return
from wholestory.partners.models import AGENCY_ROLES, Board, Person, Seat


def without_lead(board: Board, agencies: Iterable[Any], today: date) -> set[Any]:
    """Agencies nobody leads for on this day."""
    seats = Seat.objects.filter(board=board, role="agency_lead", starts_on__lte=today).exclude(ends_on__lt=today)
    return set(agencies) - set(seats.values_list("agency_id", flat=True))


def invite(*, actor: Person, cycle: Cycle, returns: Sequence[Return], today: date) -> int:
    return 0


def bounced(cycle: Cycle) -> str:
    return ""


def about(ret: Return) -> list[Any]:
    return []


def tell_owners(*, actor: Person, ret: Return, owners: Mapping[str, list[Person]], today: date) -> int:
    return 0


def tell_extension(*, actor: Person, ret: Return, today: date) -> None: ...


def tell_query(*, actor: Person, ret: Return, today: date) -> None: ...


def tell_released(*, actor: Person, ret: Return, today: date) -> None: ...


def thank(*, actor: Person, ret: Return, today: date) -> None: ...


_ = AGENCY_ROLES
