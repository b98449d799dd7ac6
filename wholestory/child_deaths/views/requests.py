"""Asking agencies about a death, seeing how each request stands, and chasing across all cases."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import acting, asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.answering import ColleagueForm
from wholestory.child_deaths.forms.requests import AskForm, ChaseFilter, MoreTimeForm, ReasonForm, RemindForm
from wholestory.child_deaths.models import Addressee, AgencyRequest, Asked, Case
from wholestory.child_deaths.operations import addressees, request_changes, request_files
from wholestory.child_deaths.operations import requests as operations
from wholestory.child_deaths.queries import answering as shown
from wholestory.child_deaths.queries import forms_asked
from wholestory.child_deaths.queries import requests as queries
from wholestory.child_deaths.views.cases import KIND, find
from wholestory.child_deaths.views.one_form import ask, now_of
from wholestory.documents.models import StoredFile
from wholestory.govuk.lists import FORMAT, ListPage
from wholestory.govuk.parts import Column
from wholestory.records.references import tidy

REQUEST = AgencyRequest.record_kind
COLUMNS = (
    Column("reference", "Request", sortable=True, sort_by=("record__reference",)),
    Column("case", "Case", sortable=True, sort_by=("case__record__reference",)),
    Column("organisation", "Organisation", sortable=True, sort_by=("organisation",)),
    Column("state", "How it stands", sortable=True, sort_by=("state",)),
    Column("asked_on", "Asked", sortable=True, sort_by=("asked_on",)),
    Column("due_on", "Due", sortable=True, sort_by=("last",)),
    Column("days", "Late"),
    Column("note", "Note"),
    Column("remind", "Remind"),
)


@asks(Verb.LIST, REQUEST)
def chase(request: Request) -> HttpResponse:
    """What agencies were asked across all cases, what is due longest first."""
    page = ListPage(
        request.GET,
        rows=queries.every(),
        # What can be done is no part of a file.
        columns=COLUMNS[:-1] if FORMAT in request.GET else COLUMNS,
        sort="due_on",
        filters=ChaseFilter(
            request.GET, today=request.today, organisations=queries.agencies_asked(request.today)
        ),
        shape=lambda found: queries.lines(found, request.today),
        caption="Requests to agencies",
        empty="No agency has been asked yet.",
    )
    if page.wants_export:
        page.matching = page.matching.exclude(circle__in=acting.only_for_reading())
        reading.listed(
            request,
            REQUEST,
            list(page.matching.values_list("record_id", flat=True)),
            verb="access.downloaded",
        )
        return page.export(request, "Requests to agencies")
    reading.shown(request, REQUEST, page.rows)
    return render(request, "child_deaths/requests/chase.html", {"page": page, "wide": True})


@asks(Verb.READ, KIND)
def of_case(request: Request, reference: str) -> HttpResponse:
    """Everything agencies were asked about one case."""
    case = find(request, reference)
    lines = queries.lines(queries.of_case(case), request.today)
    reading.listed(request, REQUEST, [each.record_id for each in lines])
    may_ask = asking.ask(request.person, Verb.MANAGE, case.record).yes
    columns = [each for each in COLUMNS if each.key != "case" and (may_ask or each.key != "remind")]
    waiting = [one for one in queries.proposals(case, request.today) if one.service and not one.asked]
    context = {"case": case, "lines": lines, "columns": columns, "may_ask": may_ask, "waiting": len(waiting)}
    return render(request, "child_deaths/requests/case.html", context)


@asks(Verb.MANAGE, KIND, by_grant=True)
def choose(request: Request, reference: str) -> HttpResponse:
    """Choose whom to ask, and ask them all at once. Sent twice, it asks once."""
    case = find(request, reference)
    asking.require(request.person, Verb.MANAGE, case.record)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        proposals=queries.proposals(case, request.today),
        topics=forms_asked.topics(case.form_set, request.today),
        chosen=forms_asked.proposed(case, case.child),
        today=request.today,
    )
    if request.method == "POST" and form.is_valid():
        try:
            done = operations.ask(
                actor=request.person, case=case, to=form.to_ask(), topics=form.chosen_topics(),
                why=form.cleaned_data["why"], due_on=form.cleaned_data["due_on"], now=now_of(case.record.board),
                today=request.today,
            )  # fmt: skip
        except operations.CannotAsk as refused:
            form.add_error(refused.field or None, str(refused))
        except addressees.CannotName as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done.in_words)
            return redirect("child_deaths:requests", reference=case.record.reference)
    return render(request, "child_deaths/requests/choose.html", {"case": case, "form": form})


def _one(request: Request, reference: str, asked: str) -> tuple[Case, AgencyRequest]:
    case = find(request, reference)
    found = queries.every().filter(case=case, record__reference=tidy(asked)).first()
    if found is None:
        raise Http404
    reading.listed(request, REQUEST, [found.record_id], verb="access.opened")
    return case, found


def _manage(request: Request, reference: str, asked: str) -> tuple[Case, AgencyRequest]:
    case, found = _one(request, reference, asked)
    asking.require(request.person, Verb.MANAGE, found.record)
    return case, found


def _url(case: Case, found: AgencyRequest) -> str:
    return reverse("child_deaths:request", args=[case.record.reference, found.record.reference])


@asks(Verb.READ, KIND)
def one(request: Request, reference: str, asked: str) -> HttpResponse:
    """One request: who was asked, the links they were sent, what came of it, and what can be done."""
    case, found = _one(request, reference, asked)
    held = shown.forms_of(found)
    context = {
        "case": case, "asked": found, "page": queries.page(found, request.today), "child": shown.of_child(found),
        "tasks": shown.tasks(found, held, None), "answered": found.state in (Asked.RETURNED, Asked.NOTHING),
        "may_manage": asking.ask(request.person, Verb.MANAGE, found.record).yes, "now": now_of(case.record.board).at,
    }  # fmt: skip
    return render(request, "child_deaths/requests/request.html", context)


@asks(Verb.MANAGE, KIND, by_grant=True)
def more_time(request: Request, reference: str, asked: str) -> HttpResponse:
    """Let an agency have longer."""
    case, found = _manage(request, reference, asked)
    form = MoreTimeForm(request.POST if request.method == "POST" else None)

    def do() -> None:
        request_changes.give_more_time(
            actor=request.person, request=found, **form.cleaned_data, now=now_of(case.record.board),
            today=request.today,
        )  # fmt: skip

    return ask(
        request, form, do, reference=asked, heading=f"More time for {found.organisation}", label="Give more time",
        done="They have more time. Reminders wait until the new day.", back=_url(case, found),
    )  # fmt: skip


@asks(Verb.MANAGE, KIND, by_grant=True)
def remind(request: Request, reference: str, asked: str) -> HttpResponse:
    """Remind an agency by hand, once a day."""
    case, found = _manage(request, reference, asked)
    form = RemindForm(request.POST if request.method == "POST" else None)

    def do() -> None:
        request_changes.remind(
            actor=request.person, request=found, now=now_of(case.record.board), today=request.today
        )

    return ask(
        request, form, do, reference=asked, heading=f"Send {found.organisation} a reminder",
        label="Send a reminder", done="A reminder is being sent.", back=_url(case, found),
        words=("Everybody asked there gets one e-mail with the reference, the day and a link. It names no child.",),
    )  # fmt: skip


@asks(Verb.MANAGE, KIND, by_grant=True)
def revoke(request: Request, reference: str, asked: str) -> HttpResponse:
    """Take a request back."""
    case, found = _manage(request, reference, asked)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def do() -> None:
        request_changes.revoke(
            actor=request.person,
            request=found,
            reason=form.cleaned_data["reason"],
            now=now_of(case.record.board),
        )

    return ask(
        request, form, do, reference=asked, heading=f"Take back what {found.organisation} was asked",
        label="Take it back", done="It is taken back. Every link has ended.", back=_url(case, found),
        words=("Everybody who was asked is shut out at once. What they wrote is kept.",),
    )  # fmt: skip


@asks(Verb.MANAGE, KIND, by_grant=True)
def reopen(request: Request, reference: str, asked: str) -> HttpResponse:
    """Open an answered request again."""
    case, found = _manage(request, reference, asked)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def do() -> None:
        request_changes.reopen(
            actor=request.person, request=found, reason=form.cleaned_data["reason"],
            now=now_of(case.record.board), today=request.today,
        )  # fmt: skip

    return ask(
        request, form, do, reference=asked, heading=f"Open it again for {found.organisation}", label="Open it again",
        done="It is open again, and everybody who was asked is being sent a new link.", back=_url(case, found),
    )  # fmt: skip


@asks(Verb.MANAGE, KIND, by_grant=True)
def name_somebody(request: Request, reference: str, asked: str) -> HttpResponse:
    """Name somebody else of the same organisation: for all of it, or for parts."""
    case, found = _manage(request, reference, asked)
    posted = request.POST if request.method == "POST" else None
    form = ColleagueForm(posted, parts=shown.part_choices(shown.forms_of(found)))

    def do() -> None:
        addressees.name_colleague(
            actor=request.person, request=found, **form.cleaned_data, now=now_of(case.record.board),
            today=request.today,
        )  # fmt: skip

    return ask(
        request, form, do, reference=asked, heading=f"Ask somebody else at {found.organisation}", label="Ask them",
        done="They are being sent a link.", back=_url(case, found),
    )  # fmt: skip


@asks(Verb.MANAGE, KIND, by_grant=True)
def act(request: Request, reference: str, asked: str, what: str, key: UUID | None = None) -> HttpResponse:
    """What a single button does: send an addressee a new link, take them off, bring up to date what the agency is
    told of the child, or delete a wrong file."""
    case, found = _manage(request, reference, asked)
    if request.method != "POST":
        return redirect(_url(case, found))
    now = now_of(case.record.board)
    if what == "up-to-date":
        changed = request_changes.bring_up_to_date(actor=request.person, request=found, now=now)
        messages.success(
            request, "They are now told what the case says." if changed else "They are told that already."
        )
        return redirect(_url(case, found))
    if key is None:
        raise Http404
    if what == "delete-file":
        _purge(request, case, found, key)
        return redirect(_url(case, found))
    addressee = Addressee.objects.select_related("person", "request").filter(request=found, pk=key).first()
    if addressee is None:
        raise Http404
    try:
        if what == "link":
            request_changes.send_again(actor=request.person, addressee=addressee, now=now)
            messages.success(request, f"{addressee.person.full_name} is being sent a new link.")
        elif what == "take-off":
            addressees.withdraw(actor=request.person, addressee=addressee, now=now)
            messages.success(request, f"{addressee.person.full_name} can no longer open it.")
        else:
            raise Http404
    except operations.CannotAsk as refused:
        messages.error(request, str(refused))
    return redirect(_url(case, found))


def _purge(request: Request, case: Case, found: AgencyRequest, key: UUID) -> None:
    file = StoredFile.objects.select_related("about", "record").filter(about=found.record, pk=key).first()
    if file is None:
        raise Http404
    try:
        request_files.purge(actor=request.person, request=found, file=file, now=now_of(case.record.board))
    except request_files.CannotAttach as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, "The file is deleted for good. That it was here, and why it went, stays noted."
        )
