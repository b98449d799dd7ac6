"""What one account says of a child: anything may be missing, and each missing thing is said as nothing at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PartDate:
    """A day of which the day, or day and month, may not be known. ``of`` reads a whole day."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, day: date) -> PartDate:
        """A day known in full."""
        return cls(day.year, day.month, day.day)

    @property
    def whole(self) -> date | None:
        """The day, where it is known in full and exists in the calendar."""
        if self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name the child also has or had: before registration, before adoption, at school, in another script.

    ``from_on`` and ``to_on`` say when it was in use, for whoever reads; every name is compared whatever its dates,
    because an account may carry an old one.
    """

    forenames: str = ""
    surname: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """One account of a child. ``sex`` is "F", "M" or empty; ``nhs_number`` as it was written, spaces and all.

    ``births`` is how many were born together and ``birth_order`` which of them this was (1 for the first); both are
    read from names such as "Twin 2 of Sarah Smith" as well. ``estimated_birth`` marks a birth date somebody guessed.
    """

    forenames: str = ""
    surname: str = ""
    other_names: tuple[OtherName, ...] = ()
    born: PartDate | None = None
    estimated_birth: bool = False
    sex: str = ""
    nhs_number: str = ""
    postcode: str = ""
    other_postcodes: tuple[str, ...] = ()
    address: str = ""
    died: PartDate | None = None
    place_of_death: str = ""
    mother_forenames: str = ""
    mother_surname: str = ""
    mother_born: PartDate | None = None
    mother_nhs_number: str = ""
    births: int | None = None
    birth_order: int | None = None
