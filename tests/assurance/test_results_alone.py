"""Where one organisation alone was asked, its result promises no others that never come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.assurance.running import another_cycle
from tests.personas import TODAY
from wholestory.assurance.models import Stage
from wholestory.assurance.operations import cycles

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
LATER = "How the others answered is shown once results are released to the board."
NOBODY = "No other organisation was asked in this round, so nothing stands beside yours."


def said(round_: Round, browse: Browse) -> str:
    reference = round_.fresh("school").record.reference
    return browse("head").get(f"/self-audits/returns/{reference}/result/").content.decode()


@pytest.fixture
def alone(cycle_round: Round) -> Round:
    """A round of the school only, which signed."""
    school = cycle_round.world.agencies["school"]
    _, issued = another_cycle(cycle_round, "The school", date(2016, 3, 7), date(2016, 4, 29), [school])
    cycle_round.returns |= issued
    cycle_round.answer("school", "head")
    cycle_round.sign("school", "head_signatory")
    return cycle_round


def test_one_that_was_asked_alone_is_told_so_before_and_after_its_release(
    alone: Round, browse: Browse
) -> None:
    for _ in range(2):
        page = said(alone, browse)
        assert NOBODY in page
        assert LATER not in page
        assert "The others are those whose results were released" not in page
        if alone.fresh("school").stage != Stage.RELEASED:
            alone.release("school")


def test_where_others_were_asked_they_are_awaited(signed_school: Round, browse: Browse) -> None:
    page = said(signed_school, browse)
    assert LATER in page
    assert NOBODY not in page


def test_others_that_are_asked_no_more_are_no_others(signed_school: Round, browse: Browse) -> None:
    for name in ("police", "health", "charity"):
        assert LATER in said(signed_school, browse)
        with signed_school.acting("quality_officer") as actor:
            cycles.withdraw(
                actor=actor, ret=signed_school.fresh(name), reason="Asked by mistake", today=TODAY
            )
    assert NOBODY in said(signed_school, browse)
