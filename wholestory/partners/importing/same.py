"""When two lines of a sheet, or a line and an entry, may be one person."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Oneself:
    """Whoever applies the plan, by address, and the sentences that refuse them a seat, or one of an agency."""

    email: str = ""
    no_seat: str = ""
    no_agency: str = ""

    def is_in(self, line: Line, known: KnownPerson | None) -> bool:
        """Whether the line is about them."""
        own = self.email.casefold()
        return bool(own) and own in {line.email.casefold(), (known.email if known else "").casefold()}


def described_to(one: KnownPerson) -> str:
    """Somebody known, for a question. Whom only another board knows is not named before they have a seat here."""
    return described(one) if one.here else f"somebody on another board who has the address {one.email}"
