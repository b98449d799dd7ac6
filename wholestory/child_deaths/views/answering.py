"""The pages of somebody who was asked what their agency knows: their own request, and nothing beside it."""

from __future__ import annotations

from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.answering import AttachForm, ColleagueForm, NothingKnownForm, WrongFileForm
from wholestory.child_deaths.models import Addressee, AgencyRequest, RequestForm
from wholestory.child_deaths.operations import addressees, answering, request_files
from wholestory.child_deaths.queries import answering as shown
from wholestory.child_deaths.views.asked import came_by_link
from wholestory.correspondence.clock import moment_of
from wholestory.documents.models import StoredFile
from wholestory.documents.operations import NotNow
from wholestory.documents.rules.content import NotTaken
from wholestory.documents.shelf import Unreachable
from wholestory.kernel.moments import Moment, at_instant
from wholestory.paperwork import operations as forms
from wholestory.paperwork.filling import Filling, Surroundings, View
from wholestory.paperwork.queries import answer_set
from wholestory.records.models import Record
from wholestory.records.references import tidy

KIND = AgencyRequest.record_kind
BY_LINK = (
    "Open this by the link in the message we sent you. If you no longer have it, go to My work: there you can have it"
    " sent to you again."
)


def now_of(found: AgencyRequest) -> Moment:
    """The moment it is for the board that asked."""
    return at_instant(moment_of(found.record.board, timezone.now()))


def the_request(request: Request, reference: str) -> AgencyRequest:
    """The request, for whoever was asked and came by their link, and for those who run the review.

    Raises Http404 for everybody else; PermissionDenied for somebody who was asked and did not come by the link.
    """
    found = shown.rows().filter(record__reference=tidy(reference)).first()
    if found is None:
        reading.missing(request, tidy(reference))
    # Somebody without a seat has no board of their own: the day is that of the board that asked.
    request.today = found.record.board.today()
    if only_by_link(request, found.record) and not came_by_link(request, found.record_id):
        raise PermissionDenied(BY_LINK)
    return reading.one(request, shown.rows(), reference=reference)


def only_by_link(request: Request, record: Record) -> bool:
    """Whether being asked is all that lets this person in."""
    lets_in, _keeps_out = asking.reasons(request.person, record, request.seat.id if request.seat else None)
    return set(lets_in) <= {"grant.reporter"}


@asks(Verb.READ, KIND, by_grant=True)
def answering_page(request: Request, reference: str) -> HttpResponse:
    """Who asks for what about whom, until when, and the ways to answer."""
    found = the_request(request, reference)
    mine = shown.parts_of(found, request.person)
    if mine is not None:
        answering.note_opened(actor=request.person, request=found, now=now_of(found))
    held = shown.forms_of(found)
    words, tone = shown.state_words(found, request.today)
    return render(
        request, "child_deaths/answering/request.html",
        {
            "asked": found, "child": shown.of_child(found), "tasks": shown.tasks(found, held, mine), "state": words,
            "tone": tone, "mine": mine, "whole": mine == [], "colleagues": shown.colleagues(found, held),
            "files": shown.files_of(found), "may_print": asking.ask(request.person, Verb.EXPORT, found.record).yes,
        },
    )  # fmt: skip


def _mine(request: Request, reference: str) -> AgencyRequest:
    """The request, for somebody who answers all of it now."""
    found = the_request(request, reference)
    if shown.parts_of(found, request.person) != [] or not found.awaited:
        raise Http404
    return found


@asks(Verb.WRITE, KIND, by_grant=True)
def nothing_known(request: Request, reference: str) -> HttpResponse:
    """Say that nothing is known: who looked, where, and a box to tick."""
    found = _mine(request, reference)
    form = NothingKnownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answering.nothing_known(
                actor=request.person, request=found, looked_where=form.cleaned_data["looked_where"],
                now=now_of(found), today=request.today,
            )  # fmt: skip
        except answering.CannotAnswer as refused:
            form.add_error("looked_where", str(refused))
        else:
            messages.success(
                request, "Thank you. We have noted that your organisation knows nothing of the child."
            )
            return redirect("child_deaths:answering", reference=found.record.reference)
    return render(request, "child_deaths/answering/nothing_known.html", {"asked": found, "form": form})


@asks(Verb.WRITE, KIND, by_grant=True)
def send(request: Request, reference: str) -> HttpResponse:
    """Send everything: what is still to be put right, or a last look and a button."""
    found = _mine(request, reference)
    held = shown.forms_of(found)
    problems = shown.problems(found, held, request.today)
    if request.method == "POST" and not problems:
        try:
            answering.send(actor=request.person, request=found, now=now_of(found), today=request.today)
        except forms.NotReady:
            return redirect("child_deaths:answering_send", reference=found.record.reference)
        messages.success(request, "Thank you. What you wrote has been sent.")
        return redirect("child_deaths:answering", reference=found.record.reference)
    context = {"asked": found, "problems": problems, "tasks": shown.tasks(found, held, [])}
    return render(request, "child_deaths/answering/send.html", context)


@asks(Verb.WRITE, KIND, by_grant=True)
def colleague(request: Request, reference: str) -> HttpResponse:
    """Name a colleague for all of it or for parts. There is no other way to pass it on."""
    found = _mine(request, reference)
    form = ColleagueForm(request.POST or None, parts=shown.part_choices(shown.forms_of(found)))
    if request.method == "POST" and form.is_valid():
        try:
            addressees.name_colleague(
                actor=request.person, request=found, **form.cleaned_data, now=now_of(found), today=request.today
            )  # fmt: skip
        except addressees.CannotName as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, f"{form.cleaned_data['name']} is being sent a link of their own.")
            return redirect("child_deaths:answering", reference=found.record.reference)
    return render(request, "child_deaths/answering/colleague.html", {"asked": found, "form": form})


@require_POST
@asks(Verb.WRITE, KIND, by_grant=True)
def take_off(request: Request, reference: str, key: UUID) -> HttpResponse:
    """Take a colleague off again: their link ends at once."""
    found = _mine(request, reference)
    addressee = Addressee.objects.select_related("person").filter(request=found, pk=key).first()
    if addressee is None:
        raise Http404
    addressees.withdraw(actor=request.person, addressee=addressee, now=now_of(found))
    messages.success(request, f"{addressee.person.full_name} can no longer open it.")
    return redirect("child_deaths:answering", reference=found.record.reference)


@asks(Verb.WRITE, KIND, by_grant=True)
def attach(request: Request, reference: str) -> HttpResponse:
    """Attach a file about this child."""
    found = the_request(request, reference)
    if shown.parts_of(found, request.person) is None or not found.awaited:
        raise Http404
    form = AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            request_files.attach(
                actor=request.person, request=found, upload=form.cleaned_data["file"], today=request.today
            )
        except (request_files.CannotAttach, NotTaken, NotNow, Unreachable) as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, "The file is attached.")
            return redirect("child_deaths:answering", reference=found.record.reference)
    return render(request, "child_deaths/answering/attach.html", {"asked": found, "form": form})


@asks(Verb.WRITE, KIND, by_grant=True)
def wrong_file(request: Request, reference: str, file: str) -> HttpResponse:
    """Put aside a file that is another child's, with a note of what happened."""
    found = the_request(request, reference)
    mine = shown.parts_of(found, request.person) is not None
    if not mine and not asking.ask(request.person, Verb.MANAGE, found.record).yes:
        raise Http404
    held = StoredFile.objects.filter(
        about=found.record, record__reference=tidy(file), removed_at=None
    ).first()
    if held is None:
        raise Http404
    form = WrongFileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request_files.put_aside(
            actor=request.person,
            request=found,
            file=held,
            words=form.cleaned_data["words"],
            now=now_of(found),
        )
        messages.success(request, "The file is put aside. Nobody but the coordinator can open it.")
        return redirect("child_deaths:answering", reference=found.record.reference)
    context = {"asked": found, "form": form, "name": held.name}
    return render(request, "child_deaths/answering/wrong_file.html", context)


# The forms: one request may have several, so their addresses say which.


class RequestForms(Filling):
    """The pages of a request's forms, under an address that holds the form's key (``form``) beside the reference."""

    def url(self, request: Request, which: str, reference: str, **more: str) -> str:
        """The address of one of the pages of the form that is open."""
        return super().url(request, which, reference, form=form_key(request), **more)

    def _bound(self, view: View, verb: Verb, no_line: str) -> View:
        inner = super()._bound(view, verb, no_line)

        @wraps(inner)
        def bound(request: Request, *args: object, form: str, **kwargs: object) -> HttpResponseBase:
            if no_line:
                # A page’s own scripts come here without opening the request, which would have asked.
                _must_have_come_by_link(request, str(kwargs.get("reference", "")))
            return inner(request, *args, **kwargs)

        return bound


def _must_have_come_by_link(request: Request, reference: str) -> None:
    record = Record.objects.filter(reference=tidy(reference), kind=KIND).first()
    if record is not None and only_by_link(request, record) and not came_by_link(request, record.pk):
        raise PermissionDenied(BY_LINK)


def form_key(request: Request) -> str:
    """The key of the form whose page this is."""
    return str(request.resolver_match.kwargs["form"]) if request.resolver_match else ""


def _surround(request: Request, reference: str) -> Surroundings:
    found = the_request(request, reference)
    form = (
        RequestForm.objects.select_related("answers__form_version")
        .filter(request=found, key=form_key(request))
        .first()
    )
    if form is None:
        raise Http404
    page = str(request.resolver_match.kwargs.get("page", "")) if request.resolver_match else ""
    pages = answering.pages_to_write(request.person, form.answers_id)
    runs_it = asking.ask(request.person, Verb.MANAGE, found.record).yes
    whole = shown.parts_of(found, request.person) == []
    return Surroundings(
        form_set=answer_set(form.answers_id),
        title=form.title,
        about=f"{found.organisation}. {found.panel.name} asks.",
        back_url=reverse("child_deaths:answering", args=[found.record.reference]),
        back_words="Back to what you were asked",
        may_write=pages is None or bool(pages),
        pages=pages,
        finish_url=reverse("child_deaths:answering_send", args=[found.record.reference]) if whole else "",
        finish_words="Go on to send it",
        closed_because="" if found.awaited or runs_it else "This has been answered or taken back.",
        told=shown.told_already(found, form, page),
        read_by="Read by those who run child death reviews, and by your colleagues named on this request.",
    )


def _pages_to_write(request: Request, set_id: UUID) -> frozenset[str] | None:
    form = RequestForm.objects.filter(answers=set_id).values_list("request__record", flat=True).first()
    if form is None or not came_by_link(request, form):
        return frozenset()
    return answering.pages_to_write(request.person, set_id)


FORM = RequestForms(kind=KIND, surround=_surround, pages_to_write=_pages_to_write, name="asked_form")
