"""A new last day answers the request that waits, takes no time away, and stops messages that name the old one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.assurance.test_more_time_and_refusals import ask, line_of
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.assurance import letters
from wholestory.assurance.models import MoreTimeAsked
from wholestory.assurance.operations import cycles, more_time
from wholestory.correspondence import operations as post
from wholestory.correspondence.models import Message, Status

LATE = date(2016, 4, 1)


def give(made: Round, to: date, today: date = TODAY) -> None:
    with made.acting("quality_officer") as actor:
        cycles.extend(actor=actor, ret=made.fresh("school"), to=to, reason="Half term", today=today)


def test_giving_time_answers_the_request_that_waits_and_tells_once(
    cycle_round: Round, browse: Callable[[str], Client]
) -> None:
    ask(cycle_round)
    page = f"/self-audits/returns/{cycle_round.fresh('school').record.reference}/"
    day = {"until_on-day": "13", "until_on-month": "5", "until_on-year": "2016", "reason": "Half term"}
    officer = browse("quality_officer")
    assert "It is due by 31 March 2016" in officer.get(f"{page}more-time/").content.decode()
    assert officer.post(f"{page}more-time/", day).status_code == 302
    with cycle_round.acting("head"):
        told = MoreTimeAsked.objects.get()
    assert (told.granted_to, told.decided_on, told.answer) == (date(2016, 5, 13), TODAY, "Half term")
    assert line_of(cycle_round, TODAY).more_time is None
    with acting.as_system(cycle_round.world.board):
        given = Message.objects.filter(kind="extension_given")
        assert given.count() == given.values("to_address").distinct().count() > 0
    assert officer.get(f"{page}more-time-asked/").status_code == 302


def test_an_answer_takes_no_time_away(cycle_round: Round) -> None:
    give(cycle_round, date(2016, 5, 13))
    ask(cycle_round, date(2016, 5, 31))
    with (
        cycle_round.acting("quality_officer") as actor,
        pytest.raises(more_time.MoreTimeRefused, match="until 13 May 2016 already"),
    ):
        more_time.grant(
            actor=actor, ret=cycle_round.fresh("school"), to=date(2016, 4, 30), answer="", today=TODAY
        )
    assert cycle_round.fresh("school").extended_to == date(2016, 5, 13)


def test_a_draft_that_names_the_old_day_never_goes(
    cycle_round: Round, browse: Callable[[str], Client]
) -> None:
    with cycle_round.acting("business_manager") as actor:
        ret = cycle_round.fresh("school")
        rung = line_of(cycle_round, LATE).next_step
        assert rung is not None
        drafts = letters.draft_step(actor=actor, ret=ret, rung=rung.rung, today=LATE)
    assert all("31 March 2016" in draft.body for draft in drafts)
    assert drafts
    give(cycle_round, date(2016, 5, 13))
    with cycle_round.acting("business_manager") as actor:
        assert {one.status for one in Message.objects.filter(pk__in=[d.pk for d in drafts])} == {
            Status.CANCELLED
        }
        with pytest.raises(post.CannotSend):
            post.send(actor=actor, message=drafts[0])
    page = f"/self-audits/returns/{cycle_round.fresh('school').record.reference}/chase/"
    sent = browse("business_manager").post(
        page, {"send": "", f"body-{drafts[0].pk}": drafts[0].body}, follow=True
    )
    assert "Nothing was sent" in sent.content.decode()
