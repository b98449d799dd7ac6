"""Restricting a case: nobody is in by their seat any more, and each person is let in by name (witness protection, a
colleague's child, a case in the news)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.models import Grant
from wholestory.access.verbs import Verb
from wholestory.child_deaths import figures_signals
from wholestory.child_deaths.models import Case, Notification, NotificationStep
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person
from wholestory.records import opening
from wholestory.records.models import Circle, Protected, Record

ROLE = "restricted_case"
#: The circles that hold parts of one case. What was handed to another panel stays with both.
#: How members of a panel come in: by the meeting that lists the case.
_OF_THE_PANEL = ("overview_panel", "overview_chair")
#: Rooms that may keep a part of a case.
_ROOMS = ("child_deaths", "records", "access", "paperwork", "pathways", "documents", "correspondence", "actions",
          "meetings", "learning")  # fmt: skip
_OF_A_CASE = ("death_case", "death_family", "death_request", "death_review")


class CannotRestrict(ValueError):
    """It cannot be restricted, or opened, like that; the sentence says why."""


@transaction.atomic
def restrict(*, actor: Person, case: Case, people: Sequence[Person], reason: str, today: date) -> None:
    """Let in only ``people`` and whoever restricts it; messages about it go with it, and the panel is let in no longer.
    An agency that was asked keeps its own request, and a key worker the family's record. Raises CannotRestrict."""
    asking.require(actor, Verb.MANAGE, case.record)
    if case.restricted:
        raise CannotRestrict("This case is restricted already.")
    if not reason.strip():
        raise CannotRestrict("Say why only some people may see it.")
    nobody = opening.office(case.record.board, "nobody")
    ledger.line("child_deaths.restricted", case.record)
    circles = _circles(case)
    _grants(circles, [actor, *people], actor, today, nobody.pk)
    _panel_out(circles, [actor, *people])
    _messages_into(case)
    _move(circles, nobody.pk)
    Case.objects.filter(pk=case.pk).update(restricted=True)
    figures_signals.changed(case)
    case.refresh_from_db()


@transaction.atomic
def let_in(*, actor: Person, case: Case, person: Person, today: date) -> None:
    """Let one more person in to a restricted case."""
    asking.require(actor, Verb.MANAGE, case.record)
    if not case.restricted:
        raise CannotRestrict("This case is not restricted.")
    ledger.line("child_deaths.let_in", case.record)
    _grants(_circles(case), [person], actor, today, case.office_id)


@transaction.atomic
def keep_out(*, actor: Person, case: Case, person: Person, now: Moment) -> None:
    """Let somebody in no longer. Whoever is the last one in stays."""
    asking.require(actor, Verb.MANAGE, case.record)
    circles = _circles(case)
    held = Grant.objects.filter(circle__in=circles, role=ROLE, withdrawn_at=None)
    if not held.filter(circle=case.circle_id).exclude(person=person).exists():
        raise CannotRestrict("Somebody has to be able to see the case: let somebody else in first.")
    ledger.line("child_deaths.kept_out", case.record)
    held.filter(person=person).update(withdrawn_at=now.at)
    derive.rewrite(person)


@transaction.atomic
def lift(*, actor: Person, case: Case, now: Moment) -> None:
    """Open a restricted case again to everybody who runs child death reviews."""
    asking.require(actor, Verb.MANAGE, case.record)
    if not case.restricted:
        raise CannotRestrict("This case is not restricted.")
    office = opening.office(case.record.board, "child_deaths")
    ledger.line("child_deaths.restriction_lifted", case.record)
    circles = _circles(case)
    Case.objects.filter(pk=case.pk).update(restricted=False)
    figures_signals.changed(case)
    _move(circles, office.pk)
    held = Grant.objects.filter(circle__in=circles, role=ROLE, withdrawn_at=None)
    people = [grant.person for grant in held.select_related("person")]
    held.update(withdrawn_at=now.at)
    derive.rewrite(*people)
    case.refresh_from_db()


def in_by_name(case: Case) -> list[Grant]:
    """Who was let in by name, first in first."""
    held = Grant.objects.filter(circle=case.circle_id, role=ROLE, withdrawn_at=None)
    return list(held.select_related("person").order_by("created_at"))


def _circles(case: Case) -> set[int]:
    """The case's own circle and those of its parts."""
    found = {case.circle_id}
    for model in _models("child_deaths"):
        if issubclass(model, Protected) and any(field.name == "case" for field in model._meta.fields):
            found |= set(
                _rows(model).filter(case=case).order_by().values_list("circle_id", flat=True).distinct()
            )
    return set(Circle.objects.filter(pk__in=found, kind__in=_OF_A_CASE).values_list("pk", flat=True))


def _models(room: str) -> Any:
    return apps.get_app_config(room).get_models()


def _rows(model: type[Protected]) -> Any:
    return model._default_manager


def _grants(circles: set[int], people: Sequence[Person], actor: Person, today: date, office: int) -> None:
    there = set(
        Grant.objects.filter(circle__in=circles, role=ROLE, withdrawn_at=None).values_list(
            "circle_id", "person_id"
        )
    )
    wanted = {person.pk: person for person in people}.values()
    grants = [
        Grant(
            circle_id=circle, office_id=office, person=person, role=ROLE, purpose="restricted_case", starts_on=today,
            given_by=actor,
        )
        for circle in sorted(circles)
        for person in wanted
        if (circle, person.pk) not in there
    ]  # fmt: skip
    derive.add_grants(grants)
    Grant.objects.bulk_create(grants)


def _panel_out(circles: set[int], named: Sequence[Person]) -> None:
    """Members and chair of the panel are in by a meeting, not by name: they go out, unless they are named too."""
    held = Grant.objects.filter(circle__in=circles, role__in=_OF_THE_PANEL, withdrawn_at=None).exclude(
        person__in=[person.pk for person in named]
    )
    people = [grant.person for grant in held.select_related("person")]
    held.update(withdrawn_at=timezone.now())
    if people:
        derive.rewrite(*{person.pk: person for person in people}.values())


def _messages_into(case: Case) -> None:
    """The messages of a case go into its own circle, so that they are seen by those alone who may see the case."""
    ids = NotificationStep.objects.filter(case=case).values_list("notification", flat=True)
    for found in Notification.objects.filter(pk__in=list(ids)):
        _into(Notification, {"pk": found.pk}, case)
        _into(Record, {"pk": found.record_id}, case)
        for model in _models("child_deaths"):
            if issubclass(model, Protected) and any(
                field.name == "notification" for field in model._meta.fields
            ):
                _into(model, {"notification": found.pk}, case)


def _into(model: type[Protected], which: dict[str, Any], case: Case) -> None:
    _rows(model).filter(**which).update(circle=case.circle_id)


def _move(circles: set[int], office: int) -> None:
    """Every protected row of these circles, in every room, goes under another office."""
    for model in (one for room in _ROOMS if apps.is_installed(f"wholestory.{room}") for one in _models(room)):
        if issubclass(model, Protected):
            _rows(model).filter(circle__in=circles).exclude(office=office).update(office=office)
