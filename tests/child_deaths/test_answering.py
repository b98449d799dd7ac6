"""Somebody who was asked answers: nothing known, or the form, alone or with colleagues."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.access.conftest import mail, real_board
from tests.child_deaths.gathering import GP, SCHOOL, Mails, ask, come_in, newest, page_of, run_waiting, typed
from tests.child_deaths.people import Deaths
from wholestory.access import acting
from wholestory.access.models import Account
from wholestory.child_deaths.models import (
    Addressee,
    AgencyRequest,
    Asked,
    Case,
    ChildName,
    Relative,
    RequestForm,
    RequestStep,
)
from wholestory.child_deaths.operations import request_changes
from wholestory.paperwork.models import Answer, AnswerSet
from wholestory.pathways.models import RunningClock

__all__ = ["mail", "real_board"]
pytestmark = pytest.mark.usefixtures("real_board")


@pytest.fixture
def asked(deaths: Deaths, mail: Mails) -> AgencyRequest:
    return ask(deaths, deaths.case()).new[0]


@pytest.fixture
def gp(asked: AgencyRequest, mail: Mails) -> Client:
    return come_in(mail, GP.email)


def now_is(deaths: Deaths, asked: AgencyRequest) -> AgencyRequest:
    with deaths.acting():
        return AgencyRequest.objects.select_related("record", "answered_by").get(pk=asked.pk)


def test_edge_case_25_nothing_known_is_an_answer_that_closes_the_request(
    deaths: Deaths, asked: AgencyRequest, gp: Client
) -> None:
    gp.get(page_of(asked))
    form = gp.get(page_of(asked, "nothing-known/"))
    assert form.status_code == 200
    unsure = gp.post(page_of(asked, "nothing-known/"), {"looked_where": "N. Ambrose, the register"})
    assert "Confirm that nothing is held" in unsure.content.decode()
    assert now_is(deaths, asked).state == Asked.OPENED
    sure = {"looked_where": "N. Ambrose, the register and the archive", "sure": "on"}
    assert gp.post(page_of(asked, "nothing-known/"), sure)["Location"] == page_of(asked)
    answered = now_is(deaths, asked)
    assert answered.state == Asked.NOTHING
    assert answered.answered_by is not None
    assert answered.answered_by.full_name == GP.name
    with deaths.acting():
        assert RunningClock.objects.get(record=asked.record).outcome == "met_in_time"
    page = gp.get(page_of(asked)).content.decode()
    assert "the register and the archive" in page
    # It is closed: nothing more is asked, and nothing can be typed.
    assert gp.get(page_of(asked, "nothing-known/")).status_code == 404
    assert gp.get(page_of(asked, "send/")).status_code == 404


def form_page(asked: AgencyRequest, page: str = "", key: str = "report_2015") -> str:
    rest = f"page/{page}/" if page else ""
    return f"/child-deaths/answering/{asked.record.reference}/forms/{key}/{rest}"


def test_the_form_is_that_of_the_case_s_set_and_day(deaths: Deaths, asked: AgencyRequest) -> None:
    # 14 March 2016: the forms of 2015.
    with deaths.acting():
        forms = RequestForm.objects.filter(request=asked).select_related("answers__form_version")
        assert [(one.key, one.answers.form_version.version) for one in forms] == [("report_2015", 1)]


def test_what_is_typed_is_kept_and_begins_the_request(
    deaths: Deaths, asked: AgencyRequest, gp: Client
) -> None:
    page = "identity"
    tasks = gp.get(form_page(asked))
    assert tasks.status_code == 200
    shown = gp.get(form_page(asked, page))
    assert shown.status_code == 200
    saved = gp.post(form_page(asked, page), typed(reporter_name="Nell Ambrose"))
    assert saved.status_code in (200, 302)
    with deaths.acting():
        values = list(Answer.objects.filter(key="reporter_name").values_list("value", flat=True))
    assert values == ["Nell Ambrose"]
    assert now_is(deaths, asked).state == Asked.STARTED
    assert (
        "There are answers in the form"
        in gp.post(page_of(asked, "nothing-known/"), {"looked_where": "x", "sure": "on"}).content.decode()
    )


def test_what_keeps_it_from_being_sent_names_each_question_and_leads_to_it(
    asked: AgencyRequest, gp: Client
) -> None:
    # Four pages open with a question, and whoever writes gives agency and name: six to answer.
    page = gp.get(page_of(asked, "send/")).content.decode()
    assert f'href="{form_page(asked, "identity")}#q-reporter_name"' in page
    assert "“Your name”. Answer this question" in page
    assert page.count("Answer this question") == 6
    assert 'id="q-reporter_name"' in gp.get(form_page(asked, "identity")).content.decode()


def test_what_we_were_told_of_the_child_is_said_where_it_is_asked(asked: AgencyRequest, gp: Client) -> None:
    page = gp.get(form_page(asked, "identity")).content.decode()
    assert "Date of birth: 2 May 2013; " in page
    assert "write only what your records say differently" in page
    assert "What we were told of the child" not in gp.get(form_page(asked, "child")).content.decode()


def test_it_is_sent_and_can_then_only_be_read(deaths: Deaths, asked: AgencyRequest, gp: Client) -> None:
    page = "identity"
    fill_required(gp, asked)
    looked = gp.get(page_of(asked, "send/"))
    assert looked.status_code == 200
    assert gp.post(page_of(asked, "send/"))["Location"] == page_of(asked), looked.content.decode()
    assert now_is(deaths, asked).state == Asked.RETURNED
    gp.post(form_page(asked, page), typed(reporter_name="Somebody else"))
    with deaths.acting():
        assert "Somebody else" not in list(
            Answer.objects.filter(key="reporter_name").values_list("value", flat=True)
        )
        assert RunningClock.objects.get(record=asked.record).outcome == "met_in_time"


def fill_required(client: Client, asked: AgencyRequest) -> None:
    """Type what the first page asks for."""
    who = typed(reporter_agency="Saltings Surgery", reporter_name="Nell Ambrose")
    client.post(form_page(asked, "identity"), who)
    for page, key in (
        ("child", "holds_child"),
        ("parents", "holds_family"),
        ("environment", "holds_home"),
        ("services", "holds_services"),
    ):
        client.post(form_page(asked, page), typed(**{key: "no"}))


def test_opened_again_it_can_be_changed_and_sent_once_more(
    deaths: Deaths, asked: AgencyRequest, gp: Client, mail: Mails
) -> None:
    fill_required(gp, asked)
    gp.post(page_of(asked, "send/"))
    with deaths.acting() as actor:
        request_changes.reopen(
            actor=actor, request=asked, reason="Please add the last visit", now=deaths.now,
            today=asked.asked_on,
        )  # fmt: skip
    again = now_is(deaths, asked)
    assert (again.state, again.reopened) == (Asked.STARTED, 1)
    run_waiting()
    assert newest(mail, GP.email).subject == f"{asked.record.reference}: your link"
    assert gp.post(page_of(asked, "send/")).status_code == 302
    assert now_is(deaths, asked).state == Asked.RETURNED


def test_a_colleague_is_named_for_a_part_and_writes_only_that(
    deaths: Deaths, asked: AgencyRequest, gp: Client, mail: Mails
) -> None:
    named = gp.post(
        page_of(asked, "colleagues/"),
        {"name": "Theo Wick", "email": SCHOOL.email, "parts": ["report_2015:child"]},
    )
    assert named.status_code == 302, named.content.decode()
    run_waiting()
    theirs = come_in(mail, SCHOOL.email)
    page = theirs.get(page_of(asked)).content.decode()
    assert "You were asked for a part" in page
    theirs.post(form_page(asked, "identity"), typed(reporter_name="Not mine to write"))
    theirs.post(form_page(asked, "child"), typed(holds_child="no"))
    with deaths.acting():
        assert list(Answer.objects.values_list("key", "value")) == [("holds_child", "no")]
        # The coordinator sees who was named, and by whom.
        step = RequestStep.objects.get(what="named")
        assert step.person is not None
        assert (step.person.full_name, step.by.full_name) == ("Theo Wick", GP.name)
    for rest in ("send/", "nothing-known/", "colleagues/"):
        assert theirs.get(page_of(asked, rest)).status_code == 404


def test_a_reporter_sees_nothing_but_their_own_request(deaths: Deaths, mail: Mails) -> None:
    case = deaths.case()
    mine, other = ask(deaths, case, GP, SCHOOL).new
    client = come_in(mail, GP.email)
    assert client.get(page_of(other)).status_code == 404
    said = client.get(page_of(mine)).content.decode()
    assert "Larkspur" not in said
    assert "Lindsey" not in said, "nothing of the family"
    assert case.record.reference not in said
    with acting.acting_as(Account.objects.get(email=GP.email).person):
        assert list(AgencyRequest.objects.values_list("pk", flat=True)) == [mine.pk]
        assert AnswerSet.objects.count() == 1
        assert Addressee.objects.count() == 1
        for closed in (Case, ChildName, Relative):
            assert not closed.objects.exists()
    for path in (
        f"/child-deaths/cases/{case.record.reference}/",
        f"/child-deaths/cases/{case.record.reference}/requests/",
        f"/child-deaths/cases/{case.record.reference}/composite/",
        "/child-deaths/requests/",
        "/child-deaths/",
    ):
        closed_page = client.get(path)
        # Pages that name children first ask for a second factor, which somebody with a link alone does not have.
        led_away = closed_page.status_code == 302 and closed_page["Location"].startswith(
            "/sign-in/second-step/"
        )
        assert closed_page.status_code == 404 or led_away, path


@pytest.mark.parametrize(
    "persona",
    [
        "business_manager", "quality_officer", "administrator", "chair", "lay_member", "panel_chair", "panel_police",
        "panel_health", "panel_lay", "analyst", "sister_coordinator", "police_lead", "stranger",
    ],
)  # fmt: skip
def test_nobody_else_opens_a_request(deaths: Deaths, asked: AgencyRequest, persona: str) -> None:
    with deaths.acting(persona):
        assert not AgencyRequest.objects.exists()
        assert not RequestForm.objects.exists()
        assert not Addressee.objects.exists()
        assert not RequestStep.objects.exists()
        assert not AnswerSet.objects.filter(record_id=asked.record_id).exists()


@pytest.mark.parametrize("persona", ["coordinator", "designated_doctor"])
def test_who_runs_the_duty_reads_it(deaths: Deaths, asked: AgencyRequest, persona: str) -> None:
    with deaths.acting(persona):
        assert AgencyRequest.objects.get() == asked
