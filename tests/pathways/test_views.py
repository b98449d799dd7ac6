"""The pages: any clock worked out with its reasons, the register, the calendar; each for those who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.personas import World
from wholestory.pathways import register
from wholestory.pathways.models import ProclaimedDay, RuleCheck

Browse = Callable[[str], Client]
START = "/deadlines/work-out/"


def told(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_a_deadline_with_each_day_left_out_and_why(browse: Browse) -> None:
    page = told(
        browse("business_manager"),
        f"{START}incident_notification/?edition=WT2015&aware_on-day=23&aware_on-month=12&aware_on-year=2015",
    )
    assert "Due by the end of Monday 4 January 2016." in page
    assert "Monday 28 December 2015" in page
    assert "Boxing Day (substitute day), a bank holiday" in page
    assert "Found in a public source" in page


def test_hours_may_have_a_time(browse: Browse) -> None:
    url = f"{START}return_interview/?edition=WT2015&returned_on-day=25&returned_on-month=3&returned_on-year=2016"
    assert "Monday 28 March 2016 at 23:00 BST" in told(browse("chair"), f"{url}&returned_time=10pm")
    assert "Monday 28 March 2016 at 23:00 BST" in told(browse("chair"), f"{url}&returned_time=22:00")
    assert "Tuesday 29 March 2016 at 00:59 BST" in told(browse("chair"), url)
    assert "approximate" in told(browse("chair"), f"{url}&returned_time=22.00&returned_about=on")
    assert "Enter a time, like 14:30" in told(browse("chair"), f"{url}&returned_time=late")
    skipped_hour = url.replace("day=25", "day=27")
    assert "the clocks went forward" in told(browse("chair"), f"{skipped_hour}&returned_time=01:30")


def test_pauses_show_gross_and_net(browse: Browse) -> None:
    url = (
        f"{START}death_panel/?edition=CDR2018&review_meeting_output_on-day=2&review_meeting_output_on-month=3"
        "&review_meeting_output_on-year=2026&paused_on-day=10&paused_on-month=3&paused_on-year=2026"
    )
    resumed = "&resumed_on-day=24&resumed_on-month=3&resumed_on-year=2026"
    page = told(browse("business_manager"), url + resumed)
    assert "Without pauses (gross)" in page
    assert "The end of Monday 13 April 2026" in page
    assert "The end of Monday 27 April 2026" in page
    assert "Not known while the clock is paused" in told(browse("business_manager"), url)
    early = resumed.replace("day=24", "day=4")
    assert "before it was paused" in told(browse("business_manager"), url + early)


def test_mistakes_are_said_at_their_place(browse: Browse) -> None:
    client = browse("business_manager")
    on = "board_notified_on"
    nothing = f"{START}scr_decision/?edition=WT2015&{on}-day=&{on}-month=&{on}-year="
    assert "Enter the date" in told(client, nothing)
    unreal = nothing.replace("day=&", "day=31&").replace("month=&", "month=2&") + "2016"
    assert "must be a real date" in told(client, unreal)
    on = "publication_on"
    holiday = f"{START}copies_before_publication/?edition=WT2015&{on}-day=28&{on}-month=3&{on}-year=2016"
    page = told(client, holiday)
    assert "nearest working days are 2016-03-24 and 2016-03-29" in page
    assert "Error: " in page
    assert client.get(f"{START}no_such_clock/").status_code == 404


@pytest.mark.parametrize("key", register.clock_keys()[::6])
def test_every_clock_has_a_page(browse: Browse, key: str) -> None:
    assert register.versions(key)[0].title.partition("'")[0] in told(
        browse("business_manager"), f"{START}{key}/"
    )


def test_the_list_can_be_searched(browse: Browse) -> None:
    page = told(browse("lay_member"), "/deadlines/?words=rapid+meeting&edition=all")
    assert "Rapid review: meeting" in page
    assert "Initial health assessment" not in page
    # To begin with, what the board's own edition holds.
    assert "Rapid review" not in told(browse("lay_member"), "/deadlines/?words=rapid")
    page = told(browse("lay_member"), "/deadlines/?edition=WT2013")
    assert "Copies to national bodies before publication" in page


def test_nothing_unchecked_is_called_statutory(browse: Browse) -> None:
    client = browse("business_manager")
    for url in (
        "/deadlines/",
        "/deadlines/rules/",
        f"{START}scr_decision/",
        "/deadlines/rules/scr_decision@WT2015/",
    ):
        assert "statutory" not in told(client, url).lower().replace(
            "review statutory and operational guidance", ""
        )


def test_a_rule_is_marked_and_the_mark_is_shown(browse: Browse, world: World) -> None:
    client = browse("business_manager")
    url = "/deadlines/rules/scr_decision@WT2015/"
    assert "Nobody has recorded a check yet" in told(client, url)
    assert "Enter the link or document" in client.post(
        f"{url}mark/",
        {"finding": "checked", "checked_on-day": "1", "checked_on-month": "3", "checked_on-year": "2016"},
    ).content.decode()  # fmt: skip
    answer = client.post(
        f"{url}mark/",
        {
            "finding": "checked", "checked_on-day": "1", "checked_on-month": "3", "checked_on-year": "2016",
            "against": "Working Together 2015, chapter 4", "note": "",
        },
    )  # fmt: skip
    assert (answer.status_code, answer["Location"]) == (302, url)
    page = told(browse("chair"), url)
    assert "Checked by Morgan Ellery against: Working Together 2015, chapter 4" in page
    assert RuleCheck.objects.get().checked_on == date(2016, 3, 1)
    assert "Checked: 1" in told(client, "/deadlines/rules/")
    assert "scr_decision@WT2015" not in told(client, "/deadlines/rules/?status=unchecked&words=scr_decision")


def test_a_check_no_longer_holds_when_the_rule_changed(browse: Browse, world: World) -> None:
    client = browse("business_manager")
    url = "/deadlines/rules/scr_decision@WT2015/"
    client.post(
        f"{url}mark/",
        {
            "finding": "checked", "checked_on-day": "1", "checked_on-month": "3", "checked_on-year": "2016",
            "against": "A document", "note": "",
        },
    )  # fmt: skip
    from wholestory.pathways.queries import rule_register

    checks = rule_register._newest(world.board)
    checks["scr_decision@WT2015"].fingerprint = "0" * 16
    row = rule_register._row(register.by_id("scr_decision@WT2015"), checks["scr_decision@WT2015"])
    assert (row.status, "Check it again" in row.standing) == ("changed", True)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_register_can_be_taken_away(browse: Browse, kind: str) -> None:
    answer = browse("chair").get(f"/deadlines/rules/?download={kind}&duty=Assurance")
    assert answer.status_code == 200
    if kind == "csv":
        text = answer.content.decode("utf-8-sig")
        assert text.startswith("Example: invented")
        assert "return_chaser@WT2015" in text
        assert "scr_decision" not in text


def test_a_day_is_proclaimed_and_withdrawn(browse: Browse) -> None:
    client = browse("business_manager")
    wanted = {
        "day-day": "18", "day-month": "3", "day-year": "2016", "effect": "closed",
        "nations": ["england_and_wales"], "name": "A royal day", "source": "The Gazette",
    }  # fmt: skip
    answer = client.post("/deadlines/working-days/proclaim/", wanted)
    assert answer["Location"] == "/deadlines/working-days/?year=2016"
    assert "Friday 18 March 2016 is entered. No running deadline changed." in told(client, answer["Location"])
    again = client.post("/deadlines/working-days/proclaim/", wanted)
    assert "entered already" in again.content.decode()
    url = f"{START}incident_notification/?edition=WT2015&aware_on-day=14&aware_on-month=3&aware_on-year=2016"
    assert "A royal day, a bank holiday" in told(client, url)
    assert "Tuesday 22 March 2016" in told(client, url)
    # Another board's calendar is its own.
    assert "Monday 21 March 2016" in told(browse("sister_manager"), url)
    entry = ProclaimedDay.objects.get()
    withdraw = f"/deadlines/working-days/{entry.pk}/withdraw/"
    assert "Withdraw A royal day" in told(client, withdraw)
    assert browse("sister_manager").get(withdraw).status_code == 404
    assert client.post(withdraw).status_code == 302
    assert "Monday 21 March 2016" in told(client, url)


def test_a_year_is_marked_as_checked(browse: Browse) -> None:
    client = browse("business_manager")
    assert "does not reach this year" in told(client, "/deadlines/working-days/?year=2029")
    refused = client.post("/deadlines/working-days/check-year/", {"year": "2020", "against": "A link"})
    assert "known up to 2028" in refused.content.decode()
    client.post("/deadlines/working-days/check-year/", {"year": "2029", "against": "A link"})
    # The example board's today is in 2016: no list is published thirteen years ahead.
    assert "does not reach this year" in told(client, "/deadlines/working-days/?year=2029")


@pytest.mark.parametrize("year", ["2016", "1700", "x", ""])
def test_any_year_shows_something(browse: Browse, year: str) -> None:
    assert "Working days in" in told(browse("lay_member"), f"/deadlines/working-days/?year={year}")


@pytest.mark.parametrize(
    "url",
    [
        "/deadlines/", f"{START}scr_decision/", "/deadlines/rules/", "/deadlines/rules/scr_decision@WT2015/",
        "/deadlines/working-days/", "/deadlines/working-days/proclaim/", "/deadlines/working-days/check-year/",
        "/deadlines/rules/scr_decision@WT2015/mark/",
    ],
)  # fmt: skip
def test_who_may_see_what(browse: Browse, url: str) -> None:
    keeps = any(part in url for part in ("proclaim", "check-year", "mark"))
    assert browse("business_manager").get(url).status_code == 200
    for name in ("chair", "police_member", "lay_member", "quality_officer"):
        assert browse(name).get(url).status_code == (404 if keeps else 200), name
    for name in ("head", "police_lead", "former_member", "stranger"):
        assert browse(name).get(url).status_code == 404, name
    assert browse("public").get(url).status_code == 302


def test_pages_cost_the_same_however_much_was_checked(
    browse: Browse, world: World, cost_of: Callable[[Client, str], int]
) -> None:
    client = browse("business_manager")
    urls = ("/deadlines/", "/deadlines/rules/", "/deadlines/working-days/?year=2016")
    before = [cost_of(client, url) for url in urls]
    for rule in register.rules()[:12]:
        client.post(
            f"/deadlines/rules/{register.rule_id(rule)}/mark/",
            {
                "finding": "local",
                "checked_on-day": "1",
                "checked_on-month": "3",
                "checked_on-year": "2016",
                "note": "",
            },
        )
    assert RuleCheck.objects.count() == 12
    after = [cost_of(client, url) for url in urls]
    assert after == before
    assert max(after) <= 12
