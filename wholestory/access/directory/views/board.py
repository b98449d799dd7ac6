"""Keeping the board's own details, its areas and its counterparts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from wholestory.access.directory.doors import keeps
from wholestory.access.directory.forms.board import AreaForm, BoardForm
from wholestory.access.directory.forms.parts import attempt, went
from wholestory.access.directory.forms.people import CounterpartForm, EndForm
from wholestory.access.directory.operations import boards, standing_in
from wholestory.access.directory.views.pages import confirm_page, done, form_page
from wholestory.access.requests import Request
from wholestory.partners.models import Area, Counterpart

HOME = "partners:home"


@keeps
def details(request: Request) -> HttpResponse:
    """Put the board's details right, end it, or name its successor."""
    board = request.board
    names = (
        "name",
        "short_name",
        "kind",
        "edition",
        "valid_from",
        "valid_to",
        "successor",
        "mailbox",
        "telephone",
        "website",
    )
    form = BoardForm(
        request.POST or None, board=board, initial={name: getattr(board, name) for name in names}
    )
    if form.is_valid() and went(
        form, boards.change_board, actor=request.person, board=board, details=form.details()
    ):
        return done(request, "The board's details are saved.", HOME)
    return form_page(request, form, "The board's details", reverse(HOME))


@keeps
def area_add(request: Request) -> HttpResponse:
    """The board answers for another area."""
    form = AreaForm(request.POST or None)
    if form.is_valid():
        area = attempt(form, boards.add_area, actor=request.person, board=request.board, **form.cleaned_data)
        if area:
            return done(request, f"{area.name} is added.", HOME)
    return form_page(request, form, "Add an area", reverse(HOME), button="Add this area")


@keeps
def area_change(request: Request, id: UUID) -> HttpResponse:
    """Put an area's name or code right."""
    area = get_object_or_404(Area, boards=request.board, pk=id)
    form = AreaForm(request.POST or None, initial={"name": area.name, "code": area.code})
    if form.is_valid() and went(
        form, boards.change_area, actor=request.person, board=request.board, area=area, **form.cleaned_data
    ):
        return done(request, "The area is saved.", HOME)
    remove = reverse("partners:area_remove", args=[area.id])
    return form_page(
        request, form, "Change an area", reverse(HOME), other_url=remove, other_label="Remove this area"
    )


@keeps
def area_remove(request: Request, id: UUID) -> HttpResponse:
    """The board no longer answers for an area."""
    area = get_object_or_404(Area, boards=request.board, pk=id)
    if request.method == "POST":
        boards.remove_area(actor=request.person, board=request.board, area=area)
        return done(request, f"{area.name} is removed.", HOME)
    said = ["the board no longer answers for this area", "nothing that was recorded about it changes"]
    return confirm_page(
        request, f"Remove {area.name}?", reverse(HOME), label="Remove this area", consequences=said
    )


@keeps
def counterpart_add(request: Request) -> HttpResponse:
    """Name the sister board's person who may be second."""
    form = CounterpartForm(request.POST or None, today=request.today)
    if form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            standing_in.name_counterpart,
            actor=request.person,
            board=request.board,
            person=given["email"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
        )
        if made:
            return done(request, f"{made.person.full_name} is a counterpart.", HOME)
    intro = (
        "Where two people must agree and one of ours is away, a named person of a sister board may be the second. "
        "They see what they are asked about, and nothing else."
    )
    return form_page(
        request, form, "Name a counterpart", reverse(HOME), button="Name this person", intro=intro
    )


@keeps
def counterpart_end(request: Request, id: UUID) -> HttpResponse:
    """A counterpart is no longer called upon."""
    counterpart = get_object_or_404(
        Counterpart.objects.select_related("person", "board"), board=request.board, pk=id
    )
    form = EndForm(request.POST or None, today=request.today)
    if form.is_valid() and went(
        form,
        standing_in.end_counterpart,
        actor=request.person,
        counterpart=counterpart,
        ends_on=form.cleaned_data["ends_on"],
    ):
        return done(request, f"{counterpart.person.full_name} is no longer a counterpart.", HOME)
    question = f"End {counterpart.person.full_name} as counterpart?"
    return confirm_page(
        request,
        question,
        reverse(HOME),
        label="End",
        form=form,
        consequences=["nobody stands second from that day on"],
    )
