"""The pages of results: who gets which, what they say, and that every file says the same."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from docx import Document

from tests.assurance.conftest import SHORT, Round
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.operations import cycles, moderation

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]

FIRST, SECOND, THIRD = list(framework_called(SHORT).items)[:3]
PLACES = ("", "items/", "own-and-moderated/", "sectors/", "cycles/", "responses/", "actions/", "evidence/")


def base(round_: Round) -> str:
    with acting.as_system(round_.world.board):
        return f"/self-audits/cycles/{round_.cycle.record.reference}/results/"


@pytest.fixture
def moderated(signed_school: Round) -> Round:
    """The school (1, 0, then 2s) with its third item lowered to 1; the police all 2s; both returns released."""
    signed_school.answer("police", "police_lead", 2)
    signed_school.sign("police", "police_signatory")
    with signed_school.acting("quality_officer") as actor:
        moderation.judge(
            actor=actor, ret=signed_school.fresh("school"), item=THIRD, score="1", reason="Nothing shown.", today=TODAY
        )  # fmt: skip
    signed_school.release("school")
    signed_school.release("police")
    return signed_school


@pytest.fixture
def shown(moderated: Round) -> Round:
    with moderated.acting("business_manager") as actor:
        cycles.release_to_board(actor=actor, cycle=moderated.fresh("school").cycle, today=TODAY)
    return moderated


def test_the_team_and_the_chair_see_every_page_before_release(signed_school: Round, browse: Browse) -> None:
    for who in ("business_manager", "quality_officer", "chair"):
        client = browse(who)
        for place in PLACES:
            assert client.get(base(signed_school) + place).status_code == 200, place


@pytest.mark.parametrize(
    "who", ["lay_member", "police_member", "head", "police_lead", "sister_manager", "stranger"]
)
def test_before_release_nobody_else_sees_any(signed_school: Round, browse: Browse, who: str) -> None:
    client = browse(who)
    for place in (*PLACES, f"items/{FIRST}/", "heat-map/"):
        assert client.get(base(signed_school) + place).status_code == 404


def test_after_release_the_board_sees_what_was_released_and_no_agency_person_does(
    shown: Round, browse: Browse
) -> None:
    for who in ("lay_member", "police_member"):
        for place in (*PLACES, "heat-map/"):
            assert browse(who).get(base(shown) + place).status_code == 200, place
        assert browse(who).get(base(shown) + f"items/{FIRST}/").status_code == 404
    for who in ("head", "police_lead", "sister_manager", "stranger"):
        for place in (*PLACES, "heat-map/"):
            assert browse(who).get(base(shown) + place).status_code == 404


def test_of_two_results_the_board_is_shown_no_spread_by_item(shown: Round, browse: Browse) -> None:
    """Fewer than five: with two, each could be told apart (6.1 item 6). The team's pages name agencies anyway."""
    assert "too few to show" in browse("lay_member").get(base(shown) + "items/").content.decode()
    page = browse("lay_member").get(base(shown)).content.decode()
    assert "Fewer than five results" in page
    assert "too few to show" not in browse("quality_officer").get(base(shown) + "items/").content.decode()


def test_the_board_is_not_shown_which_agency_was_lowered(shown: Round, browse: Browse) -> None:
    assert "Welland" not in browse("lay_member").get(base(shown) + "own-and-moderated/").content.decode()
    school = shown.world.agencies["school"].name
    assert school in browse("quality_officer").get(base(shown) + "own-and-moderated/").content.decode()
    assert school not in browse("lay_member").get(base(shown) + "own-and-moderated/").content.decode()


def test_the_summary_says_rate_weakest_and_who_is_missing(moderated: Round, browse: Browse) -> None:
    """Four asked, two back: 50 %. Of 20 scores (two returns of ten items) the school's 1, 0 and the 2 lowered to 1
    are below: 17 of 20."""
    said = browse("quality_officer").get(base(moderated)).content.decode()
    assert len(framework_called(SHORT).items) == 10
    assert "Response rate: 50.0 % (2 of the 4 asked)" in said
    assert "85.0 % compliant (17 of 20 answered); 100.0 % complete (20 of 20 applicable)." in said
    assert (
        "1 score was moderated: 1 lowered, 0 agreed, 0 raised. The mean shift is −33.3 points of a hundred."
        in said
    )
    assert moderated.world.agencies["charity"].name in said
    assert "There is no earlier cycle to compare with." in said


def test_who_stands_where_is_the_teams_alone(moderated: Round, browse: Browse) -> None:
    url = base(moderated) + f"items/{THIRD}/"
    said = browse("quality_officer").get(url).content.decode()
    assert moderated.world.agencies["school"].name in said
    assert "No scores yet" in said  # the charity and the trust
    assert browse("lay_member").get(url).status_code == 404


def test_every_page_is_every_kind_of_file(moderated: Round, browse: Browse) -> None:
    client = browse("quality_officer")
    starts = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "csv": b"\xef\xbb\xbf"}
    for place in PLACES:
        for kind, start in starts.items():
            answer = client.get(base(moderated) + place, {"download": kind})
            assert answer.status_code == 200, (place, kind)
            assert f'.{kind}"' in answer["Content-Disposition"]
            assert answer["Cache-Control"].startswith("no-store")
            assert answer.content.startswith(start)


def test_a_file_says_what_the_page_says_with_its_filter_and_order(moderated: Round, browse: Browse) -> None:
    """Only agencies with "charity" in their name are asked for: the one line, in Excel and in Word."""
    charity = moderated.world.agencies["charity"].name
    wanted = {"q": charity, "sort": "-agency"}
    client = browse("quality_officer")
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(base(moderated) + "responses/", {**wanted, "download": "xlsx"}).content)
    )
    rows = list(book["Everybody asked"].iter_rows(min_row=3, values_only=True))
    assert [row[0] for row in rows] == [charity]
    text = client.get(base(moderated) + "responses/", {**wanted, "download": "docx"}).content
    tables = Document(io.BytesIO(text)).tables
    assert [row.cells[0].text for row in tables[0].rows] == ["Agency", charity]


def test_shares_in_excel_are_numbers(moderated: Round, browse: Browse) -> None:
    """The first item: the school 1, the police 2, so half are compliant."""
    body = browse("quality_officer").get(base(moderated) + "items/", {"download": "xlsx"}).content
    sheet = openpyxl.load_workbook(io.BytesIO(body))["How the answers fall, item by i"]
    heads = [cell.value for cell in sheet[3]]
    first = dict(zip(heads, [cell.value for cell in sheet[4]], strict=True))
    assert first["Compliant"] == 0.5
    assert first["Scored"] == 2


def test_every_file_carries_marking_maker_and_the_examples_mark(moderated: Round, browse: Browse) -> None:
    maker = moderated.world.people["quality_officer"].full_name
    client = browse("quality_officer")
    said = client.get(base(moderated) + "items/", {"download": "csv"}).content.decode("utf-8-sig")
    assert "OFFICIAL-SENSITIVE" in said
    assert f"Made for {maker}" in said
    word = client.get(base(moderated) + "items/", {"download": "docx"}).content
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        assert maker in parts.read("word/document.xml").decode()


def test_nothing_asked_yet_is_said_and_nothing_fails(cycle_round: Round, browse: Browse) -> None:
    for place in PLACES:
        assert browse("quality_officer").get(base(cycle_round) + place).status_code == 200


def test_a_page_costs_the_same_for_two_results_as_for_one(
    moderated: Round, cost_of: Callable[[Client, str], int], browse: Browse
) -> None:
    client = browse("quality_officer")
    few = {place: cost_of(client, base(moderated) + place) for place in PLACES}
    moderated.answer("charity", "charity_lead", 1)
    assert {place: cost_of(client, base(moderated) + place) for place in PLACES} == few


def test_a_body_that_left_while_the_cycle_ran_is_in_neither_number_of_the_rate(
    moderated: Round, browse: Browse
) -> None:
    """Four asked, two back; the charity's request is taken back because it has ended: 2 of 3, and one left."""
    with moderated.acting("business_manager") as actor:
        cycles.withdraw(actor=actor, ret=moderated.fresh("charity"), reason="It has closed.", today=TODAY)
    agency = moderated.world.agencies["charity"]
    agency.ends_on = TODAY - timedelta(days=1)
    agency.save(update_fields=["ends_on"])
    said = browse("quality_officer").get(base(moderated)).content.decode()
    assert "Response rate: 66.7 % (2 of the 3 asked); 1 left while it ran." in said


def test_items_stand_in_the_order_of_the_form_for_the_board_as_for_the_team(
    shown: Round, browse: Browse
) -> None:
    """Figures that were kept come back in the order of the framework, not in the database's."""
    framework = framework_called(SHORT)
    for who in ("lay_member", "quality_officer"):
        said = browse(who).get(base(shown) + "items/", {"download": "csv"}).content.decode("utf-8-sig")
        places = [
            said.index(f"{framework.numbers[key]} {item.text[:40]}") for key, item in framework.items.items()
        ]
        assert places == sorted(places)
    assert "0 is not in place; 1 is started; 2 is in place; 3 is embedded." in said
