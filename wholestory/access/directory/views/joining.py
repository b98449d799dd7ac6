"""Entries that are one: finding them, seeing what would move, joining them and taking it back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access.directory.doors import Refusal, keeps
from wholestory.access.directory.forms.agencies import JoinAgencyForm
from wholestory.access.directory.forms.parts import by_name
from wholestory.access.directory.forms.people import JoinPersonForm
from wholestory.access.directory.models import Joining
from wholestory.access.directory.operations import joining as operations
from wholestory.access.directory.views import find
from wholestory.access.directory.views.pages import done, form_page
from wholestory.access.requests import Request
from wholestory.govuk.parts import Column, Link
from wholestory.partners.models import Agency, Person
from wholestory.partners.rules.names import agencies_alike, candidates, index_of, people_alike

Entry = Agency | Person


@keeps
def doubles(request: Request) -> HttpResponse:
    """Entries that look alike, and joinings that were made."""
    people = by_name(Person.objects.of_flesh().filter(seats__board=request.board, joined_to=None).distinct())
    index = index_of(one.full_name for one in people)
    pairs: list[tuple[Entry, Entry]] = []
    for at, one in enumerate(people):
        near = [n for n in candidates(one.full_name, index) if n > at]
        pairs += [(one, people[n]) for n in near if people_alike(one.full_name, people[n].full_name)]
    agencies = by_name(request.board.agencies.exclude(successions_out__how="duplicate").distinct())
    for at, agency in enumerate(agencies):
        pairs += [(agency, other) for other in agencies[at + 1 :] if _maybe_one(agency, other)]
    made = (
        Joining.objects.filter(board=request.board)
        .select_related("joined_by")
        .order_by("-joined_at", "id")[:50]
    )
    rows = [(_named(one), _named(other), _look(one, other)) for one, other in pairs[:100]]
    said = {
        "columns": ("One entry", "Another entry", Column("look", "What to do")),
        "rows": rows,
        "made": _made(list(made)),
        "made_columns": ("Joined", "To", "What to do"),
    }
    return render(request, "partners/doubles.html", said)


def _maybe_one(one: Agency, other: Agency) -> bool:
    """Names that are close, but not a body and its own part, nor two bodies that sit elsewhere."""
    if one.pk == other.parent_id or other.pk == one.parent_id:
        return False
    return (one.sector == other.sector or "other" in {one.sector, other.sector}) and agencies_alike(
        one.name, other.name
    )


def _named(one: Entry) -> str:
    return f"{one.full_name} ({one.email or 'no address'})" if isinstance(one, Person) else one.name


def _look(one: Entry, other: Entry) -> Link:
    url = _confirm_url(one, other)
    return Link("Compare", url, f"{_named(one)} and {_named(other)}")


def _confirm_url(kept: Entry, double: Entry) -> str:
    if isinstance(kept, Agency) and isinstance(double, Agency):
        return reverse("partners:agency_join", args=[kept.slug, double.slug])
    return reverse("partners:person_join", args=[kept.pk, double.pk])


def _made(made: list[Joining]) -> list[tuple[str, str, Link]]:
    keys = {key for one in made for key in (one.kept, one.double)}
    names = {one.pk: one.full_name for one in Person.objects.filter(pk__in=keys)}
    names |= {one.pk: one.name for one in Agency.objects.filter(pk__in=keys)}
    return [
        (
            names.get(one.double, ""),
            names.get(one.kept, ""),
            Link("Look", reverse("partners:joined", args=[one.pk]), names.get(one.double, "")),
        )
        for one in made
    ]


@keeps
def agency_join_choose(request: Request, slug: str) -> HttpResponse:
    """Which entry is the double of this agency."""
    kept = find.agency(request, slug)
    form = JoinAgencyForm(request.POST or None, board=request.board, agency=kept)
    if form.is_valid():
        return redirect("partners:agency_join", kept.slug, form.cleaned_data["other"].slug)
    back = reverse("partners:agency", args=[slug])
    intro = "Nothing is changed yet: you see first what would move."
    return form_page(
        request, form, f"Join another entry to {kept.name}", back, button="Continue", intro=intro
    )


@keeps
def person_join_choose(request: Request, id: UUID) -> HttpResponse:
    """Which entry is the double of this person."""
    kept = find.person(request, id)
    form = JoinPersonForm(request.POST or None, board=request.board, person=kept)
    if form.is_valid():
        return redirect("partners:person_join", kept.pk, form.cleaned_data["other"].pk)
    back = reverse("partners:person", args=[id])
    intro = "Nothing is changed yet: you see first what would move."
    return form_page(
        request, form, f"Join another entry to {kept.full_name}", back, button="Continue", intro=intro
    )


@keeps
def agency_join(request: Request, slug: str, double: str) -> HttpResponse:
    """What joining two agencies would move, and doing it."""
    return _join(request, find.agency(request, slug), find.agency(request, double))


@keeps
def person_join(request: Request, id: UUID, double: UUID) -> HttpResponse:
    """What joining two people would move, and doing it."""
    return _join(request, find.person(request, id), find.person(request, double))


def _join(request: Request, kept: Entry, double: Entry) -> HttpResponse:
    refused = ""
    try:
        operations.check(actor=request.person, board=request.board, kept=kept, double=double)
        if request.method == "POST":
            made = operations.join(
                actor=request.person,
                board=request.board,
                kept=kept,
                double=double,
                today=request.today,
                now=timezone.now(),
            )
            return done(request, f"{_named(double)} is joined to {_named(kept)}.", "partners:joined", made.pk)
    except Refusal as refusal:
        refused = refusal.sentence
    said = {
        "kept": kept,
        "double": double,
        "kept_rows": _rows(kept),
        "double_rows": _rows(double),
        "refused": refused,
        "preview": None if refused else operations.preview(board=request.board, double=double),
        "turned_url": _confirm_url(double, kept),
        "back_url": _page_of(kept),
        "is_person": isinstance(kept, Person),
        "page_has_errors": bool(refused),
    }
    return render(request, "partners/join.html", said)


def _page_of(one: Entry) -> str:
    if isinstance(one, Agency):
        return reverse("partners:agency", args=[one.slug])
    return reverse("partners:person", args=[one.pk])


def _rows(one: Entry) -> list[tuple[str, str]]:
    if isinstance(one, Agency):
        return [
            ("Name", one.name),
            ("Short name", one.short_name or "None"),
            ("Sector", one.get_sector_display()),
            ("Why it answers", one.get_duty_basis_display()),
            ("Role mailbox", one.mailbox or "None"),
            ("URN", one.urn or "None"),
        ]
    return [
        ("Name", one.full_name),
        ("Email address", one.email or "None"),
        ("Job title", one.job_title or "Not known"),
        ("Telephone", one.telephone or "Not known"),
    ]


@keeps
def joined(request: Request, id: UUID) -> HttpResponse:
    """What a joining moved, and taking it back."""
    made = get_object_or_404(
        Joining.objects.select_related("joined_by", "undone_by"), board=request.board, pk=id
    )
    refused, left = "", []
    if request.method == "POST":
        try:
            left = operations.undo(
                actor=request.person, board=request.board, made=made, today=request.today, now=timezone.now()
            )
        except Refusal as refusal:
            refused = refusal.sentence
        else:
            stays = f" {len(left)} things have changed since and stay where they are." if left else ""
            return done(request, f"The two entries are apart again.{stays}", "partners:joined", id)
    kept, double = operations.entries(made)
    said = {
        "made": made,
        "kept": _named(kept),
        "double": _named(double),
        "kept_url": _page_of(kept),
        "refused": refused,
        "may_undo": operations.may_undo(made, timezone.now()),
        "moved": len(made.moved),
        "stayed": len(made.stayed),
        "page_has_errors": bool(refused),
    }
    return render(request, "partners/joined.html", said)
