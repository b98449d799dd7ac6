"""A closed cycle: nothing about its returns changes any more, and their agencies read and download them for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.assurance.conftest import NOW, SHORT, Round
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.access.screens import operations as screens
from wholestory.assurance import evidence, results
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle, Return
from wholestory.assurance.operations import cycles, moderation, returns
from wholestory.assurance.operations.moving import CycleClosed
from wholestory.assurance.queries import chasing
from wholestory.assurance.queries.asked import asked
from wholestory.my_work.queries import waiting
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place

Browse = Callable[[str], Client]
CLOSED = "This cycle closed on 14 March 2016; you can read and download your return."
FIRST = next(iter(framework_called(SHORT).items))


def close(round_: Round, who: str = "business_manager") -> None:
    with round_.acting(who) as actor:
        cycle = Cycle.objects.select_related("record").get(pk=round_.cycle.pk)
        cycles.close(actor=actor, cycle=cycle, today=TODAY)


def of(which: str, ret: Return, *more: str) -> str:
    return reverse(f"assurance:{which}", args=[ret.record.reference, *more])


def test_no_operation_of_the_agency_gets_through(signed_school: Round) -> None:
    signed_school.answer("police", "police_lead")
    close(signed_school)
    school, police = signed_school.fresh("school"), signed_school.fresh("police")
    charity = signed_school.fresh("charity")
    with signed_school.acting("charity_lead") as actor, pytest.raises(CycleClosed, match="read and download"):
        returns.begin(actor=actor, ret=charity, today=TODAY, now=NOW)
    with signed_school.acting("police_lead") as actor:
        save = [paperwork.Save(Place(FIRST), Given(3), base=1)]
        with pytest.raises(paperwork.NotOpen, match="closed"):
            paperwork.save_draft(actor=actor, set_id=police.answers_id, saves=save, now=NOW)
        with pytest.raises(CycleClosed):
            returns.share_out(actor=actor, ret=police, owners={})
        with pytest.raises(CycleClosed):
            returns.ask_to_sign(actor=actor, ret=police, today=TODAY)
    with signed_school.acting("police_signatory") as actor:
        with pytest.raises(CycleClosed):
            returns.sign_off(actor=actor, ret=police, post="Chief", today=TODAY, now=NOW)
        with pytest.raises(CycleClosed):
            returns.sign_nil(actor=actor, ret=police, post="Chief", reason="None", today=TODAY, now=NOW)
    with signed_school.acting("head_signatory") as actor, pytest.raises(CycleClosed):
        returns.reopen(actor=actor, ret=school, reason="A figure", today=TODAY)
    assert evidence.why_not(police.record) == CLOSED
    assert [signed_school.fresh(one).stage for one in ("school", "police", "charity")] == [
        "signed_off", "in_progress", "issued",
    ]  # fmt: skip


def test_no_answer_reply_or_release_after_closing(signed_school: Round) -> None:
    with signed_school.acting("quality_officer") as actor:
        asked = moderation.query(
            actor=actor, ret=signed_school.fresh("school"), questions={"": "Which year?"}, today=TODAY
        )
    close(signed_school)
    ret = signed_school.fresh("school")
    with signed_school.acting("head") as actor, pytest.raises(CycleClosed):
        returns.answer_queries(actor=actor, ret=ret, said={asked[0].id: "2015/16"}, today=TODAY)
    with signed_school.acting("business_manager") as actor:
        cycle = Cycle.objects.get()
        with pytest.raises(CycleClosed):
            returns.send_back(actor=actor, ret=ret, reason="Again", today=TODAY)
        with pytest.raises(CycleClosed):
            cycles.extend(actor=actor, ret=ret, to=date(2016, 5, 1), reason="Later", today=TODAY)
        with pytest.raises(cycles.CycleRefused, match="closed"):
            cycles.release_to_board(actor=actor, cycle=cycle, today=TODAY)
        assert Cycle.objects.get().state == "closed"


def test_a_released_result_takes_no_reply_and_a_moderated_one_is_not_released(signed_school: Round) -> None:
    signed_school.answer("police", "police_lead")
    signed_school.sign("police", "police_signatory")
    signed_school.release("school")
    with signed_school.acting("quality_officer") as actor:
        moderation.finish(actor=actor, ret=signed_school.fresh("police"), note="", today=TODAY)
    close(signed_school)
    with signed_school.acting("head") as actor, pytest.raises(CycleClosed):
        returns.reply(actor=actor, ret=signed_school.fresh("school"), words="We agree.", today=TODAY)
    with signed_school.acting("quality_officer") as actor, pytest.raises(CycleClosed):
        moderation.release(actor=actor, ret=signed_school.fresh("police"), today=TODAY)


def test_a_return_the_closer_is_kept_out_of_closes_as_well(cycle_round: Round) -> None:
    robin = cycle_round.world.people["quality_officer"]
    with cycle_round.acting("business_manager") as actor:
        screens.refuse(
            actor=actor, person=robin, record=cycle_round.fresh("school").record, reason="conflict_of_interest",
            starts_on=TODAY, ends_on=None,
        )  # fmt: skip
    with cycle_round.acting("quality_officer"):
        assert Return.objects.count() == 3
    close(cycle_round, "quality_officer")
    assert cycle_round.fresh("school").record.closed_on == TODAY


def test_unsigned_returns_stay_not_returned_and_nobody_is_asked_for_them(cycle_round: Round) -> None:
    cycle_round.answer("school", "head")
    later = date(2016, 5, 2)
    with cycle_round.acting("business_manager"):
        before = [
            [cell.state for cell in line.cells]
            for line in results.heat_map(cycle_round.cycle, asked([cycle_round.cycle]), later).lines
        ]
    close(cycle_round)
    with cycle_round.acting("business_manager"):
        after = results.heat_map(cycle_round.cycle, asked([cycle_round.cycle]), later).lines
        assert [[cell.state for cell in line.cells] for line in after] == before
        assert chasing.owed(Cycle.objects.get(), later) == []
    for name in ("head", "head_signatory", "police_lead"):
        with cycle_round.acting(name) as person:
            assert waiting.for_agency(person, [cycle_round.world.seats[name]], later) == []


def test_the_page_says_so_and_every_way_in_leads_back_to_it(signed_school: Round, browse: Browse) -> None:
    signed_school.answer("police", "police_lead")
    close(signed_school)
    police, lead = signed_school.returns["police"], browse("police_lead")
    page = lead.get(of("return", police)).content.decode()
    assert CLOSED in page
    assert "Not returned" in page
    for gone in ("form_tasks", "share", "sign", "ready"):
        assert f'"{of(gone, police)}"' not in page
    assert of("form_pdf", police) in page
    assert lead.get(of("form_pdf", police)).status_code == 200
    assert lead.get(of("form_tasks", police)).status_code == 200
    for client, where in (
        (lead, "share"), (lead, "ready"), (browse("police_signatory"), "sign"), (browse("police_signatory"), "nil"),
    ):  # fmt: skip
        for answered in (client.get(of(where, police)), client.post(of(where, police), {"agree": "on"})):
            assert answered.headers["Location"] == of("return", police), where
    charity = signed_school.returns["charity"]
    started = browse("charity_lead").post(of("start", charity), follow=True)
    assert CLOSED in started.content.decode()
    with acting.as_system(signed_school.world.board):
        assert Return.objects.get(pk=charity.pk).stage == "issued"


def test_a_closed_cycle_asks_nobody_more_and_shows_the_board_no_more(
    cycle_round: Round, browse: Browse
) -> None:
    manager, cycle = browse("business_manager"), cycle_round.cycle.record.reference
    confirm = manager.get(reverse("assurance:cycle_close", args=[cycle])).content.decode()
    assert "4 not signed yet stay “not returned”." in confirm
    close(cycle_round)
    for where in ("issue", "cycle_release"):
        url = reverse(f"assurance:{where}", args=[cycle])
        more = {"agency": [str(cycle_round.world.agencies["school"].id)]}
        for answered in (manager.get(url, follow=True), manager.post(url, more, follow=True)):
            assert answered.redirect_chain[-1][0] == reverse("assurance:cycle", args=[cycle])
            assert "This cycle is closed." in answered.content.decode()


def test_two_ask_and_close_at_once_and_the_second_is_told(cycle_round: Round) -> None:
    with cycle_round.acting("business_manager"):
        stale = Cycle.objects.get()
    close(cycle_round)
    with cycle_round.acting("business_manager") as actor, pytest.raises(cycles.CycleRefused):
        cycles.issue(actor=actor, cycle=stale, agencies=[], today=TODAY)
