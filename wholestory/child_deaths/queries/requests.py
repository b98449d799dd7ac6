"""Whom to ask about a death, how each request stands, and who is to be chased across all cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case as Either
from django.db.models import IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from wholestory.child_deaths.models import (
    AWAITED,
    AgencyRequest,
    Asked,
    Case,
    RequestLink,
    RequestStep,
    Service,
)
from wholestory.child_deaths.queries import forms_asked
from wholestory.child_deaths.queries.answering import (
    addressees,
    files_of,
    forms_of,
    part_choices,
    state_words,
)
from wholestory.child_deaths.queries.summaries import Said
from wholestory.child_deaths.rules.requests import usual
from wholestory.correspondence.clock import moment_of
from wholestory.documents.queries import FileLine
from wholestory.govuk.parts import Link, Tag
from wholestory.partners.models import Agency, AgencyBoard, Board, Succession


@dataclass(frozen=True)
class Proposal:
    """One agency that may be asked. ``note`` says what somebody should know first; ``asked`` whether it was."""

    key: str
    organisation: str
    role: str
    name: str = ""
    email: str = ""
    agency: Agency | None = None
    service: Service | None = None
    note: str = ""
    asked: bool = False
    usual: bool = False


def proposals(case: Case, today: date) -> list[Proposal]:
    """Agencies the notification names, then those one usually asks and nobody named.

    Of an agency that has ended, its successor is proposed and the page says so; one without a successor is said to
    have ended. A constant number of queries.
    """
    services = list(
        Service.objects.filter(child=case.child_id).select_related("agency").order_by("created_at")
    )
    asked = set(AgencyRequest.objects.filter(case=case, revoked_at=None).values_list("service_id", flat=True))
    went = _successors([each.agency for each in services if each.agency], case.record.board, today)
    found = []
    for each in services:
        agency, note = each.agency, ""
        if agency is not None and agency.id in went:
            after = went[agency.id]
            if after is None:
                note = (
                    f"{agency.name} has ended, and no successor is recorded. Find out who holds its records."
                )
            else:
                note = f"{agency.name} has ended: {after.name} carries on from it."
                agency = after
        organisation = agency.name if agency else each.organisation
        found.append(
            Proposal(
                f"s{each.id.hex[:12]}", organisation, each.role, each.name, each.email, agency, each, note,
                each.id in asked,
            )
        )  # fmt: skip
    age = forms_asked.age_of(case, case.child)
    named = {each.role.casefold() for each in services}
    found += [
        Proposal(f"u{place}", "", role, usual=True)
        for place, role in enumerate(usual(age.years if age else None))
        if role.casefold() not in named
    ]
    return found


def _successors(agencies: Iterable[Agency], board: Board, today: date) -> dict[UUID, Agency | None]:
    """Of agencies that no longer answer to the board: who carries on, or None where nobody is recorded."""
    held = {each.id: each for each in agencies}
    if not held:
        return {}
    gone = {key for key, each in held.items() if each.ends_on and each.ends_on < today}
    answers = AgencyBoard.objects.filter(board=board, agency__in=held, starts_on__lte=today)
    linked = AgencyBoard.objects.filter(board=board, agency__in=held).values_list("agency", flat=True)
    going_on = set(answers.exclude(ends_on__lt=today).values_list("agency", flat=True))
    gone |= set(linked) - going_on
    after: dict[UUID, list[Agency]] = {}
    for one in Succession.objects.exclude(how="duplicate").select_related("after"):
        after.setdefault(one.before_id, []).append(one.after)
    found: dict[UUID, Agency | None] = {}
    for key in gone:
        seen, look, found[key] = {key}, list(after.get(key, ())), None
        while look:
            nearest = look.pop(0)
            if nearest.id in seen:
                continue
            seen.add(nearest.id)
            if not nearest.ends_on or nearest.ends_on >= today:
                found[key] = nearest
                break
            look += after.get(nearest.id, ())
    return found


@dataclass(frozen=True)
class Line:
    """One request in a list."""

    record_id: UUID
    reference: Link
    case: Link
    organisation: str
    role: str
    state: Tag
    asked_on: date
    due_on: date
    days: str
    note: str
    remind: Link | str


def every() -> Any:
    """A queryset of requests for lists, each with the day it is due at last (``last``) and awaited ones before others
    (``order``)."""
    rows = AgencyRequest.objects.select_related("record", "case__record", "agency")
    return rows.annotate(
        last=Coalesce("extended_to", "due_on"),
        order=Either(When(state__in=AWAITED, then=Value(0)), default=Value(1), output_field=IntegerField()),
    )


def of_case(case: Case) -> list[AgencyRequest]:
    """Everything that was asked about one case, what is awaited first."""
    return list(every().filter(case=case).order_by("order", "last", "organisation", "pk"))


def lines(rows: Iterable[AgencyRequest], today: date) -> list[Line]:
    """Rows as lists show them; no query."""
    return [_line(each, today) for each in rows]


def _line(each: AgencyRequest, today: date) -> Line:
    case = each.case.record.reference
    words, tone = state_words(each, today)
    late = (today - each.last_on).days if each.awaited else 0
    notes = []
    if each.extended_to:
        notes.append("More time given")
    if each.reopened:
        notes.append("Opened again")
    if each.after_final:
        notes.append("Came after the review was final")
    return Line(
        each.record_id,
        Link(each.record.reference, reverse("child_deaths:request", args=[case, each.record.reference])),
        Link(case, reverse("child_deaths:requests", args=[case])),
        each.organisation,
        each.role,
        Tag(words, tone),
        each.asked_on,
        each.last_on,
        f"{late} day{'' if late == 1 else 's'} late" if late > 0 else "",
        ". ".join(notes),
        Link("Send a reminder", reverse("child_deaths:request_remind", args=[case, each.record.reference]))
        if each.awaited
        else "",
    )


@dataclass(frozen=True)
class SentLink:
    """A link that was sent, at moments of the board's own day: an example's stands still, and its links run on."""

    issued_at: datetime
    opened_at: datetime | None
    sent: bool
    withdrawn: bool


@dataclass(frozen=True)
class Sent:
    """One addressee with the links they were sent."""

    key: UUID
    name: str
    email: str
    parts: str
    named_by: str
    links: list[SentLink]


@dataclass(frozen=True)
class Page:
    """Everything the coordinator sees of one request."""

    line: Line
    people: list[Sent]
    steps: list[RequestStep]
    files: list[FileLine]
    parted: list[RequestStep] = field(default_factory=list)


def page(request: AgencyRequest, today: date) -> Page:
    """One request, its people, what was done, its files; wrong files that were put aside come apart."""
    forms = forms_of(request)
    titles = dict(part_choices(forms))
    links: dict[UUID, list[SentLink]] = {}
    board = request.record.board
    for one in RequestLink.objects.filter(request_record=request.record_id).order_by("issued_at"):
        links.setdefault(one.addressee, []).append(
            SentLink(
                moment_of(board, one.issued_at), moment_of(board, one.opened_at) if one.opened_at else None,
                one.sent_at is not None, one.revoked_at is not None,
            )
        )  # fmt: skip
    steps = list(
        RequestStep.objects.filter(request=request)
        .select_related("by", "person", "file")
        .order_by("at", "created_at")
    )
    return Page(
        line=_line(request, today),
        people=[
            Sent(
                each.id, each.person.full_name, each.person.email or "",
                "; ".join(titles.get(part, part) for part in each.parts) or "All of it",
                each.named_by.full_name, links.get(each.id, []),
            )
            for each in addressees(request)
        ],
        steps=steps,
        files=files_of(request),
        parted=[each for each in steps if each.what == RequestStep.What.FILE_PARTED],
    )  # fmt: skip


def overdue(rows: Any, today: date) -> Any:
    """Those that should have come by now."""
    return rows.filter(state__in=AWAITED, last__lt=today)


def summary(case: Case) -> list[Said]:
    """One line for the page of the case."""
    today = case.record.board.today()
    url = reverse("child_deaths:requests", args=[case.record.reference])
    states = list(
        AgencyRequest.objects.filter(case=case, revoked_at=None).values_list(
            "state", Coalesce("extended_to", "due_on")
        )
    )
    if not states:
        return [Said("What agencies know", "Nobody has been asked yet", url, "not_started")]
    back = sum(state in (Asked.RETURNED, Asked.NOTHING) for state, _ in states)
    late = sum(state in AWAITED and last < today for state, last in states)
    said = f"{back} of {len(states)} agencies have answered" + (f", {late} overdue" if late else "")
    tone = "overdue" if late else ("done" if back == len(states) else "in_progress")
    return [Said("What agencies know", said, url, tone)]


def agencies_asked(today: date) -> list[str]:
    """The organisations of requests this person may see, for narrowing the chase list."""
    rows = AgencyRequest.objects.filter(Q(state__in=AWAITED) | Q(answered_on__gt=today - timedelta(days=366)))
    return list(rows.order_by("organisation").values_list("organisation", flat=True).distinct())
