"""Ways in, and ways to break something, that were found by walking the product as somebody who wants to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.assurance.conftest import TODAY, Round
from tests.personas import World
from wholestory.access import acting
from wholestory.access.directory.doors import Refusal
from wholestory.access.directory.operations import people, standing_in
from wholestory.actions import operations as actions
from wholestory.actions.models import Action, Source, Step
from wholestory.assurance.models import Cycle, Return, StageChange
from wholestory.assurance.operations import cycles, moderation
from wholestory.documents import operations as documents
from wholestory.partners.models import Seat


@pytest.fixture
def signed(world: World) -> Round:
    from wholestory.assurance.definitions import framework_called

    made = Round(world)
    items = list(framework_called("short_self_assessment").items)
    made.answer("school", "head", {items[0]: 1, items[1]: 0})
    made.sign("school", "head_signatory")
    return made


def test_the_table_of_rate_limits_comes_with_the_migrations(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from shared_cache")


@pytest.mark.parametrize(
    "path", ["/self-audits/returns/%00/", "/actions/A%00C/", "/search/?q=a%00b", "/actions/?agency=%00"]
)
def test_a_nul_is_a_bad_request(browse: Callable[[str], Client], path: str) -> None:
    assert browse("business_manager").get(path).status_code == 400


def test_another_boards_team_cannot_change_how_somebody_signs_in(world: World) -> None:
    chair = world.people["chair"]
    Seat.objects.create(person=chair, board=world.boards["south"], role="adviser", starts_on=date(2016, 1, 1))
    actor, seat = world.people["sister_manager"], world.seats["sister_manager"]
    details = people.PersonDetails(full_name=chair.full_name, email="taken@evil.example")
    with acting.acting_as(actor, seat), pytest.raises(Refusal, match="another board"):
        people.change_person(actor=actor, board=world.boards["south"], person=chair, details=details)
    chair.refresh_from_db()
    assert chair.email == "chair@people.example"


@pytest.mark.parametrize(
    ("person", "why"), [("business_manager", "themselves"), ("quality_officer", "stands in for the chair")]
)
def test_nobody_of_the_team_stands_in_for_the_chair(world: World, person: str, why: str) -> None:
    actor, seat = world.people["business_manager"], world.seats["business_manager"]
    with acting.acting_as(actor, seat), pytest.raises(Refusal, match=why):
        standing_in.cover_leave(
            actor=actor, seat=world.seats["chair"], person=world.people[person], starts_on=TODAY,
            ends_on=date(2016, 3, 20), today=TODAY,
        )  # fmt: skip


def test_the_board_is_shown_the_promise_and_not_the_agencys_words(signed: Round) -> None:
    signed.release("school")
    with signed.acting("business_manager") as actor:
        cycles.release_to_board(actor=actor, cycle=Cycle.objects.get(), today=TODAY)
    for name in ("lay_member", "police_member"):
        with signed.acting(name):
            assert Action.objects.count() == 1
            assert not Step.objects.exists()
            assert not Source.objects.exists()
    with signed.acting("head"):
        assert Step.objects.exists()


def test_why_the_team_looks_again_stays_with_the_team_until_release(signed: Round) -> None:
    with signed.acting("quality_officer") as actor:
        moderation.finish(actor=actor, ret=signed.fresh("school"), note="", today=TODAY)
        moderation.reopen(actor=actor, ret=signed.fresh("school"), reason="Line 3 is overstated", today=TODAY)
    with signed.acting("head"):
        assert not StageChange.objects.filter(reason__contains="overstated").exists()


def test_evidence_stays_as_it_was_signed(signed: Round) -> None:
    with signed.acting("head") as actor:
        record = signed.fresh("school").record
        with pytest.raises(documents.NotNow, match="signed"):
            documents.add_link(
                actor=actor, about=record, url="https://example.org/policy", label="Policy", today=TODAY
            )


def test_whoever_said_it_was_done_does_not_close_it(signed: Round) -> None:
    with signed.acting("quality_officer") as actor:
        action = Action.objects.select_related("record__board").get()
        actions.say_done(actor=actor, action=action, words="Seen it", today=TODAY)
        with pytest.raises(actions.ActionRefused, match="somebody else"):
            actions.close(actor=actor, action=action, words="Yes", today=TODAY)


def test_a_promise_names_a_day_somebody_could_live_to_see(signed: Round) -> None:
    with signed.acting("head") as actor:
        action = Action.objects.select_related("record__board").get()
        with pytest.raises(actions.ActionRefused, match="ten years"):
            actions.redate(actor=actor, action=action, due_on=date(9999, 12, 31), reason="Later", today=TODAY)


def test_a_moderator_leaves_with_the_day_of_release(signed: Round) -> None:
    with signed.acting("business_manager") as actor:
        moderation.assign(
            actor=actor,
            ret=signed.fresh("school"),
            moderator=signed.world.people["health_member"],
            today=TODAY,
        )
    signed.release("school")
    signed.world.board.example_today = date(2016, 3, 15)
    signed.world.board.save()
    with signed.acting("health_member"):
        assert not Return.objects.exists()


@pytest.mark.parametrize("name", ["administrator", "ig_lead", "lay_member", "head"])
def test_emergency_access_is_for_those_who_may_have_to_act(
    signed: Round, browse: Callable[[str], Client], name: str
) -> None:
    answer = browse(name).get(reverse("access:emergency_take"))
    assert answer.status_code == 404
