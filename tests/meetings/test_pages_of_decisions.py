"""The pages about who came, decisions and minutes, as the people who use them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.meetings.conftest import Table
from tests.meetings.test_deciding import decide
from tests.meetings.test_pages import Browse, text, url
from tests.personas import TODAY
from wholestory.access.asking import NotForYou
from wholestory.meetings.models import Arrangement, Attendance, Decision
from wholestory.meetings.operations import deciding


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


def test_a_decision_shows_what_came_of_it_to_whoever_may_see_both(table: Table, browse: Browse) -> None:
    meeting = table.meeting()
    item = table.item(meeting)
    table.everybody_came(meeting)
    made = decide(table, item)
    case = table.case("police_member")
    with table.acting("business_manager") as actor:
        deciding.link(actor=actor, decision=Decision.objects.select_related("record").get(), record=case)
    page = reverse("meetings:decision", args=[made.record.reference])
    assert case.reference in text(browse("police_member").get(page))
    assert case.reference not in text(browse("lay_member").get(page))
    with table.acting("lay_member") as actor, pytest.raises(NotForYou):
        deciding.link(actor=actor, decision=made, record=meeting.record)
