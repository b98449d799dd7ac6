"""On a measure's page: challenges about it, promises meant to move it, and the way to another challenge."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.challenge.putting import put
from tests.indicators.people import Figures
from tests.performance.quarter import figures_of_quarter
from tests.performance.test_promises import promised

pytestmark = pytest.mark.django_db


def test_the_team_is_led_to_a_challenge_and_an_agency_sees_its_own(
    figures: Figures, browse: Callable[[str], Client]
) -> None:
    figures_of_quarter(figures)
    action = promised(figures)
    about_police = put(figures, agency="police")
    team = browse("analyst").get("/figures/measures/D05/").content.decode()
    assert "Put a challenge about it" in team
    assert "/challenges/put/?measure=D05&amp;period=2015-12-31" in team
    assert about_police.record.reference in team
    assert f"/performance/promises/{action.record.reference}/" in team
    own = browse("health_lead").get("/figures/ours/D05/").content.decode()
    assert f"/performance/promises/{action.record.reference}/" in own
    assert about_police.record.reference not in own
    assert "Put a challenge about it" not in own
