"""Pages that explain the site itself: how to get help, who can see what, how far everyone can use it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wholestory.access.asks import public, signed_in
from wholestory.access.policy import OFFICES, OFFICES_BY_ROLE
from wholestory.access.requests import Request
from wholestory.partners.models import AGENCY_ROLES, Role, Seat

#: What we know does not work for everybody yet. ``docs/reference/accessibility.md`` says the same, and a test compares.
NOT_YET: tuple[str, ...] = (
    "No one who uses a screen reader, a magnifier or voice control every day has tried it yet.",
    "It has been tried in one family of browsers (Chromium). Firefox and Safari have not been checked.",
    "PDF files carry tags, a title and a language, but have not been put through a validator.",
    "A heat map of many agencies is wide and scrolls sideways on a phone. Its CSV and Excel files hold the same.",
    "Files that agencies upload as evidence are as they made them. Ask for another form if you cannot read one.",
)


@public("Says how far everyone can use the site, and shows nobody's data")
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: what was checked, what does not work yet, whom to tell."""
    return render(request, "my_work/accessibility.html", {"not_yet": NOT_YET})


@public("Says how to get help, and shows nobody's data")
def help_page(request: HttpRequest) -> HttpResponse:
    """Whom to ask, and the answers to what is asked most."""
    return render(request, "my_work/help.html", {"is_demo": settings.DEMO})


@dataclass(frozen=True)
class Opens:
    """What one seat opens, in words."""

    seat: Seat
    opens: tuple[str, ...]
    own_agency: bool


@signed_in("Explains the rules and the reader's own seats, and shows no record")
def who_can_see_what(request: Request) -> HttpResponse:
    """The rules of access in plain words, and what the reader's own seats open."""
    mine = [
        Opens(
            seat=seat,
            opens=tuple(OFFICES[key] for key in OFFICES if key in OFFICES_BY_ROLE.get(Role(seat.role), ())),
            own_agency=Role(seat.role) in AGENCY_ROLES,
        )
        for seat in request.seats
    ]
    return render(request, "my_work/who_can_see_what.html", {"mine": mine, "groups": request.in_groups})
