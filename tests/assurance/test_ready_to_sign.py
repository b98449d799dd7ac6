"""Whoever answered and does not sign asks the person who does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.assurance.conftest import NOW, Round
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import StageChange
from wholestory.assurance.operations import returns
from wholestory.correspondence.models import Message
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place


def page(round_: Round) -> str:
    return reverse("assurance:ready", args=[round_.returns["school"].record.reference])


def test_the_signatory_is_asked_once_by_whoever_answered(
    cycle_round: Round, browse: Callable[[str], Client]
) -> None:
    cycle_round.answer("school", "head")
    head = browse("head")
    assert "Ask Kit Monro to sign?" in head.get(page(cycle_round)).content.decode()
    head.post(page(cycle_round))
    head.post(page(cycle_round))
    with cycle_round.acting("business_manager"):
        sent = Message.objects.get(kind="to_sign_off")
        assert sent.to_person_id == cycle_round.world.people["head_signatory"].id


def test_nobody_outside_the_agency_asks(cycle_round: Round, browse: Callable[[str], Client]) -> None:
    for name in ("police_lead", "business_manager", "lay_member", "sister_head"):
        assert browse(name).get(page(cycle_round)).status_code == 404


def test_the_signatorys_own_page_says_sign_until_the_return_is_opened_again(
    cycle_round: Round, browse: Callable[[str], Client]
) -> None:
    cycle_round.answer("school", "head")
    kit, sign = browse("head_signatory"), "Sign your self-audit"
    assert sign not in kit.get("/").content.decode()
    browse("head").post(page(cycle_round))
    browse("head").post(page(cycle_round))
    html = kit.get("/").content.decode()
    assert sign in html
    assert "You were asked to sign it on 14 March 2016" in html
    assert reverse("assurance:sign", args=[cycle_round.returns["school"].record.reference]) in html
    assert sign not in browse("head").get("/").content.decode()
    with cycle_round.acting("head"):
        assert StageChange.objects.filter(move="asked_to_sign").count() == 1
    cycle_round.sign("school", "head_signatory")
    with cycle_round.acting("head_signatory") as actor:
        returns.reopen(actor=actor, ret=cycle_round.fresh("school"), reason="A figure", today=TODAY)
    assert sign not in kit.get("/").content.decode()


def begun(round_: Round) -> None:
    with round_.acting("head") as actor:
        returns.begin(actor=actor, ret=round_.fresh("school"), today=TODAY, now=NOW)


def save(round_: Round, *saves: paperwork.Save) -> None:
    with round_.acting("head") as actor:
        set_id = round_.returns["school"].answers_id
        paperwork.save_draft(actor=actor, set_id=set_id, saves=list(saves), now=NOW)


def asked_of(round_: Round) -> int:
    with acting.as_system(round_.world.board):
        return StageChange.objects.filter(move="asked_to_sign").count()


def test_nothing_answered_at_all_stops_the_asking(
    cycle_round: Round, browse: Callable[[str], Client]
) -> None:
    head = browse("head")
    for begin in (False, True):
        if begin:
            begun(cycle_round)
        for answer in (head.get(page(cycle_round)), head.post(page(cycle_round))):
            html = answer.content.decode()
            assert "Nothing is answered yet" in html
            assert "Ask them to sign" not in html
    assert asked_of(cycle_round) == 0
    with (
        cycle_round.acting("head") as actor,
        pytest.raises(returns.ReturnRefused, match="Nothing is answered"),
    ):
        returns.ask_to_sign(actor=actor, ret=cycle_round.fresh("school"), today=TODAY)


def test_a_required_line_stops_the_asking_and_is_linked(
    cycle_round: Round, browse: Callable[[str], Client]
) -> None:
    cycle_round.answer("school", "head")
    first = next(iter(framework_called("short_self_assessment").items))
    save(cycle_round, paperwork.Save(Place(first), Given(), base=1))
    head = browse("head")
    for answer in (head.get(page(cycle_round)), head.post(page(cycle_round))):
        html = answer.content.decode()
        assert "Not ready to be signed yet" in html
        assert f"#q-{first}" in html
        assert "Ask them to sign" not in html
    assert asked_of(cycle_round) == 0
    with cycle_round.acting("head") as actor, pytest.raises(returns.ReturnRefused, match="to put right"):
        returns.ask_to_sign(actor=actor, ret=cycle_round.fresh("school"), today=TODAY)
    save(cycle_round, paperwork.Save(Place(first), Given(2), base=2))
    assert "Ask them to sign" in head.get(page(cycle_round)).content.decode()


def test_lines_that_may_stay_open_are_listed_and_do_not_stop_it(
    cycle_round: Round, browse: Callable[[str], Client]
) -> None:
    cycle_round.answer("school", "head")
    html = browse("head").get(page(cycle_round)).content.decode()
    assert "These may stay open" in html
    # Every standard has its upload of files, which nobody has to use, and nobody has here.
    assert "Files that show any of this” is not answered" in html
    browse("head").post(page(cycle_round))
    assert asked_of(cycle_round) == 1


def test_only_those_who_speak_for_the_agency_ask_for_its_signature(
    cycle_round: Round, browse: Callable[[str], Client]
) -> None:
    cycle_round.answer("school", "head")
    contributor = browse("head_contributor")
    for answer in (contributor.get(page(cycle_round)), contributor.post(page(cycle_round))):
        assert answer.status_code == 403
        assert "asking for it to be signed" in answer.content.decode()
    with cycle_round.acting("head_contributor") as actor, pytest.raises(NotForYou):
        returns.ask_to_sign(actor=actor, ret=cycle_round.fresh("school"), today=TODAY)
    assert asked_of(cycle_round) == 0
