"""A chart as a slide: a picture of the right size for whoever may take the figures out, and nobody else."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.indicators.people import Figures

pytestmark = pytest.mark.django_db
SERIES = [(10, 50), (12, 50), (9, 50), (11, 50), (13, 50), (10, 50), (12, 50), (25, 50)]
TEAM = reverse("indicators:measure_read", args=["C07"])
OWN = reverse("indicators:own_measure", args=["C07"])


def size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG, from its own header."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = struct.unpack(">II", content[16:24])
    return wide, high


def test_the_team_takes_a_chart_along(figures: Figures, browse: Callable[..., Client]) -> None:
    figures.series("police", "C07", SERIES)
    client = browse("analyst")
    assert "as a slide" in client.get(TEAM).content.decode()
    answer = client.get(TEAM, {"download": "png"})
    assert answer["Content-Type"] == "image/png"
    assert "C07-2015-12-31.png" in answer["Content-Disposition"]
    assert size(answer.content) == (1920, 1080)


def test_an_agency_takes_its_own(figures: Figures, browse: Callable[..., Client]) -> None:
    figures.series("police", "C07", SERIES)
    answer = browse("police_lead").get(OWN, {"download": "png"})
    assert size(answer.content) == (1920, 1080)


@pytest.mark.parametrize("persona", ["police_lead", "head", "lay_member", "group_chair", "sister_manager"])
def test_nobody_else_does(figures: Figures, browse: Callable[..., Client], persona: str) -> None:
    figures.series("police", "C07", SERIES)
    answer = browse(persona).get(TEAM, {"download": "png"})
    assert answer.status_code == 404 or b"image/png" not in answer["Content-Type"].encode()


def test_without_a_figure_there_is_no_slide(figures: Figures, browse: Callable[..., Client]) -> None:
    client = browse("analyst")
    assert "as a slide" not in client.get(TEAM).content.decode()
    assert client.get(TEAM, {"download": "png"}).status_code == 404
