"""When two lines of a sheet, or a line and an entry, may be one person."""

from __future__ import annotations

from wholestory.partners.importing.directory import KnownPerson
from wholestory.partners.importing.line import Line
from wholestory.partners.rules.names import could_be_one_person, fold, fold_agency, keys, people_alike


def filed_under(line: Line) -> list[str]:
    """Under what a new person is filed: their address, and the starts of their name."""
    return [*([f"e:{line.email}"] if line.email else []), *sorted(keys(fold(line.full_name)))]


def maybe_same(first: Line, line: Line) -> bool:
    """Whether somebody should be asked."""
    if first.email and first.email == line.email:
        return True
    return people_alike(first.full_name, line.full_name)


def surely_same(first: Line, line: Line) -> bool:
    """One person on two lines: one address and a name that fits, or one name and agency with one address or none."""
    if first.email and line.email:
        return first.email == line.email and could_be_one_person(first.full_name, line.full_name)
    return fold(first.full_name) == fold(line.full_name) and fold_agency(first.agency) == fold_agency(
        line.agency
    )


def described(one: KnownPerson) -> str:
    """Somebody in a choice: the name and what tells them from a namesake."""
    return f"{one.full_name} ({one.email})" if one.email else f"{one.full_name} (no e-mail address)"
