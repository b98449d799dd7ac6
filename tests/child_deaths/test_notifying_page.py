"""The page anybody may use to tell a panel of a death: no account, no cookie, nothing lost, nothing given away."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client

from tests.child_deaths.notifying import ADDRESS, filled, kept, open_panel
from tests.personas import World
from wholestory.child_deaths.models import Panel


@pytest.fixture
def panel(world: World) -> Panel:
    return open_panel(world)


def post(client: Client, data: dict[str, str]) -> Any:
    """As a browser sends it."""
    return client.post(ADDRESS, urlencode(data), content_type="application/x-www-form-urlencoded")


def page_of(response: Any) -> str:
    return str(response.content.decode())


def test_the_first_lines_say_whom_to_telephone_and_that_sending_alerts_nobody(panel: Panel) -> None:
    response = Client().get(ADDRESS)
    page = page_of(response)
    words = re.sub(r"<[^>]+>", " ", page)
    first_question = page.index('name="forenames"')
    for said in ("999", "On-call paediatrician", "01632 960 001", "day and night", "Monday to Friday, 9 to 5",
                 "last verified on 1 March 2016", "alerts nobody at night",
                 "Assume that nobody else has told us"):  # fmt: skip
        assert said in words, said
        assert page.index(said) < first_question, said
    assert 'href="tel:01632960001"' in page


def test_it_opens_without_account_cookie_token_or_way_to_sign_in(panel: Panel) -> None:
    response = Client().get(ADDRESS)
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    page = page_of(response)
    assert "csrfmiddlewaretoken" not in page
    assert "Sign in" not in page
    assert "Example: invented" in page


def test_numbers_nobody_verified_are_said_to_be_so(world: World) -> None:
    panel = open_panel(world)
    panel.numbers_verified_on = None
    panel.save()
    assert "Nobody has noted when these numbers were last verified" in page_of(Client().get(ADDRESS))


def test_typed_checked_sent_and_kept_as_it_came(world: World, panel: Panel) -> None:
    client = Client(enforce_csrf_checks=True)
    check = post(client, filled(step="check"))
    page = page_of(check)
    assert "Check what you have written" in page
    assert "2 September 2013" in page
    assert "03:10" in page
    assert not kept(world), "nothing is kept before it is sent"
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert again["surname"] == "Ashby-Test"
    assert "Found unwell at home." in again["circumstances"]
    sent = post(client, filled())
    assert sent.status_code == 303
    assert not sent.cookies
    (one,) = kept(world)
    assert one.channel == "page"
    assert one.entered_by_id is None
    assert one.received_at.date().isoformat() == "2016-03-14", "the example board's own day"
    assert one.record.kind == "child_deaths.notification"
    assert re.fullmatch(r"DN-[0-9A-HJKMNP-TV-Z]{8}", one.record.reference)
    assert one.answers == {
        "forenames": {"value": "Rowan"}, "surname": {"value": "Ashby-Test"}, "born_on": {"value": "2013-09-02"},
        "sex": {"value": "male"}, "nhs_number_absent": {"value": "not_available"}, "postcode": {"value": "ZZ1 1ZZ"},
        "confirmed_on": {"value": "2016-03-14"}, "confirmed_time": {"value": "03:10"},
        "place_of_death": {"value": "Northmarsh General, emergency department"}, "expected": {"value": "unexpected"},
        "circumstances": {"value": "Brought in by ambulance.\nFound unwell at home."},
        "notifier_name": {"value": "Ines Corfe"}, "notifier_role": {"value": "Charge nurse"},
        "notifier_telephone": {"value": "01632 960 222"},
    }  # fmt: skip


def test_the_receipt_repeats_nothing_about_the_child_and_goes_after_half_an_hour(
    world: World, panel: Panel
) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 3, 15), tick=False) as clock:
        client = Client()
        receipt = post(client, filled())["Location"]
        page = page_of(client.get(receipt))
        (one,) = kept(world)
        assert one.record.reference in page
        assert panel.name in page
        assert "Received" in page
        for detail in ("Rowan", "Ashby", "2013", "Corfe", "ambulance", "ZZ1"):
            assert detail not in page, detail
        clock.shift(29 * 60)
        assert client.get(receipt).status_code == 200
        clock.shift(2 * 60)
        assert client.get(receipt).status_code == 404


def test_a_receipt_cannot_be_guessed_or_taken_to_another_panel(world: World, panel: Panel) -> None:
    client = Client()
    receipt = post(client, filled())["Location"]
    open_panel(world, "elsewhere")
    assert client.get(receipt[:-2] + "x/").status_code == 404
    assert client.get(receipt.replace("/northmarsh/", "/elsewhere/")).status_code == 404
    assert client.get(f"{ADDRESS}sent/{kept(world)[0].record.reference}/").status_code == 404


def test_a_button_pressed_twice_is_one_message_and_a_changed_one_another(world: World, panel: Panel) -> None:
    checked = page_of(post(Client(), filled(step="check")))
    sitting = re.search(r'name="sitting" value="([0-9a-f]{32})"', checked)[1]
    receipts = [page_of(Client().get(post(Client(), filled(sitting=sitting))["Location"])) for _ in range(2)]
    (one,) = kept(world)
    assert all(one.record.reference in page for page in receipts)
    post(Client(), filled(sitting=sitting, circumstances="And one thing more."))
    assert len(kept(world)) == 2


def test_whoever_says_the_very_same_gets_a_reference_of_their_own(world: World, panel: Panel) -> None:
    """The first one's reference would tell that somebody told of this child before."""
    opened = [page_of(Client().get(ADDRESS)) for _ in range(2)]
    sittings = [re.search(r'name="sitting" value="([0-9a-f]{32})"', page)[1] for page in opened]
    assert sittings[0] != sittings[1]
    assert "no-store" in Client().get(ADDRESS)["Cache-Control"]
    pages = [
        page_of(Client().get(post(Client(), filled(sitting=one))["Location"]))
        for one in [*sittings, "not one"]
    ]
    references = [one.record.reference for one in kept(world)]
    assert len(set(references)) == 3
    for number, page in enumerate(pages):
        assert [reference in page for reference in references] == [place == number for place in range(3)]


def test_errors_stand_beside_the_field_and_nothing_typed_is_lost(world: World, panel: Panel) -> None:
    said = filled(
        surname="", forenames="", notifier_name="", notifier_telephone="",
        confirmed_time="25:99", **{"born_on-year": "2031"},
    )  # fmt: skip
    page = page_of(post(Client(), said))
    assert page.count("There is a problem") == 1
    for words in (
        "Enter a name, or tick that there is none yet", "Enter your name", "Enter a time on the 24-hour clock",
        "must be the same as or before 14 March 2016",
    ):  # fmt: skip
        assert words in page, words
    assert "Found unwell at home." in page
    assert 'value="25:99"' in page
    assert not kept(world)


def test_how_to_reach_the_sender_is_asked_for_once_the_name_is_there(panel: Panel) -> None:
    page = page_of(post(Client(), filled(notifier_telephone="")))
    assert "Enter a telephone number or an email address" in page


def test_edge_case_01_twins_are_asked_for_their_order_and_each_is_a_message(
    world: World, panel: Panel
) -> None:
    baby = {
        "forenames": "",
        "surname": "",
        "no_name": "on",
        "mother_name": "Sarah Ashby-Test",
        "born_as": "twin",
    }
    for order in ("1", "2"):
        assert post(Client(), filled(**baby, birth_order=order)).status_code == 303
    first, second = kept(world)
    assert [one.answers["birth_order"] for one in (first, second)] == [{"value": "1"}, {"value": "2"}]
    assert first.answers["born_as"] == {"value": "twin"}
    assert first.record.reference != second.record.reference


def test_edge_case_02_a_child_without_a_name_can_be_told_of(world: World, panel: Panel) -> None:
    post(
        Client(),
        filled(forenames="", surname="", no_name="on", mother_name="Sarah Ashby-Test", born_time="02:50"),
    )
    (one,) = kept(world)
    assert one.answers["forenames"] == one.answers["surname"] == {"nothing": "not_known"}
    assert one.answers["mother_name"] == {"value": "Sarah Ashby-Test"}
    assert one.answers["born_time"] == {"value": "02:50"}
    assert "no_name" not in one.answers


@pytest.mark.parametrize(
    ("number", "warned"),
    # 999 123 4560: 90+81+72+7+12+15+16+15+12 = 320, 320 mod 11 = 1, 11 - 1 = 10: no such number can be.
    # 999 123 4579: the last sum is 7x2 = 14 instead of 12: 322 mod 11 = 3, check figure 8, not 9.
    [("9991234560", "does not fit"), ("999 123 4579", "does not fit"), ("999 123 4578", ""),
     ("12345", "not ten figures")],
)  # fmt: skip
def test_edge_case_03_a_wrong_nhs_number_is_warned_of_and_never_stops_anybody(
    world: World, panel: Panel, number: str, warned: str
) -> None:
    page = page_of(post(Client(), filled(step="check", nhs_number=number)))
    assert ("NHS number" in page.partition("The child</h2>")[0]) == bool(warned)
    assert warned in page
    assert post(Client(), filled(nhs_number=number)).status_code == 303
    assert kept(world)[0].answers["nhs_number"] == {"value": number.replace(" ", "")}


def test_edge_case_04_the_same_death_told_by_two_people_is_two_messages(world: World, panel: Panel) -> None:
    post(Client(), filled())
    post(Client(), filled(notifier_name="Omar Sandell", notifier_role="Coroner’s officer"))
    assert len(kept(world)) == 2


def test_edge_case_05_a_child_whose_name_and_age_are_uncertain_can_be_told_of(
    world: World, panel: Panel
) -> None:
    """An unaccompanied child with an estimated age, or one whose name must not be given."""
    said = filled(forenames="", surname="", no_name="on", **{"born_on-day": "", "born_on-month": ""})
    post(Client(), {**said, "born_on-year": "2000", "born_on-approximate": "on"})
    (one,) = kept(world)
    assert one.answers["born_on"] == {"value": "2000~"}
    assert one.answers["surname"] == {"nothing": "not_known"}


def test_edge_case_06_where_hardly_anything_is_known_it_can_still_be_sent(world: World, panel: Panel) -> None:
    """A body not found, or remains of unknown date: who tells, how to reach them, and that the rest is not known."""
    said = {"no_name": "on", "born_on-unknown": "on", "confirmed_on-unknown": "on", "notifier_name": "Ines Corfe",
            "notifier_telephone": "01632 960 222", "step": "send"}  # fmt: skip
    assert post(Client(), said).status_code == 303
    (one,) = kept(world)
    assert {key for key, answer in one.answers.items() if answer == {"nothing": "not_known"}} == {
        "forenames", "surname", "born_on", "confirmed_on"
    }  # fmt: skip


def test_edge_case_07_an_unknown_date_and_time_of_death_is_an_answer(world: World, panel: Panel) -> None:
    said = filled(confirmed_time="")
    for part in ("day", "month", "year"):
        said.pop(f"confirmed_on-{part}")
    post(Client(), said | {"confirmed_on-unknown": "on"})
    (one,) = kept(world)
    assert one.answers["confirmed_on"] == {"nothing": "not_known"}
    assert "confirmed_time" not in one.answers


def test_edge_case_08_around_midnight_the_day_and_the_time_are_kept_as_they_were_given(
    world: World, panel: Panel
) -> None:
    for clock, kept_as in (("0000", "00:00"), ("11.59pm", "23:59"), ("midnight", "00:00")):
        post(Client(), filled(confirmed_time=clock, circumstances=clock))
        assert kept(world)[-1].answers["confirmed_time"] == {"value": kept_as}


def test_edge_case_29_nothing_about_the_child_stands_in_an_address(panel: Panel) -> None:
    where = post(Client(), filled())["Location"]
    assert where.startswith("/notify/northmarsh/sent/")
    for detail in ("Rowan", "Ashby", "2013"):
        assert detail not in where


def test_edge_case_37_an_empty_form_prints_with_room_for_when_it_was_told(panel: Panel) -> None:
    page = page_of(Client().get(f"{ADDRESS}paper/"))
    for words in ("form to fill in by hand", "Date and time you first told the panel", "On-call paediatrician",
                  "Where the child died", "Example: invented"):  # fmt: skip
        assert words in page, words
    assert "<form" not in page


def test_somebody_aged_18_is_asked_about_and_can_still_be_sent(world: World, panel: Panel) -> None:
    said = {"born_on-day": "14", "born_on-month": "3", "born_on-year": "1998"}
    assert "18 or over" in page_of(post(Client(), filled(step="check", **said)))
    assert "18 or over" not in page_of(post(Client(), filled(step="check", **{**said, "born_on-day": "15"})))
    assert post(Client(), filled(**said)).status_code == 303


def test_going_back_shows_everything_again(panel: Panel) -> None:
    page = page_of(post(Client(), filled(step="change")))
    assert 'name="forenames"' in page
    assert 'value="Ashby-Test"' in page
    assert "There is a problem" not in page


def test_somebody_signed_in_is_nobody_here(world: World, panel: Panel, browse: Any) -> None:
    client = browse("business_manager")
    assert post(client, filled()).status_code == 303
    (one,) = kept(world)
    assert one.entered_by_id is None
    assert world.people["business_manager"].full_name not in page_of(client.get(ADDRESS))
