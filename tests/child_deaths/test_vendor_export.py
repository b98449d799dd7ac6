"""What another product exported: joined to the cases here, made where there are none, marked, and taken back."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import Reviews
from tests.child_deaths.vendor_lists import (
    FINISHED,
    ROWAN,
    Browse,
    content,
    line,
    loaded,
    sent,
    settled,
    the_file,
)
from wholestory.child_deaths.models import Case, Identifier, NationalEntry, PastRow, VendorLine, VendorMapping
from wholestory.child_deaths.operations import vendor_export as operations
from wholestory.child_deaths.operations.bringing_in import PastRefused
from wholestory.child_deaths.operations.vendor_export_back import take_back
from wholestory.child_deaths.queries import vendor_export as queries
from wholestory.child_deaths.rules.brought_in import Stands
from wholestory.pathways.models import Standing

LATER = date(2021, 3, 14)
OUTSIDERS = (
    "designated_doctor", "business_manager", "administrator", "analyst", "panel_chair", "panel_police",
    "sister_coordinator", "head", "stranger",
)  # fmt: skip
STEPS = ("", "_columns", "_stages", "_lines", "_check", "_differences", "_aside", "_back")


def check(client: Client, reference: str, query: str = "") -> str:
    url = reverse("child_deaths:vendor_check", args=[reference])
    return client.get(url + query).content.decode()


def taken_in(deaths: Deaths, *lines: tuple[str, ...], on: date = LATER) -> None:
    """An export read, settled as proposed and loaded on a later day."""
    with deaths.acting() as actor:
        file = operations.start(
            actor=actor,
            panel=deaths.panel,
            name="export.csv",
            content=content(*lines),
            mapping=None,
            today=on,
        )
        file = operations.choose_columns(
            actor=actor, file=file, fields=queries.fields_of(file), keep_as="", today=on
        )
        stages = {"Open": Stands.GATHERING, "Finalised": Stands.FINISHED}
        file = operations.choose_stages(actor=actor, file=file, stages=stages, today=on)
        plan = queries.plan_of(file, on)
        operations.load(
            actor=actor, file=file, seen=plan.seen, without_stopped=True, today=on, now=deaths.now
        )


def test_a_case_that_is_here_gets_the_reference_and_keeps_what_it_held(
    deaths: Deaths, browse: Browse
) -> None:
    case, client = deaths.case(), browse("coordinator")
    reference = sent(deaths, client, line(ROWAN, Date_of_death="11/03/2016"))
    settled(client, reference)
    page = check(client, reference)
    assert "NHS number and date of birth" in page
    assert "2016-03-11" in page
    assert "Nothing is changed yet" in page
    with deaths.acting():
        assert not Identifier.objects.filter(kind="national").exists()
    assert loaded(client, reference).status_code == 302
    with deaths.acting():
        assert Case.objects.count() == 1
        assert Identifier.objects.get(kind="national").value == "N-4711"
        assert Case.objects.get().died_on == date(2016, 3, 12)
        assert not NationalEntry.objects.exists()
    sheet = client.get(reverse("child_deaths:national_sheet", args=[case.record.reference])).content.decode()
    assert "Sleep surface" in sheet
    assert "Cot" in sheet
    assert "Date of death: 2016-03-11 there, 2016-03-12 here" in sheet
    listed = client.get(reverse("child_deaths:vendor_differences", args=[reference]))
    assert "2016-03-11" in listed.content.decode()
    file = client.get(reverse("child_deaths:vendor_differences", args=[reference]) + "?download=csv")
    assert "2016-03-11" in file.content.decode("utf-8-sig")


def test_a_finished_case_that_is_not_here_is_made_and_marked(deaths: Deaths, browse: Browse) -> None:
    taken_in(deaths, FINISHED, line(FINISHED, Sleep_surface="Bed"))
    with deaths.acting():
        case = Case.objects.select_related("record__standing").get()
        entry = NationalEntry.objects.get()
        assert (entry.on, entry.entered_by, entry.reference) == (date(2020, 9, 4), "P. Sallow", "N-4001")
        assert case.record.standing.stage == "submitted"
        assert case.brought_in
        assert PastRow.objects.get().cells["Sleep surface"] == "Sofa"
        assert [one.cells["Sleep surface"] for one in VendorLine.objects.all()] == ["Bed"]
    page = (
        browse("coordinator")
        .get(reverse("child_deaths:national_sheet", args=[case.record.reference]))
        .content.decode()
    )
    assert "by P. Sallow, as the export export.csv says" in page


def test_a_review_of_before_april_2019_is_never_marked(deaths: Deaths) -> None:
    old = line(
        FINISHED, DOB="02/05/2016", Date_of_death="14/03/2018", Date_notified="15/03/2018", Panel_date="31/03/2019",
    )  # fmt: skip
    taken_in(deaths, old)
    with deaths.acting():
        assert Standing.objects.get(record__kind="child_deaths.case").stage == "finalised"
        assert not NationalEntry.objects.exists()


def test_our_own_final_version_is_marked_and_the_mark_taken_back(deaths: Deaths) -> None:
    reviews = Reviews(deaths)
    review = reviews.begun()
    reviews.drafted(review)
    reviews.stands(review, "reviewed")
    reviews.final(review)
    done = line(
        ROWAN, Status="Finalised", Submitted_to_NCMD="20/03/2016", Submitted_by="P. Sallow", Panel_date="14/03/2016",
    )  # fmt: skip
    taken_in(deaths, done)
    with deaths.acting() as actor:
        assert NationalEntry.objects.get(back_on=None).version == 1
        record = Case.objects.get(pk=review.case_id).record_id
        assert Standing.objects.get(record=record).stage == "submitted"
        take_back(actor=actor, file=the_file(deaths), because="The wrong sheet", today=LATER)
        assert not NationalEntry.objects.filter(back_on=None).exists()
        assert Standing.objects.get(record=record).stage == "finalised"
        assert not Identifier.objects.filter(kind="national").exists()
        # What the export held stays as history.
        assert VendorLine.objects.count() == 1
    taken_in(deaths, done)
    with deaths.acting():
        assert NationalEntry.objects.filter(back_on=None).count() == 1


def test_it_is_not_marked_when_it_went_in_before_our_version_was_final(deaths: Deaths) -> None:
    reviews = Reviews(deaths)
    review = reviews.begun()
    reviews.drafted(review)
    reviews.stands(review, "reviewed")
    reviews.final(review)
    taken_in(deaths, line(ROWAN, Status="Finalised", Submitted_to_NCMD="13/03/2016", Panel_date="12/03/2016"))
    with deaths.acting():
        assert not NationalEntry.objects.exists()


def test_a_line_that_only_looks_alike_is_for_a_person_to_say(deaths: Deaths, browse: Browse) -> None:
    case, client = deaths.case(), browse("coordinator")
    near = line(ROWAN, NHS_Number="", Forename="Rowen")
    reference = sent(deaths, client, near)
    settled(client, reference)
    page = check(client, reference)
    assert "1 line looks like cases that are here" in page
    assert "Bring it in</button>" not in page
    refused = loaded(client, reference)
    assert "Say of each line" in refused.content.decode()
    lines = reverse("child_deaths:vendor_lines", args=[reference])
    assert "twins share a birthday" in client.get(lines).content.decode()
    assert "Say whether line 2" in client.post(lines, {"line_2": ""}).content.decode()
    assert client.post(lines, {"line_2": case.record.reference}).status_code == 302
    assert "a person’s word" in check(client, reference)
    assert loaded(client, reference).status_code == 302
    with deaths.acting():
        assert VendorLine.objects.get().joined == "person"
        assert Case.objects.count() == 1


@pytest.mark.parametrize(("answer", "cases"), [("new", 2), ("leave", 1)])
def test_a_person_may_say_it_is_another_death(
    deaths: Deaths, browse: Browse, answer: str, cases: int
) -> None:
    deaths.case()
    client = browse("coordinator")
    reference = sent(deaths, client, line(ROWAN, NHS_Number="", Forename="Rowen"), FINISHED_THEN)
    settled(client, reference)
    client.post(reverse("child_deaths:vendor_lines", args=[reference]), {"line_2": answer})
    assert loaded(client, reference).status_code == 302
    with deaths.acting():
        # The other line is of nobody here and is made either way.
        assert Case.objects.count() == cases + 1


#: A finished case of before the example's day, so that it is no future.
FINISHED_THEN = line(
    FINISHED, DOB="02/05/2012", Date_of_death="14/03/2013", Date_notified="15/03/2013", Panel_date="01/09/2013",
    Finalised_on="03/09/2013", Submitted_to_NCMD="",
)  # fmt: skip


def test_the_same_reference_for_another_child_is_never_joined_by_itself(deaths: Deaths) -> None:
    taken_in(deaths, FINISHED)
    with deaths.acting() as actor:
        other = line(FINISHED, Surname="Dell", Forename="Corwin", DOB="01/01/2015", NHS_Number="999 000 0034")
        file = operations.start(
            actor=actor, panel=deaths.panel, name="b.csv", content=content(other), mapping=None, today=LATER
        )
        plan = queries.plan_of(file, LATER)
        assert len(plan.undecided) == 1
        assert plan.joined == ()
        with pytest.raises(PastRefused, match="Say of each line"):
            operations.load(
                actor=actor, file=file, seen=plan.seen, without_stopped=True, today=LATER, now=deaths.now
            )


def test_problems_stand_by_line_and_column_and_can_be_taken_away(deaths: Deaths, browse: Browse) -> None:
    client = browse("coordinator")
    reference = sent(deaths, client, FINISHED_THEN, line(FINISHED, Date_of_death="31/02/2015"))
    settled(client, reference)
    assert "“31/02/2015” is not a day" in check(client, reference)
    rows = client.get(
        reverse("child_deaths:vendor_check", args=[reference]) + "?download=csv"
    ).content.decode("utf-8-sig")
    assert "3,G," in rows
    assert "Say that these lines stay out" in loaded(client, reference).content.decode()
    assert loaded(client, reference, without_stopped="on").status_code == 302


def test_a_mapping_is_kept_under_a_name_and_proposed_again(deaths: Deaths, browse: Browse) -> None:
    client = browse("coordinator")
    reference = sent(deaths, client, FINISHED_THEN)
    settled(client, reference, keep_as="Spring export")
    with deaths.acting():
        kept = VendorMapping.objects.get()
    assert kept.columns["national_reference"] == "NCMD reference"
    assert kept.stages == {"Finalised": "finished"}
    again = sent(deaths, client, FINISHED_THEN, mapping=str(kept.pk))
    page = client.get(reverse("child_deaths:vendor_columns", args=[again])).content.decode()
    assert "The columns are as in “Spring export”" in page


def test_one_column_for_two_things_is_said_beside_the_field(deaths: Deaths, browse: Browse) -> None:
    client = browse("coordinator")
    reference = sent(deaths, client, FINISHED_THEN)
    url = reverse("child_deaths:vendor_columns", args=[reference])
    answer = client.post(url, {"reference": "0", "national_reference": "0"}).content.decode()
    assert "already" in answer
    assert "Say which column holds a reference" in client.post(url, {"sex": "3"}).content.decode()


@pytest.mark.parametrize("persona", OUTSIDERS)
def test_only_the_coordinator_brings_exports_in(deaths: Deaths, browse: Browse, persona: str) -> None:
    reference = sent(deaths, browse("coordinator"), FINISHED_THEN)
    client = browse(persona)
    for step in STEPS:
        answer = client.get(reverse(f"child_deaths:vendor{step}", args=[reference]))
        assert answer.status_code in (302, 403, 404), (persona, step)
        assert "Orchard" not in answer.content.decode()
    if persona != "sister_coordinator":
        assert client.get(reverse("child_deaths:vendor_home")).status_code in (302, 403, 404)


def test_an_export_is_no_list_of_earlier_cases_and_is_put_aside(deaths: Deaths, browse: Browse) -> None:
    client = browse("coordinator")
    reference = sent(deaths, client, FINISHED_THEN)
    assert client.get(reverse("child_deaths:past", args=[reference])).status_code == 404
    assert "export.csv" not in client.get(reverse("child_deaths:past_home")).content.decode()
    assert client.post(reverse("child_deaths:vendor_aside", args=[reference])).status_code == 302
    assert the_file(deaths).rows == []


def test_a_long_export_asks_the_database_no_more_than_a_short_one(
    deaths: Deaths, browse: Browse, cost_of: object
) -> None:
    client = browse("coordinator")
    few = sent(deaths, client, *[line(FINISHED_THEN, Case_ID=f"A{n}", NCMD_reference="") for n in range(3)])
    many = sent(deaths, client, *[line(FINISHED_THEN, Case_ID=f"B{n}", NCMD_reference="") for n in range(30)])
    for reference in (few, many):
        settled(client, reference)
    costs = [cost_of(client, reverse("child_deaths:vendor_check", args=[one])) for one in (few, many)]  # type: ignore[operator]
    assert costs[0] == costs[1]
