"""Asking agencies about an invented death, and opening the links they are sent."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.access.models import Account
from wholestory.access.signing_in import ports
from wholestory.child_deaths.models import AgencyRequest, Case, RequestForm
from wholestory.child_deaths.operations import answering, requests
from wholestory.child_deaths.operations.requests import AskedNow, ToAsk
from wholestory.paperwork import operations as forms
from wholestory.paperwork.given import Given, Nothing, Place
from wholestory.paperwork.models import Answer

Mails = list[ports.Mail]
GP = ToAsk("Saltings Surgery", "Dr Nell Ambrose", "nell.ambrose@saltings.example", role="General practice")
SCHOOL = ToAsk("Larkspur Nursery", "Theo Wick", "theo.wick@larkspur.example", role="School or nursery")


def run_waiting() -> None:
    """Run every waiting job, and those they leave behind, in the test's own transaction."""
    done: set[int] = set()
    while waiting := list(ProcrastinateJob.objects.filter(status="todo").exclude(id__in=done).order_by("id")):
        for job in waiting:
            done.add(job.id)
            app.tasks[job.task_name].func(**job.args)
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where status = 'todo'")


def ask(deaths: Deaths, case: Case, *to: ToAsk, why: str = "", post: bool = True, **more: Any) -> AskedNow:
    """The coordinator asks these agencies, and the links are sent (unless they stay in the post)."""
    with deaths.acting() as actor:
        found = Case.objects.select_related("record__board", "panel", "child", "office").get(pk=case.pk)
        asked = requests.ask(
            actor=actor, case=found, to=to or (GP,), topics=more.pop("topics", ()), why=why,
            now=deaths.now, today=TODAY, **more,
        )  # fmt: skip
    if post:
        run_waiting()
    return asked


def link_in(mail: ports.Mail) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https?://[^/\s]+(/child-deaths/asked/[\w-]+/)", mail.body)
    assert found, mail.body
    return found[1]


def code_in(mail: ports.Mail) -> str:
    """The code in a mail."""
    found = re.search(r"code is ([\d ]+)", mail.body)
    assert found, mail.body
    return found[1].strip()


def newest(mail: Mails, to: str, kind: str = "request_link") -> ports.Mail:
    """The newest mail of a kind to an address."""
    return next(one for one in reversed(mail) if one.to == to and one.kind == kind)


def come_in(mail: Mails, to: str, client: Client | None = None) -> Client:
    """Open the newest link to an address and type the code that goes to it."""
    client = client or Client()
    link = link_in(newest(mail, to))
    assert client.post(link)["Location"] == f"{link}code/"
    run_waiting()
    answer = client.post(f"{link}code/", {"code": code_in(newest(mail, to, "sign_in_code"))})
    assert answer.status_code == 302, answer.content
    assert answer["Location"].startswith("/child-deaths/answering/")
    return client


def page_of(request: AgencyRequest, rest: str = "") -> str:
    """The address of a request's own page."""
    return f"/child-deaths/answering/{request.record.reference}/{rest}"


def typed(**answers: object) -> dict[str, object]:
    """What a page of a form sends: every question sends the revision it was opened at along."""
    return {**answers, **{f"_rev-{key}": "0" for key in answers}}


#: What the report of 2015 does not go without.
NOTHING_ELSE = {"holds_child": "no", "holds_family": "no", "holds_home": "no", "holds_services": "no"}


def answer(deaths: Deaths, request: AgencyRequest, to: ToAsk, *, send: bool = True, **said: Any) -> None:
    """Whoever was asked fills in the report (``None`` for "not known") and sends it."""
    said = {**NOTHING_ELSE, "reporter_agency": to.organisation, "reporter_name": to.name, **said}
    person = Account.objects.get(email=to.email).person
    with acting.acting_as(person):
        held = AgencyRequest.objects.select_related("record__board").get(pk=request.pk)
        form = held.forms.get()
        saves = [
            forms.Save(
                Place(key),
                Given(nothing=Nothing.NOT_KNOWN) if value is None else Given(value=value),
                base=_at(form, key),
            )
            for key, value in said.items()
        ]
        forms.save_draft(actor=person, set_id=form.answers_id, saves=saves, now=deaths.now.at)
        if send:
            answering.send(actor=person, request=held, now=deaths.now, today=TODAY)


def _at(form: RequestForm, key: str) -> int:
    standing = Answer.objects.filter(answer_set=form.answers_id, key=key).first()
    return standing.revision if standing else 0
