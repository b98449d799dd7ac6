"""From a sheet's cells to lines: who, from where, in which seat. What cannot be read becomes a problem with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from wholestory.partners.rules import columns, values, words
from wholestory.partners.rules.names import fold, turned

STOPS, NOTE = "stops", "note"


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one cell. ``STOPS`` keeps the row out; a ``NOTE`` says what happens to the cell instead."""

    row: int
    column: str
    sentence: str
    weight: str = NOTE


@dataclass(frozen=True)
class Reading:
    """How a sheet is to be read: where the headings are and what each column means."""

    heading_row: int
    meanings: tuple[str, ...]
    fill_down: bool = True
    role_when_empty: str = ""
    starts_on: date | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    """What this board's own words for seats mean, folded word to role; beats the guess."""

    def places(self, key: str) -> list[int]:
        """The columns that hold ``key``."""
        return [at for at, meaning in enumerate(self.meanings) if meaning == key]


@dataclass(frozen=True)
class Wanted:
    """One seat a line asks for. Without a group it is a seat on the board or for an agency."""

    role: str
    group: str = ""


@dataclass(frozen=True)
class Line:
    """One person (or only an agency) on one row, as far as it could be read."""

    row: int
    full_name: str
    email: str
    telephone: str
    job_title: str
    agency: str
    sector: str
    seats: tuple[Wanted, ...]
    starts_on: date | None
    ends_on: date | None
    problems: tuple[Problem, ...]
    also: str = ""
    """Set for the second person of a row, a deputy named in a column of their own."""

    @property
    def key(self) -> str:
        """How a decision about this line is remembered."""
        return f"{self.row}{self.also}"

    @property
    def stopped(self) -> bool:
        """Whether something keeps the line out altogether."""
        return any(problem.weight == STOPS for problem in self.problems)


def words_for_seats(rows: Sequence[Sequence[str]], reading: Reading) -> list[tuple[str, int, str]]:
    """Every distinct word in the seat column, how often it stands there, and what it seems to mean."""
    found: dict[str, tuple[str, int]] = {}
    heads = columns.headings(rows, reading.heading_row)
    body = [row for row in rows[reading.heading_row + 1 :] if not _is_heading_again(row, heads)]
    for at in reading.places("role"):
        for cell in columns.column_of(body, at):
            said, times = found.get(fold(cell), (cell, 0))
            found[fold(cell)] = said, times + 1
    return [
        (said, times, reading.roles.get(key, words.role(said))) for key, (said, times) in found.items() if key
    ]


def lines(rows: Sequence[Sequence[str]], reading: Reading) -> list[Line]:
    """Every line below the headings that names a person or an agency."""
    heads = columns.headings(rows, reading.heading_row)
    above: dict[int, str] = {}
    found = []
    for place in range(reading.heading_row + 1, len(rows)):
        row = list(rows[place])
        if not any(row) or _is_heading_again(row, heads):
            continue
        if reading.fill_down:
            _fill_from_above(row, above, reading)
        found.extend(_RowReader(row, place + 1, heads, reading).lines())
    return found


def _is_heading_again(row: Sequence[str], heads: Sequence[str]) -> bool:
    """Long lists repeat their headings on each printed page."""
    same = sum(fold(cell) == fold(head) for cell, head in zip(row, heads, strict=False) if cell)
    return same >= 2 and same == sum(1 for cell in row if cell)


def _fill_from_above(row: list[str], above: dict[int, str], reading: Reading) -> None:
    """An empty agency under one that is filled belongs to it: merged cells lose all but their first value in a CSV file."""
    named = any(
        at < len(row) and row[at]
        for key in ("full_name", "first_name", "last_name")
        for at in reading.places(key)
    )
    for key in ("agency", "sector"):
        for at in reading.places(key):
            if at >= len(row):
                continue
            if row[at]:
                above[at] = row[at]
                if key == "agency":
                    # Another agency: the sector above it says nothing about this one.
                    for other in reading.places("sector"):
                        if not row[other]:
                            above.pop(other, None)
            elif named and at in above:
                row[at] = above[at]


class _RowReader:
    """Reads one row, gathering what is wrong with it."""

    def __init__(self, row: Sequence[str], number: int, heads: Sequence[str], reading: Reading) -> None:
        self.row, self.number, self.heads, self.reading = row, number, heads, reading
        self.problems: list[Problem] = []

    def lines(self) -> Iterator[Line]:
        name, agency = self._name(), self._cell("agency")
        agency = "" if words.no_agency(agency) else agency
        if not name and not agency:
            if self._cell("email") or self._cell("job_title"):
                self._say(
                    "full_name", "There is no name and no agency in this row, so nothing can be added.", STOPS
                )
                yield self._line("", "")
            return
        if not name and self._cell("email"):
            self._say("full_name", "There is an e-mail address and no name. Only the agency is added.")
        deputy = self._cell("deputy_name")
        if name or not deputy:
            yield self._line(name, agency)
        if deputy and fold(deputy) not in {"vacant", "vacancy", "tbc", "none", "n a"}:
            self.problems = []
            yield self._deputy(deputy, agency)

    def _line(self, name: str, agency: str) -> Line:
        email = self._email("email") if name else ""
        starts, ends = self._day("starts_on"), self._day("ends_on")
        if not starts and ends and self.reading.starts_on and ends < self.reading.starts_on:
            self._say("starts_on", "There is no first day; the last day is used for both.")
            starts = ends
        starts = starts or self.reading.starts_on
        if starts and ends and ends < starts:
            self._say(
                "ends_on", f"The last day ({ends:%d/%m/%Y}) is before the first ({starts:%d/%m/%Y}).", STOPS
            )
        return Line(
            row=self.number, full_name=name, email=email, telephone=self._telephone() if name else "",
            job_title=self._cell("job_title")[:120] if name else "", agency=agency[:160], sector=self._sector(),
            seats=tuple(self._seats(agency)) if name else (), starts_on=starts, ends_on=ends, problems=tuple(self.problems),
        )  # fmt: skip

    def _deputy(self, name: str, agency: str) -> Line:
        email = self._email("deputy_email")
        return Line(
            row=self.number, full_name=turned(name)[:120], email=email, telephone="", job_title="", agency=agency[:160],
            sector=self._sector(), seats=(Wanted("deputy"),), starts_on=self._day("starts_on") or self.reading.starts_on,
            ends_on=None, problems=tuple(self.problems), also="d",
        )  # fmt: skip

    def _cell(self, key: str) -> str:
        return next(
            (self.row[at] for at in self.reading.places(key) if at < len(self.row) and self.row[at]), ""
        )

    def _say(self, key: str, sentence: str, weight: str = NOTE) -> None:
        places = self.reading.places(key)
        column = self.heads[places[0]] if places else columns.LABELS.get(key, "")
        self.problems.append(Problem(self.number, column, sentence, weight))

    def _name(self) -> str:
        whole = turned(self._cell("full_name"))
        if not whole:
            whole = " ".join(part for part in (self._cell("first_name"), self._cell("last_name")) if part)
        if fold(whole) in {"vacant", "vacancy", "tbc", "to be confirmed", "none", "n a", ""}:
            if whole.strip():
                self._say(
                    "full_name", f"“{whole}” is no name: the seat is vacant, so only the agency is added."
                )
            return ""
        if "@" in whole:
            self._say("full_name", "There is an e-mail address where the name should be.", STOPS)
        elif any(mark in whole for mark in ("/", "&", ";")) or " and " in f" {whole.casefold()} ":
            self._say(
                "full_name", f"“{whole[:60]}” looks like two people. Give each a row of their own.", STOPS
            )
        elif len(whole) > 120:
            self._say("full_name", "The name is longer than 120 letters.", STOPS)
        return whole[:120]

    def _email(self, key: str) -> str:
        try:
            found = values.emails(self._cell(key))
        except values.NotReadable as error:
            self._say(
                key, f"{error}. The person is added without one, and cannot sign in until it is filled in."
            )
            return ""
        if len(found) > 1:
            self._say(key, f"There are {len(found)} addresses; the first, {found[0]}, is used.")
        if found and len(found[0]) > 254:
            self._say(key, "The e-mail address is too long to be one.", STOPS)
        return found[0][:254] if found else ""

    def _telephone(self) -> str:
        try:
            return values.telephone(self._cell("telephone"))
        except values.NotReadable as error:
            self._say("telephone", f"{error}. It is left out.")
            return ""

    def _day(self, key: str) -> date | None:
        try:
            return values.day(self._cell(key))
        except values.NotReadable as error:
            used = (
                "The day chosen for empty cells is used"
                if key == "starts_on"
                else "The seat is added without a last day"
            )
            self._say(key, f"{error}. {used}.")
            return None

    def _sector(self) -> str:
        said = self._cell("sector")
        found = words.sector(said) if said else ""
        if said and not found:
            self._say(
                "sector", f"“{said[:40]}” is not a sector we know; it is guessed from the agency's name."
            )
        return found

    def _seats(self, agency: str) -> Iterator[Wanted]:
        said = self._cell("role")
        role = self.reading.roles.get(fold(said), words.role(said)) if said else self.reading.role_when_empty
        if said and not role:
            self._say("role", f"Nobody has said yet which seat “{said[:60]}” is.", STOPS)
        group = self._cell("group")
        for part in (one.strip() for one in group.replace(";", ",").split(",")):
            if part and fold(part) not in {"board", "main board", "full board"}:
                yield Wanted(
                    role
                    if role not in {"agency_lead", "substitute", "contributor", "signatory"}
                    else "member",
                    part[:160],
                )
        for at in self.reading.places(columns.TICKS):
            cell = self.row[at] if at < len(self.row) else ""
            mark = words.ticked(cell)
            seat = words.role(cell) if mark is None else ""
            if mark or seat:
                yield Wanted(seat or "member", self.heads[at][:160])
            elif mark is None:
                self.problems.append(
                    Problem(
                        self.number,
                        self.heads[at],
                        f"“{cell[:40]}” is neither a tick nor empty; it is read as no.",
                    )
                )
        on_the_board = not group or any(
            fold(part) in {"board", "main board", "full board"} for part in group.split(",")
        )
        if role and on_the_board:
            if role in {"agency_lead", "substitute", "contributor", "signatory"} and not agency:
                self._say("agency", "This seat answers for an agency, and the row names none.", STOPS)
            yield Wanted(role)
