"""What waits in the post and was dealt with meanwhile does not go, alone or in a digest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.assurance.conftest import Round
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.assurance import letters
from wholestory.assurance.operations import moderation, more_time, returns
from wholestory.correspondence.clock import moment_of
from wholestory.correspondence.models import Message
from wholestory.correspondence.operations import sorting

pytestmark = pytest.mark.django_db


def post_goes(made: Round) -> None:
    board = made.world.board
    with acting.as_system(board, "postroom"):
        sorting.sort_post(board, moment_of(board, timezone.now()) + timedelta(days=1))


def fate(made: Round, kind: str) -> set[str]:
    with acting.as_system(made.world.board, "postroom"):
        return set(Message.objects.filter(kind=kind).values_list("status", flat=True))


def ask_to_sign(made: Round) -> None:
    with made.acting("head") as actor:
        letters.ready_to_sign(actor=actor, ret=made.fresh("school"), today=TODAY)


def test_nobody_is_asked_to_sign_what_is_signed(cycle_round: Round) -> None:
    cycle_round.answer("school", "head")
    ask_to_sign(cycle_round)
    cycle_round.sign("school", "head_signatory")
    post_goes(cycle_round)
    assert fate(cycle_round, "to_sign_off") == {"cancelled"}


def test_whoever_has_still_to_sign_is_asked(cycle_round: Round) -> None:
    cycle_round.answer("school", "head")
    ask_to_sign(cycle_round)
    post_goes(cycle_round)
    assert not fate(cycle_round, "to_sign_off") & {"cancelled"}


def test_a_question_that_was_answered_is_not_announced_and_the_thanks_go(signed_school: Round) -> None:
    with signed_school.acting("quality_officer") as actor:
        (asked,) = moderation.query(
            actor=actor, ret=signed_school.fresh("school"), questions={"": "Which year?"}, today=TODAY
        )
        letters.tell_query(actor=actor, ret=signed_school.fresh("school"), today=TODAY)
    with signed_school.acting("head") as actor:
        ret = signed_school.fresh("school")
        returns.answer_queries(actor=actor, ret=ret, said={asked.id: "This one."}, today=TODAY)
        letters.thank(actor=actor, ret=ret, today=TODAY)
        letters.tell_answered(actor=actor, ret=ret, today=TODAY)
    post_goes(signed_school)
    assert fate(signed_school, "query") == {"cancelled"}
    assert "cancelled" not in fate(signed_school, "thanks")
    assert "cancelled" not in fate(signed_school, "answered")


def test_the_team_is_not_told_of_a_request_it_has_decided(cycle_round: Round) -> None:
    with cycle_round.acting("head") as actor:
        ret = cycle_round.fresh("school")
        more_time.ask(actor=actor, ret=ret, until=date(2016, 4, 30), reason="Half-term", today=TODAY)
        letters.tell_more_time_asked(actor=actor, ret=ret, today=TODAY)
    with cycle_round.acting("quality_officer") as actor:
        more_time.decline(
            actor=actor, ret=cycle_round.fresh("school"), answer="The report is due.", today=TODAY
        )
    post_goes(cycle_round)
    assert fate(cycle_round, "more_time_asked") == {"cancelled"}


def test_a_digest_holds_only_what_is_still_so(cycle_round: Round) -> None:
    """The signatory was asked to sign, and is thanked: the first is over, so no digest is made of both."""
    cycle_round.answer("school", "head")
    ask_to_sign(cycle_round)
    cycle_round.sign("school", "head_signatory")
    with cycle_round.acting("head_signatory") as actor:
        letters.thank(actor=actor, ret=cycle_round.fresh("school"), today=TODAY)
    post_goes(cycle_round)
    with acting.as_system(cycle_round.world.board, "postroom"):
        to = cycle_round.world.people["head_signatory"]
        kinds = set(
            Message.objects.filter(to_person=to).exclude(status="cancelled").values_list("kind", flat=True)
        )
    assert kinds == {"thanks"}


def test_sorting_costs_the_same_for_more_overtaken_messages(cycle_round: Round) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from wholestory.correspondence.overtaken import overtaken

    def cost() -> int:
        with acting.as_system(cycle_round.world.board, "postroom"):
            waiting = list(Message.objects.filter(kind="reminder").select_related("about"))
            with CaptureQueriesContext(connection) as made:
                overtaken(waiting)
        return len(made)

    from wholestory.assurance.rules.reminders import USUAL_LADDER

    first = USUAL_LADDER[0]
    letters.send_step(ret=cycle_round.fresh("school"), rung=first, today=TODAY)
    one = cost()
    for name in ("police", "health", "charity"):
        letters.send_step(ret=cycle_round.fresh(name), rung=first, today=TODAY)
    assert cost() == one == 1
