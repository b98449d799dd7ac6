"""A return is never locked away from the agency that wrote it: closed, withdrawn, refused, signed or handed over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.assurance.conftest import Round
from tests.assurance.running import carries_on, new_agency
from tests.personas import TODAY
from wholestory.assurance.operations import cycles, refusals, succession


def closed(round_: Round) -> None:
    with round_.acting("business_manager") as actor:
        cycles.close(actor=actor, cycle=round_.cycle, today=TODAY)


def withdrawn(round_: Round) -> None:
    with round_.acting("business_manager") as actor:
        cycles.withdraw(actor=actor, ret=round_.fresh("school"), reason="Asked in error", today=TODAY)


def refused(round_: Round) -> None:
    with round_.acting("business_manager") as actor:
        refusals.record(actor=actor, ret=round_.fresh("school"), words="Not this year", today=TODAY)


def handed_over(round_: Round) -> None:
    trust = new_agency(round_.world, "trust", "Willow Trust", sector="education")
    carries_on(round_.world.agencies["school"], trust, date(2016, 3, 10))
    with round_.acting("business_manager") as actor:
        succession.hand_over(actor=actor, ret=round_.fresh("school"), to=trust, today=TODAY)


def past_the_due_date(round_: Round) -> None:
    board = round_.world.board
    board.example_today = date(2017, 3, 14)
    board.save()


@pytest.mark.parametrize(
    "happens", [closed, withdrawn, refused, handed_over, past_the_due_date], ids=lambda one: one.__name__
)
def test_its_people_find_read_print_and_download_it(
    cycle_round: Round, browse: Callable[[str], Client], happens: Callable[[Round], None]
) -> None:
    cycle_round.answer("school", "head")
    happens(cycle_round)
    reference = cycle_round.fresh("school").record.reference
    for name in ("head", "head_signatory", "head_contributor"):
        client, page = browse(name), f"/self-audits/returns/{reference}/"
        assert reference in client.get("/self-audits/").content.decode()
        assert "It is in our policy" in client.get(page).content.decode()
        assert "It is in our policy" in client.get(f"{page}form/print/").content.decode()
        assert client.get(reverse("assurance:form_pdf", args=[reference])).content.startswith(b"%PDF")


def test_what_was_taken_back_before_it_began_is_not_listed(
    cycle_round: Round, browse: Callable[[str], Client]
) -> None:
    withdrawn(cycle_round)
    assert (
        cycle_round.fresh("school").record.reference
        not in browse("head").get("/self-audits/").content.decode()
    )
