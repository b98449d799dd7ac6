"""On a narrow screen a chart begins at its newest figures, and says that it goes on sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from tests.indicators.people import Figures

pytestmark = pytest.mark.django_db


def test_a_chart_begins_at_its_newest_figures(figures: Figures, browse: Callable[[str], Client]) -> None:
    figures.series("police", "C07", [(10, 50)] * 8)
    page = browse("analyst").get(reverse("indicators:measure_read", args=["C07"])).content.decode()
    assert 'class="ws-chart ws-chart-newest"' in page
    assert "The chart begins at its newest figures" in page
    with open(str(finders.find("indicators/reading.css")), encoding="utf-8") as style:
        # A frame read from the right starts scrolled to its right end.
        assert ".ws-chart-newest { direction: rtl; }" in style.read()
