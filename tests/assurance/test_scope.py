"""Who is asked, who is out of scope and why, and what that does to the counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, Round
from tests.assurance.running import new_agency
from tests.personas import TODAY
from wholestory.access.asking import NotForYou
from wholestory.assurance.models import Cycle, OutOfScope, Return, Tally
from wholestory.assurance.operations import cycles, refusals, returns, scope
from wholestory.assurance.queries import scope as queries
from wholestory.assurance.rules.response import ResponseRate


@pytest.fixture
def wider(cycle_round: Round) -> Round:
    """The four agencies that were asked, and two that were not: a nursery and a library."""
    new_agency(cycle_round.world, "nursery", "Pebble Nursery", duty="s40_childcare", sector="early_years")
    new_agency(cycle_round.world, "library", "Northmarsh Library", duty="other", sector="other")
    return cycle_round


def left_out(round_: Round, slug: str, reason: str = "No work with children") -> None:
    with round_.acting("business_manager") as actor:
        scope.leave_out(
            actor=actor, cycle=Cycle.objects.select_related("record", "board").get(),
            agencies=[queries.Agency.objects.get(slug=slug)], reason=reason, today=TODAY,
        )  # fmt: skip


def sums(round_: Round) -> queries.Counted:
    with round_.acting("business_manager"):
        cycle = Cycle.objects.select_related("record", "board").get()
        return queries.counted(cycle, queries.returns_in(cycle), TODAY)


def test_an_agency_left_out_is_in_neither_number_and_the_board_reads_how_many(wider: Round) -> None:
    left_out(wider, "library")
    wider.answer("school", "head")
    wider.sign("school", "head_signatory")
    found = sums(wider)
    # One of the four asked has returned; the library is out of scope, the nursery is nobody's decision yet.
    assert found.rate == ResponseRate(returned=1, asked_in_scope=4)
    assert found.not_counted == "1 out of scope, 1 not decided about"
    with wider.acting("lay_member"):
        assert {t.stage: t.number for t in Tally.objects.all()} == {
            "issued": 3, "signed_off": 1, "out_of_scope": 1
        }  # fmt: skip
        assert not OutOfScope.objects.exists()


def test_only_the_team_and_the_chair_read_the_reason(wider: Round) -> None:
    left_out(wider, "library")
    seen = {}
    for name in ("business_manager", "quality_officer", "chair", "police_member", "lay_member", "head", "police_lead",
                 "charity_lead", "sister_manager", "sister_head", "stranger", "administrator"):  # fmt: skip
        with wider.acting(name):
            seen[name] = OutOfScope.objects.count()
    assert {name for name, number in seen.items() if number} == {
        "business_manager",
        "quality_officer",
        "chair",
    }


def test_somebody_outside_the_team_leaves_nobody_out(wider: Round) -> None:
    with wider.acting("chair") as actor, pytest.raises(NotForYou):
        scope.leave_out(
            actor=actor,
            cycle=Cycle.objects.get(),
            agencies=[wider.world.agencies["charity"]],
            reason="x",
            today=TODAY,
        )


def test_an_agency_that_was_asked_is_not_left_out_until_the_request_is_taken_back(wider: Round) -> None:
    with pytest.raises(scope.ScopeRefused, match="was asked already"):
        left_out(wider, "charity")
    with wider.acting("business_manager") as actor:
        cycles.withdraw(actor=actor, ret=wider.fresh("charity"), reason="Asked in error", today=TODAY)
    left_out(wider, "charity")
    assert sums(wider).rate.asked_in_scope == 3


def test_a_reason_is_needed_and_asking_brings_back_into_scope(wider: Round) -> None:
    with pytest.raises(scope.ScopeRefused, match="Say why"):
        left_out(wider, "nursery", "  ")
    left_out(wider, "nursery", "Closed over the summer")
    with wider.acting("business_manager") as actor:
        nursery = queries.Agency.objects.get(slug="nursery")
        cycles.issue(actor=actor, cycle=wider.cycle, agencies=[nursery], today=TODAY)
        assert not OutOfScope.objects.exists()


def test_a_nil_return_is_returned_and_a_refusal_is_asked_and_not_returned(wider: Round) -> None:
    with wider.acting("head_signatory") as actor:
        returns.sign_nil(
            actor=actor, ret=wider.fresh("school"), post="Head", reason="Closed", today=TODAY, now=NOW
        )
    with wider.acting("quality_officer") as actor:
        refusals.record(actor=actor, ret=wider.fresh("charity"), words="We will not", today=TODAY)
    assert sums(wider).rate == ResponseRate(returned=1, asked_in_scope=4, nil=1)


def test_whom_to_ask_lists_by_duty_and_asks_all_of_one(wider: Round, browse: Callable[[str], Client]) -> None:
    new_agency(wider.world, "creche", "Harbour Creche", duty="s40_childcare", sector="early_years")
    client, page = browse("business_manager"), f"/self-audits/cycles/{wider.cycle.record.reference}/ask/"
    said = client.get(page).content.decode()
    assert "Section 40, Childcare Act 2006" in said
    assert "Pebble Nursery" in client.get(f"{page}?duty=s40_childcare").content.decode()
    assert "Northmarsh Library" not in client.get(f"{page}?duty=s40_childcare").content.decode()
    assert "Ask all 2 in this list" in client.get(f"{page}?duty=s40_childcare").content.decode()
    client.post(page, {"duty": "s40_childcare", "ask_all": "yes"})
    with wider.acting("business_manager"):
        assert set(Return.objects.values_list("agency__slug", flat=True)) == {
            "school", "police", "health", "charity", "nursery", "creche"
        }  # fmt: skip


def test_leaving_out_on_the_page_needs_a_reason_beside_its_field_and_loses_no_tick(
    wider: Round, browse: Callable[[str], Client]
) -> None:
    client, page = browse("quality_officer"), f"/self-audits/cycles/{wider.cycle.record.reference}/ask/"
    library = str(queries.Agency.objects.get(slug="library").id)
    said = client.post(page, {"agency": [library], "leave_out": "yes", "reason": ""}).content.decode()
    assert "Say why these agencies are out of scope" in said
    assert f'value="{library}" checked' in said
    client.post(page, {"agency": [library], "leave_out": "yes", "reason": "No children's section"})
    assert "No children&#x27;s section" in client.get(page).content.decode()
    assert "No children&#x27;s section" in client.get(page.replace("/ask/", "/scope/")).content.decode()
    client.post(page, {"bring_back": library})
    assert "No children&#x27;s section" not in client.get(page).content.decode()


def test_the_reason_of_last_time_stands_beside_the_agency(
    wider: Round, browse: Callable[[str], Client]
) -> None:
    left_out(wider, "library", "Answers through the council")
    with wider.acting("business_manager") as actor:
        later = cycles.prepare(
            actor=actor, board=wider.world.board, title="2017", framework="short_self_assessment", previous=wider.cycle,
            opens_on=TODAY, due_on=date(2017, 3, 31), today=TODAY,
        )  # fmt: skip
    page = browse("business_manager").get(f"/self-audits/cycles/{later.record.reference}/ask/")
    assert "Out of scope last time: Answers through the council" in page.content.decode()


@pytest.mark.parametrize("where", ["ask", "scope"])
def test_it_costs_the_same_for_three_agencies_and_thirty(
    wider: Round, browse: Callable[[str], Client], cost_of: Callable[[Client, str], int], where: str
) -> None:
    client, page = browse("business_manager"), f"/self-audits/cycles/{wider.cycle.record.reference}/{where}/"
    left_out(wider, "library")
    few = cost_of(client, page)
    for number in range(30):
        new_agency(wider.world, f"n{number}", f"Nursery {number}", duty="s40_childcare", sector="early_years")
        if number % 3 == 0:
            left_out(wider, f"n{number}")
    assert cost_of(client, page) <= few


@pytest.mark.parametrize("name", ["head", "police_lead", "lay_member", "sister_manager", "stranger"])
def test_the_pages_are_the_teams(wider: Round, browse: Callable[[str], Client], name: str) -> None:
    for where in ("ask", "scope", "interim"):
        answer = browse(name).get(f"/self-audits/cycles/{wider.cycle.record.reference}/{where}/")
        assert answer.status_code == 404
