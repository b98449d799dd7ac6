"""Whoever answered and does not sign asks the person who does."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.assurance.conftest import Round
from tests.personas import TODAY
from wholestory.assurance.models import StageChange
from wholestory.assurance.operations import returns
from wholestory.correspondence.models import Message


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
