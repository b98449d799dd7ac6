"""How many figures each agency has in force: every one it sent, rates on a published population among them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.indicators.people import Figures
from wholestory.indicators.catalogue import load

pytestmark = pytest.mark.django_db


def test_a_number_sent_for_a_rate_counts_as_a_figure(
    figures: Figures, browse: Callable[[str], Client]
) -> None:
    """Of the police three were sent: a share, a count, and the number of a rate no population is loaded for."""
    rate = next(each.code for each in load().definitions if each.unit == "rate" and each.population)
    figures.series("police", "C07", [(10, 50)])
    figures.series("police", "B01", [(30, None)])
    figures.series("police", rate, [(44, None)])
    page = browse("analyst").get(reverse("indicators:agencies_read"), {"download": "csv"})
    (row,) = [
        line for line in page.content.decode().splitlines() if figures.world.agencies["police"].name in line
    ]
    # Asked for none, three with a figure.
    assert row.split(",")[1:3] == ["0", "3"]
