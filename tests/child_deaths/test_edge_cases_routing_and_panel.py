"""Edge cases that cross several pieces of the work, each as the domain notes state it (section 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.families import carer, family_of, key_worker
from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import PANEL, Reviews
from tests.child_deaths.test_outside import mother, recorded
from tests.child_deaths.test_sorting_pages import lead
from tests.personas import TODAY
from wholestory.child_deaths.models import Address, Case, Lead, LeadDecision, OtherProcess, Review, Transfer
from wholestory.child_deaths.operations import family_said, particulars, triage
from wholestory.child_deaths.rules import routing
from wholestory.meetings.models import Attendance
from wholestory.meetings.operations import attending
from wholestory.my_work.queries.deaths import for_coordinator
from wholestory.partners.models import Area

Browse = Callable[[str], Client]
HERE, THERE = routing.Place("Peterborough", "peterborough"), routing.Place("Lincolnshire", "lincolnshire")


@pytest.mark.parametrize("kind", [one for one in routing.Home if one is not routing.Home.MAIN])
def test_edge_case_17_no_kind_of_home_decides_by_itself(kind: routing.Home) -> None:
    """Two homes, a recent move, hospital since birth, boarding school, custody, asylum hotel, no home."""
    homes = (routing.PossibleHome(HERE, routing.Home.MAIN), routing.PossibleHome(THERE, kind))
    found = routing.route(routing.Circumstances(ours="peterborough", possible_homes=homes, died_at=HERE))
    assert found.lead is routing.Lead.UNDECIDED
    assert any("named person decides, and says on what evidence" in need for need in found.needs)
    assert kind.label


def test_edge_case_17_the_decision_names_who_decided_on_what_and_every_home_stays(deaths: Deaths) -> None:
    case = deaths.case()
    with deaths.acting() as actor:
        particulars.add_address(
            actor=actor, case=case, kind=Address.Kind.OTHER_HOME, lines="9 Father’s Row", postcode="ZZ99 1AA"
        )
        with pytest.raises(triage.TriageRefused, match="what shows where"):
            triage.decide_lead(
                actor=actor, case=case, coordinates="us", leads=deaths.panel, home_area=deaths.panel.areas.get(),
                rule="lived_here", evidence=" ", today=TODAY,
            )  # fmt: skip
        for area, panel, evidence in (
            (deaths.panel.areas.get(), deaths.panel, "Moved here a week before; GP register"),
            (deaths.south.areas.get(), deaths.south, "School and benefits there until then"),
        ):
            triage.decide_lead(
                actor=actor, case=case, coordinates="us", leads=panel, home_area=area, rule="lived_here",
                evidence=evidence, today=TODAY,
            )  # fmt: skip
        decisions = LeadDecision.objects.filter(case=case).order_by("created_at")
        assert [(one.by, one.evidence) for one in decisions] == [
            (actor, "Moved here a week before; GP register"), (actor, "School and benefits there until then"),
        ]  # fmt: skip
        assert Address.objects.filter(child=case.child).count() == 2


def test_edge_case_18_accommodated_by_agreement_counts_adopted_and_privately_fostered_do_not(
    deaths: Deaths, browse: Browse
) -> None:
    """Section 20 is being looked after; for the others the home decides, as for every child."""
    placed = routing.route(
        routing.Circumstances(ours="peterborough", looked_after_by=THERE, placed_at=HERE, died_at=HERE)
    )
    assert (placed.lead, placed.ground.key) == (routing.Lead.THEIRS, "looked_after")
    at_home = routing.route(routing.Circumstances(ours="peterborough", residence=HERE, died_at=HERE))
    assert (at_home.lead, at_home.ground.key) == (routing.Lead.OURS, "lived_here")
    case = deaths.case()
    page = (
        browse("coordinator").get(reverse("child_deaths:lead", args=[case.record.reference])).content.decode()
    )
    assert "accommodated by agreement (section 20)" in page
    assert "adopted or privately fostered" in page
    with deaths.acting() as actor:
        farhaven = Area.objects.get(name="Farhaven")
        with pytest.raises(triage.TriageRefused, match="Southfen"):
            # The host's panel is not chosen for being the host.
            triage.decide_lead(
                actor=actor, case=case, coordinates="us", leads=deaths.south, home_area=None, rule="looked_after",
                evidence="Placed in Southfen by Farhaven", today=TODAY, looked_after_by=farhaven,
            )  # fmt: skip


def test_edge_case_19_sent_and_not_accepted_it_stays_on_our_list_and_is_chased(
    deaths: Deaths, browse: Browse
) -> None:
    case, client = deaths.case(), browse("coordinator")
    lead(client, case, deaths.south)
    client.post(reverse("child_deaths:hand_over", args=[case.record.reference]), {"words": ""})
    assert case.record.reference in client.get(reverse("child_deaths:home")).content.decode()
    with deaths.acting():
        sent = Transfer.objects.get()
        assert sent.chase_on == TODAY + timedelta(days=7)
        north = deaths.panel.board
        before, after = (for_coordinator(north, day) for day in (TODAY, TODAY + timedelta(days=7)))
    assert not any("nobody has answered" in one.title for one in before)
    (line,) = [one for one in after if "nobody has answered" in one.title]
    assert line.late
    assert "ring them" in line.detail


def test_edge_case_19_bounced_it_is_ours_again_and_can_be_sent_again(deaths: Deaths, browse: Browse) -> None:
    case, client, there = deaths.case(), browse("coordinator"), browse("sister_coordinator")
    for number in (1, 2):
        lead(client, case, deaths.south)
        client.post(reverse("child_deaths:hand_over", args=[case.record.reference]), {"words": ""})
        with deaths.acting():
            sent = Transfer.objects.select_related("record").order_by("-sent_at", "-created_at").first()
            assert Transfer.objects.count() == number
        there.post(
            reverse("child_deaths:transfer_answer", args=[sent.record.reference]),
            {"accepted": "no", "words": "He moved back in January."},
        )
        with deaths.acting():
            assert Case.objects.get(pk=case.pk).lead == Lead.DISPUTED
        with deaths.acting("sister_coordinator"):
            assert not Case.objects.exists()  # never two leads
    assert case.record.reference in client.get(reverse("child_deaths:home")).content.decode()


@pytest.mark.parametrize("kind", ["records", "complaint", "correction"])
def test_edge_case_30_each_kind_of_request_is_kept_with_advice_and_changes_nothing_by_itself(
    deaths: Deaths, kind: str
) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    with deaths.acting() as actor:
        made = family_said.receive(
            actor=actor, family=family, kind=kind, text="He was three, not two.", carer=carer(deaths, family),
            received_on=TODAY, today=TODAY,
        )  # fmt: skip
        family_said.settle(
            actor=actor,
            request=made,
            advice="Legal team",
            outcome="Part of the records sent.",
            on=TODAY,
            today=TODAY,
        )
        made.refresh_from_db()
        assert (made.advice, made.outcome) == ("Legal team", "Part of the records sent.")
        assert Case.objects.get(pk=case.pk).child.born_on == date(2013, 5, 2)


def test_edge_case_34_who_is_there_online_counts_and_a_panel_of_one_does_not_decide(deaths: Deaths) -> None:
    reviews = Reviews(deaths)
    item = reviews.listed()
    with deaths.acting() as actor:
        seats = [deaths.world.seats[name] for name in PANEL]
        marks = [attending.SeatMark(seat, "virtual") for seat in seats]
        attending.record(
            actor=actor, meeting=item.meeting, marks=marks, visitors=(), today=TODAY, now=deaths.now.at
        )
        assert set(Attendance.objects.filter(meeting=item.meeting).values_list("status", flat=True)) == {
            "virtual"
        }
    reviews.decided(_review(deaths))
    with deaths.acting():
        assert _row().reviewed_on == TODAY


def test_edge_case_35_the_mother_is_a_subject_of_her_own_and_nobody_of_the_family_reads_it(
    deaths: Deaths,
) -> None:
    case = deaths.case()
    hers = mother(deaths)
    recorded(deaths, case, "serious_incident", authority="Northmarsh")
    recorded(deaths, case, "serious_incident", about=hers, authority="Northmarsh", aware_on=date(2016, 3, 14))
    family = family_of(deaths, case)
    key_worker(deaths, family)
    with deaths.acting():
        assert OtherProcess.objects.filter(case=case, kind="serious_incident").count() == 2
    with deaths.acting("key_worker"):
        assert not OtherProcess.objects.exists()


def _row() -> Review:
    return Review.objects.select_related("record__board", "case__record").get()


def _review(deaths: Deaths) -> Review:
    with deaths.acting():
        return _row()
