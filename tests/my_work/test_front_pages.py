"""What each kind of person finds waiting, and what their page keeps quiet about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access.signing_in import ports
from wholestory.assurance.models import Return
from wholestory.assurance.operations import moderation
from wholestory.ledger import reading
from wholestory.ledger.reading import Seen

Browse = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def page(browse: Browse, who: str, url: str = "/") -> str:
    answer = browse(who).get(url)
    assert answer.status_code == 200, f"{who} at {url}"
    return " ".join(answer.content.decode().split())


def late(cycle_round: Round, *agencies: str) -> None:
    with cycle_round.acting("quality_officer"):
        for name in agencies:
            ret = cycle_round.fresh(name)
            ledger.line("assurance.extended", ret.record)
            Return.objects.filter(pk=ret.pk).update(due_on=TODAY - timedelta(days=3))


def test_the_team_sees_who_is_late_and_what_waits_for_a_moderator(
    browse: Browse, signed_school: Round
) -> None:
    late(signed_school, "police")
    said = page(browse, "quality_officer")
    assert "1 overdue: decide what to send" in said
    assert signed_school.fresh("police").agency.name in said
    assert "1 signed off without a moderator" in said


def test_the_head_sees_only_their_own(browse: Browse, cycle_round: Round) -> None:
    said = page(browse, "head")
    assert cycle_round.fresh("school").record.reference in said
    for other in ("police", "health", "charity"):
        assert cycle_round.fresh(other).record.reference not in said
        assert cycle_round.fresh(other).agency.name not in said
    assert "overdue: decide" not in said


def test_what_a_page_shows_is_in_the_access_record(browse: Browse, cycle_round: Round) -> None:
    page(browse, "head")
    with cycle_round.acting("ig_lead"):
        lines: list[Seen] = list(reading.seen(cycle_round.fresh("school").record_id))
    mine = [one for one in lines if one.person == cycle_round.world.people["head"].id]
    assert "access.listed" in {one.verb for one in mine}


def test_the_chairs_page_names_late_agencies_and_standards_below(
    browse: Browse, signed_school: Round
) -> None:
    late(signed_school, "police", "health")
    said = page(browse, "chair", "/chair/")
    for name in ("police", "health"):
        assert f"{signed_school.fresh(name).agency.name}</a>: due 11 March 2016, 3 days ago" in said
    assert f"{signed_school.fresh('charity').agency.name}</a>: due" not in said
    assert "of 1 with a score" in said


@pytest.mark.parametrize("who", ["head", "police_lead", "lay_member", "sister_manager", "stranger"])
def test_the_chairs_page_is_for_the_chair(browse: Browse, cycle_round: Round, who: str) -> None:
    assert browse(who).get("/chair/").status_code == 404


def test_the_lay_members_page_has_counts_and_no_names_before_release(
    browse: Browse, signed_school: Round
) -> None:
    said = page(browse, "lay_member", "/lay-member/")
    assert "Spring 2016</a></strong>: 4 asked" in said
    assert [n for n in ("school", "police") if signed_school.fresh(n).agency.name in said] == []
    assert "Results you can read" not in said
    assert "0 are running, 0 of them overdue; 0 closed" in said


def test_the_moderator_sees_what_was_given_to_them(browse: Browse, signed_school: Round) -> None:
    assert "To moderate" not in page(browse, "health_member")
    with signed_school.acting("quality_officer") as actor:
        moderation.assign(
            actor=actor, ret=signed_school.fresh("school"),
            moderator=signed_school.world.people["health_member"], today=TODAY,
        )  # fmt: skip
    said = page(browse, "health_member")
    assert "To moderate" in said
    assert signed_school.fresh("school").agency.name in said
    assert signed_school.fresh("police").record.reference not in said


def test_somebody_with_no_seat_is_told_so(browse: Browse) -> None:
    assert "You hold no seat today" in page(browse, "former_member")


def test_what_changed_is_dated_and_recent(browse: Browse, signed_school: Round) -> None:
    said = page(browse, "quality_officer")
    assert "What changed in the last three weeks" in said
    assert "<li>14 March 2016: " in said


def test_only_those_who_speak_for_an_agency_are_asked_to_answer_the_board(
    browse: Browse, signed_school: Round
) -> None:
    with signed_school.acting("quality_officer") as actor:
        moderation.query(
            actor=actor, ret=signed_school.fresh("school"), questions={"": "Which policy?"}, today=TODAY
        )
    for who in ("head", "head_signatory"):
        assert "Answer the board&#x27;s question" in page(browse, who)
    assert "Answer the board" not in page(browse, "head_contributor")


def test_emergency_access_is_told_to_those_who_review_it(
    browse: Browse, cycle_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "deliver", lambda mail: None)
    reference = cycle_round.fresh("school").record.reference
    told = {"reference": reference, "reason": "The child is at the hospital.", "confirm": "on"}
    opened = browse("health_member").post("/access/emergency/take/", told)["Location"]
    for url in ("/", "/chair/"):
        said = page(browse, "chair", url)
        assert "Emergency access is running" in said
        assert f'href="{opened}"' in said
        assert reference in said
    assert "Emergency access is running" in page(browse, "business_manager")
    assert browse("business_manager").get(opened).status_code == 200
    for who in ("quality_officer", "administrator", "head", "health_member", "lay_member", "sister_manager"):
        assert "Emergency access" not in page(browse, who)
    browse("health_member").post(f"{opened}end/")
    assert "Emergency access waits for your review" in page(browse, "business_manager")
    assert "Emergency access waits for your review" in page(browse, "chair", "/chair/")
    browse("chair").post(opened, {"outcome": "justified", "note": "Rightly taken."})
    for who in ("business_manager", "chair"):
        assert "Emergency access" not in page(browse, who)


def test_nobody_is_asked_to_review_what_they_took_themselves(
    browse: Browse, cycle_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "deliver", lambda mail: None)
    reference = cycle_round.fresh("school").record.reference
    told = {"reference": reference, "reason": "The child is at the hospital.", "confirm": "on"}
    browse("chair").post("/access/emergency/take/", told)
    assert "Emergency access" not in page(browse, "chair", "/chair/")
    assert "Emergency access is running" in page(browse, "business_manager")
