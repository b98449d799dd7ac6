"""One request to sign waits in the post for each signatory: what is asked again, taken back or lapsed, goes no more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.assurance.conftest import Round
from tests.assurance.rounds import RoundOn
from tests.assurance.test_schools import GOVERNOR, HEAD, school, sign
from tests.assurance.test_signature_lapses import change
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.assurance import letters
from wholestory.assurance.operations import returns, taking_back
from wholestory.correspondence.models import Message

pytestmark = pytest.mark.django_db
__all__ = ["school"]


def asked(made: Round, who: str) -> list[str]:
    """What became of each e-mail that asks this person to sign, the oldest first."""
    with acting.as_system(made.world.board, "postroom"):
        rows = Message.objects.filter(kind="to_sign_off", to_person=made.world.people[who])
        return list(rows.order_by("created_at").values_list("status", flat=True))


def ask(made: Round, days: int = 0) -> None:
    day = TODAY + timedelta(days)
    with made.acting("head") as actor:
        ret = made.fresh("school")
        returns.ask_to_sign(actor=actor, ret=ret, today=day)
        letters.ready_to_sign(actor=actor, ret=ret, today=day)


def test_asked_again_on_another_day_the_earlier_one_does_not_go(cycle_round: Round) -> None:
    cycle_round.answer("school", "head")
    ask(cycle_round)
    assert asked(cycle_round, "head_signatory") == ["queued"]
    ask(cycle_round)  # pressed twice
    assert asked(cycle_round, "head_signatory") == ["queued"]
    ask(cycle_round, days=1)
    assert asked(cycle_round, "head_signatory") == ["cancelled", "queued"]


def test_another_organisations_request_stays(cycle_round: Round) -> None:
    cycle_round.answer("school", "head")
    cycle_round.answer("police", "police_lead")
    with cycle_round.acting("police_lead") as actor:
        letters.ready_to_sign(actor=actor, ret=cycle_round.fresh("police"), today=TODAY)
    ask(cycle_round)
    ask(cycle_round, days=1)
    assert asked(cycle_round, "police_signatory") == ["queued"]


def test_a_request_that_is_taken_back_does_not_go_and_can_be_made_again_the_same_day(
    cycle_round: Round,
) -> None:
    cycle_round.answer("school", "head")
    ask(cycle_round)
    with cycle_round.acting("head") as actor:
        taking_back.take_back_asking_to_sign(actor=actor, ret=cycle_round.fresh("school"), today=TODAY)
    assert asked(cycle_round, "head_signatory") == ["cancelled"]
    ask(cycle_round)
    assert asked(cycle_round, "head_signatory") == ["cancelled", "queued"]


def test_a_change_after_the_first_of_two_signatures_stops_the_request_for_the_second(school: RoundOn) -> None:
    def others(signed: str) -> None:
        with school.acting(signed) as actor:
            ret = school.fresh("school")
            letters.ask_the_others_to_sign(actor=actor, ret=ret, signed=[actor.id], today=TODAY)

    ask(school)
    assert asked(school, "head_signatory") == asked(school, "stranger") == ["queued"]
    sign(school, "head_signatory", HEAD)
    others("head_signatory")
    assert asked(school, "head_signatory") == ["cancelled"]
    assert asked(school, "stranger") == ["cancelled", "queued"]
    change(school, "head", "Something else.")
    assert asked(school, "stranger") == ["cancelled", "cancelled"]
    sign(school, "head_signatory", HEAD)
    others("head_signatory")
    assert asked(school, "stranger") == ["cancelled", "cancelled", "queued"]
    sign(school, "stranger", GOVERNOR)
    assert school.fresh("school").stage == "signed_off"
