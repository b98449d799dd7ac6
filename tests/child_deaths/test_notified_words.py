"""Answers of messages are shown in words, never as the codes they are kept by."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from tests.child_deaths.notifying import ADDRESS, filled
from tests.child_deaths.people import Deaths
from wholestory.child_deaths.models import Notification
from wholestory.child_deaths.queries import notified

Browse = Callable[[str], Client]


def test_what_came_by_the_open_page_is_shown_in_words(deaths: Deaths, browse: Browse) -> None:
    sent = filled(told="coroner", born_as="more", birth_order="2", children_at_risk="not_known", sex="female")
    sent["confirmed_on-day"] = ""  # March 2016 alone
    answer = Client().post(ADDRESS, urlencode(sent), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    with deaths.acting():
        message = Notification.objects.select_related("record").get()
    page = browse("coordinator").get(reverse("child_deaths:notification", args=[message.record.reference]))
    words = page.content.decode()
    for said in ("Female", "NHS number not currently available", "The coroner or a coroner’s officer",
                 "2 September 2013", "March 2016",
                 "If there is no NHS number, why?"):  # fmt: skip
        assert said in words, said
    for code in ("not_available", "female", "2013-09-02", "not_known", "2016-03"):
        assert f">{code}" not in words, code


def test_every_choice_of_the_page_has_its_words() -> None:
    said = {
        "sex": {"value": "indeterminate"}, "nhs_number_absent": {"value": "non_resident"},
        "expected": {"value": "unexpected"}, "national_alert": {"value": "no"}, "told": {"value": ["gp", "police"]},
        "confirmed_clock": {"value": "GMT"}, "sender_note": {"value": "free words"},
    }  # fmt: skip
    shown = dict(notified.said_in(said, "notification", 3))
    assert shown["Sex"] == "Indeterminate"
    assert shown["Was the death expected?"] == "Unexpected"
    assert "Child non-resident in England" in shown.values()
    assert "The child’s GP\nThe police" in shown.values()
    assert "After they had gone back: it was winter time" in shown.values()
    assert shown["Sender note"] == "free words"
