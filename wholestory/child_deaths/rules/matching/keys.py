"""The exact keys by which an index fetches whoever might be the same child.

Two accounts are compared only if they share a key, so each key forgives one kind of slip: a misspelt forename still
shares the birth date and the start of the surname, a wrong birth date the names, a moved family the birth date too.
The day and month stand in order of size, so that 4 August and 8 April fall together; names of a pair stand in
alphabetical order, so that a forename written in the box for surnames does no harm. A death shares its day with the
day before: one of two accounts a day apart names the other's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from wholestory.child_deaths.rules.matching.identity import Identity, PartDate
from wholestory.child_deaths.rules.matching.ready import Ready, ready

#: How many letters of a name stand in a key.
_START = 3


def keys(identity: Identity) -> frozenset[str]:
    """The keys of an account: about a dozen short texts, none for an account that says nothing."""
    return frozenset(_keys(ready(identity)))


def _keys(child: Ready) -> Iterator[str]:
    # The mother's number stands among the child's own: somebody may have written it in the child's box.
    for number in {child.number, child.mother_number} - {""}:
        yield f"number:{number}"
    parts = {part for name in child.names for part in name.parts} | set(child.mother_surname)
    starts = {part[:_START] for part in parts}
    yield from _of_birth(child, starts)
    yield from _of_names(child)
    for code in child.postcodes:
        for start in starts:
            yield f"postcode+name:{code}:{start}"
    yield from _of_death(child)
    yield from _of_mother(child)


def _of_birth(child: Ready, starts: set[str]) -> Iterator[str]:
    day = _sorted_day(child.born)
    if day:
        for start in starts:
            yield f"birth+name:{day}:{start}"
    if child.born and child.born.month:
        month = f"{child.born.year}-{child.born.month:02}"
        for code in child.postcodes:
            yield f"postcode+birth:{code}:{month}"
        if not child.postcodes and child.address:
            yield f"address+birth:{child.address[:20]}:{month}"


def _of_names(child: Ready) -> Iterator[str]:
    """Both names. They need no year of birth beside them: few children who die share both, even in a whole country."""
    for pair in _pairs(child):
        yield f"names:{pair}"


def _pairs(child: Ready) -> set[str]:
    found = set()
    for name in child.names:
        for first, last in product(name.forenames[:2], name.surname[:3]):
            found.add(":".join(sorted((first, last))))
    return found


def _of_death(child: Ready) -> Iterator[str]:
    if child.died_day is None:
        return
    # Few children die on one day, even in a whole country, so the day alone is a key: it finds a child whose every
    # other particular was written down differently.
    for day in {child.died_day, child.died_day + timedelta(days=1)}:
        yield f"death:{day:%Y-%m-%d}"


def _of_mother(child: Ready) -> Iterator[str]:
    month = f"{child.born.year}-{child.born.month:02}" if child.born and child.born.month else ""
    if child.mother_born:
        yield f"mother-born+birth:{_plain(child.mother_born)}:{month}"
    for first, last in product(child.mother_forenames[:1], child.mother_surname[:3]):
        pair = ":".join(sorted((first, last)))
        if child.mother_born:
            yield f"mother:{pair}:{_plain(child.mother_born)}"
        if month:
            yield f"mother+birth:{pair}:{month}"


def _sorted_day(born: PartDate | None) -> str:
    if born is None or born.month is None or born.day is None:
        return ""
    low, high = sorted((born.month, born.day))
    return f"{born.year}-{low:02}-{high:02}"


def _plain(day: date) -> str:
    return f"{day:%Y%m%d}"
