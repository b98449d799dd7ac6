"""The copy sheet for the national database: what is in it, when a case may go in, and who has it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import Reviews
from wholestory import ledger
from wholestory.child_deaths.models import Case, Identifier, NationalEntry, Review
from wholestory.child_deaths.queries.in_words import death_in_words
from wholestory.child_deaths.queries.national import sheet
from wholestory.child_deaths.rules.national import ANALYSED, NOTIFIED, OF_THE_DEATH, state, why_not
from wholestory.pathways.models import Standing

Browse = Callable[[str], Client]
DAY = {"on-day": "14", "on-month": "3", "on-year": "2016"}


@pytest.fixture
def final(deaths: Deaths) -> tuple[Deaths, Reviews, Review, Case]:
    reviews = Reviews(deaths)
    review = reviews.begun()
    reviews.drafted(review)
    reviews.stands(review, "reviewed")
    reviews.final(review)
    with deaths.acting():
        case = Case.objects.select_related("record").get(pk=review.case_id)
    return deaths, reviews, review, case


@pytest.mark.parametrize(
    ("version", "reviewed", "entered", "expected"),
    [
        (None, None, (), "not_final"),
        (1, date(2019, 3, 31), (), "not_taken"),
        (1, date(2019, 4, 1), (), "to_enter"),
        (1, date(2020, 1, 1), (1,), "entered"),
        (2, date(2020, 1, 1), (1,), "again"),
    ],
)
def test_when_a_case_goes_in(
    version: int | None, reviewed: date | None, entered: tuple[int, ...], expected: str
) -> None:
    said = {"final_version": version, "reviewed_on": reviewed, "entered": frozenset(entered)}
    assert state(**said) == expected
    assert (why_not(**said) is None) == (expected in ("to_enter", "again"))


def test_the_sheet_has_the_three_forms_in_order(
    final: tuple[Deaths, Reviews, Review, Case], browse: Browse
) -> None:
    case = final[3]
    page = browse("coordinator").get(reverse("child_deaths:national_sheet", args=[case.record.reference]))
    words = page.content.decode()
    assert words.index("Notification") < words.index("Analysis form") < words.index("Factors, one to a line")
    # Of the categories 9 and 3 the first in the list is the one that counts.
    assert "3: Trauma and other external factors" in words
    assert "Garden pond without a fence (grade 2)" in words
    assert "Wholestory sends nothing there" in words


def test_the_files_keep_the_kinds_of_nothing_apart(
    final: tuple[Deaths, Reviews, Review, Case], browse: Browse
) -> None:
    deaths, _, _, case = final
    client = browse("coordinator")
    said = json.loads(client.get(reverse("child_deaths:national_json", args=[case.record.reference])).content)
    assert said["schema"] == "wholestory.child_death_review/1"
    fields = {field["key"]: field for part in said["parts"] for field in part["fields"]}
    assert fields["surname"]["value"] == "Ashby"
    assert fields["ethnicity"] == {"key": "ethnicity", "label": "Ethnicity", "nothing": "blank"}
    with deaths.acting():
        ledger.line("child_deaths.put_right", case.record)
        case.child.sex = "not_known"
        case.child.save()
    text = client.get(reverse("child_deaths:national_csv", args=[case.record.reference])).content.decode(
        "utf-8-sig"
    )
    rows = list(csv.reader(io.StringIO(text)))
    sex = next(row for row in rows if len(row) > 3 and row[2] == "sex")
    assert sex[4:] == ["", "not_known"]
    book = client.get(reverse("child_deaths:national_xlsx", args=[case.record.reference]))
    # A workbook is a zip file.
    assert book.content[:2] == b"PK"


def test_a_key_says_the_same_of_every_case(
    final: tuple[Deaths, Reviews, Review, Case], browse: Browse
) -> None:
    """Whatever is left empty: a program that reads the files looks for keys, and not for places."""
    deaths, _, _, case = final
    with deaths.acting():
        case = Case.objects.select_related("record", "child", "home_area", "place_area", "event_area").get(
            pk=case.pk
        )
        said = dict(death_in_words(case))
        assert set(said) <= set(OF_THE_DEATH.values()), "name the new line in OF_THE_DEATH"
        parts = {part.title: [field.key for field in part.fields] for part in sheet(case)}
        fields = {field.key: field for field in sheet(case)[0].fields}
    assert parts["Notification"] == [*NOTIFIED, *OF_THE_DEATH]
    assert parts["Analysis form"] == list(ANALYSED)
    assert fields["death_story"].value == "Collapsed at home in the evening."
    assert fields["death_found"].nothing == "blank"


def test_edge_case_22_opened_again_it_is_entered_again(
    final: tuple[Deaths, Reviews, Review, Case], browse: Browse
) -> None:
    deaths, reviews, review, case = final
    client, url = (
        browse("coordinator"),
        reverse("child_deaths:national_enter", args=[final[3].record.reference]),
    )
    assert client.post(url, {**DAY, "reference": "N-100"}).status_code == 302
    with deaths.acting():
        assert Standing.objects.get(record=case.record_id).stage == "submitted"
        assert Identifier.objects.get(kind="national").value == "N-100"
    assert "entered already" in client.post(url, DAY).content.decode()
    reviews.reopened(review, "A genetic result came.")
    with deaths.acting():
        ledger.line("child_deaths.put_back", case.record)
    reviews.final(review)
    page = client.get(reverse("child_deaths:national")).content.decode()
    assert "To enter again" in page
    assert client.post(url, DAY).status_code == 302
    with deaths.acting():
        assert sorted(NationalEntry.objects.values_list("version", flat=True)) == [1, 2]


def test_what_is_not_final_is_not_entered(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    url = reverse("child_deaths:national_enter", args=[case.record.reference])
    assert "once the review is saved as final" in browse("coordinator").post(url, DAY).content.decode()


@pytest.mark.parametrize(
    "persona",
    ["analyst", "business_manager", "chair", "panel_chair", "panel_police", "sister_coordinator", "stranger"],
)
def test_nobody_else_reads_or_takes_it(
    final: tuple[Deaths, Reviews, Review, Case], browse: Browse, persona: str
) -> None:
    reference = final[3].record.reference
    for name in ("national_sheet", "national_enter", "national_json", "national_csv", "national_xlsx"):
        assert browse(persona).get(reverse(f"child_deaths:{name}", args=[reference])).status_code == 404, name


def test_the_designated_doctor_reads_and_takes_nothing_away(
    final: tuple[Deaths, Reviews, Review, Case], browse: Browse
) -> None:
    reference, client = final[3].record.reference, browse("designated_doctor")
    assert client.get(reverse("child_deaths:national_sheet", args=[reference])).status_code == 200
    for name in ("national_enter", "national_json", "national_csv", "national_xlsx"):
        assert client.get(reverse(f"child_deaths:{name}", args=[reference])).status_code == 404
