"""What was dealt with is off the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, SHORT, Round
from tests.personas import TODAY
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.operations import more_time, returns
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place

Browse = Callable[[str], Client]
pytestmark = pytest.mark.django_db

STANDARDS = framework_called(SHORT).standards


def shared(made: Round, *standards: str) -> None:
    with made.acting("head") as actor:
        returns.begin(actor=actor, ret=made.fresh("school"), today=TODAY, now=NOW)
        owners = {key: [made.world.people["head_contributor"]] for key in standards}
        returns.share_out(actor=actor, ret=made.fresh("school"), owners=owners)


def answered(made: Round, standard: str) -> None:
    items = next(one.items for one in STANDARDS if one.key == standard)
    saves = []
    for item in items:
        saves.append(paperwork.Save(Place(item_keys(item.key).score), Given(2)))
        saves.append(paperwork.Save(Place(item_keys(item.key).said), Given("In our policy.")))
    with made.acting("head_contributor") as actor:
        set_id = made.returns["school"].answers_id
        paperwork.save_draft(actor=actor, set_id=set_id, saves=saves, now=NOW)


def front(browse: Browse, who: str) -> str:
    return browse(who).get("/").content.decode()


def test_a_part_that_is_answered_is_off_the_contributors_page(cycle_round: Round, browse: Browse) -> None:
    first, second = STANDARDS[0].key, STANDARDS[1].key
    shared(cycle_round, first, second)
    assert "Answer your part (2)" in front(browse, "head_contributor")
    answered(cycle_round, first)
    assert "Answer your part (1)" in front(browse, "head_contributor")
    answered(cycle_round, second)
    assert "Answer your part" not in front(browse, "head_contributor")
    assert "Go on with your self-audit" in front(browse, "head")


def test_a_signature_that_was_asked_for_is_still_asked_for_after_a_request_for_time(
    cycle_round: Round, browse: Browse
) -> None:
    cycle_round.answer("school", "head")
    with cycle_round.acting("head") as actor:
        returns.ask_to_sign(actor=actor, ret=cycle_round.fresh("school"), today=TODAY)
        more_time.ask(
            actor=actor, ret=cycle_round.fresh("school"), until=date(2016, 4, 30), reason="The signatory is away",
            today=TODAY,
        )  # fmt: skip
    assert "Sign your self-audit" in front(browse, "head_signatory")


def test_own_parts_cost_one_query_more_however_many(
    cycle_round: Round, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    shared(cycle_round, STANDARDS[0].key)
    one = cost_of(browse("head_contributor"), "/")
    shared(cycle_round, *(standard.key for standard in STANDARDS))
    assert cost_of(browse("head_contributor"), "/") == one
