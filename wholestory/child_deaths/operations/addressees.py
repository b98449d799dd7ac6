"""Who answers a request: let in by being named, with an account for the address they were named by, and no seat."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.models import Account, Grant
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Addressee, AgencyRequest, Asked, RequestForm, RequestStep
from wholestory.child_deaths.operations import request_links
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person

ROLE, PURPOSE = "reporter", "asked_about_a_death"


class CannotName(ValueError):
    """This person cannot be asked, or not for this; the sentence is for whoever named them."""


def let_in(
    *,
    actor: Person,
    request: AgencyRequest,
    name: str,
    email: str,
    parts: list[str],
    now: Moment,
    today: date,
) -> Addressee:
    """Make somebody an addressee. The caller has asked whether it may, and has written its line."""
    person = _person(name, email, request)
    there = Addressee.objects.filter(request=request, person=person, withdrawn_at=None).first()
    if there is not None:
        raise CannotName(f"{person.full_name} has been asked already.")
    doors = {"circle_id": request.circle_id, "office_id": request.office_id}
    addressee = Addressee.objects.create(
        **doors, request=request, person=person, parts=parts, named_by=actor, named_at=now.at
    )
    grant = Grant.objects.create(
        **doors, person=person, role=ROLE, purpose=PURPOSE, starts_on=today, given_by=actor
    )
    derive.add_grants([grant])
    return addressee


def _person(name: str, email: str, request: AgencyRequest) -> Person:
    """Whoever signs in with this address; somebody new, with an account and no seat, where nobody does yet."""
    address = email.strip().lower()
    account = Account.objects.filter(email=address).first()
    if account is None:
        person = Person.objects.filter(email__iexact=address, joined_to=None).first()
        if person is None:
            person = Person.objects.create(
                full_name=" ".join(name.split())[:120],
                email=address,
                is_invented=request.record.board.is_example,
            )
        if person.is_system or person.is_service:
            raise CannotName("Nobody answers at this address. Name a person.")
        account = Account.objects.filter(person=person).first() or Account.objects.create_user(
            address, person=person
        )
    if not account.is_active:
        Account.objects.filter(pk=account.pk).update(is_active=True, closed_at=None)
        ledger.line("access.account_opened", request.record, ids=[account.person_id])
    return account.person


@transaction.atomic
def name_colleague(
    *,
    actor: Person,
    request: AgencyRequest,
    name: str,
    email: str,
    parts: list[str],
    now: Moment,
    today: date,
) -> Addressee:
    """An addressee of the whole, or the coordinator, brings in somebody else, for all of it or for parts.

    The coordinator sees it. Raises CannotName; asking.NotForYou for whoever was only given a part.
    """
    request = (
        AgencyRequest.objects.select_for_update(of=("self",)).select_related("record__board").get(pk=request.pk)
    )  # fmt: skip
    if not may_name(actor, request):
        raise asking.NotForYou(asking.judged([], [], Verb.WRITE, AgencyRequest.record_kind))
    if request.state == Asked.REVOKED:
        raise CannotName("This request was taken back.")
    if unknown := set(parts) - known_parts(request):
        raise CannotName(f"There is no such part: {', '.join(sorted(unknown))}.")
    ledger.line("child_deaths.addressee_named", request.record)
    addressee = let_in(
        actor=actor, request=request, name=name, email=email, parts=sorted(parts), now=now, today=today
    )
    RequestStep.objects.create(
        request=request, circle_id=request.circle_id, office_id=request.office_id, what=RequestStep.What.NAMED,
        person=addressee.person, by=actor, at=now.at,
    )  # fmt: skip
    request_links.issue(request=request, addressee=addressee, why="first")
    return addressee


@transaction.atomic
def withdraw(*, actor: Person, addressee: Addressee, now: Moment) -> None:
    """Take somebody off a request: their links and their way in end at once. What they wrote stays."""
    request = AgencyRequest.objects.select_related("record__board").get(pk=addressee.request_id)
    if not may_name(actor, request) or addressee.person_id == actor.id:
        raise asking.NotForYou(asking.judged([], [], Verb.WRITE, AgencyRequest.record_kind))
    if addressee.withdrawn_at is not None:
        return
    ledger.line("child_deaths.addressee_withdrawn", request.record, ids=[addressee.person_id])
    Addressee.objects.filter(pk=addressee.pk).update(withdrawn_at=now.at, withdrawn_by=actor)
    Grant.objects.filter(
        circle=request.circle_id, person=addressee.person_id, role=ROLE, withdrawn_at=None
    ).update(withdrawn_at=now.at)
    derive.rewrite(addressee.person)
    request_links.revoke(record_id=request.record_id, addressee=addressee.id)
    RequestStep.objects.create(
        request=request, circle_id=request.circle_id, office_id=request.office_id,
        what=RequestStep.What.WITHDRAWN, person=addressee.person, by=actor, at=now.at,
    )  # fmt: skip


def may_name(actor: Person, request: AgencyRequest) -> bool:
    """Whoever answers all of it, and whoever runs the review."""
    if asking.ask(actor, Verb.MANAGE, request.record).yes:
        return True
    if not asking.ask(actor, Verb.WRITE, request.record).yes:
        return False
    return Addressee.objects.filter(request=request, person=actor, withdrawn_at=None, parts=[]).exists()


def known_parts(request: AgencyRequest) -> set[str]:
    """Every form and page of a request, as parts are named."""
    from wholestory.paperwork.queries import form_of

    found: set[str] = set()
    for each in RequestForm.objects.filter(request=request).select_related("answers__form_version"):
        found.add(each.key)
        found |= {f"{each.key}:{page.key}" for page in form_of(each.answers.form_version).pages}
    return found
