"""Whoever answered and does not sign asks the person who does."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.assurance.conftest import Round
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
