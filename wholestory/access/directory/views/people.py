"""The list of people, one person's page, and what changes it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from wholestory.access.directory.doors import keeps, sees
from wholestory.access.directory.forms import people as forms
from wholestory.access.directory.forms.parts import attempt, went
from wholestory.access.directory.operations import people as operations
from wholestory.access.directory.operations import seats
from wholestory.access.directory.views import find
from wholestory.access.directory.views.downloads import download
from wholestory.access.directory.views.home import acts_as_manager, keeps_directory
from wholestory.access.directory.views.pages import confirm_page, done, form_page
from wholestory.access.requests import Request
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link
from wholestory.partners.models import Person
from wholestory.partners.queries import people as queries
from wholestory.partners.rules.names import people_alike

COLUMNS = (
    Column("full_name", "Name", sortable=True, sort_by=("by_surname", "by_name")),
    Column("agencies", "Agency"),
    Column("seats_shown", "Seats"),
    Column("email", "Email address", sortable=True),
)
IN_A_FILE = (
    Column("full_name", "Name"), Column("job_title", "Job title"), Column("agencies", "Agency"),
    Column("seat_words", "Seats"), Column("email", "Email address"), Column("telephone", "Telephone"),
    Column("left_on", "Left on"),
)  # fmt: skip


@sees
def people(request: Request) -> HttpResponse:
    """The people of the board: its members for everybody on it, all of them for those who keep the directory."""
    board, today, keeper = request.board, request.today, keeps_directory(request)

    def rows(found: list[Person]) -> list[queries.PersonRow]:
        return queries.as_rows(found, board, today, members_only=not keeper)

    def shown(found: list[Person]) -> list[dict[str, Any]]:
        return [
            {
                **row.__dict__,
                "full_name": Link(row.full_name, reverse("partners:person", args=[row.id]))
                if keeper
                else row.full_name,
                "seats_shown": row.seats_shown,
            }
            for row in rows(found)
        ]

    page = ListPage(
        request.GET,
        rows=queries.of_board(board, today, members_only=not keeper),
        columns=COLUMNS,
        sort="full_name",
        filters=forms.PeopleFilter(request.GET, board=board),
        caption="People",
        shape=shown,
        empty="Nobody is in the directory yet.",
    )
    if page.wants_export:
        page.columns = list(IN_A_FILE)
        return download(request, page, "People", "people_downloaded", rows)
    return render(request, "partners/people.html", {"page": page, "keeps": keeper, "total": page.total})


@keeps
def person(request: Request, id: UUID) -> HttpResponse:
    """One person: their seats now and before, who covers for them, whether they can sign in."""
    page = find.or_404(queries.person_page(request.board, id, request.today, ["account"]))
    account = getattr(page.person, "account", None)
    is_self = page.person.pk == request.person.pk
    said = {
        "page": page,
        "account": account,
        "is_self": is_self,
        "manager": acts_as_manager(request),
    }
    return render(request, "partners/person.html", said)


@keeps
def person_add(request: Request, slug: str = "") -> HttpResponse:
    """Somebody new, with their first seat (in a group, when it is named); or somebody another board knows already."""
    board = request.board
    group = find.group(request, slug) if slug else None
    form = forms.NewPersonForm(
        request.POST or None,
        board=board,
        today=request.today,
        group=group,
        team=acts_as_manager(request),
    )
    if form.is_valid():
        known = Person.objects.filter(
            email=form.cleaned_data["email"].lower() or None, is_system=False
        ).first()
        alike = known or _alike(request, form.cleaned_data["full_name"])
        if alike and not form.sure:
            form.doubt(*_doubt(alike, known))
        elif known:
            seat = attempt(
                form, seats.give_seat, actor=request.person, board=board, person=known.joined_to or known,
                details=form.seat(), today=request.today,
            )  # fmt: skip
            if seat:
                return done(
                    request, f"{seat.person.full_name} has the seat.", "partners:person", seat.person_id
                )
        else:
            made = attempt(
                form, operations.add_person, actor=request.person, board=board, details=form.person(), seat=form.seat(),
                today=request.today,
            )  # fmt: skip
            if made:
                return done(request, f"{made[0].full_name} is added.", "partners:person", made[0].pk)
    back = reverse("partners:group", args=[group.slug]) if group else reverse("partners:people")
    title = f"Add a member of {group.name}" if group else "Add a person"
    return form_page(request, form, title, back, button="Add this person")


def _alike(request: Request, name: str) -> Person | None:
    there = Person.objects.of_flesh().filter(seats__board=request.board, joined_to=None).distinct()
    return next((one for one in there if people_alike(one.full_name, name)), None)


def _doubt(alike: Person, known: Person | None) -> tuple[str, str]:
    if known:
        # No name before the seat is given: it may be somebody only another board knows.
        return (
            "Somebody with this address is known already. Give that person the seat?",
            "Yes, give the seat to the person with this address",
        )
    return (
        f"There is {alike.full_name} ({alike.email or 'no email address'}) already. Is this somebody else?",
        f"Yes, this is not {alike.full_name}",
    )


@keeps
def person_change(request: Request, id: UUID) -> HttpResponse:
    """Put somebody's details right."""
    found = find.person(request, id)
    names = ("full_name", "email", "job_title", "telephone")
    form = forms.PersonFields(request.POST or None, initial={name: getattr(found, name) for name in names})
    if form.is_valid() and went(
        form,
        operations.change_person,
        actor=request.person,
        board=request.board,
        person=found,
        details=form.person(),
    ):
        return done(request, "The details are saved.", "partners:person", id)
    back = reverse("partners:person", args=[id])
    return form_page(request, form, f"Change {found.full_name}", back)


@keeps
def person_leave(request: Request, id: UUID) -> HttpResponse:
    """Somebody leaves: every seat ends, and their account closes."""
    found = find.person(request, id)
    form = forms.LeaveForm(request.POST or None, today=request.today)
    if form.is_valid():
        ended = attempt(
            form, operations.leave, actor=request.person, board=request.board, person=found,
            left_on=form.cleaned_data["left_on"], today=request.today, now=timezone.now(),
        )  # fmt: skip
        if ended is not None:
            return done(request, f"{found.full_name} leaves. {len(ended)} seats end.", "partners:person", id)
    back = reverse("partners:person", args=[id])
    said = [
        "every seat and every leave cover they have on this board ends on that day",
        "the day after, they see nothing of the board's and cannot sign in",
        "what they did stays, under their name",
    ]
    question = f"{found.full_name} leaves the board?"
    return confirm_page(request, question, back, label="End their seats", form=form, consequences=said)
