"""A panel with an open page, and what a nurse types on it. Everybody is invented; numbers are from the 999 range or
Ofcom's for stories."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.personas import World
from wholestory.access import acting
from wholestory.child_deaths.models import Notification, Panel, PanelNumber

SLUG = "northmarsh"
ADDRESS = f"/notify/{SLUG}/"


def open_panel(world: World, slug: str = SLUG, **other: Any) -> Panel:
    """The panel of the north board, with two numbers."""
    panel: Panel = Panel.objects.create(
        name="Northmarsh Child Death Overview Panel", short_name="Northmarsh panel", slug=slug, board=world.board,
        takes_notifications=True, numbers_verified_on=date(2016, 3, 1), telephone="01632 960 010", **other,
    )  # fmt: skip
    PanelNumber.objects.create(
        panel=panel, place=1, label="On-call paediatrician", number="01632 960 001", when="day and night"
    )
    PanelNumber.objects.create(
        panel=panel, place=2, label="The coordinator", number="01632 960 010", when="Monday to Friday, 9 to 5"
    )
    return panel


#: What a nurse knows at three in the morning. 999 123 4560: 9x10+9x9+9x8+1x7+2x6+3x5+4x4+5x3+6x2 = 320, remainder 1.
FILLED: dict[str, str] = {
    "forenames": "Rowan", "surname": "Ashby-Test",
    "born_on-day": "2", "born_on-month": "9", "born_on-year": "2013",
    "sex": "male", "nhs_number_absent": "not_available", "postcode": "ZZ1 1ZZ",
    "confirmed_on-day": "14", "confirmed_on-month": "3", "confirmed_on-year": "2016", "confirmed_time": "0310",
    "place_of_death": "Northmarsh General, emergency department", "expected": "unexpected",
    "circumstances": "Brought in by ambulance.\nFound unwell at home.",
    "notifier_name": "Ines Corfe", "notifier_role": "Charge nurse", "notifier_telephone": "01632 960 222",
}  # fmt: skip


def filled(**other: str) -> dict[str, str]:
    return {**FILLED, "step": "send", **other}


def kept(world: World) -> list[Notification]:
    """What the board holds, oldest first."""
    with acting.as_system(world.board):
        return list(Notification.objects.select_related("record").order_by("created_at"))
