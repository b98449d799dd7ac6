"""Putting right what is held, and who may see a restricted case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.particulars import (
    AddressForm,
    LetInForm,
    NameForm,
    NumberForm,
    ParticularsForm,
    RestrictForm,
)
from wholestory.child_deaths.models import Case
from wholestory.child_deaths.operations import particulars, restricting
from wholestory.child_deaths.operations.opening import moment
from wholestory.child_deaths.rules.partial_ages import part_in_words
from wholestory.child_deaths.views.cases import KIND, find, moment_now
from wholestory.kernel.moments import Precision, shown
from wholestory.partners.models import Area, Person, Role, Seat


@asks(Verb.WRITE, KIND, by_grant=True)
def edit(request: Request, reference: str) -> HttpResponse:
    """The child's and the death's particulars."""
    case = find(request, reference)
    areas = list(Area.objects.order_by("name"))
    form = ParticularsForm(request.POST or None, areas=areas, initial=_initial(case))
    if form.is_valid():
        said, by_key = form.cleaned_data, {str(area.pk): area for area in areas}
        born_on, born_part, born_precision = form.born()
        changes = particulars.Changes(
            case={
                **{key: said[key] for key in ("place_kind", "place_name", "died_abroad_in", "event_place")},
                "place_area": by_key.get(said["place_area"]), "event_area": by_key.get(said["event_area"]),
                "died_part": form.died_part(), "circumstances": said["circumstances"],
                "suspected_cause": said["suspected_cause"],
            },
            child={
                "born_on": born_on, "born_part": born_part, "sex": said["sex"] or "not_known",
                "ethnicity": said["ethnicity"],
                "gestation_weeks": said["gestation_weeks"], "birthweight_grams": said["birthweight_grams"],
                **({"born_precision": born_precision} if born_on != case.child.born_on or born_part else {}),
            },
            moments=form.moments(), home=_home(case, said["deprivation"]),
        )  # fmt: skip
        try:
            particulars.put_right(
                actor=request.person,
                case=case,
                changes=changes,
                reason=said["reason"],
                now=moment_now(request),
            )
        except particulars.NotPutRight as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Put right.")
            return redirect("child_deaths:case", reference)
    return render(request, "child_deaths/particulars.html", {"case": case, "form": form})


def _home(case: Case, fifth: str) -> dict[str, int | None]:
    """What was said of the home, where it changes something."""
    said = int(fifth) if fifth else None
    return {} if said == particulars.deprivation_of(case) else {"deprivation": said}


def _initial(case: Case) -> dict[str, Any]:
    child = case.child
    found: dict[str, Any] = {
        "born_on": child.born_on or child.born_part, "sex": child.sex, "ethnicity": child.ethnicity,
        "gestation_weeks": child.gestation_weeks, "birthweight_grams": child.birthweight_grams,
        "deprivation": str(particulars.deprivation_of(case) or ""),
        "place_area": str(case.place_area_id or ""), "event_area": str(case.event_area_id or ""),
    }  # fmt: skip
    for key in (
        "place_kind",
        "place_name",
        "died_abroad_in",
        "event_place",
        "circumstances",
        "suspected_cause",
    ):
        found[key] = getattr(case, key)
    for name in ("confirmed", "event", "found", "certified"):
        at = getattr(case, f"{name}_at")
        found[name] = _typed(at, getattr(case, f"{name}_precision")) if at else ""
    if not found["confirmed"] and case.died_part:
        found["confirmed"] = part_in_words(case.died_part)
    return found


def _typed(at: Any, precision: str) -> str:
    """A moment as somebody would type it, so that it is read back the same."""
    known = moment(at, precision)
    if known.precision is Precision.TIME_UNKNOWN:
        return f"{known.on.isoformat()} ??"
    if known.precision is Precision.DATE:
        return known.on.isoformat()
    words = shown(at)
    return f"about {words}" if known.precision is Precision.ABOUT else words


def _adding(
    request: Request, reference: str, form: Any, heading: str, add: Callable[[Case, dict[str, Any]], object]
) -> HttpResponse:
    case = find(request, reference)
    if form.is_valid():
        try:
            add(case, form.cleaned_data)
        except particulars.NotPutRight as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Added.")
            return redirect("child_deaths:particulars", reference)
    return render(
        request, "child_deaths/particulars_add.html", {"case": case, "form": form, "heading": heading}
    )


@asks(Verb.WRITE, KIND, by_grant=True)
def add_name(request: Request, reference: str) -> HttpResponse:
    """Another name of the child."""
    return _adding(
        request, reference, NameForm(request.POST or None), "Add a name",
        lambda case, said: particulars.add_name(actor=request.person, case=case, **said),
    )  # fmt: skip


@asks(Verb.WRITE, KIND, by_grant=True)
def add_number(request: Request, reference: str) -> HttpResponse:
    """Another number, or whose a number is."""
    return _adding(
        request, reference, NumberForm(request.POST or None), "Add a number, or say whose it is",
        lambda case, said: particulars.add_number(actor=request.person, case=case, **said),
    )  # fmt: skip


@asks(Verb.WRITE, KIND, by_grant=True)
def add_address(request: Request, reference: str) -> HttpResponse:
    """Another home."""
    return _adding(
        request, reference, AddressForm(request.POST or None), "Add an address",
        lambda case, said: particulars.add_address(
            actor=request.person, case=case,
            **{**said, "deprivation": int(said["deprivation"]) if said["deprivation"] else None},
        ),
    )  # fmt: skip


@asks(Verb.MANAGE, KIND, by_grant=True)
def restrict(request: Request, reference: str) -> HttpResponse:
    """Let only some people see a case; on a restricted one, who is in, and opening it again."""
    case = find(request, reference)
    people = _who_runs_it(case)
    if case.restricted:
        return _restricted(request, case, people)
    form = RestrictForm(request.POST or None)
    form.offer("people", [(str(one.pk), one.full_name) for one in people if one != request.person])
    if form.is_valid():
        chosen = [one for one in people if str(one.pk) in form.cleaned_data["people"]]
        restricting.restrict(
            actor=request.person,
            case=case,
            people=chosen,
            reason=form.cleaned_data["reason"],
            today=request.today,
        )
        messages.success(request, "The case is restricted: only those let in by name see it.")
        return redirect("child_deaths:restrict", reference)
    return render(request, "child_deaths/restrict.html", {"case": case, "form": form})


def _restricted(request: Request, case: Case, people: list[Person]) -> HttpResponse:
    held = restricting.in_by_name(case)
    form = LetInForm(request.POST if request.POST.get("step") == "let_in" else None)
    inside = {grant.person_id for grant in held}
    form.offer(
        "person", [("", "Choose"), *[(str(one.pk), one.full_name) for one in people if one.pk not in inside]]
    )
    now = moment_now(request)
    try:
        if form.is_valid():
            person = next(one for one in people if str(one.pk) == form.cleaned_data["person"])
            restricting.let_in(actor=request.person, case=case, person=person, today=request.today)
            return redirect("child_deaths:restrict", case.record.reference)
        if request.POST.get("step") == "keep_out":
            out = [grant.person for grant in held if str(grant.person_id) == request.POST.get("person")]
            for person in out:
                restricting.keep_out(actor=request.person, case=case, person=person, now=now)
            myself = request.person in out
            return (
                redirect("child_deaths:home")
                if myself
                else redirect("child_deaths:restrict", case.record.reference)
            )
        if request.POST.get("step") == "lift":
            restricting.lift(actor=request.person, case=case, now=now)
            messages.success(request, "Everybody who runs child death reviews sees the case again.")
            return redirect("child_deaths:case", case.record.reference)
    except restricting.CannotRestrict as refused:
        form.add_error(None, str(refused))
    return render(request, "child_deaths/restricted.html", {"case": case, "form": form, "held": held})


def _who_runs_it(case: Case) -> list[Person]:
    """The coordinators and designated doctors of the case's board."""
    seats = Seat.objects.filter(
        board=case.record.board_id, role__in=(Role.CHILD_DEATH_COORDINATOR, Role.DESIGNATED_DOCTOR)
    )
    today = case.record.board.today()
    return sorted(
        {seat.person for seat in seats.select_related("person") if seat.holds_on(today)},
        key=lambda one: one.full_name,
    )
