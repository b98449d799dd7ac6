"""Figures to compare with: who loads them, what is refused and where, and that a release says a thing once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.child_deaths.people import Deaths
from wholestory.child_deaths import published
from wholestory.child_deaths.models import Benchmark

Browse = Callable[[str], Client]
LIST, LOAD = "/child-deaths/patterns/compare/", "/child-deaths/patterns/compare/load/"
HEAD = "measure,area,period,breakdown,release,value,unit,source,note\n"
GOOD = HEAD + "median_days,,2022-23,,NCMD 2023 tables,392,days,NCMD data tables,\n"
LOADS = ("coordinator", "administrator")
LOADS_NOT = ("analyst", "designated_doctor", "business_manager", "chair", "panel_chair", "head", "stranger")


def sent(client: Client, text: str, **more: str) -> str:
    file = SimpleUploadedFile("figures.csv", text.encode(), content_type="text/csv")
    return client.post(LOAD, {"file": file, **more}).content.decode()


@pytest.mark.parametrize("persona", LOADS)
def test_a_file_is_shown_before_it_is_kept(deaths: Deaths, browse: Browse, persona: str) -> None:
    client = browse(persona)
    shown = sent(client, GOOD)
    assert "1 new figure" in shown
    assert not Benchmark.objects.filter(measure="median_days").exists()
    client.post(LOAD, {"text": GOOD})
    one = Benchmark.objects.get(measure="median_days")
    assert (one.period, one.value, one.release, one.invented) == ("2022-23", 392, "NCMD 2023 tables", False)
    assert one.loaded_by == deaths.world.people[persona]
    # Once more changes nothing.
    assert "1 figure is loaded already" in sent(client, GOOD)
    client.post(LOAD, {"text": GOOD})
    assert Benchmark.objects.filter(measure="median_days").count() == 1


@pytest.mark.parametrize("persona", LOADS_NOT)
def test_nobody_else_loads_figures(deaths: Deaths, browse: Browse, persona: str) -> None:
    client = browse(persona)
    assert client.get(LOAD).status_code in (302, 404)
    client.post(LOAD, {"text": GOOD})
    assert not Benchmark.objects.filter(measure="median_days").exists()


def test_the_administrator_sees_figures_to_compare_with_and_none_of_deaths(
    deaths: Deaths, browse: Browse
) -> None:
    client = browse("administrator")
    assert client.get(LIST).status_code == 200
    assert client.get("/child-deaths/patterns/").status_code == 404
    assert client.get("/child-deaths/").status_code == 404


def test_every_fault_has_its_line_and_column(deaths: Deaths, browse: Browse) -> None:
    text = HEAD + (
        "deaths,,2022-24,,NCMD 2023,3743,deaths,Somewhere,\n"
        "deaths,Nowhere,2022-23,,R,12,deaths,Somewhere,\n"
        "suicides,,2022-23,,R,12,deaths,Somewhere,\n"
        "deaths,,2022-23,,R,not found,deaths,Somewhere,\n"
        "deaths,,2022-23,,R,,deaths,Somewhere,\n"
        "children,,2022-23,,R,100,children,Somewhere,\n"
        "children,,2022-23,,R,101,children,Somewhere,\n"
    )
    _, faults = published.read(text)
    assert [(one.line, one.column) for one in faults] == [
        (2, "period"), (3, "area"), (4, "measure"), (5, "value"), (6, "value"), (8, "measure"),
    ]  # fmt: skip
    shown = sent(browse("coordinator"), text)
    assert "Nothing was loaded: 6 things to put right" in shown
    assert "Load these figures" not in shown


def test_a_release_does_not_say_two_things(deaths: Deaths, browse: Browse) -> None:
    # NCMD 2024 gave 3,577 deaths for 2023-24.
    text = HEAD + "deaths,,2023-24,,NCMD 2024,3578,deaths,Somewhere,\n"
    shown = sent(browse("coordinator"), text)
    assert "is loaded with another value, 3577" in shown
    assert "1 new figure" in sent(browse("coordinator"), text.replace("NCMD 2024", "NCMD 2026"))


def test_populations_of_an_area_say_when_they_are_invented(deaths: Deaths, browse: Browse) -> None:
    client = browse("coordinator")
    text = HEAD + "children,northmarsh,2015-16,,Example,41230,children,Example: invented,\n"
    assert "1 new figure, invented" in sent(client, text, invented="on")
    client.post(LOAD, {"text": text, "invented": "on"})
    one = Benchmark.objects.get(measure="children")
    assert one.invented
    assert one.area is not None
    assert one.area.name == "Northmarsh"
    assert "Example: invented" in client.get(LIST + "?measure=children").content.decode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file you chose is empty"),
        ("measure,value\ndeaths,3\n", "Missing: period, release, unit, source."),
        (HEAD.replace("note", "remark"), "There is no column “remark”."),
        (HEAD, "no figures"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(deaths: Deaths, browse: Browse, text: str, words: str) -> None:
    assert words in sent(browse("coordinator"), text)


def test_letters_of_another_alphabet_are_said_so(deaths: Deaths, browse: Browse) -> None:
    file = SimpleUploadedFile("figures.csv", "measure,£".encode("cp1252"), content_type="text/csv")
    shown = browse("coordinator").post(LOAD, {"file": file}).content.decode()
    assert "Save the file as CSV in UTF-8" in shown


def test_nothing_that_was_not_found_is_filled_in() -> None:
    figures, faults = published.read(published.SEED.read_text(encoding="utf-8"))
    assert not faults
    have = {(one.measure, one.period) for one in figures if not one.breakdown}
    for period in ("2020-21", "2021-22", "2022-23", "2023-24"):
        assert ("modifiable_share", period) not in have
    assert not any(one.period == "2018-19" for one in figures)
    assert not any(one.measure in ("median_days", "category_share", "children", "births") for one in figures)


def test_an_administrator_finds_the_page_in_the_menu_and_others_among_the_figures(
    deaths: Deaths, browse: Browse
) -> None:
    for persona, first, other in (
        ("administrator", "Figures to compare with", "Patterns in deaths"),
        ("coordinator", "Patterns in deaths", "Figures to compare with"),
    ):
        client = browse(persona)
        menu = {item["label"]: item["url"] for item in client.get("/").context["navigation"]}
        assert other not in menu
        assert client.get(menu[first]).status_code == 200
