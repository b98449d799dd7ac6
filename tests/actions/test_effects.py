"""Whether an action worked: what will show it, who looks, what was found."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.test import Client

from tests.actions.test_sent_twice import promised
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.actions import effects, operations
from wholestory.actions.models import Action, Check, StepKind, Verdict

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def as_(world: World, name: str) -> AbstractContextManager[None]:
    return acting.acting_as(world.people[name], world.seats.get(name))


def measured(world: World) -> Action:
    action = promised(world)
    with as_(world, "head"):
        effects.plan_check(
            actor=world.people["head"], action=action, measure="Ask ten staff where it is", check_on=date(2016, 9, 1),
            today=TODAY,
        )  # fmt: skip
    return action


def test_what_will_show_it_is_said_with_a_day_and_kept_in_the_story(world: World) -> None:
    action = measured(world)
    with as_(world, "head"):
        action = Action.objects.get(pk=action.pk)
        assert (action.measure, action.check_on) == ("Ask ten staff where it is", date(2016, 9, 1))
        assert action.steps.filter(kind=StepKind.MEASURE, to_due_on=date(2016, 9, 1)).count() == 1
        with pytest.raises(operations.ActionRefused, match="from today on"):
            effects.plan_check(
                actor=world.people["head"],
                action=action,
                measure="x",
                check_on=date(2016, 3, 13),
                today=TODAY,
            )


def test_the_boards_team_looks_and_not_the_owner_or_the_agency(world: World) -> None:
    action = measured(world)
    with as_(world, "head"), pytest.raises(NotForYou):
        effects.check(
            actor=world.people["head"], action=action, verdict=Verdict.BETTER, words="It is fine", today=TODAY
        )
    with as_(world, "quality_officer") as _:
        found = Action.objects.select_related("record__board").get(pk=action.pk)
        with pytest.raises(operations.ActionRefused, match="what you looked at"):
            effects.check(
                actor=world.people["quality_officer"],
                action=found,
                verdict=Verdict.SAME,
                words=" ",
                today=TODAY,
            )
        effects.check(
            actor=world.people["quality_officer"], action=found, verdict=Verdict.SAME, words="Asked ten; two knew",
            today=TODAY,
        )  # fmt: skip
        assert Check.objects.get().verdict == Verdict.SAME


def test_it_waits_to_be_looked_at_from_its_day_until_somebody_looked(world: World) -> None:
    action = measured(world)
    with as_(world, "quality_officer"):
        assert list(effects.to_check(date(2016, 8, 31))) == []
        assert [one.pk for one in effects.to_check(date(2016, 9, 1))] == [action.pk]
        found = Action.objects.select_related("record__board").get(pk=action.pk)
        effects.check(
            actor=world.people["quality_officer"], action=found, verdict=Verdict.BETTER, words="Nine of ten knew",
            today=date(2016, 9, 5),
        )  # fmt: skip
        assert list(effects.to_check(date(2016, 9, 6))) == []


@pytest.mark.parametrize("who", ["police_lead", "charity_lead", "lay_member", "sister_manager", "stranger"])
@pytest.mark.parametrize("page", ["measure", "check"])
def test_nobody_outside_measures_or_checks(world: World, browse: Browse, who: str, page: str) -> None:
    action = measured(world)
    client = browse(who)
    url = f"/actions/{action.record.reference}/{page}/"
    assert client.get(url).status_code in (403, 404)
    assert client.post(url, {"verdict": "better", "words": "x"}).status_code in (403, 404)
    with acting.as_system(world.board):
        assert Check.objects.count() == 0


def test_the_pages_work_without_a_script(world: World, browse: Browse) -> None:
    action = promised(world)
    url = f"/actions/{action.record.reference}/"
    sent = {
        "measure": "Ask ten staff", "check_on-day": "1", "check_on-month": "9", "check_on-year": "2016",
    }  # fmt: skip
    assert browse("head").post(url + "measure/", sent).status_code == 302
    assert "Ask ten staff" in browse("head").get(url).content.decode()
    client = browse("quality_officer")
    assert client.post(url + "check/", {"verdict": "cannot_tell", "words": "Too early"}).status_code == 302
    assert "It cannot be told yet (Robin Tansley, 14 March 2016)" in client.get(url).content.decode()
