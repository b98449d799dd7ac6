"""The pages, as every persona: who finds them, what they show, what they cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.meetings.conftest import Table
from tests.meetings.test_operations import INSIDE, OUTSIDE
from tests.personas import TODAY
from wholestory.meetings.models import Arrangement, Attendance, Decision, Item, Meeting, Part

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


def test_who_came_is_recorded_and_taken_away_as_csv(table: Table, browse: Browse) -> None:
    meeting = table.meeting()
    client = browse("business_manager")
    police, health = table.seats["police_member"], table.seats["health_member"]
    wrong = client.post(url("attendance", meeting), {f"status_{health.pk}": "deputy"})
    assert "Enter who came instead of Dana Birch" in text(wrong)
    done = client.post(
        url("attendance", meeting),
        {
            "others": "present", f"status_{police.pk}": "virtual", f"status_{health.pk}": "deputy",
            f"deputy_{health.pk}": "Kim Rowe", "visitor_0": "Dr Lee, university", "as_0": "guest",
        },
        follow=True,
    )  # fmt: skip
    assert "Quorate: 4 members present, 3 needed." in text(done)
    assert "A deputy came: Kim Rowe" in text(done)
    with table.acting("business_manager"):
        assert Attendance.objects.count() == 5
    for name, status in (
        ("business_manager", 200),
        ("group_chair", 200),
        ("lay_member", 404),
        ("chair", 404),
    ):
        assert browse(name).get(url("download_attendance", meeting)).status_code == status
    file = client.get(url("download_attendance", meeting)).content.decode("utf-8-sig")
    assert "Example: invented" in file
    assert "Dana Birch,Northmarsh Community Health,Member,A deputy came,Kim Rowe" in file


def test_a_decision_is_taken_live_by_the_chair(table: Table, browse: Browse) -> None:
    meeting = table.meeting()
    item = table.item(meeting)
    chair = browse("group_chair")
    inquorate = chair.get(url("decide", meeting, item.pk))
    assert "can discuss this and not decide it" in text(inquorate)
    table.everybody_came(meeting)
    lay = table.world.people["lay_member"]
    done = chair.post(
        url("decide", meeting, item.pk),
        {
            "words": "Write to the council.", f"vote_{lay.pk}": "against", "view_of_0": str(lay.pk),
            "view_0": "Speak first, then write.",
        },
        follow=True,
    )  # fmt: skip
    assert "The decision is in the register as DN-" in text(done)
    with table.acting("group_chair"):
        reference = Decision.objects.get().record.reference
    page = text(browse("police_member").get(reverse("meetings:decision", args=[reference])))
    assert "Pat Lindley: saw it differently. Speak first, then write." in page
    assert "Pat Lindley: against" in page
    assert browse("chair").get(reverse("meetings:decision", args=[reference])).status_code == 404


def test_a_question_between_meetings_from_asking_to_ratifying(table: Table, browse: Browse) -> None:
    meeting = table.meeting()
    with table.acting("business_manager"):
        arranged = Arrangement.objects.get().record.reference
    keeper = browse("business_manager")
    keeper.post(
        reverse("meetings:ask", args=[arranged]),
        {
            "words": "Write now?", "why": "It ends on Friday.", "reply_by-day": "18", "reply_by-month": "3",
            "reply_by-year": "2016",
        },
    )  # fmt: skip
    with table.acting("business_manager"):
        reference = Decision.objects.get().record.reference
    answer = reverse("meetings:answer", args=[reference])
    assert keeper.get(answer).status_code == 404
    assert "Say why you are against it" in text(browse("lay_member").post(answer, {"kind": "against"}))
    for name in ("police_member", "lay_member", "group_chair"):
        browse(name).post(answer, {"kind": "for"})
    conclude = reverse("meetings:conclude", args=[reference])
    assert browse("lay_member").get(conclude).status_code == 404
    browse("group_chair").post(conclude, {"agreed": "yes"})
    table.everybody_came(meeting)
    done = browse("group_chair").post(
        reverse("meetings:ratify", args=[reference]), {"meeting": str(meeting.pk)}, follow=True
    )
    assert "Decided between meetings, ratified" in text(done)


def test_minutes_from_draft_to_locked(table: Table, browse: Browse) -> None:
    meeting = table.meeting(TODAY - timedelta(days=60))
    item = table.item(meeting, "Plan")
    following = table.meeting(title="The next one")
    keeper, chair, member = browse("business_manager"), browse("group_chair"), browse("lay_member")
    keeper.post(url("write_minutes", meeting), {"words": "All were welcomed.", f"item_{item.pk}": "Agreed."})
    assert member.get(url("minutes", meeting)).status_code == 404  # a draft is not for members yet
    keeper.post(url("move_minutes", meeting), {"to": "to_chair"})
    assert member.post(url("move_minutes", meeting), {"to": "check"}).status_code == 404
    chair.post(url("move_minutes", meeting), {"to": "check"})
    assert "All were welcomed." in text(member.get(url("minutes", meeting)))
    assert "not approved" in text(member.get(url("print_minutes", meeting)))
    assert "Nobody else" not in text(chair.get(url("approve_minutes", meeting)))
    table.everybody_came(following)
    done = chair.post(url("approve_minutes", meeting), {"meeting": str(following.pk)}, follow=True)
    assert "Approved and locked" in text(done)
    corrected = keeper.post(url("correct_minutes", meeting), {"what": "A name"}, follow=True)
    assert "Write the correction here" in text(corrected)
    versions = text(keeper.get(url("minutes", meeting)))
    assert "Version 1: approved" in versions
    assert "Agreed." in versions  # what is not written anew stands


def test_the_quorum_is_set_as_data(table: Table, browse: Browse) -> None:
    table.meeting()
    with table.acting("business_manager"):
        arranged = Arrangement.objects.get().record.reference
    said = {
        "number": "2", "share": "half", "sectors": ["health"], "agencies": ["police"], "roles": ["lay_member"],
        "virtual_counts": "yes", "deputies_count": "no", "target": "80",
    }  # fmt: skip
    quorum = reverse("meetings:quorum", args=[arranged])
    assert browse("group_chair").get(quorum).status_code == 404
    page = text(browse("business_manager").post(quorum, said, follow=True))
    for line in (
        "At least 2 members", "Half of the members", "Somebody of: Health", "Somebody of: Northmarsh Constabulary",
        "Somebody of: Lay member", "Deputies do not count",
    ):  # fmt: skip
        assert line in page


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
