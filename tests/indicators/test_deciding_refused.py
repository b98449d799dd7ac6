"""What cannot be decided is refused beside its field, and what was decided is said in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.indicators.people import Figures
from tests.indicators.test_deciding import day
from wholestory.indicators.catalogue import load
from wholestory.indicators.models import Rebase, Target
from wholestory.indicators.operations import decisions

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
TODAY = date(2016, 3, 14)


@pytest.mark.parametrize(
    ("code", "sent", "said"),
    [
        ("C07", {"target": "140"}, "between 0 and 100"),
        ("C07", {"target": "-1"}, "between 0 and 100"),
        ("C12", {"low_red": "-3"}, "never below 0"),
        ("C07", {"target": "20", **day(date(2018, 3, 15))}, "within 2 years"),
    ],
)
def test_no_target_is_set_that_nothing_can_reach(
    figures: Figures, browse: Browse, code: str, sent: dict[str, str], said: str
) -> None:
    page = browse("analyst").post(
        reverse("indicators:target", args=[code]), {**day(TODAY), "because": "Agreed", **sent}
    )
    assert page.status_code == 200
    assert said in page.content.decode()
    with figures.acting():
        assert not Target.objects.exists()


def test_a_target_is_said_in_words(figures: Figures, browse: Browse) -> None:
    """Low is good: 20%, and 4 percentage points off it is 24%."""
    figures.series("police", "C07", [(10, 50)] * 3)
    with figures.acting() as analyst:
        decisions.set_target(
            actor=analyst, board=figures.world.board, measure=load().get("C07"), from_on=date(2015, 4, 1),
            thresholds={"target": "20", "tolerance": "4", "tolerance_is": "points"}, because="Agreed", today=TODAY,
        )  # fmt: skip
    for name in ("measure_read", "target"):
        page = browse("analyst").get(reverse(f"indicators:{name}", args=["C07"])).content.decode()
        assert "20% or less; just off up to 24%" in page
        assert "tolerance_is points" not in page


def test_limits_begin_anew_only_where_a_period_with_figures_begins(figures: Figures, browse: Browse) -> None:
    """Three quarters from April to December 2015: the first has none before it."""
    url = reverse("indicators:limits", args=["C07"])
    sent = {"because": "A new team", **day(date(2015, 8, 1))}
    assert "fewer than two periods" in browse("analyst").post(url, sent).content.decode()
    figures.series("police", "C07", [(10, 50)] * 3)
    said = browse("analyst").post(url, sent).content.decode()
    assert "1 July 2015 or 1 October 2015" in said
    first = browse("analyst").post(url, {**sent, **day(date(2015, 4, 1))})
    assert "1 July 2015" in first.content.decode()
    with figures.acting():
        assert not Rebase.objects.exists()
    assert browse("analyst").post(url, {**sent, **day(date(2015, 7, 1))}).status_code == 302
    page = browse("analyst").get(reverse("indicators:measure_read", args=["C07"])).content.decode()
    assert "or take back that they do" in page
