"""Figures answer what was asked for, or are not shown; a file of them says what it is of."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.child_deaths.counted import REVIEWED, rows
from tests.child_deaths.people import Deaths
from wholestory.access import derive
from wholestory.access.models import Membership
from wholestory.child_deaths.models import DeathRow
from wholestory.child_deaths.operations import figures

Browse = Callable[[str], Client]
PATTERNS = "/child-deaths/patterns/"
ONE_AT_A_TIME = "Choose one of area, age and category at a time"
NONE_SHOWN = "No figures are shown"
#: What nobody can be answered.
NONSENSE = ["?first=bad", "?category=99", "?age=zzz&first=2014", "?area=nowhere"]


def held(client: Client, page: str, query: str, error: str) -> None:
    """The page shows the error and no figure, and the files are refused with the same page."""
    for asked, status in ((query, 200), (f"{query}&download=csv", 400), (f"{query}&download=xlsx", 400)):
        answer = client.get(PATTERNS + page + asked)
        text = answer.content.decode()
        assert answer.status_code == status, asked
        assert "Content-Disposition" not in answer.headers, asked
        assert error in text, asked
        assert "govuk-error-message" in text, asked
        assert NONE_SHOWN in text, asked
        assert "Showing only" not in text, asked
        assert "Clear filters" in text, asked
        main = text.split("<main", 1)[1]
        assert "<td" not in main, asked
        assert "ws-figures" not in main, asked
        assert "download=" not in main, asked


@pytest.mark.parametrize("second", ["age=15_17_years", "category=8"])
def test_two_filters_at_once_show_the_analyst_no_figure(deaths: Deaths, browse: Browse, second: str) -> None:
    rows(deaths, REVIEWED, number=40)
    area = deaths.panel.areas.get()
    held(browse("analyst"), "", f"?area={area.pk}&{second}", ONE_AT_A_TIME)
    held(browse("analyst"), "", "?category=8&age=0_27_days", ONE_AT_A_TIME)
    assert NONE_SHOWN not in browse("coordinator").get(f"{PATTERNS}?area={area.pk}&{second}").content.decode()


@pytest.mark.parametrize("persona", ["analyst", "coordinator"])
@pytest.mark.parametrize("query", NONSENSE)
def test_a_filter_that_makes_no_sense_shows_nobody_a_figure(
    deaths: Deaths, browse: Browse, persona: str, query: str
) -> None:
    rows(deaths, REVIEWED, number=40)
    held(browse(persona), "", query, "govuk-error-summary")


@pytest.mark.parametrize("persona", ["analyst", "coordinator"])
@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("rates/", "?last=bad"), ("trend/", "?category=99"), ("rare/", "?category=99"), ("signal/", "?category=x"),
        ("clusters/", "?scan=1&category=99"),
    ],
)  # fmt: skip
def test_nor_does_a_study_of_what_was_not_asked_for(
    deaths: Deaths, browse: Browse, persona: str, page: str, query: str
) -> None:
    rows(deaths, REVIEWED, number=40)
    answer = browse(persona).get(PATTERNS + page + query + "&download=csv")
    text = answer.content.decode()
    assert answer.status_code == 400
    assert NONE_SHOWN in text
    assert "govuk-error-message" in text
    assert "<td" not in text.split("<main", 1)[1]


@pytest.mark.parametrize("persona", ["analyst", "coordinator", "designated_doctor"])
def test_nor_the_measures_of_quality(deaths: Deaths, browse: Browse, persona: str) -> None:
    for query, status in (("?year=bad", 200), ("?panel=x&download=csv", 400)):
        answer = browse(persona).get("/child-deaths/quality/" + query)
        text = answer.content.decode()
        assert answer.status_code == status
        assert NONE_SHOWN in text
        assert "Showing only" not in text
        assert "<td" not in text.split("<main", 1)[1]


def test_a_scan_of_years_that_are_none_is_not_asked_for(deaths: Deaths, browse: Browse) -> None:
    answer = browse("coordinator").post(
        PATTERNS + "place-and-time/", {"scan": "1", "first": "bad", "last": "2015"}
    )
    assert answer.status_code == 200
    assert "govuk-error-message" in answer.content.decode()
    assert "Asked for by" not in answer.content.decode()


def head(client: Client, url: str) -> tuple[str, list[str]]:
    """The name of a file and the lines above its table; its Excel twin says the same."""
    answer = client.get(url + "download=csv")
    found = re.search(r'filename="(.+)\.csv"', answer["Content-Disposition"])
    assert found is not None
    lines = answer.content.decode("utf-8-sig").split("\r\n\r\n", 1)[0].split("\r\n")
    book = load_workbook(BytesIO(client.get(url + "download=xlsx").content)).active
    assert book is not None
    told = [str(row[0].value) for row in book.iter_rows(max_row=len(lines))]
    csv = [line.strip('"').replace('""', '"') for line in lines]
    assert [one for one in told if not one.startswith("Made")] == [
        one for one in csv if not one.startswith("Made")
    ]
    return found[1], csv


@pytest.mark.parametrize(
    ("persona", "exactness"),
    [
        ("analyst", "Every number of deaths is rounded to a multiple of five"),
        ("coordinator", "Numbers are exact"),
    ],
)
def test_a_file_says_what_it_is_of_the_day_and_how_exact(
    deaths: Deaths, browse: Browse, persona: str, exactness: str
) -> None:
    rows(deaths, {"age_band": "15_17_years"}, number=40)
    client = browse(persona)
    name, lines = head(client, f"{PATTERNS}?age=15_17_years&first=2015&")
    year = "year" if persona == "analyst" else "from year"
    assert f"Only {year}: 2015 to 2016; age at death: 15 to 17 years" in lines
    assert "Counted on 14 March 2016" in lines
    assert any(one.startswith(exactness) for one in lines)
    assert f"{year.replace(' ', '-')}-2015-to-2016-age-at-death-15-to-17-years-2016-03-14" in name


def test_a_file_of_one_area_names_it_and_carries_no_key(deaths: Deaths, browse: Browse) -> None:
    rows(deaths, REVIEWED, number=40)
    area = deaths.panel.areas.get()
    name, lines = head(browse("analyst"), f"{PATTERNS}?area={area.pk}&")
    assert "area-of-the-home-northmarsh" in name
    assert "Only area of the home: Northmarsh" in lines
    assert str(area.pk) not in name + "".join(lines)


def test_a_file_of_everything_says_so(deaths: Deaths, browse: Browse) -> None:
    rows(deaths, REVIEWED, number=40)
    name, lines = head(browse("analyst"), f"{PATTERNS}?")
    assert "No filter: every death" in lines
    assert name.endswith("figures-about-deaths-patterns-2016-03-14")


@pytest.mark.parametrize(
    ("page", "query", "said", "named"),
    [
        # The last whole year before March 2016 is 2014/15; three years up to it.
        (
            "patterns/rates/",
            "?",
            "Only years: 2012 to 2013 up to 2014 to 2015",
            "years-2012-to-2013-up-to-2014-to-2015",
        ),
        ("patterns/trend/", "?category=8&", "Only category: 8. ", "category-8-"),
        ("quality/", "?year=2015&", "Only year: 2015 to 2016", "year-2015-to-2016"),
    ],
)
def test_files_of_studies_and_of_quality_say_it_too(
    deaths: Deaths, browse: Browse, page: str, query: str, said: str, named: str
) -> None:
    rows(deaths, REVIEWED, number=40)
    name, lines = head(browse("analyst"), f"/child-deaths/{page}{query}")
    assert any(one.startswith(said) for one in lines), lines
    assert named in name
    assert "Counted on 14 March 2016" in lines
    assert any("rounded to a multiple of five" in one for one in lines)


def test_the_designated_doctor_sees_the_exact_figures_and_no_draft_of_the_report(
    deaths: Deaths, browse: Browse
) -> None:
    rows(deaths, REVIEWED, number=13)
    doctor = browse("designated_doctor")
    page = doctor.get(PATTERNS).content.decode()
    assert "rounded to a multiple of five" not in page
    assert ">13<" in page
    assert "Sex,Female,Deaths,13" in doctor.get(f"{PATTERNS}?download=csv").content.decode("utf-8-sig")
    assert 'href="/child-deaths/patterns/"' in page


def test_figures_kept_before_the_rule_are_opened_by_it(deaths: Deaths) -> None:
    case = deaths.case()
    figures.refresh(case)
    doctor, board = deaths.world.people["designated_doctor"], deaths.world.board
    circle = figures.doors(board)[0]
    with derive._deriving():
        Membership.objects.filter(person=doctor, circle=circle).delete()
    with deaths.acting("designated_doctor"):
        assert not DeathRow.objects.exists()
    for _ in range(2):
        figures.rebuild(deaths.panel)
        with deaths.acting("designated_doctor"):
            assert DeathRow.objects.count() == 1
            assert Membership.objects.filter(person=doctor, circle=circle).count() == 1
