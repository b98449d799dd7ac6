"""The list of agencies, one agency's page, and what changes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from wholestory.access.directory.doors import Refusal, keeps, sees
from wholestory.access.directory.forms import agencies as forms
from wholestory.access.directory.forms.parts import attempt, went
from wholestory.access.directory.operations import agencies as operations
from wholestory.access.directory.views import find
from wholestory.access.directory.views.downloads import download
from wholestory.access.directory.views.home import keeps_directory
from wholestory.access.directory.views.pages import confirm_page, done, form_page
from wholestory.access.requests import Request
from wholestory.access.sign_on import binding
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link
from wholestory.partners.models import Agency, Succession
from wholestory.partners.queries import agencies as queries
from wholestory.partners.rules.names import agencies_alike

COLUMNS = (
    Column("name", "Agency", sortable=True, sort_by=("by_name",)),
    Column("sector", "Sector", sortable=True),
    Column("duty_basis", "Why it answers", sortable=True),
    Column("people", "People", numeric=True, sortable=True),
    Column("since", "Since", sortable=True),
)


@sees
def agencies(request: Request) -> HttpResponse:
    """The agencies that answer to the board."""
    page = ListPage(
        request.GET,
        rows=queries.of_board(request.board, request.today),
        columns=COLUMNS,
        sort="name",
        filters=forms.AgencyFilter(request.GET),
        caption="Agencies",
        shape=_shown,
        empty="No agency answers to the board yet.",
    )
    if page.wants_export:
        return download(request, page, "Agencies", "agencies_downloaded", queries.as_rows, MORE)
    said = {"page": page, "keeps": keeps_directory(request), "total": page.total}
    return render(request, "partners/agencies.html", said)


def _shown(found: list[Any]) -> list[dict[str, Any]]:
    """Rows as the page shows them: the name leads to the agency, one that ended says so."""
    return [
        {
            **row.__dict__,
            "name": Link(row.name, reverse("partners:agency", args=[row.slug])),
            "since": _from_to(row),
        }
        for row in queries.as_rows(found)
    ]


def _from_to(row: queries.AgencyRow) -> str:
    since = in_words(row.since) if row.since else ""
    return f"{since} to {in_words(row.until)}" if row.ended and row.until else since


#: What a file holds beside the columns of the page.
MORE = (Column("short_name", "Short name"), Column("until", "Until"))


@sees
def agency(request: Request, slug: str) -> HttpResponse:
    """One agency: why it answers, its people, where it came from."""
    page = find.or_404(queries.agency_page(request.board, slug, request.today))
    held = [
        (
            Link(one.name, reverse("partners:person", args=[one.person_id])),
            f"{one.role_words}{f' of {one.group}' if one.group else ''}{' (account owner)' if one.is_owner else ''}",
            f"{in_words(one.starts_on)}{f' to {in_words(one.ends_on)}' if one.ends_on else ''}",
        )
        for one in page.held
    ]
    keeper = queries.kept_elsewhere(request.board, page.agency)
    said = {
        "page": page,
        "keeps": keeps_directory(request),
        "kept_by": operations.whom_to_ask(page.agency, keeper) if keeper else "",
        "shared": _answers_elsewhere(request, page.answers_to),
        "held": held,
        "held_columns": ("Name", "Seat", "Since"),
        "sign_on": binding.provider(page.agency.sign_on),
    }
    return render(request, "partners/agency.html", said)


def _answers_elsewhere(request: Request, answers_to: Iterable[queries.Answering]) -> bool:
    own = str(request.board.pk)
    return any(one.board_id != own and one.ends_on is None for one in answers_to)


@keeps
def agency_add(request: Request) -> HttpResponse:
    """A new agency."""
    form = forms.AgencyForm(request.POST or None, board=request.board)
    if form.is_valid():
        alike = _alike(request, form.cleaned_data["name"])
        if alike and not form.sure:
            form.doubt(f"There is {alike.name} already. Is this another one?", f"Yes, it is not {alike.name}")
        else:
            made = attempt(
                form, operations.add_agency, actor=request.person, board=request.board, details=form.details(),
                starts_on=form.cleaned_data["starts_on"],
            )  # fmt: skip
            if made:
                return done(request, f"{made.name} is added.", "partners:agency", made.slug)
    back = reverse("partners:agencies")
    return form_page(request, form, "Add an agency", back, button="Add this agency")


def _alike(request: Request, name: str) -> Agency | None:
    there = request.board.agencies.exclude(successions_out__how="duplicate").distinct()
    return next((one for one in there if one.name != name and agencies_alike(one.name, name)), None)


@keeps
def agency_change(request: Request, slug: str) -> HttpResponse:
    """Put an agency's details right."""
    found = find.agency(request, slug)
    keeper = queries.kept_elsewhere(request.board, found)
    if keeper is not None and request.method == "GET":
        messages.info(request, operations.whom_to_ask(found, keeper))
        return redirect("partners:agency", slug)
    names = ("name", "short_name", "sector", "duty_basis", "parent", "mailbox", "urn", "sign_on")
    initial = {name: getattr(found, name) for name in names}
    form = forms.AgencyForm(request.POST or None, board=request.board, agency=found, initial=initial)
    if form.is_valid() and went(
        form,
        operations.change_agency,
        actor=request.person,
        board=request.board,
        agency=found,
        details=form.details(),
    ):
        return done(request, "The agency's details are saved.", "partners:agency", slug)
    intro = "When the agency itself was renamed, merged or converted, record that instead, so that its history stays."
    back = reverse("partners:agency", args=[slug])
    return form_page(request, form, f"Change {found.name}", back, intro=intro)


@keeps
def agency_end(request: Request, slug: str) -> HttpResponse:
    """An agency no longer answers to the board."""
    found = find.agency(request, slug)
    form = forms.EndAgencyForm(request.POST or None, today=request.today)
    if form.is_valid():
        ended = attempt(
            form,
            operations.end_agency,
            actor=request.person,
            board=request.board,
            agency=found,
            **form.cleaned_data,
        )
        if ended is not None:
            seats = f" {len(ended)} seat{'s' if len(ended) != 1 else ''} end with it." if ended else ""
            return done(request, f"{found.name} ends.{seats}", "partners:agency", slug)
    held = find.agency(request, slug).seats.filter(board=request.board, ends_on=None).count()
    said = [
        f"the {held} seats held for it end on the same day"
        if held != 1
        else "the one seat held for it ends on the same day"
    ]
    said.append("everything it did for the board stays as it is")
    back = reverse("partners:agency", args=[slug])
    others = found.board_links.filter(ends_on=None).exclude(board=request.board).select_related("board")
    question, label = f"End {found.name}?", "End this agency"
    if names := sorted({link.board.name for link in others}):
        said.append(f"it goes on answering to {' and '.join(names)}")
        question, label = f"{found.name} no longer answers to your board?", "It no longer answers to us"
    return confirm_page(request, question, back, label=label, form=form, consequences=said)


@keeps
def agency_link(request: Request, slug: str) -> HttpResponse:
    """An agency that ended answers to the board again."""
    found = find.agency(request, slug)
    form = forms.LinkAgencyForm(request.POST or None)
    if form.is_valid() and went(
        form,
        operations.link_agency,
        actor=request.person,
        board=request.board,
        agency=found,
        **form.cleaned_data,
    ):
        return done(request, f"{found.name} answers to the board again.", "partners:agency", slug)
    back = reverse("partners:agency", args=[slug])
    return form_page(request, form, f"{found.name} answers to the board again", back)


@keeps
def succession_add(request: Request, slug: str) -> HttpResponse:
    """Another agency carries on from this one."""
    found = find.agency(request, slug)
    form = forms.SuccessionForm(request.POST or None, board=request.board, agency=found)
    if form.is_valid():
        made = attempt(
            form,
            operations.record_succession,
            actor=request.person,
            board=request.board,
            before=found,
            **form.cleaned_data,
        )
        if made:
            return done(request, f"{made.after.name} carries on from {found.name}.", "partners:agency", slug)
    intro = "Both keep their own history. If the new agency is not in the directory yet, add it first."
    back = reverse("partners:agency", args=[slug])
    return form_page(request, form, f"Who carries on from {found.name}?", back, intro=intro)


@keeps
def succession_remove(request: Request, slug: str, id: UUID) -> HttpResponse:
    """Take back a succession recorded by mistake."""
    found = find.agency(request, slug)
    made = get_object_or_404(Succession.objects.select_related("before", "after"), before=found, pk=id)
    back = reverse("partners:agency", args=[slug])
    if request.method == "POST":
        try:
            operations.remove_succession(actor=request.person, board=request.board, succession=made)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            return redirect(back)
        return done(request, "The succession is removed.", "partners:agency", slug)
    said = [f"{made.after.name} is no longer shown as carrying on from {found.name}"]
    return confirm_page(request, "Remove this succession?", back, label="Remove", consequences=said)
