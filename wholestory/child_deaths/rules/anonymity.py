"""A look through papers before a panel sees them: names, dates of birth, addresses, numbers, hospitals and schools.

It reports the places, and changes nothing: a person reads each one and puts it right. It can only find what it was told
of and what has a shape; that it finds nothing is no proof, and the page that shows its result says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wholestory.child_deaths.rules import anonymity_names as names
from wholestory.child_deaths.rules import anonymity_shapes as shapes
from wholestory.child_deaths.rules.ages import BornAfterDeath, age_at
from wholestory.child_deaths.rules.folding import Read


class Who(StrEnum):
    """Whose name it is."""

    CHILD = "child"
    FAMILY = "family"
    PRACTITIONER = "practitioner"


class What(StrEnum):
    """What was found."""

    CHILD_NAME = "child_name"
    FAMILY_NAME = "family_name"
    PRACTITIONER_NAME = "practitioner_name"
    SOMEBODYS_NAME = "somebodys_name"
    INITIALS = "initials"
    BIRTH_DATE = "birth_date"
    A_DATE = "a_date"
    ADDRESS = "address"
    POSTCODE = "postcode"
    OUTWARD = "outward"
    NHS_NUMBER = "nhs_number"
    INSTITUTION = "institution"
    TELEPHONE = "telephone"
    EMAIL = "email"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[self]


_LABELS = {
    What.CHILD_NAME: "the child’s name",
    What.FAMILY_NAME: "a name of the family",
    What.PRACTITIONER_NAME: "a practitioner’s name",
    What.SOMEBODYS_NAME: "what looks like somebody’s name",
    What.INITIALS: "what may be initials",
    What.BIRTH_DATE: "a date of birth",
    What.A_DATE: "an exact date",
    What.ADDRESS: "an address",
    What.POSTCODE: "a full postcode",
    What.OUTWARD: "the first half of a postcode of the family",
    What.NHS_NUMBER: "an NHS number",
    What.INSTITUTION: "the name of a hospital, school or other place",
    What.TELEPHONE: "what looks like a telephone number",
    What.EMAIL: "an e-mail address",
}
_NAMED = {Who.CHILD: What.CHILD_NAME, Who.FAMILY: What.FAMILY_NAME, Who.PRACTITIONER: What.PRACTITIONER_NAME}


@dataclass(frozen=True, slots=True)
class Name:
    """A name to look for. Earlier names, nicknames and other spellings are names of their own."""

    who: Who
    forenames: str = ""
    surname: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What must not be in the papers. ``unmasked`` are institutions the chair has allowed to be named.
    ``perhaps`` are places and agencies, and ``days`` dates without their year, that a person looks at."""

    names: tuple[Name, ...] = ()
    born_on: tuple[date, ...] = ()
    addresses: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    nhs_numbers: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    unmasked: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One place. ``start`` and ``end`` are positions in the text called ``place``; ``sure`` is off for what may be
    chance: an everyday word, initials, a name with one letter changed, a date nobody named."""

    place: str
    start: int
    end: int
    what: What
    words: str
    sure: bool

    @property
    def sentence(self) -> str:
        """For whoever prepares the papers."""
        return f"“{self.words}” {'is' if self.sure else 'may be'} {self.what.label} ({self.place})"


def scan(texts: Mapping[str, str], known: Known) -> tuple[Finding, ...]:
    """Everything found, place by place in the order given, each stretch of text once and under its surest reading."""
    found: list[Finding] = []
    for place, text in texts.items():
        found += _without_doubles(_in_text(place, text, known))
    return tuple(found)


def may_be_released(findings: Iterable[Finding], looked_at: Iterable[Finding] = ()) -> bool:
    """Whether every finding has been put right or looked at and allowed by a person."""
    allowed = set(looked_at)
    return all(each in allowed for each in findings)


def _in_text(place: str, text: str, known: Known) -> Iterator[Finding]:
    read = Read.of(text)

    def finding(start: int, end: int, what: What, sure: bool) -> Finding:
        return Finding(place, start, end, what, text[start:end], sure)

    for name in known.names:
        for hit in names.in_words_of(
            read, name.forenames, name.surname, near_misses=name.who is not Who.PRACTITIONER
        ):
            yield finding(hit.start, hit.end, _NAMED[name.who], hit.sure)
        if name.who is not Who.PRACTITIONER:
            for hit in names.initials_in(text, name.forenames, name.surname):
                yield finding(hit.start, hit.end, What.INITIALS, hit.sure)
    for hit in names.after_titles(text):
        yield finding(hit.start, hit.end, What.SOMEBODYS_NAME, hit.sure)
    for start, end, day in shapes.dates_in(text):
        born = day in known.born_on or shapes.is_said_to_be_birth(text, start)
        yield finding(start, end, What.BIRTH_DATE if born else What.A_DATE, born)
    for start, end in shapes.days_in(text, known.born_on):
        yield finding(start, end, What.BIRTH_DATE, False)
    for start, end in shapes.days_in(text, known.days):
        yield finding(start, end, What.A_DATE, False)
    for hit in names.streets_in(read, known.addresses):
        yield finding(hit.start, hit.end, What.ADDRESS, hit.sure)
    for start, end, _code in shapes.postcodes_in(text, known.postcodes):
        yield finding(start, end, What.POSTCODE, True)
    for start, end in shapes.outward_in(text, known.postcodes):
        yield finding(start, end, What.OUTWARD, False)
    for start, end in shapes.nhs_numbers_in(text, known.nhs_numbers):
        yield finding(start, end, What.NHS_NUMBER, True)
    for start, end in shapes.telephones_in(text):
        yield finding(start, end, What.TELEPHONE, False)
    for start, end in shapes.emails_in(text):
        yield finding(start, end, What.EMAIL, True)
    for hit in names.institutions_in(read, known.institutions, known.unmasked):
        yield finding(hit.start, hit.end, What.INSTITUTION, hit.sure)
    for hit in names.perhaps_in(read, known.perhaps, known.unmasked):
        yield finding(hit.start, hit.end, What.INSTITUTION, hit.sure)


def _without_doubles(found: Iterable[Finding]) -> list[Finding]:
    """Of readings that overlap, the sure one stays, then the longer, then the one that says most about the child."""
    order = list(What)
    best = sorted(
        found, key=lambda each: (not each.sure, each.start - each.end, order.index(each.what), each.start)
    )
    kept: list[Finding] = []
    for each in best:
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def instead_of_birth_date(born_on: date, on: date) -> str:
    """The age to write instead of a date of birth: ``aged 3 years``. Empty where the dates cannot be."""
    try:
        age = age_at(born_on, on)
    except BornAfterDeath:
        return ""
    return f"aged {age.text}"


def instead_of_address(district: str, quintile: int | None = None) -> str:
    """District words to write instead of an address. ``quintile`` is 1 for the most deprived fifth of areas."""
    where = f"in {district}" if district else "in a district that is not named"
    if quintile is None:
        return where
    if not 1 <= quintile <= 5:
        raise ValueError("A deprivation quintile is 1 to 5.")
    fifth = ("the most deprived", "the second most deprived", "the middle", "the second least deprived",
             "the least deprived")[quintile - 1]  # fmt: skip
    return f"{where}, in {fifth} fifth of areas"
