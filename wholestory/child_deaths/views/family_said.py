"""What is said and written to a family, asked by them, and answered."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from wholestory.access import asking
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.definitions.family_letters import BEGINNINGS
from wholestory.child_deaths.forms import family as forms
from wholestory.child_deaths.forms.recorded import moment
from wholestory.child_deaths.models import Carer, FamilyContact, FamilyQuestion, FamilyRecord, FamilyRequest
from wholestory.child_deaths.operations import family_said as operations
from wholestory.child_deaths.queries.family_letters import ASK_ALWAYS, may_be_written_to
from wholestory.child_deaths.rules.letters import May
from wholestory.child_deaths.views.family import KIND, back, carer_of, find, manages, posted
from wholestory.child_deaths.views.one_form import ask, now_of


def _may(request: Request, family: FamilyRecord, verb: Verb = Verb.WRITE) -> None:
    asking.require(request.person, verb, family, kind=KIND)


def _carers(family: FamilyRecord) -> list[Carer]:
    return list(Carer.objects.filter(family=family).order_by("created_at"))


def _chosen(carers: list[Carer], key: str) -> Carer | None:
    return next((one for one in carers if str(one.pk) == key), None)


@asks(Verb.WRITE, KIND, by_grant=True)
def contact(request: Request, reference: str) -> HttpResponse:
    """Note a contact."""
    family = find(request, reference)
    _may(request, family)
    carers = _carers(family)
    form = forms.ContactForm(posted(request), carers=carers)

    def do() -> None:
        said = form.cleaned_data
        operations.record_contact(
            actor=request.person, family=family, kind=said["kind"], carer=_chosen(carers, said["carer"]),
            at=moment(form, "at"), words=said["words"], language=said["language"], format=said["format"],
            now=now_of(family.record.board),
        )  # fmt: skip

    return ask(
        request, form, do, reference=reference, heading="Note a contact", label="Note it", done="Noted.",
        back=back(family), words=("The key worker reads what is noted here.",),
    )  # fmt: skip


@asks(Verb.WRITE, KIND, by_grant=True)
def letters(request: Request, reference: str, carer: UUID) -> HttpResponse:
    """Choose what to write about to one of the family; or why nothing is written to them."""
    family = find(request, reference)
    _may(request, family)
    to = carer_of(family, carer)
    answer = may_be_written_to(to, family.record.board.today())
    context = {
        "family": family, "to": to, "answer": answer, "may": answer.may is May.YES,
        "kinds": [(key, FamilyContact.Kind(key).label) for key in forms.LETTERS],
        "ask_always": "" if manages(request, family) else ASK_ALWAYS,
    }  # fmt: skip
    return render(request, "child_deaths/family_letters.html", context)


@asks(Verb.WRITE, KIND, by_grant=True)
def letter(request: Request, reference: str, carer: UUID, kind: str) -> HttpResponse:
    """Prepare a letter to one of the family."""
    family = find(request, reference)
    _may(request, family)
    to = carer_of(family, carer)
    if kind not in BEGINNINGS:
        raise Http404
    today = family.record.board.today()
    answer = may_be_written_to(to, today)
    subject, body = BEGINNINGS[kind].of(to.name, family.child_called)
    form = forms.LetterForm(posted(request), initial={"subject": subject, "body": body})

    def do() -> None:
        operations.prepare(
            actor=request.person, family=family, carer=to, kind=kind, subject=form.cleaned_data["subject"],
            body=form.cleaned_data["body"], today=today, now=now_of(family.record.board),
        )  # fmt: skip

    stopped = () if answer.may is May.YES else (answer.ground.words,)
    always = () if manages(request, family) else (ASK_ALWAYS,)
    return ask(
        request, form, do, reference=reference, heading=f"{FamilyContact.Kind(kind).label}: {to.name}",
        title=FamilyContact.Kind(kind).label, label="Prepare the letter",
        done="The letter is prepared. Another of those who run the case reads it, signs it and sends it.",
        back=back(family), words=(*always, *stopped, *answer.cautions),
    )  # fmt: skip


@asks(Verb.WRITE, KIND, by_grant=True)
def question(request: Request, reference: str) -> HttpResponse:
    """Keep a question of the family."""
    family = find(request, reference)
    _may(request, family)
    carers = _carers(family)
    today = family.record.board.today()
    form = forms.QuestionForm(posted(request), carers=carers)
    forms.today_first(form, today, "asked_on")

    def do() -> None:
        said = form.cleaned_data
        operations.ask(
            actor=request.person, family=family, text=said["text"], asked_by=_chosen(carers, said["carer"]),
            asked_on=said["asked_on"], today=today,
        )  # fmt: skip

    return ask(
        request, form, do, reference=reference, heading="A question of the family", label="Keep it", done="Kept.",
        back=back(family),
    )  # fmt: skip


def _question(family: FamilyRecord, key: UUID) -> FamilyQuestion:
    found = FamilyQuestion.objects.select_related("family__record").filter(family=family, pk=key).first()
    if found is None:
        raise Http404
    return found


@asks(Verb.WRITE, KIND, by_grant=True)
def route(request: Request, reference: str, question: UUID) -> HttpResponse:
    """Pass a question on."""
    family = find(request, reference)
    _may(request, family)
    found, today = _question(family, question), family.record.board.today()
    form = forms.RouteForm(posted(request))
    forms.today_first(form, today, "on")

    def do() -> None:
        operations.route(actor=request.person, question=found, today=today, **form.cleaned_data)

    return ask(
        request, form, do, reference=reference, heading="Pass the question on", label="Record it", done="Recorded.",
        back=back(family), words=(found.text,),
    )  # fmt: skip


@asks(Verb.WRITE, KIND, by_grant=True)
def answer(request: Request, reference: str, question: UUID) -> HttpResponse:
    """Keep the answer one of them was given."""
    family = find(request, reference)
    _may(request, family)
    found, today, carers = _question(family, question), family.record.board.today(), _carers(family)
    form = forms.AnswerForm(posted(request), carers=carers, initial={"carer": str(found.asked_by_id or "")})

    def do() -> None:
        said = dict(form.cleaned_data)
        operations.answer(
            actor=request.person,
            question=found,
            carer=_chosen(carers, said.pop("carer")),
            today=today,
            **said,
        )

    return ask(
        request, form, do, reference=reference, heading="What were they told?", label="Keep the answer",
        done="Kept.", back=back(family),
        words=(found.text, "Each person can be given an answer of their own."),
    )  # fmt: skip


@asks(Verb.MANAGE, KIND, by_grant=True)
def no_answer(request: Request, reference: str, question: UUID) -> HttpResponse:
    """Say why a question has no answer."""
    family = find(request, reference)
    _may(request, family, Verb.MANAGE)
    found = _question(family, question)
    form = forms.NoAnswerForm(posted(request))

    def do() -> None:
        operations.leave_unanswered(
            actor=request.person, question=found, because=form.cleaned_data["because"],
            today=family.record.board.today(),
        )  # fmt: skip

    return ask(
        request, form, do, reference=reference, heading="A question without an answer", label="Record why",
        done="Recorded.", back=back(family), words=(found.text,),
    )  # fmt: skip


@asks(Verb.WRITE, KIND, by_grant=True)
def receive(request: Request, reference: str) -> HttpResponse:
    """Keep a request for records, a complaint, or a fact the family says is wrong."""
    family = find(request, reference)
    _may(request, family)
    carers, today = _carers(family), family.record.board.today()
    form = forms.RequestForm(posted(request), carers=carers)

    def do() -> None:
        said = form.cleaned_data
        operations.receive(
            actor=request.person, family=family, kind=said["kind"], text=said["text"],
            carer=_chosen(carers, said["carer"]), received_on=said["received_on"], today=today,
        )  # fmt: skip

    return ask(
        request, form, do, reference=reference, heading="A request or complaint", label="Keep it", done="Kept.",
        back=back(family),
        words=("Nothing that is held changes by it. Ask for advice on information rights before it is answered.",),
    )  # fmt: skip


@asks(Verb.MANAGE, KIND, by_grant=True)
def settle(request: Request, reference: str, asked: UUID) -> HttpResponse:
    """Say what became of a request or complaint."""
    family = find(request, reference)
    _may(request, family, Verb.MANAGE)
    found = FamilyRequest.objects.select_related("family__record").filter(family=family, pk=asked).first()
    if found is None:
        raise Http404
    form = forms.SettleForm(posted(request))

    def do() -> None:
        operations.settle(
            actor=request.person, request=found, today=family.record.board.today(), **form.cleaned_data
        )

    return ask(
        request, form, do, reference=reference, heading=found.get_kind_display(), label="Record the outcome",
        done="Recorded.", back=back(family), words=(found.text,),
    )  # fmt: skip
