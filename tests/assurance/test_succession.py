"""A body that ends while a cycle runs: handed to the body that carries on, counted once, locked away from nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, SHORT, Round
from tests.assurance.running import another_cycle, carries_on, new_agency, new_person, on
from tests.personas import TODAY
from wholestory.access.asking import NotForYou
from wholestory.assurance import jobs
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle, Return, StageChange
from wholestory.assurance.operations import returns, succession
from wholestory.assurance.queries import chasing, scope
from wholestory.assurance.queries.joint import looked_up
from wholestory.assurance.queries.lineage import taken_over_by
from wholestory.assurance.rules.lineage import came_from, went_to
from wholestory.assurance.rules.response import ResponseRate
from wholestory.paperwork.models import Answer
from wholestory.partners.models import Agency, Role
from wholestory.records.models import Link

ENDED = date(2016, 3, 13)
ITEMS = list(framework_called(SHORT).items)


@pytest.fixture
def merged(cycle_round: Round) -> Round:
    """Northmarsh Community Health has begun to answer when Northmarsh Integrated Care carries on from it."""
    world = cycle_round.world
    health = world.agencies["health"]
    new_person(world, "health_lead", health, Role.AGENCY_LEAD)
    care = new_agency(world, "care", "Northmarsh Integrated Care")
    new_person(world, "care_lead", care, Role.AGENCY_LEAD)
    new_person(world, "care_signatory", care, Role.SIGNATORY)
    cycle_round.answer("health", "health_lead", 3)
    carries_on(health, care, ENDED)
    world.agencies["care"] = care
    return cycle_round


def hand_over(round_: Round, to: str = "care") -> Return:
    with round_.acting("business_manager") as actor:
        after = Agency.objects.get(slug=to)
        own = succession.hand_over(actor=actor, ret=round_.fresh("health"), to=after, today=TODAY)
    round_.returns[to] = own
    return own


def test_the_successor_is_asked_and_finds_what_was_written_as_drafts_to_confirm(merged: Round) -> None:
    own = hand_over(merged)
    assert merged.fresh("care").due_on == date(2016, 3, 31)
    with merged.acting("care_lead") as actor:
        assert list(Return.objects.values_list("agency__slug", flat=True)) == ["care"]
        returns.begin(actor=actor, ret=own, today=TODAY, now=NOW)
        carried = Answer.objects.filter(answer_set=own.answers_id, key__in=ITEMS)
        assert {answer.value for answer in carried} == {3}
        assert all(answer.to_confirm and answer.from_previous for answer in carried)


def test_both_names_are_told_and_neither_side_sees_the_others_return(merged: Round) -> None:
    own = hand_over(merged)
    assert looked_up(own)[0] == ["Northmarsh Community Health"]
    assert taken_over_by(merged.fresh("health")) == "Northmarsh Integrated Care"
    with merged.acting("care_lead"):
        assert not Return.objects.filter(agency__slug="health").exists()
        assert StageChange.objects.filter(
            move="took_over", reason__contains="Northmarsh Community Health"
        ).exists()
        assert not Link.objects.exists()
    with merged.acting("health_lead"):
        assert not Return.objects.filter(agency__slug="care").exists()
    for name in ("police_lead", "head", "sister_manager", "sister_head", "lay_member", "stranger"):
        with merged.acting(name):
            assert not Return.objects.filter(agency__slug__in=["care", "health"]).exists(), name
    with merged.acting("business_manager"):
        assert Link.objects.get().how == "answered_by"


def test_it_is_counted_once_and_the_body_that_left_is_in_neither_number(merged: Round) -> None:
    hand_over(merged)
    with merged.acting("business_manager"):
        cycle = Cycle.objects.select_related("record", "board").get()
        found = scope.counted(cycle, scope.returns_in(cycle), TODAY)
        gone = scope.left_while_it_ran(cycle, TODAY)
    # School, police, charity and the successor; the body that ended is in neither number.
    assert found.rate == ResponseRate(returned=0, asked_in_scope=4, left_scope=1)
    assert [(one.agency, one.successor) for one in gone] == [
        ("Northmarsh Community Health", "Northmarsh Integrated Care")
    ]


def test_the_old_agencys_people_read_what_they_wrote_and_write_no_more(
    merged: Round, browse: Callable[[str], Client]
) -> None:
    hand_over(merged)
    old = merged.fresh("health")
    with merged.acting("health_lead"):
        assert Answer.objects.filter(answer_set=old.answers_id).count() > 10
    client, page = browse("health_lead"), f"/self-audits/returns/{old.record.reference}/"
    said = client.get(page).content.decode()
    assert "Northmarsh Integrated Care carries on and answers for both" in said
    assert client.get(f"{page}form/print/").status_code == 200
    assert client.get("/self-audits/").content.decode().count(old.record.reference) >= 1


def test_where_the_successor_was_asked_already_its_own_return_stands_for_both(merged: Round) -> None:
    care = merged.world.agencies["care"]
    with merged.acting("business_manager") as actor:
        from wholestory.assurance.operations import cycles

        [own] = cycles.issue(actor=actor, cycle=merged.cycle, agencies=[care], today=TODAY)
    assert hand_over(merged).id == own.id
    with merged.acting("business_manager"):
        assert Return.objects.get(agency__slug="health").succeeded_by_id == own.id
        assert Return.objects.filter(agency=care).count() == 1


def test_only_to_a_body_that_carries_on_and_only_by_the_team(merged: Round) -> None:
    with pytest.raises(succession.HandOverRefused, match="not recorded as carrying on"):
        hand_over(merged, "police")
    for name in ("health_lead", "care_lead", "chair"):
        with merged.acting(name) as actor, pytest.raises(NotForYou):
            succession.hand_over(
                actor=actor, ret=merged.fresh("health"), to=merged.world.agencies["care"], today=TODAY
            )


def test_a_body_that_has_ended_is_not_chased_but_decided_about(merged: Round) -> None:
    with merged.acting("business_manager"):
        owed = chasing.owed(Cycle.objects.select_related("record").get(), date(2016, 4, 28))
    health = next(line for line in owed if line.agency == "Northmarsh Community Health")
    assert health.next_words == "It has ended: hand the return over, or stop asking"
    assert health.decisions == ()
    assert jobs.remind(on(merged, date(2016, 3, 30))) == 3


def test_answers_come_forward_from_the_body_before_in_the_next_cycle(signed_school: Round) -> None:
    world = signed_school.world
    academy = new_agency(world, "academy", "Willow Academy Trust", duty="s157", sector="education")
    new_person(world, "academy_lead", academy, Role.AGENCY_LEAD)
    carries_on(world.agencies["school"], academy, date(2016, 8, 31), how="converted")
    _, asked = another_cycle(signed_school, "Autumn 2016", date(2016, 9, 5), date(2016, 11, 30), [academy])
    board = world.board
    board.example_today = date(2016, 9, 5)
    board.save()
    with signed_school.acting("academy_lead") as actor:
        assert not Return.objects.filter(agency__slug="school").exists()
        returns.begin(actor=actor, ret=asked["academy"], today=date(2016, 9, 5), now=NOW)
        carried = {a.key: (a.value, a.to_confirm) for a in Answer.objects.filter(key__in=ITEMS)}
    # The school scored the first item 1, the second 0, the others 2.
    assert carried == {key: ({0: 1, 1: 0}.get(place, 2), True) for place, key in enumerate(ITEMS)}


def test_its_own_last_return_comes_before_a_predecessors(signed_school: Round) -> None:
    world = signed_school.world
    carries_on(world.agencies["police"], world.agencies["school"], date(2016, 3, 1))
    _, asked = another_cycle(
        signed_school, "Autumn 2016", date(2016, 9, 5), date(2016, 11, 30), [world.agencies["school"]]
    )
    with signed_school.acting("head"):
        before = returns.previous_return(asked["school"])
        assert before is not None
        assert before.agency_id == world.agencies["school"].id


def test_lineage_over_several_steps_and_a_ring_ends() -> None:
    trust, group, body, other = (Agency().id for _ in range(4))
    pairs = [(trust, group), (group, body), (other, body)]
    assert came_from(body, pairs) == (group, other, trust)
    assert went_to(trust, pairs) == (group, body)
    assert went_to(trust, [*pairs, (body, trust)]) == (group, body)


def test_the_page_hands_over_and_tells_the_successor(merged: Round, browse: Callable[[str], Client]) -> None:
    old = merged.fresh("health")
    page = f"/self-audits/returns/{old.record.reference}/hand-over/"
    manager = browse("business_manager")
    assert "Northmarsh Integrated Care" in manager.get(page).content.decode()
    assert "Choose the organisation" in manager.post(page, {}).content.decode()
    answer = manager.post(page, {"successor": str(merged.world.agencies["care"].id)})
    said = browse("care_lead").get(answer["Location"]).content.decode()
    assert "stands for Northmarsh Community Health too" in said
    for name in ("care_lead", "health_lead", "police_lead", "sister_manager", "stranger"):
        assert browse(name).get(page).status_code == 404, name
