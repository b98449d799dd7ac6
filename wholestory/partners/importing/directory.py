"""What is already known, as far as a plan needs it: plain values, so that planning touches no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from wholestory.partners.rules.names import (
    agencies_alike,
    candidates,
    fold,
    fold_agency,
    fold_group,
    index_of,
    people_alike,
)


@dataclass(frozen=True)
class KnownPerson:
    """Somebody in the directory. ``here`` is False for people known only to another board, ``elsewhere`` True for those
    who hold a seat on one: this board does not decide how they sign in."""

    id: UUID
    full_name: str
    email: str
    telephone: str = ""
    job_title: str = ""
    agencies: frozenset[UUID] = frozenset()
    here: bool = True
    elsewhere: bool = False


@dataclass(frozen=True)
class KnownAgency:
    """An agency in the directory. ``here`` says whether it answers to this board."""

    id: UUID
    name: str
    short_name: str = ""
    here: bool = True


@dataclass(frozen=True)
class KnownGroup:
    """A group of this board."""

    id: UUID
    name: str
    short_name: str = ""


@dataclass(frozen=True)
class KnownSeat:
    """A seat on this board, held or ended."""

    id: UUID
    person: UUID
    role: str
    group: UUID | None
    agency: UUID | None
    starts_on: date
    ends_on: date | None


@dataclass
class Directory:
    """A snapshot of one board's directory, with the look-ups a plan makes."""

    people: Sequence[KnownPerson] = ()
    agencies: Sequence[KnownAgency] = ()
    groups: Sequence[KnownGroup] = ()
    seats: Sequence[KnownSeat] = ()
    _by_email: Mapping[str, KnownPerson] = field(init=False)
    _names: dict[str, list[int]] = field(init=False)
    _local: Sequence[KnownPerson] = field(init=False)

    def __post_init__(self) -> None:
        self._by_email = {person.email.casefold(): person for person in self.people if person.email}
        self._local = [person for person in self.people if person.here]
        self._names = index_of(person.full_name for person in self._local)
        self._by_id = {person.id: person for person in self.people}
        self._seats_of: dict[UUID, list[KnownSeat]] = {}
        for seat in self.seats:
            self._seats_of.setdefault(seat.person, []).append(seat)

    def person(self, id: UUID) -> KnownPerson | None:
        """The person with this key, if the snapshot has them."""
        return self._by_id.get(id)

    def by_email(self, email: str) -> KnownPerson | None:
        """Whose address this is."""
        return self._by_email.get(email.casefold()) if email else None

    def people_like(self, name: str) -> list[KnownPerson]:
        """People of this board whose names look like ``name``, exact ones first."""
        found = [
            self._local[at]
            for at in candidates(name, self._names)
            if people_alike(self._local[at].full_name, name)
        ]
        return sorted(found, key=lambda one: (fold(one.full_name) != fold(name), one.full_name))

    def agency_named(self, name: str) -> KnownAgency | None:
        """The agency with exactly this name or short name, this board's own first."""
        wanted = fold_agency(name)
        same = [
            one for one in self.agencies if wanted in {fold_agency(one.name), fold_agency(one.short_name)}
        ]
        return min(same, key=lambda one: not one.here, default=None)

    def agencies_like(self, name: str) -> list[KnownAgency]:
        """This board's agencies whose names look like ``name``; at most five."""
        return [one for one in self.agencies if one.here and agencies_alike(one.name, name)][:5]

    def group_named(self, name: str) -> KnownGroup | None:
        """The group with this name or short name, whether or not the word “group” is added."""
        wanted = fold_group(name)
        return next(
            (g for g in self.groups if wanted in {fold_group(g.name), fold_group(g.short_name)}), None
        )

    def chair_in(self, starts_on: date, ends_on: date | None) -> KnownPerson | None:
        """Who chairs the board on any day of a stretch of time: there is one chair at a time."""
        for seat in self.seats:
            begins_before = ends_on is None or seat.starts_on <= ends_on
            lasts = seat.ends_on is None or seat.ends_on >= starts_on
            if seat.role == "independent_chair" and seat.group is None and begins_before and lasts:
                return self.person(seat.person)
        return None

    def seats_of(self, person: UUID) -> Sequence[KnownSeat]:
        """The seats a person holds or held on this board."""
        return self._seats_of.get(person, ())
