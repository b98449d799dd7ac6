"""Screening, and the peer challenge panel: prepared, sent, held, told. Off unless a cycle has it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, Round
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.access.models import Grant
from wholestory.assurance.models import Cycle, Enquiry, Panel, PanelOutcome, PanelState, Screening
from wholestory.assurance.operations import moderation, panel
from wholestory.assurance.rules.moderation import NotTheirsToModerate
from wholestory.assurance.rules.screening import LOOKS
from wholestory.correspondence.models import Letter

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]

QUESTION = "How do you know that night staff can reach the lead?"
FINE = {look.key: "yes" for look in LOOKS}


@pytest.fixture
def challenged(signed_school: Round) -> Round:
    """The school's signed return in a cycle with a panel that has one line of enquiry."""
    with signed_school.acting("business_manager") as actor:
        cycle = Cycle.objects.select_related("record").get(pk=signed_school.cycle.pk)
        ledger.line("assurance.cycle_prepared", cycle.record)
        cycle.has_panel = True
        cycle.save(update_fields=["has_panel"])
        planned = panel.plan(
            actor=actor, ret=signed_school.fresh("school"), meets_on=date(2016, 4, 20), place="Town Hall",
            peer=signed_school.world.agencies["health"], chaired_by=None, today=TODAY,
        )  # fmt: skip
        panel.enquire(actor=actor, panel=planned, question=QUESTION)
    return signed_school


def the(made: Round) -> Panel:
    with acting.as_system(made.world.board):
        found = Panel.objects.get()
    found.return_of = made.fresh("school")
    return found


def url(made: Round, rest: str = "") -> str:
    return f"/self-audits/returns/{made.fresh('school').record.reference}/panel/{rest}"


def test_a_cycle_without_a_panel_has_none(signed_school: Round) -> None:
    with (
        signed_school.acting("business_manager") as actor,
        pytest.raises(panel.PanelRefused, match="no peer"),
    ):
        panel.plan(
            actor=actor, ret=signed_school.fresh("school"), meets_on=date(2016, 4, 20), place="", peer=None,
            chaired_by=None, today=TODAY,
        )  # fmt: skip


def test_the_agency_reads_its_lines_only_once_they_were_sent(challenged: Round, browse: Browse) -> None:
    assert browse("head").get(url(challenged)).status_code == 404
    with challenged.acting("head"):
        assert not Panel.objects.exists()
        assert not Enquiry.objects.exists()
    with challenged.acting("business_manager") as actor:
        panel.send(actor=actor, panel=the(challenged), today=TODAY)
    text = browse("head").get(url(challenged)).content.decode()
    assert QUESTION in text
    assert "20 April 2016, Town Hall" in text


def test_members_read_this_return_and_write_nothing(challenged: Round, browse: Browse) -> None:
    member = challenged.world.people["charity_lead"]
    reference = challenged.fresh("school").record.reference
    assert browse("charity_lead").get(f"/self-audits/returns/{reference}/").status_code == 404
    with challenged.acting("business_manager") as actor:
        panel.seat(actor=actor, panel=the(challenged), members=[member], today=TODAY, now=NOW)
    client = browse("charity_lead")
    assert client.get(f"/self-audits/returns/{reference}/").status_code == 200
    assert QUESTION in client.get(url(challenged)).content.decode()
    assert client.get(url(challenged, "lines/")).status_code in (403, 404)
    assert client.get(f"/self-audits/returns/{reference}/moderate/").status_code in (403, 404)
    with challenged.acting("charity_lead") as actor, pytest.raises(NotForYou):
        moderation.judge(
            actor=actor,
            ret=challenged.fresh("school"),
            item="strategic_lead",
            score="0",
            reason="No",
            today=TODAY,
        )
    with challenged.acting("business_manager") as actor:
        panel.seat(actor=actor, panel=the(challenged), members=[], today=TODAY, now=NOW)
    assert browse("charity_lead").get(f"/self-audits/returns/{reference}/").status_code == 404


def test_nobody_of_the_agency_sits_on_its_panel(challenged: Round) -> None:
    with challenged.acting("business_manager") as actor, pytest.raises(NotTheirsToModerate):
        panel.seat(
            actor=actor,
            panel=the(challenged),
            members=[challenged.world.people["head"]],
            today=TODAY,
            now=NOW,
        )


def test_what_the_agency_has_read_keeps_its_words(challenged: Round) -> None:
    with challenged.acting("business_manager") as actor:
        panel.send(actor=actor, panel=the(challenged), today=TODAY)
        sent, line = the(challenged), Enquiry.objects.get()
        with pytest.raises(panel.PanelRefused, match="its words stay"):
            panel.enquire(actor=actor, panel=sent, question="Something else?", enquiry=line.pk)
        with pytest.raises(panel.PanelRefused, match="It stays"):
            panel.take_out(actor=actor, panel=sent, enquiry=line.pk)
        panel.enquire(
            actor=actor, panel=sent, question=QUESTION, enquiry=line.pk, answer="By telephone, tested weekly."
        )
        assert Enquiry.objects.get().answer == "By telephone, tested weekly."


def test_the_outcome_is_the_agencys_with_its_result_and_goes_into_a_letter(
    challenged: Round, browse: Browse
) -> None:
    with challenged.acting("business_manager") as actor:
        panel.send(actor=actor, panel=the(challenged), today=TODAY)
        panel.close(
            actor=actor, panel=the(challenged), strengths="Children are heard.", to_improve="Night cover.",
            held_on=TODAY, today=TODAY,
        )  # fmt: skip
        assert the(challenged).state == PanelState.HELD
    with challenged.acting("head"):
        assert not PanelOutcome.objects.exists()
    team = browse("business_manager")
    page = team.get(url(challenged, "letter/")).content.decode()
    assert "Children are heard." in page
    answer = team.post(
        url(challenged, "letter/"),
        {
            "to_name": "Chief Executive", "to_role": "Willow Lane Academy", "to_address": "office@school.example",
            "subject": "What the panel came to", "body": "Dear Chief Executive,\n\nNight cover.",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()[-4000:]
    with acting.as_system(challenged.world.board):
        assert Letter.objects.get().subject == "What the panel came to"
    challenged.release("school")
    assert "Children are heard." in browse("head").get(url(challenged)).content.decode()


def test_panel_members_are_let_go_with_the_result(challenged: Round) -> None:
    member = challenged.world.people["charity_lead"]
    with challenged.acting("business_manager") as actor:
        panel.seat(actor=actor, panel=the(challenged), members=[member], today=TODAY, now=NOW)
    challenged.release("school")
    with acting.as_system(challenged.world.board):
        assert {grant.ends_on for grant in Grant.objects.filter(role="panel")} == {TODAY}


OUTSIDE = ("police_lead", "sister_manager", "lay_member", "stranger", "health_member", "administrator")
PAGES = ("", "plan/", "lines/", "members/", "send/", "outcome/", "letter/")


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_outside_meets_the_panel(challenged: Round, browse: Browse, who: str) -> None:
    client = browse(who)
    with acting.as_system(challenged.world.board):
        line = f"lines/{Enquiry.objects.get().pk}/"
    for rest in (*PAGES, line):
        assert client.get(url(challenged, rest)).status_code in (403, 404), rest


def test_a_return_is_looked_over_before_it_is_judged(signed_school: Round, browse: Browse) -> None:
    reference = signed_school.fresh("school").record.reference
    client = browse("quality_officer")
    page = f"/self-audits/returns/{reference}/screen/"
    text = client.post(page, {**FINE, "evidence": "no"}).content.decode()
    assert "Say what is wrong" in text
    assert client.post(page, {**FINE, "evidence": "no", "words": "The link is internal."}).status_code == 302
    overview = client.get(f"/self-audits/returns/{reference}/moderate/").content.decode()
    assert "The link is internal." in overview
    assert "Can the files and links be opened from here" in overview
    with signed_school.acting("head"):
        assert not Screening.objects.exists()
    assert browse("head").get(page).status_code in (403, 404)


def test_every_question_of_the_screening_is_answered(signed_school: Round) -> None:
    with (
        signed_school.acting("quality_officer") as actor,
        pytest.raises(panel.PanelRefused, match="Answer every"),
    ):
        panel.screen(actor=actor, ret=signed_school.fresh("school"), checks={}, words="", today=TODAY)
