"""Who sees an agency's figures: the agency itself, the board's team and chair, and nobody else."""

from __future__ import annotations

import pytest

from tests.indicators.people import Figures
from wholestory.indicators.models import Value

pytestmark = pytest.mark.django_db

INSIDE = ["analyst", "business_manager", "quality_officer", "chair", "police_lead", "police_signatory"]
OUTSIDE = [
    "administrator", "ig_lead", "police_member", "health_member", "lay_member", "head", "health_lead",
    "charity_lead", "former_member", "sister_manager", "sister_analyst", "sister_police_lead", "stranger",
    "group_chair", "group_police", "group_lay",
]  # fmt: skip


@pytest.mark.parametrize("persona", INSIDE)
def test_who_runs_the_report_or_owns_the_figure_sees_it(figures: Figures, persona: str) -> None:
    figures.series("police", "G03", [(40, None), (52, None)])
    with figures.acting(persona):
        assert [value.numerator for value in Value.objects.order_by("period_end")] == [40, 52]


@pytest.mark.parametrize("persona", OUTSIDE)
def test_everybody_else_sees_nothing(figures: Figures, persona: str) -> None:
    figures.series("police", "G03", [(40, None), (52, None)])
    with figures.acting(persona):
        assert not Value.objects.exists()


def test_an_agency_of_two_boards_keeps_them_apart(figures: Figures) -> None:
    figures.series("police", "G03", [(40, None)])
    figures.series("police", "G03", [(7, None)], board="south")
    with figures.acting("sister_police_lead"):
        assert [value.numerator for value in Value.objects.all()] == [7]
