"""The accounts of children and messages as they are compared, many at once in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Prefetch

from wholestory.child_deaths.models import Address, Case, Child, ChildName, Identifier, Notification
from wholestory.child_deaths.rules import told
from wholestory.child_deaths.rules.matching import Identity, OtherName, PartDate, folding
from wholestory.kernel.moments import Precision
from wholestory.records.models import Protected

_SEX = {"male": "M", "female": "F"}
_BORN_AS = {"twin": 2, "more": 3}
_AT_FIRST = (ChildName.Kind.REGISTERED, ChildName.Kind.KNOWN_AS, ChildName.Kind.AT_BIRTH)


@dataclass(frozen=True)
class Account:
    """What is known of a child; the rows seen by fewer people than the child, which add to it; and the NHS numbers that
    were found not to be the child's."""

    identity: Identity
    withheld: tuple[tuple[Identity, Protected], ...] = ()
    wrong: frozenset[str] = frozenset()


def of_notification(notification: Notification) -> Identity:
    """The account a message gives."""
    return told.identity(notification.answers)


def of_children(ids: Iterable[UUID]) -> dict[UUID, Account]:
    """Accounts of the children whom the acting person may see: five queries and one, for three or for three hundred."""
    children = Child.objects.filter(pk__in=list(ids)).prefetch_related(
        Prefetch("names", ChildName.objects.order_by("created_at")),
        Prefetch("identifiers", Identifier.objects.filter(kind=Identifier.Kind.NHS)),
        Prefetch("addresses", Address.objects.order_by("created_at")),
        "relatives",
    )
    cases = {case.child_id: case for case in Case.objects.filter(child__in=[child.pk for child in children])}
    return {child.pk: _account(child, cases.get(child.pk)) for child in children}


def _account(child: Child, case: Case | None) -> Account:
    names, homes = list(child.names.all()), list(child.addresses.all())
    base = _with_homes(
        _with_names(_bare(child, case), [name for name in names if not name.withheld]),
        [home for home in homes if not home.withheld],
    )
    withheld: list[tuple[Identity, Protected]] = []
    withheld += [(_with_names(base, [name]), name) for name in names if name.withheld]
    withheld += [(_with_homes(base, [home]), home) for home in homes if home.withheld]
    return Account(
        base,
        tuple(withheld),
        frozenset(one.value for one in child.identifiers.all() if one.belongs_to == "wrong"),
    )


def as_found_out(told: Identity, account: Account) -> Identity:
    """What a message says, with what was found out since about its NHS number: the mother's, or nobody's."""
    number = folding.number(told.nhs_number)
    if number and number == folding.number(account.identity.mother_nhs_number):
        return replace(told, mother_nhs_number=number)
    return replace(told, nhs_number="") if number in account.wrong else told


def whole(account: Account) -> Identity:
    """Everything the acting person may see of a child, withheld names and homes among it."""
    found = account.identity
    for fuller, _ in account.withheld:
        names = {*found.other_names, *fuller.other_names, OtherName(fuller.forenames, fuller.surname)}
        codes = {*found.other_postcodes, *fuller.other_postcodes, fuller.postcode} - {""}
        found = replace(
            found,
            forenames=found.forenames or fuller.forenames,
            surname=found.surname or fuller.surname,
            other_names=tuple(sorted(names, key=lambda name: (name.surname, name.forenames))),
            other_postcodes=tuple(sorted(codes)),
        )
    return found


def _bare(child: Child, case: Case | None) -> Identity:
    own = next((one.value for one in child.identifiers.all() if one.belongs_to == "child"), "")
    mothers = next((one.value for one in child.identifiers.all() if one.belongs_to == "mother"), "")
    mother = next((one for one in child.relatives.all() if one.relation.casefold().endswith("mother")), None)
    forenames, surname = told.names(mother.name) if mother else ("", "")
    return Identity(
        born=_day(child),
        estimated_birth=child.age_uncertain or child.born_precision == Precision.ABOUT.value,
        sex=_SEX.get(child.sex, ""),
        nhs_number=own,
        died=_died(case),
        place_of_death=case.place_name if case else "",
        mother_forenames=forenames,
        mother_surname=surname,
        mother_born=PartDate.of(mother.born_on) if mother and mother.born_on else None,
        mother_nhs_number=mothers or (mother.nhs_number if mother else ""),
        births=_BORN_AS.get(child.born_as),
        birth_order=child.birth_order,
    )


def _day(child: Child) -> PartDate | None:
    return PartDate.of(child.born_on) if child.born_on else _part(child.born_part)


def _died(case: Case | None) -> PartDate | None:
    if case is None:
        return None
    return PartDate.of(case.died_on) if case.died_on else _part(case.died_part)


def _part(part: str) -> PartDate | None:
    """What is known of a date without its day."""
    return PartDate(*(int(one) for one in part.split("-"))) if part else None


def _with_names(identity: Identity, names: Sequence[ChildName]) -> Identity:
    """The registered name first, then the one in use; every other beside it."""
    ordered = sorted(
        names, key=lambda name: _AT_FIRST.index(name.kind) if name.kind in _AT_FIRST else len(_AT_FIRST)
    )
    if not ordered:
        return identity
    first, rest = ordered[0], ordered[1:]
    return replace(
        identity,
        forenames=first.forenames,
        surname=first.surname,
        other_names=tuple(OtherName(one.forenames, one.surname, one.from_on, one.to_on) for one in rest),
    )


def _with_homes(identity: Identity, homes: Sequence[Address]) -> Identity:
    codes = [home.postcode for home in homes if home.postcode]
    lines = next((home.lines for home in homes if home.lines), "")
    return replace(
        identity, postcode=codes[0] if codes else "", other_postcodes=tuple(codes[1:]), address=lines
    )
