"""Two accounts side by side, line by line, with the differences marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wholestory.child_deaths.rules.matching import Identity, PartDate, folding
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.parts import Column, Table, Tag
from wholestory.kernel.moments import MONTHS

_SEX = {"F": "Female", "M": "Male"}
_BORN_AS = {1: "A single child", 2: "A twin"}
_NOT_SAID = "Not said"


@dataclass(frozen=True)
class Line:
    """One thing that both accounts may say. ``mark`` says how the two agree."""

    what: str
    one: str
    other: str
    mark: Tag | str


def table(caption: str, one: tuple[str, Identity], other: tuple[str, Identity], id: str) -> Table:
    """The comparison as a table; on a small screen each line becomes a card."""
    columns = (
        Column("what", "What"), Column("one", one[0]), Column("other", other[0]), Column("mark", "Compared"),
    )  # fmt: skip
    return Table(
        caption, columns, lines(one[1], other[1]), caption_size="s", hide_caption=True, narrow="stack", id=id
    )


def lines(one: Identity, other: Identity) -> list[Line]:
    """Line by line; what neither says is left out, except the name and the dates."""
    found = [
        _line("First names", one.forenames, other.forenames),
        _line("Family name", one.surname, other.surname),
        _line("Other names", _others(one), _others(other)),
        _line("Date of birth", _birth(one), _birth(other)),
        _line("Sex", _SEX.get(one.sex, ""), _SEX.get(other.sex, "")),
        _line("NHS number", _number(one.nhs_number), _number(other.nhs_number)),
        _line("Postcode", _codes(one), _codes(other)),
        _line("Address", one.address, other.address),
        _line("Mother", _mother(one), _mother(other)),
        _line("Mother’s date of birth", _day(one.mother_born), _day(other.mother_born)),
        _line("Mother’s NHS number", _number(one.mother_nhs_number), _number(other.mother_nhs_number)),
        _line("Born as", _born_as(one), _born_as(other)),
        _line("Date of death", _day(one.died), _day(other.died)),
        _line("Place of death", one.place_of_death, other.place_of_death),
    ]
    always = {"First names", "Family name", "Date of birth", "Date of death"}
    return [line for line in found if line.what in always or line.one != _NOT_SAID or line.other != _NOT_SAID]


def _line(what: str, one: str, other: str) -> Line:
    return Line(what, one or _NOT_SAID, other or _NOT_SAID, _mark(one, other))


def _mark(one: str, other: str) -> Tag | str:
    if one and other:
        return (
            Tag("Same", "green") if folding.folded(one) == folding.folded(other) else Tag("Differs", "orange")
        )
    return Tag("Only one says", "grey") if one or other else ""


def _others(of: Identity) -> str:
    return ", ".join(f"{name.forenames} {name.surname}".strip() for name in of.other_names)


def _birth(of: Identity) -> str:
    day = _day(of.born)
    return f"{day} (estimated)" if day and of.estimated_birth else day


def _day(known: PartDate | None) -> str:
    if known is None:
        return ""
    if known.whole is not None:
        return in_words(known.whole)
    return f"{MONTHS[known.month - 1]} {known.year}" if known.month else str(known.year)


def _number(written: str) -> str:
    figures = folding.number(written)
    if not figures:
        return f"{written} (not ten figures)" if written else ""
    shown = f"{figures[:3]} {figures[3:6]} {figures[6:]}"
    return shown if folding.checks(figures) else f"{shown} (fails its check)"


def _codes(of: Identity) -> str:
    return ", ".join(code for code in (of.postcode, *of.other_postcodes) if code)


def _mother(of: Identity) -> str:
    return f"{of.mother_forenames} {of.mother_surname}".strip()


def _born_as(of: Identity) -> str:
    told = folding.forenames(of.forenames)
    births, order = of.births or told.births, of.birth_order or told.order
    words: Sequence[str] = [
        _BORN_AS.get(births, "One of three or more") if births else "",
        f"born as number {order}" if order else "",
    ]
    return ", ".join(word for word in words if word)
