"""A scan in place and time: asked for, run in the background with progress, shown, and kept from others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.child_deaths.counted import rows
from tests.child_deaths.people import Deaths
from tests.child_deaths.test_studies import known
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.child_deaths.models import ClusterScan, DeathRow, ScanState
from wholestory.child_deaths.operations import scanning
from wholestory.child_deaths.queries import place_and_time
from wholestory.child_deaths.queries.clusters import Refused
from wholestory.partners.models import Area

Browse = Callable[[str], Client]
PAGE = "/child-deaths/patterns/place-and-time/"
YEARS = range(2013, 2015)
ASKED = {"scan": "1", "first": "2013", "last": "2014"}


@pytest.fixture
def areas(deaths: Deaths) -> list[Area]:
    """Six areas on a line, with a thousand children each."""
    found = [Area.objects.create(name=f"Line {at}") for at in range(6)]
    deaths.panel.areas.set(found)
    for at, area in enumerate(found):
        known(area, "east", at, 2013)
        known(area, "north", 0, 2013)
        known(area, "children", 1_000, 2013, 2014)
    return found


def one_here(deaths: Deaths, areas: list[Area]) -> None:
    """One death in each area each half year, and twelve of June and July 2013 in the first two."""
    for area in areas:
        for month in (4, 10):
            for year in YEARS:
                rows(deaths, {"area": area, "month": month, "year_of_death": year})
    for at, month in ((0, 6), (0, 7), (1, 6), (1, 7)):
        rows(deaths, {"area": areas[at], "month": month, "year_of_death": 2013}, number=3)


def asked(deaths: Deaths) -> ClusterScan:
    with deaths.acting("coordinator"):
        return scanning.ask(
            actor=deaths.world.people["coordinator"], board=deaths.world.board, years=YEARS, category=None
        )


@pytest.mark.django_db
def test_months_count_from_april_of_the_first_year(deaths: Deaths, areas: list[Area]) -> None:
    one_here(deaths, areas)
    with deaths.acting("coordinator"):
        found = place_and_time.ground(DeathRow.objects.order_by(), areas, YEARS)
    assert not isinstance(found, Refused)
    assert found.deaths.shape == (6, 24)
    # April, June, July and October of the first year; April and October of the second.
    assert {at: int(n) for at, n in enumerate(found.deaths[0]) if n} == {0: 1, 2: 3, 3: 3, 6: 1, 12: 1, 18: 1}
    assert int(found.deaths.sum()) == 6 * 4 + 12


def test_a_scan_runs_in_the_background_and_finds_where_and_when(
    deaths: Deaths, areas: list[Area], monkeypatch: pytest.MonkeyPatch
) -> None:
    one_here(deaths, areas)
    scan = asked(deaths)
    assert (scan.state, scan.of, scan.cases) == (ScanState.WAITING, 999, 36)
    monkeypatch.setattr(scanning, "_SECONDS", 0)
    said: list[int] = []
    note = scanning._note

    def noted(board: object, pk: object, **values: object) -> None:
        said.append(int(str(values.get("done", 0))))
        note(deaths.world.board, scan.pk, **values)

    monkeypatch.setattr(scanning, "_note", noted)
    assert scanning.run(deaths.world.board, scan.pk)
    assert said == sorted(said)
    assert said[-1] == 999
    with deaths.acting("coordinator"):
        scan.refresh_from_db()
        block = place_and_time.shown(scan, exact=True)
    assert scan.state == ScanState.READY
    # Of 36 deaths in 24 months 12 lie in two of six areas and two of 24 months: 36 x 2/6 x 2/24 = 1 expected.
    assert block.rows[0][:4] == ("Line 0, Line 1", "June 2013 to July 2013", 12, "1.0")
    assert scan.found[0]["p"] == 0.001
    assert not scanning.run(deaths.world.board, scan.pk)


def test_those_who_see_no_case_are_told_where_and_when_and_no_number(
    deaths: Deaths, areas: list[Area]
) -> None:
    one_here(deaths, areas)
    scan = asked(deaths)
    scanning.run(deaths.world.board, scan.pk)
    with deaths.acting("analyst"):
        found = ClusterScan.objects.get(pk=scan.pk)
        block = place_and_time.shown(found, exact=False)
    assert [column.label for column in block.columns] == ["Areas", "Months", "How it could come about"]
    assert block.rows[0] == ("Line 0, Line 1", "June 2013 to July 2013", "seldom by chance")
    # Those of fewer than five deaths are left out.
    assert all(one["observed"] >= 5 for one in found.found[: len(block.rows)])


def test_a_scan_that_runs_is_not_asked_for_twice_and_the_next_takes_its_place(
    deaths: Deaths, areas: list[Area]
) -> None:
    one_here(deaths, areas)
    first = asked(deaths)
    assert asked(deaths).pk == first.pk
    scanning.run(deaths.world.board, first.pk)
    second = asked(deaths)
    assert second.pk != first.pk
    with deaths.acting("coordinator"):
        assert list(ClusterScan.objects.values_list("pk", flat=True)) == [second.pk]
    assert not scanning.run(deaths.world.board, first.pk)


@pytest.mark.parametrize(
    ("years", "words"), [(range(2014, 2015), "Choose 2 to 10 years"), (YEARS, "too few deaths")]
)
def test_what_cannot_be_scanned_is_refused_with_the_reason(
    deaths: Deaths, areas: list[Area], years: range, words: str
) -> None:
    rows(deaths, {"area": areas[0]}, number=9)
    with deaths.acting("coordinator"), pytest.raises(scanning.CannotScan, match=words):
        scanning.ask(
            actor=deaths.world.people["coordinator"], board=deaths.world.board, years=years, category=None
        )


def test_the_page_asks_says_how_far_it_is_and_shows_what_was_found(
    deaths: Deaths, areas: list[Area], browse: Browse
) -> None:
    one_here(deaths, areas)
    client = browse("coordinator")
    assert b"Ask for a scan" in client.get(PAGE).content
    assert client.post(PAGE, ASKED).status_code == 302
    with acting.as_system(deaths.world.board, "tally"):
        scan = ClusterScan.objects.get()
    scanning._note(deaths.world.board, scan.pk, state=ScanState.RUNNING, done=333)
    page = client.get(PAGE).content.decode()
    assert "333 of 999 made-up data sets are done" in page
    assert "Ask for a scan" not in page
    scanning.run(deaths.world.board, scan.pk)
    assert "June 2013 to July 2013" in client.get(PAGE).content.decode()
    assert TODAY.year == 2016


@pytest.mark.parametrize("who", ["head", "lay_member", "panel_chair", "business_manager", "stranger"])
def test_nobody_else_opens_it_or_asks_for_one(
    deaths: Deaths, areas: list[Area], browse: Browse, who: str
) -> None:
    one_here(deaths, areas)
    client = browse(who)
    assert client.get(PAGE).status_code in (403, 404)
    assert client.post(PAGE, ASKED).status_code in (403, 404)
    with acting.as_system(deaths.world.board, "tally"):
        assert not ClusterScan.objects.exists()


def test_another_board_sees_none_of_it(deaths: Deaths, areas: list[Area]) -> None:
    one_here(deaths, areas)
    asked(deaths)
    with deaths.acting("sister_coordinator"):
        assert not ClusterScan.objects.exists()
