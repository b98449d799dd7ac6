"""Giving, changing and ending seats, and leave cover."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wholestory.access.directory.doors import keeps
from wholestory.access.directory.forms import people as forms
from wholestory.access.directory.forms.parts import attempt, went
from wholestory.access.directory.operations import seats, standing_in
from wholestory.access.directory.views import find
from wholestory.access.directory.views.home import acts_as_manager
from wholestory.access.directory.views.pages import confirm_page, done, form_page
from wholestory.access.requests import Request
from wholestory.govuk.forms.dates import in_words


@keeps
def seat_add(request: Request, id: UUID) -> HttpResponse:
    """Another seat for somebody in the directory."""
    person = find.person(request, id)
    form = forms.SeatForm(
        request.POST or None,
        board=request.board,
        today=request.today,
        team=acts_as_manager(request),
    )
    if form.is_valid():
        seat = attempt(
            form,
            seats.give_seat,
            actor=request.person,
            board=request.board,
            person=person,
            details=form.seat(),
            today=request.today,
        )
        if seat:
            return done(request, f"{person.full_name} has the seat: {seat}.", "partners:person", id)
    back = reverse("partners:person", args=[id])
    return form_page(request, form, f"Give {person.full_name} a seat", back, button="Give this seat")


@keeps
def seat_change(request: Request, id: UUID) -> HttpResponse:
    """Put a seat right."""
    seat = find.seat(request, id)
    names = ("role", "agency", "group", "starts_on", "ends_on", "is_account_owner")
    initial = {name: getattr(seat, name) for name in names}
    form = forms.SeatForm(
        request.POST or None,
        board=request.board,
        today=request.today,
        team=acts_as_manager(request),
        initial=initial,
    )
    if form.is_valid() and went(
        form, seats.change_seat, actor=request.person, seat=seat, details=form.seat(), today=request.today
    ):
        return done(request, "The seat is saved.", "partners:person", seat.person_id)
    back = reverse("partners:person", args=[seat.person_id])
    intro = "When somebody's seat became another one, end this seat and give a new one, so that the history stays."
    return form_page(request, form, f"Change {seat.person.full_name}'s seat", back, intro=intro)


@keeps
def seat_end(request: Request, id: UUID) -> HttpResponse:
    """The last day of a seat."""
    seat = find.seat(request, id)
    form = forms.EndForm(request.POST or None, today=request.today)
    if form.is_valid():
        given = form.cleaned_data["ends_on"]
        if attempt(form, seats.end_seat, actor=request.person, seat=seat, ends_on=given, today=request.today):
            said = f"{seat.person.full_name}'s seat ends on {in_words(given)}."
            return done(request, said, "partners:person", seat.person_id)
    back = reverse("partners:person", args=[seat.person_id])
    consequences = [
        "from the next day on they see nothing that this seat opened",
        "leave cover for the seat ends with it",
    ]
    question = f"End this seat of {seat.person.full_name}: {seat}?"
    return confirm_page(request, question, back, label="End this seat", form=form, consequences=consequences)


@keeps
def cover_add(request: Request, id: UUID) -> HttpResponse:
    """Somebody acts in a seat while its holder is away."""
    seat = find.seat(request, id)
    form = forms.CoverForm(request.POST or None, board=request.board, seat=seat, today=request.today)
    if form.is_valid():
        made = attempt(
            form,
            standing_in.cover_leave,
            actor=request.person,
            seat=seat,
            today=request.today,
            **form.cleaned_data,
        )
        if made:
            said = f"{made.person.full_name} covers the seat until {in_words(form.cleaned_data['ends_on'])}."
            return done(request, said, "partners:person", seat.person_id)
    back = reverse("partners:person", args=[seat.person_id])
    intro = "They see and do what this seat opens on those days, and what they do is recorded under their own name."
    title = f"Who covers for {seat.person.full_name}, {seat}?"
    return form_page(request, form, title, back, intro=intro, button="Save this cover")


@keeps
def cover_end(request: Request, id: UUID) -> HttpResponse:
    """Leave cover ends early, or is taken back."""
    cover = find.cover(request, id)
    form = forms.EndForm(request.POST or None, today=request.today)
    if form.is_valid() and went(
        form,
        standing_in.end_cover,
        actor=request.person,
        cover=cover,
        ends_on=form.cleaned_data["ends_on"],
    ):
        return done(request, "The cover ends.", "partners:person", cover.seat.person_id)
    back = reverse("partners:person", args=[cover.seat.person_id])
    said = [
        f"{cover.person.full_name} acts in this seat until the end of that day",
        "a day before the first takes the cover back",
    ]
    question = f"End {cover.person.full_name}'s cover for {cover.seat.person.full_name}?"
    return confirm_page(request, question, back, label="End this cover", form=form, consequences=said)


@keeps
def group_member_add(request: Request, slug: str) -> HttpResponse:
    """A seat in a group for somebody who is in the directory."""
    group = find.group(request, slug)
    form = forms.GroupMemberForm(
        request.POST or None, board=request.board, team=False, today=request.today, group=group
    )
    if form.is_valid():
        person = form.cleaned_data["person"]
        seat = attempt(
            form,
            seats.give_seat,
            actor=request.person,
            board=request.board,
            person=person,
            details=form.seat(),
            today=request.today,
        )
        if seat:
            return done(request, f"{person.full_name} is a member of {group.name}.", "partners:group", slug)
    back = reverse("partners:group", args=[slug])
    new = reverse("partners:group_person_add", args=[slug])
    return form_page(
        request,
        form,
        f"Add a member of {group.name}",
        back,
        button="Add this member",
        other_url=new,
        other_label="They are not in the directory yet",
    )
