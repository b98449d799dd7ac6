"""Starting an interim year or a joint round on a cycle that is not the last word says so first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import SHORT, Round
from tests.personas import TODAY
from wholestory.assurance.models import Cycle
from wholestory.assurance.operations import cycles

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def page(browse: Browse, cycle: Cycle, which: str) -> str:
    answer = browse("quality_officer").get(f"/self-audits/cycles/{cycle.record.reference}/{which}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def later(made: Round) -> None:
    """A cycle that opens after the first, with nobody signed yet."""
    with made.acting("business_manager") as actor:
        cycle = cycles.prepare(
            actor=actor, board=made.world.board, title="Summer 2016", framework=SHORT, opens_on=date(2016, 3, 1),
            due_on=date(2016, 6, 30), today=TODAY,
        )  # fmt: skip
        [ret] = cycles.issue(actor=actor, cycle=cycle, agencies=[made.world.agencies["school"]], today=TODAY)
    made.returns["school"] = ret


def test_a_later_signed_cycle_is_named_before_an_interim_year(signed_school: Round, browse: Browse) -> None:
    first = signed_school.cycle
    assert "have signed" not in page(browse, first, "interim")
    later(signed_school)
    assert "have signed" not in page(browse, first, "interim")
    signed_school.answer("school", "head", 2)
    signed_school.sign("school", "head_signatory")
    said = page(browse, first, "interim")
    assert "Agencies have signed “Summer 2016” since." in said
    assert "start" in said
    assert "Agencies have signed “Summer 2016” since." in page(browse, first, "together")


def test_a_joint_round_on_a_cycle_that_was_due_says_so(signed_school: Round, browse: Browse) -> None:
    assert "were due by" not in page(browse, signed_school.cycle, "together")
    board = signed_school.world.board
    board.example_today = date(2016, 4, 1)
    board.save()
    assert "Returns of this cycle were due by Thursday 31 March 2016." in page(
        browse, signed_school.cycle, "together"
    )


def test_an_interim_year_that_was_due_yesterday_is_refused(signed_school: Round, browse: Browse) -> None:
    url = f"/self-audits/cycles/{signed_school.cycle.record.reference}/interim/"
    asked = {
        "title": "Interim", "opens_on-day": "1", "opens_on-month": "3", "opens_on-year": "2016",
        "due_on-day": "13", "due_on-month": "3", "due_on-year": "2016",
    }  # fmt: skip
    assert (
        "The due date must be in the future." in browse("quality_officer").post(url, asked).content.decode()
    )
    with signed_school.acting("quality_officer"):
        assert Cycle.objects.count() == 1
