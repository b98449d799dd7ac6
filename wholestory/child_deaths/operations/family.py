"""The family's record: opened with the case, its key worker let in to it alone, its people with wishes of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.models import Account, Grant
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import (
    Carer,
    Case,
    ChildName,
    ChildrenTogether,
    FamilyDate,
    FamilyRecord,
    KeyWorker,
    QuietDay,
    Relative,
)
from wholestory.child_deaths.operations.circles import circle_for
from wholestory.child_deaths.operations.response import NotRecorded
from wholestory.child_deaths.rules.letters import HardDay
from wholestory.correspondence.operations.writing import compose
from wholestory.kernel.moments import Moment, Precision
from wholestory.partners.models import Person
from wholestory.records import opening

FAMILY = opening.Opening("child_deaths.family", "DF", "child_deaths")
ROLE = "key_worker"
#: The message by which a key worker hears of it.
NAMED = "key_worker_named"
#: What the family's own page may change of somebody: their wishes and how to reach them.
WISHES = (
    "name", "relation", "language", "interpreter", "format", "by", "postal", "email", "telephone",
    "wishes_no_contact", "wish_words", "is_child", "has_died",
)  # fmt: skip
SUPPORT = ("child_called", "support_offered", "support", "siblings_support", "memories", "views")


@transaction.atomic
def begin(*, actor: Person, case: Case, today: date) -> FamilyRecord:
    """Open the family's record; there is one for each case. It knows the people of the family whose names are known and
    the two days of each year that are hard, and nothing of the case."""
    asking.require(actor, Verb.WRITE, case.record)
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    there = FamilyRecord.objects.select_related("record__board").filter(case=case).first()
    if there is not None:
        return there
    ledger.line("child_deaths.family_begun", case.record)
    circle = circle_for(case, "death_family")
    record = opening.sheet(
        FAMILY, case.record.board, circle, case.office, today, verb="child_deaths.family_begun",
        edition=case.record.edition,
    )  # fmt: skip
    doors = {"circle": circle, "office_id": case.office_id}
    name = ChildName.objects.filter(child=case.child_id, withheld=False).order_by("created_at").first()
    family = FamilyRecord.objects.create(
        **doors,
        record=record,
        case=case,
        child_called=name.forenames if name else "",
        shared_with=_same_family(case),
    )
    for relative in Relative.objects.filter(child=case.child_id).exclude(name="").order_by("created_at"):
        Carer.objects.create(
            **doors, family=family, relative=relative, name=relative.name, relation=relative.relation,
            is_child=relative.is_child, added_by=actor,
        )  # fmt: skip
    hard = [(HardDay.DEATH, case.died_on)]
    if case.child.born_precision == Precision.DATE.value:
        hard.append((HardDay.BIRTHDAY, case.child.born_on))
    QuietDay.objects.bulk_create(
        [QuietDay(**doors, family=family, kind=kind.value, on=on) for kind, on in hard if on is not None]
    )
    return family


def _same_family(case: Case) -> FamilyRecord | None:
    """The record of a brother or sister who died: one plan of contact for one family."""
    pairs = ChildrenTogether.objects.filter(
        Q(one=case.child_id) | Q(other=case.child_id),
        how__in=(ChildrenTogether.How.TWIN, ChildrenTogether.How.SIBLING),
    )
    children = {child for pair in pairs for child in (pair.one_id, pair.other_id)} - {case.child_id}
    return FamilyRecord.objects.filter(case__child__in=children).order_by("created_at").first()


@transaction.atomic
def name_key_worker(
    *,
    actor: Person,
    family: FamilyRecord,
    name: str,
    organisation: str,
    telephone: str,
    email: str,
    today: date,
    now: Moment,
) -> KeyWorker:
    """Name the family's single contact; whoever was it before ends today. With an address they are let in to the
    family's record and to nothing else, and sign in with that address; without one they are only named."""
    asking.require(actor, Verb.MANAGE, family, kind=FAMILY.kind)
    FamilyRecord.objects.select_for_update(of=("self",)).get(pk=family.pk)
    ledger.line("child_deaths.key_worker_named", family.record)
    _end(family, "Another key worker was named", today, now)
    doors = {"circle_id": family.circle_id, "office_id": family.office_id}
    person = _person(name, email, family) if email.strip() else None
    if person is not None:
        grant = Grant(
            **doors, person=person, role=ROLE, purpose="key_worker", starts_on=today, given_by=actor
        )
        derive.add_grants([grant])
        grant.save(force_insert=True)
        compose(
            actor=None, board=family.record.board, kind=NAMED, to=person, about=family.record, circle=family.circle,
            office=family.office, link=reverse("child_deaths:family", args=[family.record.reference]), now=now.at,
        )  # fmt: skip
    FamilyRecord.objects.filter(pk=family.pk).update(no_key_worker="")
    return KeyWorker.objects.create(
        **doors, family=family, person=person, name=name.strip(), organisation=organisation.strip(),
        telephone=telephone.strip(), from_on=today,
    )  # fmt: skip


@transaction.atomic
def end_key_worker(*, actor: Person, family: FamilyRecord, because: str, today: date, now: Moment) -> None:
    """There is no key worker any more; whoever was it is let in no longer. Raises NotRecorded without a reason."""
    asking.require(actor, Verb.MANAGE, family, kind=FAMILY.kind)
    if not because.strip():
        raise NotRecorded("Say why there is no key worker", "because")
    ledger.line("child_deaths.key_worker_ended", family.record)
    _end(family, because, today, now)
    FamilyRecord.objects.filter(pk=family.pk).update(no_key_worker=because.strip()[:300])


def _end(family: FamilyRecord, because: str, today: date, now: Moment) -> None:
    KeyWorker.objects.filter(family=family, to_on__isnull=True).update(
        to_on=today, ended_because=because.strip()[:200]
    )
    held = Grant.objects.filter(circle=family.circle_id, role=ROLE, withdrawn_at=None)
    people = [grant.person for grant in held.select_related("person")]
    if people:
        held.update(withdrawn_at=now.at)
        derive.rewrite(*people)


def _person(name: str, email: str, family: FamilyRecord) -> Person:
    """Whoever signs in with this address; somebody new, with an account and no seat, where nobody does yet."""
    address = email.strip().lower()
    account = Account.objects.filter(email=address).first()
    if account is None:
        person = Person.objects.filter(email__iexact=address, joined_to=None).first()
        if person is None:
            person = Person.objects.create(
                full_name=" ".join(name.split())[:120],
                email=address,
                is_invented=family.record.board.is_example,
            )
        if person.is_system or person.is_service:
            raise NotRecorded("Nobody reads what is sent to this address. Name a person.", "email")
        account = Account.objects.filter(person=person).first() or Account.objects.create_user(
            address, person=person
        )
        ledger.line("access.account_opened", family.record, ids=[account.person_id])
    elif not account.is_active:
        raise NotRecorded("This account was closed. Ask the board’s team to open it again.", "email")
    return account.person


@transaction.atomic
def save_carer(
    *,
    actor: Person,
    family: FamilyRecord,
    said: dict[str, Any],
    carer: Carer | None = None,
    relative: Relative | None = None,
) -> Carer:
    """Add somebody of the family, or change how they wish to be reached.

    Whoever runs the case says which of the child's relatives it is. Nothing is signed or sent to somebody the key
    worker adds until then.
    """
    asking.require(actor, Verb.WRITE, family, kind=FAMILY.kind)
    manages = asking.ask(actor, Verb.MANAGE, family, kind=FAMILY.kind).yes
    ledger.line("child_deaths.carer_changed" if carer else "child_deaths.carer_added", family.record)
    one = carer or Carer(
        circle_id=family.circle_id, office_id=family.office_id, family=family, added_by=actor, ask_first=True
    )
    for key in WISHES:
        if key in said:
            setattr(one, key, said[key])
    if manages:
        one.relative = relative or (_new_relative(family, one) if one.relative_id is None else one.relative)
        one.ask_first = False
    one.save()
    return one


def _new_relative(family: FamilyRecord, carer: Carer) -> Relative:
    case = family.case
    return Relative.objects.create(
        circle_id=case.circle_id, office_id=case.office_id, child_id=case.child_id, name=carer.name[:160],
        relation=(carer.relation or "relative")[:60], is_child=carer.is_child,
    )  # fmt: skip


@transaction.atomic
def save_support(*, actor: Person, family: FamilyRecord, said: dict[str, Any]) -> None:
    """What the family was offered, what they say of the care, what helps them remember."""
    asking.require(actor, Verb.WRITE, family, kind=FAMILY.kind)
    ledger.line("child_deaths.family_support", family.record)
    FamilyRecord.objects.filter(pk=family.pk).update(**{key: said[key] for key in SUPPORT if key in said})


@transaction.atomic
def keep_quiet(*, actor: Person, family: FamilyRecord, kind: str, on: date, words: str = "") -> QuietDay:
    """A day around which nothing is sent by itself."""
    asking.require(actor, Verb.WRITE, family, kind=FAMILY.kind)
    ledger.line("child_deaths.quiet_day", family.record)
    return QuietDay.objects.create(
        circle_id=family.circle_id, office_id=family.office_id, family=family, kind=HardDay(kind).value, on=on,
        words=words.strip(),
    )  # fmt: skip


@transaction.atomic
def tell_date(*, actor: Person, family: FamilyRecord, what: str, on: date) -> FamilyDate:
    """When a meeting about the child is: all that the family's record says of it."""
    asking.require(actor, Verb.MANAGE, family, kind=FAMILY.kind)
    ledger.line("child_deaths.family_date", family.record)
    made, _ = FamilyDate.objects.get_or_create(
        circle_id=family.circle_id,
        office_id=family.office_id,
        family=family,
        what=FamilyDate.What(what),
        on=on,
    )
    return made
