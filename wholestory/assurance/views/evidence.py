"""An agency's evidence list: what it can show, kept once and used in many lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.forms.evidence import AddEvidence, ChangeEvidence, EvidenceFilter, NewVersion
from wholestory.assurance.models import EvidenceItem, EvidenceKind, EvidenceUse
from wholestory.assurance.operations import evidence_list as operations
from wholestory.assurance.queries import evidence_list as queries
from wholestory.documents import queries as documents
from wholestory.documents import shelf
from wholestory.documents.forms import WithReason
from wholestory.documents.operations import LooksLikeAChild, NotNow
from wholestory.documents.rules.content import NotTaken
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.partners.models import AGENCY_ROLES, Agency, Person, Seat

KIND = EvidenceItem.record_kind
COLUMNS = (
    Column("link", "Evidence", sortable=True, sort_by=("title",)),
    Column("kind", "Kind", sortable=True),
    Column("document_on", "Dated", sortable=True),
    Column("review_on", "To be reviewed", sortable=True),
    Column("owner", "Looked after by", sortable=True),
    Column("flags_words", "To look at", sortable=True),
    Column("used", "Used in returns", sortable=True, numeric=True),
)


def own_agency(request: Request) -> Agency:
    """The agency this person works for on this board, in the seat they act in. Raises Http404 for anyone else."""
    acting_in = [request.seat] if request.seat is not None else []
    for seat in [*acting_in, *request.seats]:
        if seat.role in AGENCY_ROLES and seat.agency is not None and seat.board_id == request.board.id:
            return seat.agency
    raise Http404


def people_of(request: Request, agency: Agency) -> list[Person]:
    """Who can look after evidence: those who hold a seat for the agency with this board today."""
    seats = Seat.objects.filter(
        agency=agency, board=request.board, role__in=[role.value for role in AGENCY_ROLES],
        starts_on__lte=request.today,
    ).exclude(ends_on__lt=request.today)  # fmt: skip
    people = Person.objects.filter(seats__in=seats, is_service=False, is_system=False)
    return list(people.distinct().order_by("full_name"))


@contextmanager
def refusals_on(form: WithReason, field: str) -> Iterator[None]:
    """What was refused becomes an error on the form, with what was typed still there."""
    try:
        yield
    except LooksLikeAChild as looks:
        form.ask_why(looks, field=looks.field or field)
    except (NotTaken, NotNow, shelf.Unreachable, operations.EvidenceRefused) as refused:
        form.add_error(field, str(refused))


@asks(Verb.LIST, KIND)
def home(request: Request) -> HttpResponse:
    """Everything in the list, to search, narrow, sort and download."""
    agency = own_agency(request)
    rows = queries.lines(list(queries.every(request.board, agency)), agency, request.board, request.today)
    filters = EvidenceFilter(request.GET)
    page = ListPage(
        request.GET, rows=rows, columns=COLUMNS, sort="link", filters=filters, caption="Evidence", tie_break="",
        empty="Nothing is in your list yet. Add what you can show once, and use it in every line it shows.",
    )  # fmt: skip
    if page.wants_export:
        reading.listed(request, KIND, [row.record_id for row in page.matching], verb="access.downloaded")
        return page.export(request, f"Evidence of {agency.name}")
    reading.listed(request, KIND, [row.record_id for row in page.rows])
    return render(request, "assurance/evidence_list.html", {"page": page, "agency": agency, "wide": True})


@asks(Verb.WRITE, KIND, no_line="an empty form shows no record; adding writes its own line")
def add(request: Request) -> HttpResponse:
    """A new piece: a file, a link, words, or something seen on site."""
    agency = own_agency(request)
    posted = request.method == "POST"
    sent = (request.POST, request.FILES) if posted else ()
    form = AddEvidence(*sent, people=people_of(request, agency), today=request.today)
    if posted and form.is_valid():
        kind = EvidenceKind(form.cleaned_data["kind"])
        upload = form.cleaned_data["upload"] if kind == EvidenceKind.FILE else None
        with refusals_on(form, "upload" if upload else "title"):
            item = operations.add(
                actor=request.person, board=request.board, agency=agency, said=form.said(kind), today=request.today,
                now=timezone.now(), upload=upload,
            )  # fmt: skip
            messages.success(request, f"“{item.title}” is in your list.")
            return redirect(_onwards(request, item))
    context = {"form": form, "heading": "Add evidence", "back": _back(request), "has_file": True}
    return render(request, "assurance/evidence_form.html", context)


def _back(request: Request) -> str:
    """The lines it is to be used for, when somebody came from there; else the list."""
    reference, standard = request.GET.get("return", ""), request.GET.get("standard", "")
    try:
        if reference and standard:
            return reverse("assurance:evidence_for", args=[reference, standard])
    except LookupError:
        pass
    return reverse("assurance:evidence_list")


def _onwards(request: Request, item: EvidenceItem) -> str:
    back = _back(request)
    if back == reverse("assurance:evidence_list"):
        return reverse("assurance:evidence", args=[item.record.reference])
    return f"{back}?new={item.id}"


def the_item(request: Request, reference: str) -> EvidenceItem:
    """The piece, if this person may see it; otherwise the one "not found" page."""
    rows = EvidenceItem.objects.select_related(
        "record", "agency", "board", "owner", "file__record", "file__about"
    )
    return reading.one(request, rows, reference=reference)


def _to_write(request: Request, reference: str) -> EvidenceItem:
    item = the_item(request, reference)
    if not asking.ask(request.person, Verb.WRITE, item.record) or item.retired_on is not None:
        raise Http404
    return item


@asks(Verb.READ, KIND)
def one(request: Request, reference: str) -> HttpResponse:
    """What is known of a piece, and where it is used."""
    item = the_item(request, reference)
    (line,) = queries.lines([item], item.agency, item.board, request.today)
    uses = EvidenceUse.objects.filter(item=item).select_related("return_of__record").order_by("-created_at")
    context = {
        "item": item, "line": line, "uses": list(uses),
        "file": documents.line(item.file) if item.file else None,
        "may_write": item.retired_on is None and asking.ask(request.person, Verb.WRITE, item.record).yes,
    }  # fmt: skip
    return render(request, "assurance/evidence.html", context)


@asks(Verb.WRITE, KIND)
def change(request: Request, reference: str) -> HttpResponse:
    """Change what is said. Returns that are open follow; signed ones keep what was said."""
    item = _to_write(request, reference)
    kind = EvidenceKind(item.kind)
    people = people_of(request, item.agency)
    if item.owner is not None and item.owner not in people:
        people.append(item.owner)
    form = ChangeEvidence(
        request.POST or None, kind=kind, people=people, today=request.today,
        initial={name: getattr(item, name) for name in operations.FIELDS} | {"owner": str(item.owner_id or "")},
    )  # fmt: skip
    if form.is_valid():
        with refusals_on(form, "title"):
            operations.change(
                actor=request.person, item=item, said=form.said(kind), today=request.today, now=timezone.now()
            )
            messages.success(request, "Your change was saved.")
            return redirect("assurance:evidence", reference)
    context = {"form": form, "heading": f"Change “{item.title}”", "back": _page(item)}
    return render(request, "assurance/evidence_form.html", context)


@asks(Verb.WRITE, KIND)
def new_version(request: Request, reference: str) -> HttpResponse:
    """A later file in place of the one there is."""
    item = _to_write(request, reference)
    if item.file is None:
        raise Http404
    posted = request.method == "POST"
    form = NewVersion(request.POST, request.FILES) if posted else NewVersion()
    if posted and form.is_valid():
        with refusals_on(form, "upload"):
            operations.new_version(
                actor=request.person, item=item, upload=form.cleaned_data["upload"],
                document_on=form.cleaned_data["document_on"], review_on=form.cleaned_data["review_on"],
                today=request.today, now=timezone.now(), not_about_a_child=form.why,
            )  # fmt: skip
            messages.success(
                request, "The new version is in your list. Signed returns keep the one they were signed with."
            )
            return redirect("assurance:evidence", reference)
    context = {
        "form": form,
        "heading": f"A new version of “{item.title}”",
        "back": _page(item),
        "has_file": True,
    }
    return render(request, "assurance/evidence_form.html", context)


@asks(Verb.WRITE, KIND)
def retire(request: Request, reference: str) -> HttpResponse:
    """Take it out of the list."""
    item = _to_write(request, reference)
    if request.method == "POST":
        operations.retire(actor=request.person, item=item, today=request.today)
        messages.success(request, f"“{item.title}” is no longer offered.")
        return redirect("assurance:evidence_list")
    context = {
        "question": f"Take “{item.title}” out of your list?",
        "consequences": [
            "It is no longer offered for lines, nor brought forward",
            "Returns that use it keep it",
        ],
        "confirm_label": "Take it out",
        "cancel_url": _page(item),
    }
    return render(request, "govuk/confirm.html", context)


@asks(Verb.WRITE, KIND)
def take_in(request: Request, reference: str) -> HttpResponse:
    """Take a file that was given with a return into the list, so that nobody has to choose it again."""
    agency = own_agency(request)
    file = reading.one(request, documents.files(), reference=reference)
    if not asking.ask(request.person, Verb.WRITE, file.about) or file.removed_at is not None:
        raise Http404
    people = people_of(request, agency)
    said = {"title": file.name.rpartition(".")[0][:160], "document_on": file.document_on, "review_on": file.review_on,
            "marking": file.marking}  # fmt: skip
    form = ChangeEvidence(
        request.POST or None, kind=EvidenceKind.FILE, people=people, today=request.today, initial=said
    )
    if form.is_valid():
        with refusals_on(form, "title"):
            item = operations.add(
                actor=request.person, board=request.board, agency=agency, said=form.said(EvidenceKind.FILE),
                today=request.today, now=timezone.now(), taken=file,
            )  # fmt: skip
            messages.success(request, f"“{item.title}” is in your list.")
            return redirect("assurance:evidence", item.record.reference)
    context = {
        "form": form,
        "heading": f"Keep “{file.name}” in your evidence list",
        "back": documents.line(file).about_url,
    }
    return render(request, "assurance/evidence_form.html", context)


def _page(item: EvidenceItem) -> str:
    return reverse("assurance:evidence", args=[item.record.reference])
