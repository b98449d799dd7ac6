"""The coordinator asks agencies, gives time, chases; each once, and nobody else sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.access.conftest import mail
from tests.child_deaths.gathering import GP, SCHOOL, Mails, ask, newest, run_waiting
from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.child_deaths import request_jobs
from wholestory.child_deaths.models import Addressee, AgencyRequest, Case, RequestLink, RequestStep, Service
from wholestory.child_deaths.operations import request_changes
from wholestory.child_deaths.operations.requests import CannotAsk, ToAsk
from wholestory.child_deaths.queries import requests as queries
from wholestory.child_deaths.rules import requests as rules
from wholestory.ledger import line
from wholestory.partners.models import Agency, AgencyBoard, Succession
from wholestory.pathways.models import RunningClock, Standing

__all__ = ["mail"]
Browse = Callable[[str], Client]


def url(case: Case, rest: str = "") -> str:
    return f"/child-deaths/cases/{case.record.reference}/requests/{rest}"


def service(deaths: Deaths, case: Case, **said: object) -> Service:
    with deaths.acting():
        line("child_deaths.put_right", case.record)
        return Service.objects.create(
            child_id=case.child_id, circle_id=case.circle_id, office_id=case.office_id, **said
        )


def test_who_is_named_in_the_notification_is_proposed_then_whom_one_usually_asks(deaths: Deaths) -> None:
    case = deaths.case()
    service(deaths, case, organisation="Saltings Surgery", role="General practice", name="Dr Nell Ambrose")
    with deaths.acting():
        found = queries.proposals(
            Case.objects.select_related("record__board", "child").get(pk=case.pk), TODAY
        )
    assert (found[0].organisation, found[0].name) == ("Saltings Surgery", "Dr Nell Ambrose")
    # A boy of two: no midwife, whom one asks about a baby; his nursery, yes. The GP is named already.
    roles = [each.role for each in found[1:]]
    assert "Midwifery" not in roles
    assert "General practice" not in roles
    assert "School or nursery" in roles


def test_edge_case_25_of_an_agency_that_ended_its_successor_is_asked(deaths: Deaths) -> None:
    case = deaths.case()
    old = Agency.objects.get(slug="charity")
    new = Agency.objects.create(
        name="Carrying On", slug="carrying-on", sector=old.sector, duty_basis=old.duty_basis
    )
    Succession.objects.create(before=old, after=new, on=date(2016, 1, 1), how="merged")
    Agency.objects.filter(pk=old.pk).update(ends_on=date(2015, 12, 31))
    alone = Agency.objects.create(
        name="Closed Clinic", slug="closed-clinic", sector=old.sector, duty_basis=old.duty_basis,
        ends_on=date(2015, 6, 30),
    )  # fmt: skip
    AgencyBoard.objects.get_or_create(agency=alone, board=deaths.world.board, starts_on=date(2014, 1, 1))
    service(deaths, case, agency=old, role="Family support")
    service(deaths, case, agency=alone, role="Clinic")
    with deaths.acting():
        found = queries.proposals(
            Case.objects.select_related("record__board", "child").get(pk=case.pk), TODAY
        )
    assert found[0].organisation == "Carrying On"
    assert "has ended: Carrying On carries on from it" in found[0].note
    assert "no successor is recorded" in found[1].note


def test_many_are_asked_at_once_and_asking_again_asks_nobody_twice(deaths: Deaths, mail: Mails) -> None:
    case = deaths.case()
    first = ask(deaths, case, GP, SCHOOL)
    assert first.in_words == "2 asked now."
    again = ask(deaths, case, GP, SCHOOL, ToAsk("saltings  surgery", "N. Ambrose", GP.email.upper()))
    assert again.new == ()
    assert again.in_words == "2 had been asked before and were left as they are."
    assert len([one for one in mail if one.kind == "request_link"]) == 2


def test_each_has_its_own_circle_and_the_clock_of_the_board(deaths: Deaths, mail: Mails) -> None:
    case = deaths.case()
    one, other = ask(deaths, case, GP, SCHOOL).new
    assert len({one.circle_id, other.circle_id, case.circle_id}) == 3
    assert one.office_id == case.office_id
    # Asked on 14 March 2016: fourteen days are over on 28 March.
    assert one.due_on == date(2016, 3, 28)
    with deaths.acting():
        assert RunningClock.objects.get(record=one.record).due_on == date(2016, 3, 28)


def test_more_time_moves_the_day_and_not_the_clock(deaths: Deaths, mail: Mails) -> None:
    asked = ask(deaths, deaths.case()).new[0]
    with deaths.acting() as actor:
        with pytest.raises(CannotAsk, match="later than the one"):
            request_changes.give_more_time(
                actor=actor, request=asked, until=date(2016, 3, 28), reason="x", now=deaths.now, today=TODAY
            )
        request_changes.give_more_time(
            actor=actor,
            request=asked,
            until=date(2016, 4, 11),
            reason="Holidays",
            now=deaths.now,
            today=TODAY,
        )
        held = AgencyRequest.objects.get(pk=asked.pk)
        assert held.last_on == date(2016, 4, 11)
        assert RunningClock.objects.get(record=asked.record).due_on == date(2016, 3, 28)
        assert RequestStep.objects.get(what="more_time").words == "Holidays"


def test_reminders_go_after_7_14_and_21_days_each_once() -> None:
    asked = date(2016, 3, 1)
    none: frozenset[str] = frozenset()
    assert rules.reminder_due(asked, None, date(2016, 3, 7), none) == ""
    assert rules.reminder_due(asked, None, date(2016, 3, 8), none) == "reminder_1"
    assert rules.reminder_due(asked, None, date(2016, 3, 8), frozenset({"reminder_1"})) == ""
    assert rules.reminder_due(asked, None, date(2016, 3, 15), frozenset({"reminder_1"})) == "reminder_2"
    # Whoever was not reminded for a while gets the newest only.
    assert rules.reminder_due(asked, None, date(2016, 3, 29), none) == "reminder_3"
    # With more time given, none goes before that day.
    assert rules.reminder_due(asked, date(2016, 3, 20), date(2016, 3, 15), none) == ""


def test_a_reminder_is_sent_once_however_often_the_job_runs(
    deaths: Deaths, mail: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(deaths, deaths.case()).new[0]
    monkeypatch.setattr(type(deaths.world.board), "today", lambda self: TODAY + timedelta(days=8))
    assert request_jobs.remind(deaths.world.board) == 1
    assert request_jobs.remind(deaths.world.board) == 0
    run_waiting()
    reminder = newest(mail, GP.email)
    assert reminder.subject == f"{asked.record.reference}: is due on 28 March 2016"
    assert "Rowan" not in reminder.body
    assert RequestLink.objects.filter(why="reminder_1").count() == 1


def test_nobody_is_reminded_of_what_is_answered_or_taken_back(
    deaths: Deaths, mail: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(deaths, deaths.case()).new[0]
    with deaths.acting() as actor:
        request_changes.revoke(actor=actor, request=asked, reason="Wrong surgery", now=deaths.now)
    monkeypatch.setattr(type(deaths.world.board), "today", lambda self: TODAY + timedelta(days=30))
    assert request_jobs.remind(deaths.world.board) == 0


def test_what_is_withheld_and_whose_number_it_is_not_are_never_told(deaths: Deaths, mail: Mails) -> None:
    case = deaths.case()
    with deaths.acting():
        found = Case.objects.select_related("record", "child").get(pk=case.pk)
        line("child_deaths.put_right", found.record)
        doors = {"child_id": found.child_id, "circle_id": found.circle_id, "office_id": found.office_id}
        found.child.names.create(
            forenames="Secret", surname="Name", folded="secret name", withheld=True, **doors
        )
        found.child.addresses.create(lines="1 Refuge Row", withheld=True, **doors)
        found.child.identifiers.update(belongs_to="mother")
    asked = ask(deaths, case).new[0]
    told = str(asked.about)
    assert "Secret" not in told
    assert "Refuge" not in told
    assert "9990000018" not in told, "edge case 3: it is the mother's"
    assert asked.about["nhs_number"] == ""


def test_the_coordinator_asks_on_a_page(deaths: Deaths, browse: Browse, mail: Mails) -> None:
    case = deaths.case()
    one = service(
        deaths, case, organisation="Saltings Surgery", role="General practice", name="Dr Nell Ambrose"
    )
    client = browse("coordinator")
    page = client.get(url(case, "ask/"))
    assert page.status_code == 200
    key = f"s{one.id.hex[:12]}"
    missing = client.post(url(case, "ask/"), {f"ask_{key}": "on", f"name_{key}": "Dr Nell Ambrose"})
    assert "Enter their e-mail address" in missing.content.decode()
    nobody = client.post(url(case, "ask/"), {})
    assert "Choose at least one organisation to ask" in nobody.content.decode()
    sent = client.post(
        url(case, "ask/"),
        {
            f"ask_{key}": "on",
            f"name_{key}": "Dr Nell Ambrose",
            f"email_{key}": GP.email,
            "why": "The last visit",
        },
        follow=True,
    )
    assert "1 asked now." in sent.content.decode()
    assert "Saltings Surgery" in sent.content.decode()
    with deaths.acting():
        asked = AgencyRequest.objects.get()
        assert (asked.service_id, asked.why) == (one.pk, "The last visit")
        assert Service.objects.get(pk=one.pk).asked
        assert Addressee.objects.get().person.email == GP.email


def test_the_pages_of_a_request_work(deaths: Deaths, browse: Browse, mail: Mails) -> None:
    case = deaths.case()
    asked = ask(deaths, case).new[0]
    client, here = browse("coordinator"), url(case, f"{asked.record.reference}/")
    assert "Dr Nell Ambrose" in client.get(here).content.decode()
    with deaths.acting():
        key = Addressee.objects.get().pk
    assert client.post(f"{here}link/{key}/")["Location"] == here
    run_waiting()
    assert newest(mail, GP.email).subject == f"{asked.record.reference}: your link"
    more = {"until-day": "11", "until-month": "4", "until-year": "2016", "reason": "Holidays"}
    for rest in ("more-time/", "remind/", "take-back/", "ask-somebody/"):
        assert client.get(here + rest).status_code == 200
    posted = client.post(f"{here}more-time/", {**more, "until_0": "11", "until_1": "4", "until_2": "2016"})
    assert posted.status_code == 302, posted.content.decode()
    assert client.post(f"{here}up-to-date/").status_code == 302
    assert client.post(f"{here}take-back/", {"reason": "Wrong surgery"}).status_code == 302
    assert "Taken back" in client.get(here).content.decode()


def test_the_chase_list_narrows_to_what_is_overdue_and_goes_into_a_file(
    deaths: Deaths, browse: Browse, mail: Mails
) -> None:
    case = deaths.case()
    late = ask(deaths, case, GP).new[0]
    ask(deaths, case, SCHOOL)
    with deaths.acting():
        line("child_deaths.more_time", late.record)
        AgencyRequest.objects.filter(pk=late.pk).update(due_on=TODAY - timedelta(days=3))
    client = browse("coordinator")
    page = client.get("/child-deaths/requests/").content.decode()
    assert "Saltings Surgery" in page
    assert "Larkspur Nursery" in page
    assert "3 days late" in page
    assert "Rowan" not in page
    overdue = client.get("/child-deaths/requests/?standing=overdue").content.decode()
    table = overdue[overdue.index("<tbody") :]
    assert "Saltings Surgery" in table
    assert "Larkspur Nursery" not in table
    file = client.get("/child-deaths/requests/?download=csv&standing=overdue").content.decode()
    assert late.record.reference in file
    assert "Larkspur" not in file


def test_lists_cost_the_same_for_3_and_for_30(
    deaths: Deaths, browse: Browse, cost_of: Callable[[Client, str], int], mail: Mails
) -> None:
    case = deaths.case()

    def many(first: int, last: int) -> None:
        some = [ToAsk(f"Agency {n}", f"Person {n}", f"p{n}@agency.example") for n in range(first, last)]
        ask(deaths, case, *some, post=False)

    many(0, 3)
    client = browse("coordinator")
    pages = (url(case), "/child-deaths/requests/?per_page=50", url(case, "ask/"))
    few = [cost_of(client, one) for one in pages]
    many(3, 30)
    assert [cost_of(client, one) for one in pages] == few


def test_asking_the_first_begins_the_gathering(deaths: Deaths, mail: Mails) -> None:
    case = deaths.case()
    with deaths.acting():
        line("child_deaths.taken_on", case.record)
        Standing.objects.filter(record=case.record).update(stage="immediate")
    ask(deaths, case)
    with deaths.acting():
        assert Standing.objects.get(record=case.record).stage == "gathering"
