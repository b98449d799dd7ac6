"""The pages, as every persona: who finds them, what they show, what they cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.meetings.conftest import Table
from tests.meetings.test_operations import INSIDE, OUTSIDE
from tests.personas import TODAY
from wholestory.meetings.models import Arrangement, Item, Meeting, Paper, Part

Browse = Callable[[str], Client]


def url(name: str, meeting: Meeting, *more: object) -> str:
    return reverse(f"meetings:{name}", args=[meeting.record.reference, *more])


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]  # a test client's response


@pytest.mark.parametrize("name", sorted(INSIDE | OUTSIDE))
def test_a_meetings_pages_open_to_those_inside_and_to_nobody_else(
    table: Table, browse: Browse, name: str
) -> None:
    meeting = table.meeting()
    item = table.item(meeting)
    client = browse(name)
    expected = 200 if name in INSIDE else 404
    assert client.get(url("meeting", meeting)).status_code == expected
    assert client.get(url("item", meeting, item.pk)).status_code == expected
    keeps = 200 if name == "business_manager" else 404
    for page in ("agenda", "add_item", "attendance", "change", "cancel", "write_minutes"):
        assert client.get(url(page, meeting)).status_code == keeps, page
    for page in ("change_item", "withdraw_item", "add_paper"):
        assert client.get(url(page, meeting, item.pk)).status_code == keeps, page
    decides = 200 if name == "group_chair" else 404
    assert client.get(url("decide", meeting, item.pk)).status_code == decides
    sits = 200 if name in INSIDE - {"business_manager"} else 404
    assert client.get(url("declare", meeting)).status_code == sits


@pytest.mark.parametrize("name", ["business_manager", "group_chair", "lay_member", "chair", "administrator"])
def test_the_list_shows_the_meetings_somebody_may_see(table: Table, browse: Browse, name: str) -> None:
    table.meeting(title="Ours")
    page = browse(name).get(reverse("meetings:list"))
    assert page.status_code == 200
    assert ("Ours" in text(page)) is (name in INSIDE)
    assert ("How Case Review Group meets" in text(page)) is (name in INSIDE)
    assert "Meetings" in [one["label"] for one in page.context["navigation"]]


@pytest.mark.parametrize("name", ["head", "stranger", "sister_head"])
def test_the_list_is_not_there_for_agencies_and_strangers(table: Table, browse: Browse, name: str) -> None:
    assert browse(name).get(reverse("meetings:list")).status_code == 404
    assert browse(name).get(reverse("meetings:decisions")).status_code == 404


def test_past_meetings_are_found_by_choosing_them(table: Table, browse: Browse) -> None:
    table.meeting(TODAY - timedelta(days=30), title="The February one")
    table.meeting(title="The March one")
    client = browse("lay_member")
    now, past = client.get("/meetings/"), client.get("/meetings/?when=past")
    assert "The March one" in text(now)
    assert "The February one" not in text(now)
    assert "The February one" in text(past)
    assert "The March one" not in text(past)


def test_a_hidden_item_leaves_no_count_and_no_gap(table: Table, browse: Browse) -> None:
    meeting = table.meeting()
    table.item(meeting, "Staffing", Part.B)
    table.listed(meeting, table.case("group_chair"), "A child of 5 to 9")
    table.item(meeting, "Premises", Part.B)
    outside, inside = (
        text(browse(name).get(url("meeting", meeting))) for name in ("lay_member", "group_chair")
    )
    assert "<strong>B1</strong> Staffing" in outside
    assert "<strong>B2</strong> Premises" in outside
    assert "5 to 9" not in outside
    assert "B3" not in outside
    assert "(2 items)" in outside
    assert "<strong>B2</strong> A child of 5 to 9" in inside
    assert "(3 items)" in inside
    declare = text(browse("lay_member").get(url("declare", meeting)))
    assert "5 to 9" not in declare


def test_planning_a_meeting(table: Table, browse: Browse) -> None:
    client = browse("business_manager")
    said = {
        "group": "crg", "title": "March", "kind": "ordinary", "meets_on-day": "21", "meets_on-month": "3",
        "meets_on-year": "2016", "start_time": "2.30pm", "place": "Town Hall",
    }  # fmt: skip
    wrong = client.post(reverse("meetings:plan"), {**said, "start_time": "teatime"})
    assert "Enter a time of day, like 2pm or 14:30" in text(wrong)
    assert "Town Hall" in text(wrong)
    made = client.post(reverse("meetings:plan"), said, follow=True)
    assert "21 March 2016, 2:30pm" in text(made)
    assert "Ellis Farrow" in text(made)  # holds the chair of the group


@pytest.mark.parametrize("name", ["group_chair", "lay_member", "chair", "head", "administrator", "stranger"])
def test_nobody_else_plans(table: Table, browse: Browse, name: str) -> None:
    table.meeting()
    assert browse(name).get(reverse("meetings:plan")).status_code == 404


def test_the_agenda_is_set_without_a_line_of_script(table: Table, browse: Browse) -> None:
    meeting = table.meeting()
    client = browse("business_manager")
    for title in ("One", "Two"):
        done = client.post(
            url("add_item", meeting), {"part": "A", "title": title, "purpose": "decision"}, follow=True
        )
    assert text(done).index("A1 One") < text(done).index("A2 Two")
    with table.acting("business_manager"):
        second = Item.objects.get(title="Two")
    moved = client.post(url("agenda", meeting), {"move": f"{second.pk} up"}, follow=True)
    assert text(moved).index("A1 Two") < text(moved).index("A2 One")
    assert client.post(url("agenda", meeting), {"move": f"{uuid4()} up"}).status_code == 404
    assert client.post(url("agenda", meeting), {"move": "nonsense"}).status_code == 404


def test_a_member_declares_before_the_papers_open(table: Table, browse: Browse) -> None:
    meeting = table.meeting()
    item = table.item(meeting, "Pay", Part.B)
    client = browse("police_member")
    assert "papers open once you have declared" in text(client.get(url("meeting", meeting)))
    sent = client.get(url("item", meeting, item.pk))
    assert sent.status_code == 302
    assert sent["Location"] == url("declare", meeting)
    nothing = client.post(url("declare", meeting), {})
    assert "Say whether you have an interest in B1" in text(nothing)
    unsaid = client.post(url("declare", meeting), {f"effect_{item.pk}": "leave"})
    assert "Say what your interest in B1 is" in text(unsaid)
    client.post(url("declare", meeting), {f"effect_{item.pk}": "none"})
    assert client.get(url("item", meeting, item.pk)).status_code == 200


def test_papers_withheld_closes_the_item_from_the_next_page_on_and_the_chair_opens_it(
    table: Table, browse: Browse
) -> None:
    meeting = table.meeting()
    item = table.listed(meeting, table.case("police_member", "group_chair"))
    conflicted, chair = browse("police_member"), browse("group_chair")
    done = conflicted.post(
        url("declare", meeting),
        {f"effect_{item.pk}": "withheld", f"words_{item.pk}": "I led it"},
        follow=True,
    )
    assert "You no longer see that item" in text(done)
    assert "TC-1" not in text(done)
    assert conflicted.get(url("item", meeting, item.pk)).status_code == 404
    chair.post(url("declare", meeting), {f"effect_{item.pk}": "none"})
    page = text(chair.get(url("item", meeting, item.pk)))
    assert "Papers withheld" in page
    assert "I led it" in page
    police = table.world.people["police_member"]
    change = url("effect", meeting, item.pk, police.pk)
    assert browse("lay_member").get(change).status_code == 404
    assert "Say why" in text(chair.post(change, {"effect": "no_vote"}))
    chair.post(change, {"effect": "no_vote", "reason": "Long ago"})
    assert conflicted.get(url("item", meeting, item.pk)).status_code == 200


def test_a_member_keeps_their_own_register(table: Table, browse: Browse) -> None:
    table.meeting()
    with table.acting("business_manager"):
        arranged = Arrangement.objects.get()
    client = browse("police_member")
    client.post(
        reverse("meetings:add_interest"),
        {"kind": "school", "words": "Governor", "groups": [str(arranged.pk)]},
    )
    page = client.get(reverse("meetings:interests"))
    assert "Governor" in text(page)
    assert browse("head").get(reverse("meetings:interests")).status_code == 404
    with table.acting("police_member") as actor:
        key = actor.interests.get().pk
    end = reverse("meetings:end_interest", args=[key])
    assert browse("lay_member").get(end).status_code == 404
    client.post(end, {"on-day": "1", "on-month": "3", "on-year": "2016"})
    assert "ended 1 March 2016" in text(client.get(reverse("meetings:interests")))


@pytest.mark.parametrize("name", ["business_manager", "police_member"])
def test_pages_cost_the_same_for_three_rows_and_thirty(
    table: Table, browse: Browse, cost_of: Callable[[Client, str], int], name: str
) -> None:
    def fill(number: int) -> None:
        for at in range(number):
            table.meeting(title=f"Meeting {at}")
            table.item(meeting, f"Item {at}")

    meeting = table.meeting()
    fill(3)
    client = browse(name)
    pages = [reverse("meetings:list"), url("meeting", meeting)]
    if name == "business_manager":
        pages += [url("agenda", meeting), url("attendance", meeting)]
    else:
        pages += [url("declare", meeting)]
    few = [cost_of(client, page) for page in pages]
    fill(27)
    assert [cost_of(client, page) for page in pages] == few
    assert max(few) <= 40


def test_a_file_of_a_confidential_item_stays_shut_until_a_member_has_declared(
    table: Table, browse: Browse, own_shelf: Path
) -> None:
    meeting = table.meeting()
    item = table.item(meeting, "Pay", Part.B)
    said = {
        "title": "Pay, option one", "purpose": "decision",
        "upload": SimpleUploadedFile("pay.txt", b"Two options for the year."),
    }  # fmt: skip
    added = browse("business_manager").post(url("add_paper", meeting, item.pk), said, follow=True)
    assert "Pay, option one" in text(added)
    with table.acting("business_manager"):
        reference = Paper.objects.get().paper.reference
    content, about = reverse("documents:file", args=[reference]), reverse("documents:about", args=[reference])
    client = browse("police_member")
    shut = client.get(content)
    assert shut.status_code == 409
    assert "Say first whether you have an interest" in text(shut)
    assert "Say first whether you have an interest" in text(client.get(about))
    client.post(url("declare", meeting), {f"effect_{item.pk}": "none"})
    assert b"".join(client.get(content)) == b"Two options for the year."  # type: ignore[arg-type]  # a stream
    conflicted = browse("health_member")
    conflicted.post(
        url("declare", meeting), {f"effect_{item.pk}": "withheld", f"words_{item.pk}": "It is mine"}
    )
    assert conflicted.get(content).status_code == 404
    assert browse("chair").get(content).status_code == 404


def test_who_can_see_a_meeting_is_said(table: Table, browse: Browse) -> None:
    meeting = table.meeting()
    page = browse("lay_member").get(reverse("access:who_can_see", args=[meeting.record.reference]))
    assert page.status_code == 200
    assert "Ellis Farrow" in text(page)
