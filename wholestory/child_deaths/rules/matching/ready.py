"""An account made ready to compare: folded once, with what its names tell put where it belongs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from wholestory.child_deaths.rules.matching import folding
from wholestory.child_deaths.rules.matching.identity import Identity, PartDate


@dataclass(frozen=True, slots=True)
class Called:
    """One name: the parts of forenames and surname, folded. ``current`` is False for another or an earlier name."""

    forenames: tuple[str, ...]
    surname: tuple[str, ...]
    current: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """Forenames, then surname."""
        return self.forenames + self.surname


@dataclass(frozen=True, slots=True)
class Ready:
    """An ``Identity`` folded. ``named`` is False where no forename is known under any name."""

    names: tuple[Called, ...]
    named: bool
    born: PartDate | None
    born_day: date | None
    estimated_birth: bool
    sex: str
    number: str
    number_checks: bool
    postcode: str
    postcodes: frozenset[str]
    address: str
    died: PartDate | None
    died_day: date | None
    place_of_death: str
    mother_forenames: tuple[str, ...]
    mother_surname: tuple[str, ...]
    mother_born: date | None
    mother_number: str
    births: int | None
    order: int | None


def ready(given: Identity) -> Ready:
    """Fold an account. "Twin 2 of Sarah", Smith, is a second twin without a name, whose mother is Sarah Smith."""
    told = folding.forenames(given.forenames)
    family = folding.surname(given.surname)
    if told.placeholder:
        told, family = _without_surname(told, family)
    births, order = folding.order_in(given.surname)
    names = [Called(told.names, family, True)]
    for other in given.other_names:
        read = folding.forenames(other.forenames)
        names.append(Called(read.names, folding.surname(other.surname), False))
    mother_forenames, mother_surname = _mother(given, told, family)
    number, code = folding.number(given.nhs_number), folding.postcode(given.postcode)
    codes = {code, *(folding.postcode(other) for other in given.other_postcodes)} - {""}
    return Ready(
        names=tuple(name for name in names if name.parts) or (names[0],),
        named=any(name.forenames for name in names),
        born=given.born,
        born_day=given.born.whole if given.born else None,
        estimated_birth=given.estimated_birth,
        sex=given.sex or told.sex,
        number=number,
        number_checks=bool(number) and folding.checks(number),
        postcode=code,
        postcodes=frozenset(codes),
        address=folding.folded(given.address),
        died=given.died,
        died_day=given.died.whole if given.died else None,
        place_of_death=folding.folded(given.place_of_death),
        mother_forenames=mother_forenames,
        mother_surname=mother_surname,
        mother_born=given.mother_born.whole if given.mother_born else None,
        mother_number=folding.number(given.mother_nhs_number),
        births=given.births or told.births or births,
        order=given.birth_order or told.order or order,
    )


def _without_surname(
    told: folding.Forenames, family: tuple[str, ...]
) -> tuple[folding.Forenames, tuple[str, ...]]:
    """ "Baby Smith" holds no forename: Smith is the surname, given again or given here alone."""
    if not family:
        return replace(told, names=()), told.names
    return replace(told, names=tuple(name for name in told.names if name not in family)), family


def _mother(
    given: Identity, told: folding.Forenames, family: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The mother's names as given, or as a name like "Baby of Sarah Smith" tells them."""
    forenames, surname = folding.folded(given.mother_forenames).split(), folding.surname(given.mother_surname)
    if forenames or not told.of_mother:
        return tuple(forenames), surname
    if family:
        # "Baby of Sarah Smith" may stand in the first box with Smith again in the second.
        rest = tuple(name for name in told.of_mother if name not in family)
        return rest, surname or family
    return told.of_mother[:1], surname or told.of_mother[1:]
