"""What the open page asks only when what was typed makes it a question. In 2015 the clocks went forward on 29 March and
back on 25 October, each at 01:00 UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.notifying import ADDRESS, filled
from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.child_deaths.forms.recorded import MomentForm
from wholestory.child_deaths.models import Case, Notification
from wholestory.child_deaths.operations import opening

Browse = Callable[[str], Client]
AUTUMN = {
    "confirmed_on-day": "25",
    "confirmed_on-month": "10",
    "confirmed_on-year": "2015",
    "confirmed_time": "0130",
}
SPRING = {
    "confirmed_on-day": "29",
    "confirmed_on-month": "3",
    "confirmed_on-year": "2015",
    "confirmed_time": "0130",
}
ASKED = "say whether it was before or after the clocks went back"


def post(**said: str) -> Any:
    return Client().post(ADDRESS, urlencode(filled(**said)), content_type="application/x-www-form-urlencoded")


def messages(deaths: Deaths) -> list[Notification]:
    with deaths.acting():
        return list(Notification.objects.select_related("record").order_by("created_at"))


@pytest.mark.parametrize(
    ("which", "instant"),
    [
        ("BST", datetime(2015, 10, 25, 0, 30, tzinfo=UTC)),  # 01:30 less the hour of summer time
        ("GMT", datetime(2015, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_edge_case_08_the_hour_that_happened_twice_is_asked_about(
    deaths: Deaths, which: str, instant: datetime
) -> None:
    page = post(**AUTUMN).content.decode()
    assert ASKED in page
    assert 'name="confirmed_clock"' in page
    assert "Brought in by ambulance." in page  # nothing typed is lost
    assert not messages(deaths)
    assert post(**AUTUMN, confirmed_clock=which).status_code == 303
    (message,) = messages(deaths)
    assert message.answers["confirmed_clock"] == {"value": which}
    with deaths.acting() as actor:
        case = opening.open_case(actor=actor, notification=message, now=deaths.now, today=TODAY)
        assert case.confirmed_at == instant


@pytest.mark.parametrize("clock", ["0059", "0200", "0330", ""])
def test_edge_case_08_no_other_time_of_that_night_is_asked_about(deaths: Deaths, clock: str) -> None:
    assert post(**{**AUTUMN, "confirmed_time": clock}).status_code == 303
    assert "clocks went back" not in Client().get(ADDRESS).content.decode()


def test_edge_case_08_a_time_that_never_was_is_refused_in_plain_words(deaths: Deaths) -> None:
    page = post(**SPRING).content.decode()
    assert "01:30 did not happen on Sunday 29 March 2015: the clocks went forward." in page
    assert "Put the time right, or leave it empty" in page
    assert not messages(deaths)
    assert post(**{**SPRING, "confirmed_time": ""}).status_code == 303


def test_a_death_before_the_birth_is_said_beside_the_date_and_can_be_meant(deaths: Deaths) -> None:
    wrong = {"born_on-day": "13", "born_on-month": "3", "born_on-year": "2016", "confirmed_on-day": "12"}
    page = post(**wrong).content.decode()
    assert "The death is before the birth." in page
    assert 'name="dates_as_told"' in page
    assert "Ines Corfe" in page
    assert not messages(deaths)
    checked = post(**{**wrong, "step": "check"}, dates_as_told="on").content.decode()
    assert "you said that this is what you were told" in checked
    assert post(**wrong, dates_as_told="on").status_code == 303
    assert "dates_as_told" not in messages(deaths)[0].answers


def test_times_of_one_day_the_wrong_way_round_are_said_too(deaths: Deaths) -> None:
    day = {"born_on-day": "14", "born_on-month": "3", "born_on-year": "2016", "born_time": "0400"}
    assert "The death is before the birth." in post(**day).content.decode()  # it was confirmed at 03:10
    assert post(**{**day, "born_time": "0300"}).status_code == 303


def test_a_month_alone_that_may_fit_is_not_asked_about(deaths: Deaths) -> None:
    # Born in March 2016, died on 14 March 2016: it fits for a birth on any day up to the 14th.
    assert post(**{"born_on-day": "", "born_on-month": "3", "born_on-year": "2016"}).status_code == 303


def test_edge_case_08_particulars_ask_which_hour_it_was(deaths: Deaths, browse: Browse) -> None:
    case, client = deaths.case(confirmed_on="2015-10-24", confirmed_time="23:00"), browse("coordinator")
    url = reverse("child_deaths:particulars", args=[case.record.reference])
    said = {
        "confirmed": "25 October 2015 at 01:15", "sex": "male", "reason": "The ward’s notes.",
        "born_on-day": "2", "born_on-month": "5", "born_on-year": "2013",
    }  # fmt: skip
    page = client.post(url, said).content.decode()
    assert ASKED in page
    assert "The ward’s notes." in page
    assert client.post(url, {**said, "confirmed_clock": "GMT"}).status_code == 302
    with deaths.acting():
        assert Case.objects.get(pk=case.pk).confirmed_at == datetime(2015, 10, 25, 1, 15, tzinfo=UTC)
    # It is shown with its zone, so that saving it again asks nothing.
    shown = client.get(url).content.decode()
    assert "01:15 GMT" in shown
    assert 'name="confirmed_clock"' not in shown
    spring = client.post(url, {**said, "confirmed": "29 March 2015 at 01:15"}).content.decode()
    assert "01:15 did not happen on Sunday 29 March 2015" in spring


def test_edge_case_08_the_response_asks_too(deaths: Deaths) -> None:
    class Visit(MomentForm):
        def __init__(self, *args: Any, **wanted: Any) -> None:
            super().__init__(*args, **wanted)
            self.ask_moment("visit", "When was the visit?", required=True)

    said = {"visit_on-day": "25", "visit_on-month": "10", "visit_on-year": "2015", "visit_time": "01:30"}
    form = Visit(said)
    assert not form.is_valid()
    assert list(form.errors) == ["visit_clock"]
    form = Visit({**said, "visit_clock": "GMT"})
    assert form.is_valid()
    assert form.cleaned_data["visit"].at == datetime(2015, 10, 25, 1, 30, tzinfo=UTC)
