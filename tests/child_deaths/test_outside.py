"""What runs beside a review: recorded with its history, what is disclosed, and whom police suspect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client

from tests.child_deaths.people import Deaths
from tests.child_deaths.test_opening import SEES, SEES_NOT
from wholestory import ledger
from wholestory.child_deaths.models import (
    Case,
    Disclosure,
    OtherProcess,
    ProcessEntry,
    Relative,
    Suspicion,
)
from wholestory.child_deaths.operations import outside
from wholestory.child_deaths.operations.response import NotRecorded
from wholestory.child_deaths.queries import outside as queries
from wholestory.pathways.models import RunningClock, Standing

Browse = Callable[[str], Client]


def recorded(deaths: Deaths, case: Case, kind: str, state: str = "running", **more: Any) -> OtherProcess:
    extra = {key: more.pop(key) for key in ("about", "process", "holds_review") if key in more}
    with deaths.acting() as actor:
        return outside.record(
            actor=actor,
            case=case,
            kind=kind,
            state=state,
            facts=more,
            today=deaths.now.on,
            now=deaths.now,
            **extra,
        )


def mother(deaths: Deaths) -> Relative:
    with deaths.acting():
        return Relative.objects.get()


def test_every_state_of_a_process_is_kept(deaths: Deaths) -> None:
    case = deaths.case()
    inquest = recorded(deaths, case, "inquest", opened_on=date(2016, 3, 14))
    recorded(
        deaths, case, "inquest", process=inquest, opened_on=date(2016, 3, 14), adjourned_to=date(2016, 9, 1)
    )
    with deaths.acting():
        page = queries.page(case)
        assert ProcessEntry.objects.count() == 2
    (line,) = page.lines
    assert ("Adjourned to", "1 September 2016") in line.facts
    assert "Opened on: 14 March 2016" in line.earlier[0]


def test_a_certificate_of_2016_knows_no_medical_examiner(deaths: Deaths) -> None:
    case = deaths.case()
    with pytest.raises(NotRecorded, match="no such process"):
        recorded(deaths, case, "medical_examiner")
    with deaths.acting():
        assert "medical_examiner" not in dict(queries.page(case).to_add)


def test_the_lines_of_a_certificate(deaths: Deaths) -> None:
    case = deaths.case()
    recorded(
        deaths, case, "certificate", "concluded", status="issued", ia="Sepsis", ib="Pneumonia", ii="Asthma"
    )
    with deaths.acting():
        (line,) = queries.page(case).lines
    assert ("I (a) Disease or condition that led directly to death", "Sepsis") in line.facts
    assert ("II Other conditions that contributed", "Asthma") in line.facts


def test_a_newborn_has_a_certificate_of_its_own(deaths: Deaths, browse: Browse) -> None:
    # Born on 1 March 2016, died on the 12th: eleven days old, under 28.
    case = deaths.case(born_on="2016-03-01")
    page = (
        browse("coordinator")
        .get(f"/child-deaths/cases/{case}/processes/record/certificate/")
        .content.decode()
    )
    assert "Main maternal diseases or conditions" in page
    assert "I (a) Disease" not in page


def test_the_coroner_tells_within_three_working_days(deaths: Deaths) -> None:
    # Decided on Monday 14 March 2016; three working days end on Thursday 17 March.
    case = deaths.case()
    coroner = recorded(deaths, case, "coroner", decision="inquest", decided_on=date(2016, 3, 14))
    with deaths.acting():
        clock = RunningClock.objects.get(record=case.record, key="coroner_tells_board")
        assert clock.due_on == date(2016, 3, 17)
    recorded(
        deaths, case, "coroner", process=coroner, decision="inquest", decided_on=date(2016, 3, 14),
        told_us_on=date(2016, 3, 14),
    )  # fmt: skip
    with deaths.acting():
        assert RunningClock.objects.get(pk=clock.pk).outcome == "met_in_time"


def test_edge_case_14_the_conclusion_comes_years_later_with_a_report_to_prevent_deaths(
    deaths: Deaths,
) -> None:
    case = deaths.case()
    inquest = recorded(deaths, case, "inquest", opened_on=date(2016, 3, 14))
    with deaths.acting():
        assert not queries.inquest_settled(case)
        ledger.line("child_deaths.put_right", case.record)
        Standing.objects.filter(record=case.record).update(stage="finalised")
    recorded(
        deaths, case, "inquest", "concluded", process=inquest, opened_on=date(2016, 3, 14),
        concluded_on=date(2016, 3, 14), conclusion="Misadventure", prevention_report_on=date(2016, 3, 14),
        prevention_report_to="The county council",
    )  # fmt: skip
    with deaths.acting():
        assert queries.inquest_settled(case)
        known = queries.inquest_result(case)
        assert known is not None
        assert known.on == date(2016, 3, 14)
        page = queries.page(case)
    assert ("Conclusion", "Misadventure") in page.lines[0].facts
    assert ("Addressed to", "The county council") in page.lines[0].facts
    assert "Inquest: a result came after the case was final. Consider opening it again." in page.prompts
    assert any("waits for its answer" in each for each in page.prompts)


def test_edge_case_22_a_late_result_after_the_end_asks_to_look_again(deaths: Deaths) -> None:
    case = deaths.case()
    with deaths.acting():
        ledger.line("child_deaths.put_right", case.record)
        Standing.objects.filter(record=case.record).update(stage="closed")
    recorded(deaths, case, "post_mortem", "concluded", final="A gene for a heart rhythm was found.")
    with deaths.acting():
        assert ProcessEntry.objects.get().after_final
        assert any("after the case was final" in each for each in queries.page(case).prompts)


def test_edge_case_35_a_child_mother_is_a_second_subject(deaths: Deaths) -> None:
    case = deaths.case()
    hers = mother(deaths)
    recorded(deaths, case, "serious_incident", authority="Northmarsh")
    recorded(deaths, case, "serious_incident", about=hers, authority="Northmarsh", aware_on=date(2016, 3, 14))
    with deaths.acting():
        lines = queries.page(case).lines
        # Her notice is not the child's: no limit of the child's begins with it.
        assert not RunningClock.objects.filter(record=case.record, key="incident_notification").exists()
    assert [each.about for each in lines] == ["", "Mother: Lindsey Ashby"]


def test_a_rapid_review_without_a_notice_is_pointed_out(deaths: Deaths) -> None:
    case = deaths.case()
    recorded(deaths, case, "serious_incident", rapid_review_on=date(2016, 3, 14))
    with deaths.acting():
        assert "A serious incident notice comes before a rapid review." in queries.page(case).prompts


def test_an_examination_that_suggests_abuse_calls_police_at_once(deaths: Deaths) -> None:
    case = deaths.case()
    recorded(deaths, case, "post_mortem", suggests_abuse=True)
    with deaths.acting():
        assert any(
            "police and children’s social care are told at once" in each
            for each in queries.page(case).prompts
        )


def test_disclosures_name_their_basis_and_are_never_changed(deaths: Deaths) -> None:
    case = deaths.case()
    with deaths.acting() as actor:
        with pytest.raises(NotRecorded, match="on what basis"):
            outside.disclose(
                actor=actor, case=case, on=deaths.now.on, to="Sgt Quill", what="The chronology", basis="other",
                today=deaths.now.on,
            )  # fmt: skip
        made = outside.disclose(
            actor=actor, case=case, on=deaths.now.on, to="Sgt Quill, police", what="The chronology", basis="police",
            left_out="The family’s own words", today=deaths.now.on,
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Disclosure.objects.filter(pk=made.pk).update(what="Nothing")


def test_a_suspicion_names_whom_to_ask_and_the_newest_counts(deaths: Deaths) -> None:
    case = deaths.case()
    who = mother(deaths)
    with deaths.acting() as actor:
        with pytest.raises(NotRecorded, match="whom at the police"):
            outside.suspect(
                actor=actor,
                case=case,
                relative=who,
                standing="suspected",
                police_agree=False,
                today=deaths.now.on,
            )
        for standing in ("suspected", "cleared"):
            outside.suspect(
                actor=actor, case=case, relative=who, standing=standing, police_agree=False, contact="DI Marl",
                today=deaths.now.on,
            )  # fmt: skip
        newest = queries.newest_suspicion(who.pk)
        assert newest is not None
        assert newest.standing == "cleared"
        assert Suspicion.objects.count() == 2


@pytest.mark.parametrize("persona", SEES_NOT)
def test_edge_case_15_nobody_outside_the_case_sees_a_suspicion(
    deaths: Deaths, browse: Browse, persona: str
) -> None:
    case = deaths.case()
    who = mother(deaths)
    with deaths.acting() as actor:
        outside.suspect(
            actor=actor, case=case, relative=who, standing="suspected", police_agree=False, contact="DI Marl",
            today=deaths.now.on,
        )  # fmt: skip
    with deaths.acting(persona):
        assert not Suspicion.objects.exists()
        assert not OtherProcess.objects.exists()
    assert browse(persona).get(f"/child-deaths/cases/{case}/processes/").status_code == 404


@pytest.mark.parametrize("persona", SEES)
def test_the_page_and_its_forms(deaths: Deaths, browse: Browse, persona: str) -> None:
    case = deaths.case()
    client = browse(persona)
    at = f"/child-deaths/cases/{case}/processes/"
    assert "Nothing is recorded yet" in client.get(at).content.decode()
    missing = client.post(f"{at}record/police/", {"role": "criminal"}).content.decode()
    assert "Say how it stands" in missing
    shown = client.post(
        f"{at}record/police/", {"state": "running", "role": "criminal", "reference": "OP/16"}, follow=True
    ).content.decode()
    assert "Criminal investigation" in shown
    assert "Name the contact at the police or the Crown Prosecution Service." in shown
    assert "decide whether it holds the review up" in shown
    day = {"on-day": "14", "on-month": "3", "on-year": "2016"}
    shown = client.post(
        f"{at}disclosed/",
        {**day, "what": "The chronology", "to": "Sgt Quill", "basis": "police"},
        follow=True,
    ).content.decode()
    assert "The chronology" in shown
    who = mother(deaths)
    shown = client.post(
        f"{at}police-view/",
        {"relative": str(who.pk), "standing": "suspected", "police_agree": "no", "contact": "DI Marl"},
        follow=True,
    ).content.decode()
    assert "Mother: Lindsey Ashby: Under suspicion" in shown
    with deaths.acting():
        process = OtherProcess.objects.get()
    again = client.get(f"{at}{process.pk}/").content.decode()
    assert "OP/16" in again


def test_its_cost_does_not_grow(
    deaths: Deaths, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    case = deaths.case()
    at = f"/child-deaths/cases/{case}/processes/"
    client = browse("coordinator")
    for _ in range(3):
        recorded(deaths, case, "patient_safety", organisation="Hospital")
    few = cost_of(client, at)
    for _ in range(27):
        recorded(deaths, case, "leder", reference="1")
    assert cost_of(client, at) == few


def test_the_line_on_the_page_of_the_case(deaths: Deaths) -> None:
    case = deaths.case()
    recorded(deaths, case, "inquest", "concluded")
    recorded(deaths, case, "police", role="for_coroner")
    with deaths.acting():
        (said,) = queries.summary(case)
    assert said.words == "Running or awaited: Police investigation. Ended or not needed: 1"
