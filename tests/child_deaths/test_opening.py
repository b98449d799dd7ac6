"""Opening a case from a message: what is taken over, which clock it meets, and who sees it."""

from __future__ import annotations

import pytest

from tests.child_deaths.people import Deaths
from wholestory.child_deaths.models import Case, ChildName, Expected, FormSet, Lead, Notification, Regime
from wholestory.child_deaths.operations import opening
from wholestory.pathways.models import RunningClock, Standing

SEES = ("coordinator", "designated_doctor")
SEES_NOT = (
    "business_manager", "quality_officer", "administrator", "ig_lead", "chair", "police_member", "health_member",
    "lay_member", "analyst", "panel_chair", "panel_police", "panel_health", "panel_lay", "sister_coordinator",
    "sister_manager", "head", "police_lead", "stranger",
)  # fmt: skip


def test_the_child_is_as_the_message_tells(deaths: Deaths) -> None:
    case = deaths.case()
    with deaths.acting():
        child = Case.objects.get(pk=case.pk).child
        name = ChildName.objects.get(child=child)
        assert (name.forenames, name.surname) == ("Rowan", "Ashby")
        assert str(child.born_on) == "2013-05-02"
        assert child.identifiers.get().value == "9990000018"
        assert child.addresses.get().postcode == "ZZ99 3WZ"
        assert child.relatives.get().name == "Lindsey Ashby"
        assert case.expected == Expected.UNEXPECTED
        assert case.lead == Lead.OURS
        assert (case.regime, case.form_set) == (Regime.BOARD, FormSet.FORMS_2015)
        assert Standing.objects.get(record=case.record).stage == "triage"


def test_the_message_meets_the_clock_for_telling_the_panel(deaths: Deaths) -> None:
    # Death confirmed on 12 March at 22:40, told on 13 March at 09:10: ten and a half hours, within 24.
    case = deaths.case()
    with deaths.acting():
        clock = RunningClock.objects.get(record=case.record, key="death_notified")
        assert clock.outcome == "met_in_time"


def test_a_message_a_day_and_more_after_is_late(deaths: Deaths) -> None:
    case = deaths.case(deaths.told("2016-03-13 22:41"))
    with deaths.acting():
        assert RunningClock.objects.get(record=case.record, key="death_notified").outcome == "met_late"


def test_edge_case_07_without_a_day_no_clock_runs(deaths: Deaths) -> None:
    case = deaths.case(confirmed_on=None, confirmed_time=None)
    with deaths.acting():
        assert not RunningClock.objects.filter(record=case.record).exists()


def test_a_message_opens_one_case_only(deaths: Deaths) -> None:
    notification = deaths.told()
    deaths.case(notification)
    with pytest.raises(opening.CannotOpen, match="already belongs"):
        deaths.case(notification)


@pytest.mark.parametrize("persona", SEES)
def test_who_runs_the_duty_sees_it(deaths: Deaths, persona: str) -> None:
    case = deaths.case()
    with deaths.acting(persona):
        assert Case.objects.filter(pk=case.pk).exists()
        assert Notification.objects.exists()


@pytest.mark.parametrize("persona", SEES_NOT)
def test_nobody_else_does(deaths: Deaths, persona: str) -> None:
    case = deaths.case()
    with deaths.acting(persona):
        assert not Case.objects.filter(pk=case.pk).exists()
        assert not Notification.objects.exists()
        assert not ChildName.objects.exists()
        assert not RunningClock.objects.filter(record_id=case.record_id).exists()
