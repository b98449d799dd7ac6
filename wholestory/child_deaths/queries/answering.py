"""What somebody who was asked sees of a request: their agency's answers, and of the child what finds its records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from wholestory.child_deaths.models import Addressee, AgencyRequest, Asked, RequestForm
from wholestory.child_deaths.rules import nhs_number
from wholestory.child_deaths.rules.facts import day_words
from wholestory.child_deaths.rules.partial_ages import part_in_words
from wholestory.child_deaths.rules.requests import split_part
from wholestory.documents.queries import FileLine, evidence
from wholestory.govuk.parts import Tag, Task
from wholestory.paperwork.faces.base import name_of
from wholestory.paperwork.queries import filled, form_of, said_in
from wholestory.partners.models import Person

TONES: Mapping[str, str] = {
    Asked.ASKED: "not_started",
    Asked.OPENED: "waiting",
    Asked.STARTED: "in_progress",
    Asked.NOTHING: "done",
    Asked.RETURNED: "done",
    Asked.REVOKED: "not_needed",
}


@dataclass(frozen=True)
class Colleague:
    """Somebody else who answers the same request."""

    id: UUID
    name: str
    email: str
    parts: str
    named_by: str


def rows() -> QuerySet[AgencyRequest]:
    """Requests with what every page of one needs. The case is not joined: whoever was asked may not see it."""
    return AgencyRequest.objects.select_related("record__board", "panel", "asked_by", "answered_by")


def of_child(request: AgencyRequest) -> list[tuple[str, str]]:
    """What the agency is told of the child, as lines of a summary."""
    told = request.about
    lines = [("Name", " or ".join(told.get("names") or ["No name given"]))]
    if told.get("born"):
        about = "about " if told.get("born_about") else ""
        lines.append(("Date of birth", about + _as_told(told["born"])))
    if told.get("died"):
        lines.append(("Date of death", _as_told(told["died"])))
    lines.append(("NHS number", nhs_number.in_words(told.get("nhs_number") or "") or "Not known to us"))
    lines += [("Address", home) for home in told.get("addresses") or ["Not known to us"]]
    return lines


def told_already(request: AgencyRequest, form: RequestForm, page: str) -> str:
    """Above a page that asks who the child is: what we hold, so that nobody writes it out again. Empty elsewhere.

    It is not written into the form: an answer there is what the agency's own records say.
    """
    asked = form_of(form.answers.form_version).page_by_key.get(page)
    if asked is None or page != "identity":
        return ""
    held = "; ".join(f"{label}: {words}" for label, words in of_child(request))
    return (
        f"What we were told of the child. {held}. Under “The child”, write only what your records say differently, or"
        " what we do not have."
    )


def _as_told(day: str) -> str:
    """A whole day, or the month or year where that is all we know."""
    return (
        day_words(date.fromisoformat(day))
        if len(day) == 10
        else f"{part_in_words(day)} (we do not know the day)"
    )


def forms_of(request: AgencyRequest) -> list[RequestForm]:
    """The forms of a request, in their order, with what each asks."""
    return list(RequestForm.objects.filter(request=request).select_related("answers__form_version"))


def tasks(request: AgencyRequest, forms: list[RequestForm], mine: list[str] | None) -> list[Task]:
    """The forms as things to do, each with how much has been written. ``mine``: the parts of a person who has only
    some."""
    said = said_in([each.answers_id for each in forms])
    found = []
    for each in forms:
        counted = said.get(each.answers_id)
        written = (counted.answered + counted.nothing) if counted else 0
        if each.answers.status == "submitted":
            tag = Tag("Sent", "done")
        else:
            tag = Tag("Begun", "in_progress") if written else Tag("Not started", "not_started")
        hint = f"{written} answer{'' if written == 1 else 's'} so far"
        if mine and not any(split_part(part)[0] == each.key for part in mine):
            hint += ". A colleague was asked for this one"
        found.append(Task(each.title, form_url(request, each), tag, hint))
    return found


def form_url(request: AgencyRequest, form: RequestForm) -> str:
    """Where one form of a request is filled in."""
    return reverse(
        "child_deaths:asked_form_tasks", kwargs={"reference": request.record.reference, "form": form.key}
    )


def addressees(request: AgencyRequest) -> list[Addressee]:
    """Everybody who answers it now, first named first."""
    found = Addressee.objects.filter(request=request, withdrawn_at=None).select_related("person", "named_by")
    return list(found.order_by("named_at", "id"))


def parts_of(request: AgencyRequest, person: Person) -> list[str] | None:
    """The parts this person was given: an empty list is all of it, None is none."""
    return (
        Addressee.objects.filter(request=request, person=person, withdrawn_at=None)
        .values_list("parts", flat=True)
        .first()
    )


def colleagues(request: AgencyRequest, forms: list[RequestForm]) -> list[Colleague]:
    """Everybody who answers it, with their parts in words."""
    titles = dict(part_choices(forms))
    return [
        Colleague(
            each.id,
            each.person.full_name,
            each.person.email or "",
            "; ".join(titles.get(part, part) for part in each.parts) or "All of it",
            each.named_by.full_name,
        )
        for each in addressees(request)
    ]


def part_choices(forms: list[RequestForm]) -> list[tuple[str, str]]:
    """Every form and page that can be given to somebody, in words."""
    found = []
    for each in forms:
        found.append((each.key, f"{each.title}: all of it"))
        pages = form_of(each.answers.form_version).pages
        found += [(f"{each.key}:{page.key}", f"{each.title}: {page.title}") for page in pages]
    return found


def state_words(request: AgencyRequest, today: date) -> tuple[str, str]:
    """Where it stands, and the tone of its tag; overdue counts before asked, opened and begun."""
    if request.awaited and today > request.last_on:
        return "Overdue", "overdue"
    return Asked(request.state).label, TONES[request.state]


def files_of(request: AgencyRequest) -> list[FileLine]:
    """Files attached to the answer, wrong ones that were put aside left out."""
    return list(evidence(request.record).files)


@dataclass(frozen=True)
class ToPutRight:
    """Something that keeps a form from being sent, and where it is put right."""

    words: str
    url: str


def problems(request: AgencyRequest, forms: list[RequestForm], today: date) -> list[ToPutRight]:
    """Everything that keeps the request from being sent, over all its forms, each with its question."""
    found = []
    for each in forms:
        sheet = filled(each.answers).sheet
        for problem in sheet.problems(today):
            asked = sheet.form.asked[problem.place.key]
            group = asked.inside
            place = [each.title if len(forms) > 1 else problem.page.title, asked.section.title]
            if group is not None:
                place.append(f"{group.noun} {sheet.items(group).index(problem.place.item) + 1}")
            where = {"reference": request.record.reference, "form": each.key, "page": problem.page.key}
            found.append(
                ToPutRight(
                    f"{', '.join(filter(None, place))}: “{asked.question.label}”. {problem.message}",
                    f"{reverse('child_deaths:asked_form_page', kwargs=where)}#q-{name_of(problem.place)}",
                )
            )
    return found
