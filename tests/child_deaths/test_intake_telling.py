"""Messages a coordinator enters for whoever told: by telephone with the true time, and from files."""

from __future__ import annotations

import html
import io
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tests.child_deaths.notifying import FILLED, kept
from tests.child_deaths.people import Deaths
from wholestory.access import acting
from wholestory.child_deaths import incoming

TELL = "/child-deaths/tell/"
FILE = "/child-deaths/tell/file/"


@pytest.fixture
def client(deaths: Deaths, browse: Any) -> Client:
    found: Client = browse("coordinator")
    return found


def told(deaths: Deaths, **other: str) -> dict[str, str]:
    return {
        **FILLED, "panel": str(deaths.panel.pk), "channel": "telephone", "received_on-day": "13",
        "received_on-month": "3", "received_on-year": "2016", "received_time": "22:05", "step": "keep", **other,
    }  # fmt: skip


def test_a_call_is_kept_with_the_true_time_and_with_when_it_was_typed(deaths: Deaths, client: Client) -> None:
    check = client.post(TELL, told(deaths, step="check"))
    assert "Sunday 13 March 2016 at 22:05 GMT" in check.content.decode()
    assert not kept(deaths.world)
    response = client.post(TELL, told(deaths), follow=True)
    (one,) = kept(deaths.world)
    assert one.record.reference in response.content.decode()
    assert one.received_at == datetime(2016, 3, 13, 22, 5, tzinfo=UTC)
    assert one.received_precision == "exact"
    assert one.channel == "telephone"
    assert one.entered_by == deaths.world.people["coordinator"]
    assert one.entered_at.date().isoformat() == "2016-03-14"
    assert one.answers["surname"] == {"value": "Ashby-Test"}


def test_edge_case_08_a_time_that_happened_twice_is_said_and_one_that_never_was_is_refused(
    deaths: Deaths, client: Client
) -> None:
    """The clocks went back at 01:00 UTC on 25 October 2015, and forward on 29 March 2015."""
    autumn = {
        "received_on-day": "25",
        "received_on-month": "10",
        "received_on-year": "2015",
        "received_time": "01:30",
    }
    page = client.post(TELL, told(deaths, step="check", **autumn)).content.decode()
    assert "say whether it was before or after the clocks went back" in page
    assert 'name="received_clock"' in page
    spring = {
        "received_on-day": "29",
        "received_on-month": "3",
        "received_on-year": "2015",
        "received_time": "01:30",
    }
    page = client.post(TELL, told(deaths, **spring)).content.decode()
    assert "did not happen" in page
    client.post(TELL, told(deaths, **autumn))
    assert not kept(deaths.world), "nothing is guessed"
    client.post(TELL, told(deaths, **autumn, received_clock="BST"))
    client.post(TELL, told(deaths, **autumn, received_clock="GMT", surname="Other"))
    first, second = kept(deaths.world)
    # 01:30 in summer time is 00:30 UTC; in winter time 01:30 UTC.
    assert first.received_at == datetime(2015, 10, 25, 0, 30, tzinfo=UTC)
    assert second.received_at == datetime(2015, 10, 25, 1, 30, tzinfo=UTC)


def test_edge_case_37_a_paper_form_typed_later_keeps_the_day_and_that_the_time_is_not_known(
    deaths: Deaths, client: Client
) -> None:
    client.post(TELL, told(deaths, channel="paper", received_time=""))
    (one,) = kept(deaths.world)
    assert one.channel == "paper"
    assert one.received_precision == "time_unknown"
    assert one.received_at == datetime(2016, 3, 13, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"received_on-year": "2017"}, "must be the same as or before 14 March 2016"),
        ({"received_on-day": "14", "received_time": "23:59"}, "The time must not be in the future"),
        ({"received_on-day": ""}, "must include a day"), ({"channel": "page"}, "Select one of the answers listed"),
        ({"surname": "", "forenames": ""}, "Enter a name, or tick"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(
    deaths: Deaths, client: Client, other: dict[str, str], words: str
) -> None:
    page = client.post(TELL, told(deaths, **other)).content.decode()
    assert words in page
    assert "Found unwell at home." in page
    assert not kept(deaths.world)


@pytest.mark.parametrize("where", [TELL, FILE, f"{FILE}columns/"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200), ("designated_doctor", 200), ("analyst", 404), ("panel_chair", 404), ("panel_police", 404),
        ("business_manager", 404), ("chair", 404), ("administrator", 404), ("lay_member", 404), ("head", 404),
        ("stranger", 404), ("public", 302),
    ],
)  # fmt: skip
def test_who_may_enter_a_death(deaths: Deaths, browse: Any, where: str, who: str, status: int) -> None:
    assert browse(who).get(where).status_code == status


def test_another_boards_coordinator_enters_for_their_own_panel_alone(deaths: Deaths, browse: Any) -> None:
    sister = browse("sister_coordinator")
    page = sister.get(TELL).content.decode()
    assert deaths.south.name in page
    assert deaths.panel.name not in page
    assert "Select one of the answers listed" in sister.post(TELL, told(deaths)).content.decode()
    assert not kept(deaths.world)


CSV = (
    "received_at,forenames,surname,born_on,sex,nhs_number,told,confirmed_on\n"
    "2016-03-12 09:30,Ada,Fenn-Test,2015-12-01,Female,999 123 4560,police;GP,2016-03-12\n"
    ",Ivo,Marle-Test,2014,NK,,,2016-03-13\n"
)


def upload(client: Client, deaths: Deaths, name: str, text: str | bytes) -> str:
    sent = io.BytesIO(text.encode() if isinstance(text, str) else text)
    sent.name = name
    return client.post(FILE, {"panel": str(deaths.panel.pk), "file": sent}).content.decode()


def confirm(client: Client, page: str) -> Any:
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.S)
    assert found, page[:3000]
    fields = dict(re.findall(r'<input type="hidden" name="(panel|name)" value="([^"]*)">', page))
    return client.post(FILE, {**fields, "text": html.unescape(found[1])}, follow=True)


def test_a_csv_file_is_shown_first_and_then_kept_line_by_line(deaths: Deaths, client: Client) -> None:
    page = upload(client, deaths, "deaths.csv", CSV.replace("police;GP", "police;gp"))
    assert "2 messages" in page
    assert "Line 2: nhs_number is not a valid NHS number; it is kept as it was sent" in page
    assert "1 of them does not say" in page
    assert not kept(deaths.world)
    assert "2 messages are kept." in confirm(client, page).content.decode()
    first, second = kept(deaths.world)
    assert first.channel == "file"
    assert first.received_at == datetime(2016, 3, 12, 9, 30, tzinfo=UTC)
    assert first.answers == {
        "forenames": {"value": "Ada"}, "surname": {"value": "Fenn-Test"}, "born_on": {"value": "2015-12-01"},
        "sex": {"value": "female"}, "nhs_number": {"value": "999 123 4560"}, "told": {"value": ["police", "gp"]},
        "confirmed_on": {"value": "2016-03-12"},
    }  # fmt: skip
    assert first.raw["sex"] == "Female", "the line as it came"
    assert second.answers["sex"] == {"nothing": "not_known"}
    assert second.answers["born_on"] == {"value": "2014"}
    assert "nhs_number" not in second.answers, "empty was not said at all"
    assert second.received_at == second.entered_at


def test_edge_case_26_not_known_and_empty_stay_apart_in_json_too(deaths: Deaths, client: Client) -> None:
    sent = [
        {"received_at": "2016-03-12", "answers": {"surname": "Fenn-Test", "sex": {"nothing": "declined"}}}
    ]
    confirm(client, upload(client, deaths, "one.json", json.dumps(sent)))
    (one,) = kept(deaths.world)
    assert one.answers == {"surname": {"value": "Fenn-Test"}, "sex": {"nothing": "declined"}}
    assert one.received_precision == "date"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "surname,sex\nFenn-Test,boyish\n", ">2</td><td class=\"govuk-table__cell\">sex</td>"),
        ("a.csv", "surname,shoe_size\nFenn-Test,3\n", "The form asks no such question"),
        ("a.csv", "surname,born_on\nFenn-Test,2016-02-31\n", "born_on"),
        ("a.csv", "surname,received_at\nFenn-Test,yesterday\n", "cannot be read as a day or a moment"),
        ("a.csv", "surname,received_at\nFenn-Test,2031-01-01\n", "It must not be in the future"),
        ("a.csv", "surname\nFenn-Test,more\n", "It has 2 columns, and the first line names 1"),
        ("a.csv", "surname,surname\nA,B\n", "stands twice"),
        ("a.csv", "a,b\n1,2\n", "The first line must name the columns"),
        ("a.csv", b"surname\n\xff\xfe\n", "not text in UTF-8: see line 2"), ("a.csv", b"\x00\x01", "not a text file"),
        ("a.csv", "", "empty"), ("a.csv", "surname\n", "There is no message"),
        ("a.json", '[{"surname": }]', "line 1, column 14"), ("a.json", "[3]", "It is not an object"),
        ("a.json", '[{"answers": {"surname": "a\\u0000b"}}]', "U+0000"),
        ("a.json", '[{"answers": {"surname": "\\ud800"}}]', "surrogates"),
        ("a.json", '[{"answers": {"surname": {"value": ["x"]}}}]', "One value is expected"),
        ("a.json", '[{"answers": {"sex": {"nothing": "because"}}}]', "one of the kinds of nothing"),
        ("a.json", "[" * 20000, "not JSON"), ("a.csv", "surname\n" + "x\n" * 201, "more than 200"),
        ("a.csv", "surname\n" + "x" * 500_000, "larger than 500 kB"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_line_and_column_and_nothing_is_kept(
    deaths: Deaths, client: Client, name: str, text: str | bytes, words: str
) -> None:
    page = html.unescape(upload(client, deaths, name, text))
    assert words in page
    assert "Keep these messages" not in page
    assert not kept(deaths.world)


def test_the_confirmed_text_is_read_again_and_not_believed(deaths: Deaths, client: Client) -> None:
    client.post(
        FILE, {"panel": str(deaths.panel.pk), "name": "a.csv", "text": "surname,sex\nFenn-Test,boyish\n"}
    )
    client.post(FILE, {"panel": str(deaths.away.pk), "name": "a.csv", "text": "surname\nFenn-Test\n"})
    assert not kept(deaths.world)


def test_the_empty_file_names_every_column_of_the_form(deaths: Deaths, client: Client) -> None:
    first = client.get(f"{FILE}columns/").content.decode("utf-8-sig").strip().split(",")
    assert first == incoming.columns()
    assert {"received_at", "forenames", "surname", "nhs_number", "mother_name", "birth_order"} <= set(first)


def test_taking_a_file_in_leaves_a_line_for_each_message(deaths: Deaths, client: Client) -> None:
    confirm(client, upload(client, deaths, "deaths.csv", CSV.replace("police;GP", "")))
    with acting.as_system(deaths.world.board):
        assert {one.record.kind for one in kept(deaths.world)} == {"child_deaths.notification"}
