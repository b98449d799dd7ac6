"""Putting right what is held of the child and the death. Nothing is thrown away: earlier names and homes stay, and a
limit whose start was wrong keeps what was known first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Address, Case, ChildName, Identifier
from wholestory.child_deaths.operations import match_keys, triage
from wholestory.child_deaths.operations.opening import moment, start_notified
from wholestory.child_deaths.rules.matching.folding import folded
from wholestory.child_deaths.rules.partial_ages import span
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person
from wholestory.pathways.models import RunningClock
from wholestory.pathways.operations.clocks import correct_start

#: What may be changed on the case and on the child's own row.
OF_CASE = (
    "place_kind", "place_name", "place_area", "event_place", "event_area", "died_abroad_in", "circumstances",
    "suspected_cause", "died_part",
)  # fmt: skip
OF_CHILD = ("born_on", "born_part", "born_precision", "born_at", "sex", "ethnicity", "gestation_weeks",
            "birthweight_grams", "born_as", "birth_order", "age_uncertain")  # fmt: skip


class NotPutRight(ValueError):
    """It cannot be changed like that; the sentence says why."""


@dataclass(frozen=True)
class Changes:
    """What is put right. Only keys of ``OF_CASE`` and ``OF_CHILD``; ``moments`` by name: event, found, confirmed,
    certified (None takes one away). ``home`` is the fifth of deprivation of the home (None: not known), under
    ``deprivation``; without that key it is left as it is."""

    case: dict[str, Any] = field(default_factory=dict)
    child: dict[str, Any] = field(default_factory=dict)
    moments: dict[str, Moment | None] = field(default_factory=dict)
    home: dict[str, int | None] = field(default_factory=dict)


@transaction.atomic
def put_right(*, actor: Person, case: Case, changes: Changes, reason: str, now: Moment) -> None:
    """Change what is held, with the reason. When the confirmed death changes, every limit counted from it is worked
    out again, and keeps what was known first (the start is corrected, never moved in silence). Raises NotPutRight."""
    asking.require(actor, Verb.WRITE, case.record)
    confirmed = changes.moments.get("confirmed")
    moved = "confirmed" in changes.moments and confirmed != _confirmed(case)
    if moved and confirmed is None and case.confirmed_at is not None:
        raise NotPutRight(
            "Limits count from the day of death, so it cannot be emptied. Put in what is known."
        )
    if moved and not reason.strip():
        raise NotPutRight("Say why the moment of death changes: limits count from it.")
    for name, known in changes.moments.items():
        if known is not None and known.on > now.on:
            raise NotPutRight(f"“{name.capitalize()}” cannot be later than today.")
    _must_fit(case, changes)
    homes = homes_of(case)
    if changes.home.get("deprivation") and not homes:
        raise NotPutRight("Add the home first: deprivation is that of the area of an address.")
    ledger.line("child_deaths.put_right", case.record)
    for key, value in changes.case.items():
        setattr(case, key, value)
    for name, known in changes.moments.items():
        setattr(case, f"{name}_at", known.at if known else None)
        setattr(case, f"{name}_precision", known.precision.value if known else "date")
    if confirmed is not None:
        case.died_on, case.died_part = confirmed.on, ""
    case.save()
    for key, value in changes.child.items():
        setattr(case.child, key, value)
    case.child.save()
    if "deprivation" in changes.home:
        _set_deprivation(homes, changes.home["deprivation"])
    if moved and confirmed is not None:
        _correct_clocks(actor, case, confirmed, reason, now)
    match_keys.keep_child(case.child)


def homes_of(case: Case) -> list[Address]:
    """The child's homes that count in figures, the newest first."""
    homes = Address.objects.filter(child=case.child_id, kind=Address.Kind.NORMAL, withheld=False)
    return list(homes.order_by("-created_at"))


def deprivation_of(case: Case) -> int | None:
    """The fifth that figures count: of the newest home of which it is known. None: not known."""
    return next((home.deprivation for home in homes_of(case) if home.deprivation), None)


def _set_deprivation(homes: list[Address], fifth: int | None) -> None:
    """Keep it with the newest home; not known is not known of any of them. Each is saved by itself, so that the
    figures follow."""
    for home in homes[:1] if fifth else homes:
        home.deprivation = fifth
        home.save(update_fields=["deprivation"])


def _must_fit(case: Case, changes: Changes) -> None:
    """Dates that cannot be: before this law was thought of, or a death before the birth."""
    confirmed = changes.moments.get("confirmed")
    born = span(
        changes.child.get("born_on", case.child.born_on), changes.child.get("born_part", case.child.born_part)
    )
    died = span(
        confirmed.on if confirmed is not None else case.died_on,
        changes.case.get("died_part", case.died_part),
    )
    days = [known.on for known in changes.moments.values() if known is not None]
    days += [one[1] for one in (born, died) if one is not None]
    if any(day.year < 1980 for day in days):
        raise NotPutRight("A day is too long ago. Look at the year.")
    if born is not None and died is not None and died[1] < born[0]:
        raise NotPutRight("The death cannot be before the birth. Put right whichever day is wrong.")


def _confirmed(case: Case) -> Moment | None:
    return moment(case.confirmed_at, case.confirmed_precision) if case.confirmed_at else None


def _correct_clocks(actor: Person, case: Case, confirmed: Moment, reason: str, now: Moment) -> None:
    running = list(
        RunningClock.objects.filter(record=case.record, start_fact="death", closed_at__isnull=True)
    )
    for clock in running:
        correct_start(
            actor=actor, clock=clock, starts={"death": confirmed}, reason="put_right", now=now, note=reason
        )
    if not RunningClock.objects.filter(record=case.record, key="death_notified").exists():
        start_notified(actor=actor, case=case, now=now)
    if case.record.standing.stage not in ("triage", "out_of_scope", "transferred", "merged"):
        triage.start_from_death(actor=actor, case=case, now=now)


@transaction.atomic
def add_name(
    *, actor: Person, case: Case, kind: str, forenames: str, surname: str, from_on: date | None = None
) -> ChildName:
    """Another name: given later, registered, an earlier one. Every name stays and is found."""
    asking.require(actor, Verb.WRITE, case.record)
    if not (forenames.strip() or surname.strip()):
        raise NotPutRight("Enter a name.")
    ledger.line("child_deaths.name_added", case.record)
    made = ChildName.objects.create(
        child=case.child, circle_id=case.circle_id, office_id=case.office_id, kind=kind,
        forenames=forenames.strip()[:120], surname=surname.strip()[:120],
        folded=folded(f"{forenames} {surname}")[:240], from_on=from_on,
    )  # fmt: skip
    match_keys.keep_child(case.child)
    return made


@transaction.atomic
def add_number(
    *,
    actor: Person,
    case: Case,
    kind: str,
    value: str,
    belongs_to: str = "child",
    since_on: date | None = None,
) -> Identifier:
    """Another number, or one that turned out to be somebody else's (``belongs_to`` mother, or wrong)."""
    asking.require(actor, Verb.WRITE, case.record)
    number = "".join(value.split())
    if not number:
        raise NotPutRight("Enter the number.")
    ledger.line("child_deaths.number_added", case.record)
    there = Identifier.objects.filter(child=case.child, kind=kind, value=number).first()
    if there is not None:
        there.belongs_to, there.since_on = belongs_to, since_on or there.since_on
        there.save(update_fields=["belongs_to", "since_on"])
    else:
        there = Identifier.objects.create(
            child=case.child, circle_id=case.circle_id, office_id=case.office_id, kind=kind, value=number[:60],
            belongs_to=belongs_to, since_on=since_on,
        )  # fmt: skip
    match_keys.keep_child(case.child)
    return there


@transaction.atomic
def add_address(
    *,
    actor: Person,
    case: Case,
    kind: str,
    lines: str,
    postcode: str,
    area: Any = None,
    deprivation: int | None = None,
) -> Address:
    """Another home; the earlier ones stay."""
    asking.require(actor, Verb.WRITE, case.record)
    if not (lines.strip() or postcode.strip()):
        raise NotPutRight("Enter an address or a postcode.")
    ledger.line("child_deaths.address_added", case.record)
    made = Address.objects.create(
        child=case.child, circle_id=case.circle_id, office_id=case.office_id, kind=kind, lines=lines.strip()[:300],
        postcode=postcode.strip().upper()[:10], area=area, deprivation=deprivation,
    )  # fmt: skip
    match_keys.keep_child(case.child)
    return made
