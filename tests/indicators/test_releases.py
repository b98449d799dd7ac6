"""Loading a release of published figures: who may, what is shown before, and that what was loaded stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.indicators.people import Figures
from wholestory.access.asking import NotForYou
from wholestory.indicators.models import Benchmark, Neighbours, Release
from wholestory.indicators.operations import releases
from wholestory.indicators.operations.releases import ReleaseRefused, Sent

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
LIST, LOAD = "/figures/published/", "/figures/published/load/"
HEAD = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name"
HEAD += ",old_la_code,new_la_code,la_name,category,CPP_start,CPP_subsequent,CPP_subsequent_percent\n"
PLACE = (
    "Reporting year,Local authority,E92000001,England,E12000006,East of England,874,E06000031,Peterborough,x"
)
ENGLAND = "Reporting year,National,E92000001,England,,,,,,x"
GOOD = f"{HEAD}2024,{PLACE},412,93,22.6\n2024,{ENGLAND},62110,15330,24.7\n2023,{PLACE},186,46,24.7\n"
LATER = f"{HEAD}2025,{PLACE},335,85,25.4\n2024,{PLACE},412,94,22.8\n2024,{ENGLAND},62110,15330,24.7\n"
BAD_CELL = f"{HEAD}2024,{PLACE},412,93,22.6\n2023,{PLACE},18G,46,24.7\n"
PEOPLE = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name"
PEOPLE += ",old_la_code,new_la_code,la_name,age_group,population_estimate\n"
PEOPLE += f"2023,{PLACE.rpartition(',')[0]},Children aged 0 to 17 years,56451\n"
TODAY = date(2016, 3, 14)

MANAGES = ("analyst", "business_manager", "quality_officer")
READS = (*MANAGES, "chair", "police_member", "lay_member", "police_lead", "head")
NEITHER = ("stranger", "former_member")


def send(client: Client, text: str, name: str = "Plans 2024", **more: str) -> str:
    file = SimpleUploadedFile("d3.csv", text.encode(), content_type="text/csv")
    return client.post(LOAD, {"file": file, "name": name, **more}).content.decode()


def kept_in(page: str) -> str:
    return page.partition('name="kept" value="')[2].partition('"')[0]


def load(figures: Figures, text: str, name: str, persona: str = "analyst", **more: object) -> Release:
    with figures.acting(persona) as actor:
        sent = Sent(text.encode(), str(more.pop("table", "d3")), name, **more)  # type: ignore[arg-type]
        return releases.load(actor=actor, board=figures.world.boards["north"], sent=sent, today=TODAY)


@pytest.mark.parametrize("persona", MANAGES)
def test_a_release_is_shown_before_it_is_kept(figures: Figures, browse: Browse, persona: str) -> None:
    client = browse(persona)
    page = send(client, GOOD)
    assert "Nothing is kept yet" in page
    assert not Release.objects.exists()
    client.post(LOAD, {"kept": kept_in(page)})
    one = Release.objects.get()
    assert (one.table, one.name, one.loaded_by) == ("d3", "Plans 2024", figures.world.people[persona])
    share = Benchmark.objects.get(
        measure="d3-second-or-later", area_code="E06000031", period_end=date(2024, 3, 31)
    )
    assert (share.numerator, share.denominator, share.value) == (93, 412, Decimal("22.6"))
    assert "22.6%" in client.get(f"{LIST}{one.pk}/").content.decode()


@pytest.mark.parametrize("persona", READS)
def test_the_board_and_its_agencies_read_releases(figures: Figures, browse: Browse, persona: str) -> None:
    one = load(figures, GOOD, "Plans 2024")
    client = browse(persona)
    assert "Plans 2024" in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{one.pk}/").status_code == 200
    assert client.get(f"{LIST}{one.pk}/?download=csv").status_code == 200
    assert (b"Load a release" in client.get(LIST).content) is (persona in MANAGES)


@pytest.mark.parametrize("persona", [each for each in (*READS, *NEITHER) if each not in MANAGES])
def test_nobody_else_loads_or_takes_back(figures: Figures, browse: Browse, persona: str) -> None:
    one = load(figures, GOOD, "Plans 2024")
    client = browse(persona)
    assert client.get(LOAD).status_code in (302, 403, 404)
    assert client.post(f"{LIST}{one.pk}/take-back/").status_code in (302, 403, 404)
    assert Release.objects.get().withdrawn_on is None


@pytest.mark.parametrize("persona", NEITHER)
def test_who_has_no_seat_sees_no_list(figures: Figures, browse: Browse, persona: str) -> None:
    assert browse(persona).get(LIST).status_code in (302, 403, 404)


def test_the_operation_asks_too(figures: Figures) -> None:
    with pytest.raises(NotForYou):
        load(figures, GOOD, "Plans 2024", persona="chair")
    with pytest.raises(NotForYou):
        load(figures, GOOD, "Plans 2024", persona="sister_analyst")


def test_edge_case_05_a_later_release_stands_beside_the_earlier(figures: Figures, browse: Browse) -> None:
    figures.world.boards["north"].areas.update(code="E06000031")
    first = load(figures, GOOD, "Plans 2024")
    page = send(browse("analyst"), LATER, "Plans 2025")
    assert "1 figure of your area or England differ" in page
    second = load(figures, LATER, "Plans 2025")
    of_2024 = Benchmark.objects.filter(
        measure="d3-second-or-later", area_code="E06000031", period_end=date(2024, 3, 31)
    )
    assert {each.release_id: each.value for each in of_2024} == {
        first.pk: Decimal("22.6"), second.pk: Decimal("22.8"),
    }  # fmt: skip


def test_a_file_is_loaded_once_and_a_name_is_given_once(figures: Figures) -> None:
    load(figures, GOOD, "Plans 2024")
    with pytest.raises(ReleaseRefused, match="loaded already, as “Plans 2024”"):
        load(figures, GOOD, "Plans again")
    with pytest.raises(ReleaseRefused, match="a name of its own"):
        load(figures, LATER, "Plans 2024")
    assert Release.objects.count() == 1


def test_a_bad_cell_is_shown_and_left_out_only_when_somebody_says_so(
    figures: Figures, browse: Browse
) -> None:
    client = browse("analyst")
    page = send(client, BAD_CELL)
    assert "18G" in page
    assert "<td" in page
    assert "1 place that cannot be used" in page
    again = client.post(LOAD, {"kept": kept_in(page)})
    assert not Release.objects.exists()
    client.post(LOAD, {"kept": kept_in(again.content.decode()), "without": "on"})
    assert set(Benchmark.objects.values_list("period_end__year", "measure")) == {
        (2024, "d3-second-or-later"), (2024, "d3-started"),
    }  # fmt: skip


def test_a_file_of_something_else_loads_nothing_and_says_what_is_missing(
    figures: Figures, browse: Browse
) -> None:
    page = send(browse("analyst"), GOOD.replace("CPP_subsequent,", "Again,"), table="d3")
    assert "there is no column CPP_subsequent" in page
    assert "Columns of the file that are not known: Again" in page
    page = send(browse("analyst"), "a,b\n1,2\n")
    assert "The headings are of no table that is known" in page
    assert not Release.objects.exists()


def test_what_was_read_is_for_whoever_read_it(figures: Figures, browse: Browse) -> None:
    page = send(browse("analyst"), GOOD)
    browse("quality_officer").post(LOAD, {"kept": kept_in(page)})
    browse("analyst").post(LOAD, {"kept": kept_in(page).replace("A", "B", 1) + "x"})
    assert not Release.objects.exists()


def test_taken_back_it_is_kept_and_the_same_file_puts_it_in_use_again(
    figures: Figures, browse: Browse
) -> None:
    one = load(figures, GOOD, "Plans 2024")
    client = browse("analyst")
    assert "Take “Plans 2024” back?" in client.get(f"{LIST}{one.pk}/take-back/").content.decode()
    client.post(f"{LIST}{one.pk}/take-back/")
    one.refresh_from_db()
    assert one.withdrawn_on == TODAY
    assert one.figures.count() == 6
    assert "Taken back on 14 March 2016" in client.get(LIST).content.decode()
    again = load(figures, GOOD, "Plans 2024")
    assert (again.pk, again.withdrawn_on) == (one.pk, None)
    assert Benchmark.objects.count() == 6


def test_what_a_report_rests_on_is_not_taken_back(figures: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
    one = load(figures, GOOD, "Plans 2024")
    monkeypatch.setattr(releases, "USES", [lambda release: f"the report of quarter 3 shows {release.name}"])
    with figures.acting() as actor, pytest.raises(ReleaseRefused, match="the report of quarter 3"):
        releases.take_back(actor=actor, board=figures.world.boards["north"], release=one, today=TODAY)


def test_rates_are_worked_out_on_the_populations_that_are_loaded(figures: Figures) -> None:
    """412 plans among 56,451 children are 72.98 per 10,000; without a population there is no rate, and it says so."""
    load(figures, GOOD, "Before")
    rate = Benchmark.objects.get(measure="d3-started", area_code="E06000031", period_end=date(2024, 3, 31))
    assert (rate.value, rate.symbol) == (None, "x")
    load(figures, PEOPLE, "Estimates", table="ons")
    load(figures, LATER, "After")
    rate = Benchmark.objects.get(
        measure="d3-started", area_code="E06000031", period_end=date(2024, 3, 31), release__name="After"
    )
    assert (rate.value, rate.denominator) == (Decimal("72.9836"), 56451)


NEIGHBOURS = "la_code,la_name,rank,neighbour_code,closeness,neighbour_name\n"
OLD = f"{NEIGHBOURS}874,Peterborough,1,821,Close,Luton\n"
NEW = f"{NEIGHBOURS}874,Peterborough,1,331,Close,Coventry\n874,Peterborough,2,831,Close,Derby\n"


def test_an_earlier_model_of_neighbours_is_used_until_the_day_before_a_later_one(figures: Figures) -> None:
    load(figures, OLD, "Model of 2021", table="neighbours", model="2021", valid_from=date(2021, 4, 1))
    later = load(figures, NEW, "Model of 2025", table="neighbours", model="2025", valid_from=date(2025, 1, 1))
    spans = {each.model: (each.valid_from, each.valid_to, each.codes) for each in Neighbours.objects.all()}
    assert spans == {
        "2021": (date(2021, 4, 1), date(2024, 12, 31), ["E06000032"]),
        "2025": (date(2025, 1, 1), None, ["E08000026", "E06000015"]),
    }
    with figures.acting() as actor:
        releases.take_back(actor=actor, board=figures.world.boards["north"], release=later, today=TODAY)
    assert Neighbours.objects.get(model="2021").valid_to is None


def test_an_earlier_model_that_is_loaded_later_ends_where_the_next_begins(figures: Figures) -> None:
    load(figures, NEW, "Model of 2025", table="neighbours", model="2025", valid_from=date(2025, 1, 1))
    load(figures, OLD, "Model of 2021", table="neighbours", model="2021", valid_from=date(2021, 4, 1))
    assert dict(Neighbours.objects.values_list("model", "valid_to")) == {
        "2021": date(2024, 12, 31),
        "2025": None,
    }


def test_neighbours_need_their_model_and_their_first_day(figures: Figures, browse: Browse) -> None:
    page = send(browse("analyst"), NEW, "Model of 2025")
    assert "Enter the year of the model" in page
    assert "Enter the day from which these neighbours are used" in page


@pytest.mark.slow
def test_what_ships_is_loaded_once(figures: Figures) -> None:
    board = figures.world.boards["north"]
    with figures.acting(), transaction.atomic():
        made = releases.load_shipped(board=board, today=TODAY)
        assert releases.load_shipped(board=board, today=TODAY) == []
    assert len(made) == 18
    assert Release.objects.filter(shipped=True).count() == 18
    assert Neighbours.objects.get(area_code="E06000031").codes[0] == "E08000026"
    assert Benchmark.objects.get(
        measure="c1-rereferrals", area_code="E06000031", period_end=date(2025, 3, 31)
    ).value == Decimal("19.8")


def test_the_list_takes_as_many_questions_for_thirty_as_for_three(
    figures: Figures, browse: Browse, cost_of: Callable[..., int]
) -> None:
    def more(start: int, end: int) -> None:
        for at in range(start, end):
            load(figures, GOOD.replace("2023", str(1990 + at)), f"Release {at}")

    client = browse("analyst")
    more(0, 3)
    few = cost_of(client, LIST)
    more(3, 30)
    assert cost_of(client, LIST) == few
