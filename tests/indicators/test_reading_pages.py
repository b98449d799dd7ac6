"""The pages of figures: who sees which, what they say, and what they cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.indicators.people import Figures
from wholestory.indicators.models import Target, Value

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
CostOf = Callable[[Client, str], int]
SEES_ALL = ["analyst", "business_manager", "quality_officer", "chair"]
SEES_OWN = ["police_lead", "police_signatory", "head"]
SEES_NOTHING = [
    "administrator", "ig_lead", "police_member", "health_member", "lay_member", "former_member", "stranger",
    "group_chair", "group_police", "group_lay",
]  # fmt: skip
ALL_PAGES = ["scorecard_read", "agencies_read", "early_help"]
QUARTERS = [(10, 50), (12, 50), (9, 50), (11, 50), (13, 50), (10, 50), (12, 50), (25, 50)]


@pytest.fixture
def sent(figures: Figures) -> Figures:
    """Re-referrals of the police and of health over eight quarters, and a plain number of the police."""
    figures.series("police", "C07", QUARTERS)
    figures.series("health", "C07", [(20, 50)] * 8)
    figures.series("police", "B01", [(n, None) for n in range(30, 38)])
    return figures


@pytest.mark.parametrize("name", ALL_PAGES)
@pytest.mark.parametrize("persona", SEES_ALL)
def test_the_team_and_the_chair_see_everything(
    sent: Figures, browse: Browse, persona: str, name: str
) -> None:
    answer = browse(persona).get(reverse(f"indicators:{name}"))
    assert answer.status_code == 200


@pytest.mark.parametrize("name", ALL_PAGES)
@pytest.mark.parametrize("persona", [*SEES_OWN, *SEES_NOTHING])
def test_nobody_else_does_not_even_a_file(sent: Figures, browse: Browse, persona: str, name: str) -> None:
    client, url = browse(persona), reverse(f"indicators:{name}")
    assert client.get(url).status_code == 404
    assert client.get(url, {"download": "csv"}).status_code == 404


@pytest.mark.parametrize("persona", [*SEES_OWN, *SEES_NOTHING, "sister_police_lead"])
def test_one_measure_and_one_agency_are_closed_too(sent: Figures, browse: Browse, persona: str) -> None:
    client = browse(persona)
    for url in (
        reverse("indicators:measure_read", args=["C07"]),
        reverse("indicators:agency_read", args=["police"]),
    ):
        assert client.get(url).status_code == 404
        assert client.get(url, {"download": "xlsx"}).status_code == 404


def test_another_board_sees_none_of_these_figures(sent: Figures, browse: Browse) -> None:
    page = browse("sister_analyst").get(reverse("indicators:scorecard_read"))
    assert page.status_code == 200
    assert "No figures are in force" in page.content.decode()
    measure = browse("sister_analyst").get(reverse("indicators:measure_read", args=["C07"])).content.decode()
    assert "45 of 100" not in measure
    assert "45.0%" not in measure


def test_an_agency_sees_its_own_figures_and_nobody_elses(sent: Figures, browse: Browse) -> None:
    for url in (reverse("indicators:own"), reverse("indicators:own_measure", args=["C07"])):
        page = browse("police_lead").get(url).content.decode()
        # 25 of 50 of the police; 45 of 100 with health's 20 of 50.
        assert "50.0%" in page
        assert "25 of 50" in page
        assert "45.0%" not in page
        assert "40.0%" not in page
        assert sent.world.agencies["health"].name not in page


def test_its_file_holds_no_more_than_its_page(sent: Figures, browse: Browse) -> None:
    for url in (reverse("indicators:own"), reverse("indicators:own_measure", args=["C07"])):
        said = browse("police_lead").get(url, {"download": "csv"}).content.decode()
        assert "50.0%" in said
        assert "45.0%" not in said
        assert sent.world.agencies["health"].name not in said


def test_an_agency_cannot_ask_for_another_agencys(sent: Figures, browse: Browse) -> None:
    health = str(sent.world.agencies["health"].id)
    page = browse("police_lead").get(reverse("indicators:own_measure", args=["C07"]), {"agency": health})
    assert "40.0%" not in page.content.decode()


def test_every_number_follows_the_filter(sent: Figures, browse: Browse) -> None:
    """Health alone: 20 of 50, on the scorecard, on its page, in the file."""
    asked = {"agency": str(sent.world.agencies["health"].id)}
    client = browse("analyst")
    for url in (reverse("indicators:scorecard_read"), reverse("indicators:measure_read", args=["C07"])):
        page = client.get(url, asked).content.decode()
        assert "40.0%" in page
        assert "45.0%" not in page
        file = client.get(url, {**asked, "download": "csv"}).content.decode()
        assert "40.0%" in file
        assert "45.0%" not in file


def test_the_scorecard_pools_and_says_who_is_in_it(sent: Figures, browse: Browse) -> None:
    page = browse("analyst").get(reverse("indicators:scorecard_read")).content.decode()
    assert "45.0%" in page
    assert "45 of 100" in page
    assert "2 of 2 agencies" in page


def test_a_rolling_year_is_added_up(sent: Figures, browse: Browse) -> None:
    """Police 13, 10, 12 and 25 of 50; health 20 of 50 four times: 140 of 400."""
    page = browse("analyst").get(reverse("indicators:scorecard_read"), {"span": "rolling"}).content.decode()
    assert "140 of 400" in page
    assert "35.0%" in page
    to_date = (
        browse("analyst").get(reverse("indicators:scorecard_read"), {"span": "to_date"}).content.decode()
    )
    assert "107 of 300" in to_date


def test_a_target_judges_the_exact_figure_and_never_the_past(sent: Figures, browse: Browse) -> None:
    with sent.acting() as analyst:
        Target.objects.create(
            board=sent.world.board, measure="C07", from_on=date(2015, 10, 1), thresholds={"target": "20"},
            because="Agreed", by=analyst, on=date(2016, 3, 14),
        )  # fmt: skip
    url = reverse("indicators:scorecard_read")
    assert "Below standard</strong>" in browse("analyst").get(url, {"q": "C07"}).content.decode()
    before = browse("analyst").get(url, {"q": "C07", "period": "2015-09-30"}).content.decode()
    assert "No target set" in before
    assert "Below standard</strong>" not in before


def test_the_page_of_a_measure_says_all_it_should(sent: Figures, browse: Browse) -> None:
    page = browse("analyst").get(reverse("indicators:measure_read", args=["C07"])).content.decode()
    for said in (
        "Over time",
        "Agency by agency",
        "Where this number comes from",
        "The whole definition",
        "<svg",
    ):
        assert said in page
    # The first seven pairs are 30, 32, 29, 31, 33, 30 and 32 of 100; the eighth is 45.
    assert "32 of 100" in page


def test_a_value_is_followed_down(sent: Figures, browse: Browse) -> None:
    with sent.acting():
        key = Value.objects.get(measure="C07", agency__slug="police", period_end=date(2015, 12, 31)).id
    url = reverse("indicators:value", args=[key])
    for persona in ("analyst", "chair", "police_lead"):
        page = browse(persona).get(url).content.decode()
        assert "50.0% (25 of 50)" in page
        assert "Brought in from an earlier scorecard" in page
    for persona in ("health_lead", "head", "stranger", "sister_analyst", "lay_member", "administrator"):
        assert browse(persona).get(url).status_code == 404
        assert browse(persona).get(url, {"download": "csv"}).status_code == 404


def test_pages_are_empty_before_there_is_anything(figures: Figures, browse: Browse) -> None:
    client = browse("analyst")
    for name in ALL_PAGES:
        assert client.get(reverse(f"indicators:{name}")).status_code == 200
    assert client.get(reverse("indicators:measure_read", args=["C07"])).status_code == 200
    assert browse("police_lead").get(reverse("indicators:own")).status_code == 200
    assert client.get(reverse("indicators:measure_read", args=["ZZ"])).status_code == 404


def test_nonsense_in_the_address_shows_the_page_as_it_starts(sent: Figures, browse: Browse) -> None:
    asked = {
        "period": "x",
        "span": "y",
        "agency": "z",
        "basis": "q",
        "area": "area:1",
        "page": "w",
        "sort": "v",
    }
    page = browse("analyst").get(reverse("indicators:scorecard_read"), asked)
    assert page.status_code == 200
    assert "45.0%" in page.content.decode()


def test_thirty_measures_cost_what_three_cost(figures: Figures, browse: Browse, cost_of: CostOf) -> None:
    client = browse("analyst")
    codes = ["C07", "C04", "B04", *(f"D{n:02}" for n in range(9, 22)), "B06", "B07", "B08", "B09", "B10", "B11",
             "C03", "C08", "C10", "E03", "F04", "F05", "F06", "G02"]  # fmt: skip
    pages = [reverse(f"indicators:{name}") for name in ("scorecard_read", "agencies_read")]
    pages += [reverse("indicators:measure_read", args=["C07"])]
    for code in codes[:3]:
        figures.series("police", code, QUARTERS)
    few = [cost_of(client, url) for url in pages]
    for code in codes[3:30]:
        figures.series("police", code, QUARTERS)
    for agency in ("health", "charity", "school"):
        figures.series(agency, "C07", QUARTERS)
    assert [cost_of(client, url) for url in pages] == few
    assert max(few) <= 34
