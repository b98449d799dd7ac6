"""The Excel template holds what was not sent yet for the agency alone: the board's team gets what it was sent."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tests.indicators.people import Figures
from tests.indicators.returning import Returning

pytestmark = pytest.mark.django_db


def numbers(client: Client, made: Returning) -> set[object]:
    """Every number in the template somebody gets."""
    answer = client.get(reverse("indicators:return_template", args=[made.of().record.reference]))
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return {
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    }


def test_what_waits_for_a_second_person_is_not_in_the_teams_template(
    figures: Figures, browse: Callable[..., Client]
) -> None:
    made = Returning(figures)
    made.fill()
    made.type({"G04": ("37",)})
    made.pass_on()
    for persona in ("analyst", "chair", "business_manager"):
        assert 37 not in numbers(browse(persona), made), persona
    assert 37 in numbers(browse("police_lead"), made)
    made.approve()
    assert 37 in numbers(browse("analyst"), made)
