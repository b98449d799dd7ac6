"""Reading one row: who, from where, in which seat, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from wholestory.partners.importing.line import NOTE, STOPS, Line, Problem, Reading, Wanted
from wholestory.partners.rules import columns, values, words
from wholestory.partners.rules.names import fold, turned

_VACANT = re.compile(
    r"vacan|\b(tbc|tba)\b|\bto be (named|confirmed|appointed|advised|agreed)\b|\bawait|\bnominee\b|^(none|n a)$"
)
_GONE = re.compile(
    r"\b(left|leaving|leaves|retired|retires|resigned|stood down|no longer|maternity|replacement|moved on)\b",
    re.I,
)
_AGENCY_ROLES = frozenset({"agency_lead", "substitute", "contributor", "signatory"})
_THE_BOARD = frozenset({"board", "main board", "full board", "lscb", "the board"})


class RowReader:
    """Reads one row, gathering what is wrong with it."""

    def __init__(self, row: Sequence[str], number: int, heads: Sequence[str], reading: Reading) -> None:
        self.row, self.number, self.heads, self.reading = row, number, heads, reading
        self.problems: list[Problem] = []
        self.vacant = False

    def lines(self) -> Iterator[Line]:
        """The person of the row, or its agency; and the deputy, when a column names one."""
        name, agency = self._name(), self._cell("agency")
        agency = "" if words.no_agency(agency) else agency
        deputy = self._cell("deputy_name")
        if not name and not agency and not deputy:
            yield self._nobody()
            return
        if not name and self._cell("email") and not self.vacant:
            self._say("full_name", "There is an e-mail address and no name. Only the agency is added.")
        if name or not deputy:
            yield self._line(name, agency)
        if deputy and not _VACANT.search(fold(deputy)):
            self.problems = []
            yield self._deputy(deputy, agency)

    def _nobody(self) -> Line:
        if not self.vacant and any(self._cell(key) for key in ("email", "job_title", "telephone")):
            self._say(
                "full_name", "There is no name and no agency in this row, so nothing can be added.", STOPS
            )
        elif not self.problems:
            self._say("full_name", "There is nothing in this row that could be added.")
        said = next(cell for cell in self.row if cell)
        return Line(
            self.number,
            said[:60],
            "",
            "",
            "",
            "",
            "",
            (),
            None,
            None,
            tuple(self.problems),
            aside=not self.stops,
        )

    @property
    def stops(self) -> bool:
        """Whether something found so far keeps the row out."""
        return any(problem.weight == STOPS for problem in self.problems)

    def _line(self, name: str, agency: str) -> Line:
        email = self._email("email") if name else ""
        starts, ends = self._day("starts_on"), self._day("ends_on")
        if name:
            self._look_for_leavers()
        if not starts and ends and self.reading.starts_on and ends < self.reading.starts_on:
            self._say("starts_on", "There is no first day; the last day is used for both.")
            starts = ends
        starts = starts or self.reading.starts_on
        if starts and ends and ends < starts:
            self._say(
                "ends_on", f"The last day ({ends:%d/%m/%Y}) is before the first ({starts:%d/%m/%Y}).", STOPS
            )
        return Line(
            row=self.number,
            full_name=name,
            email=email,
            telephone=self._telephone() if name else "",
            job_title=self._cell("job_title")[:120] if name else "",
            agency=agency[:160],
            sector=self._sector(),
            seats=tuple(self._seats(agency)) if name else (),
            starts_on=starts,
            ends_on=ends,
            problems=tuple(self.problems),
        )

    def _deputy(self, name: str, agency: str) -> Line:
        email = self._email("deputy_email")
        return Line(
            row=self.number,
            full_name=turned(name)[:120],
            email=email,
            telephone="",
            job_title="",
            agency=agency[:160],
            sector=self._sector(),
            seats=(Wanted("deputy"),),
            starts_on=self._day("starts_on") or self.reading.starts_on,
            ends_on=None,
            problems=tuple(self.problems),
            also="d",
        )

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
        if not fold(whole):
            return ""
        if _VACANT.search(fold(whole)):
            self.vacant = True
            only = "only the agency is added" if self._cell("agency") else "nothing is added"
            self._say("full_name", f"“{whole[:60]}” is no name: the seat is vacant, so {only}.")
            return ""
        if "@" in whole:
            self._say("full_name", "There is an e-mail address where the name should be.", STOPS)
        elif any(mark in whole for mark in ("/", "&", ";")) or " and " in f" {whole.casefold()} ":
            self._say(
                "full_name", f"“{whole[:60]}” looks like two people. Give each a row of their own.", STOPS
            )
        elif len(whole) > 120:
            self._say("full_name", "The name is longer than 120 letters.", STOPS)
        return values.in_capitals(whole)[:120]

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

    def _look_for_leavers(self) -> None:
        """Notes often say that somebody has left when nothing else in the row does."""
        for at, cell in enumerate(self.row):
            left_out = at >= len(self.reading.meanings) or not self.reading.meanings[at]
            if left_out and _GONE.search(cell):
                sentence = f"It says “{cell[:80]}”. Check that they still hold the seat."
                self.problems.append(Problem(self.number, self.heads[at], sentence))

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
        named = list(self._named_groups())
        for part in named:
            if fold(part) not in _THE_BOARD:
                yield Wanted(_in_a_group(role), part[:160])
        for at in self.reading.places(columns.TICKS):
            cell = self.row[at] if at < len(self.row) else ""
            mark = words.ticked(cell)
            seat = words.role(cell) if mark is None else ""
            if mark or seat:
                yield Wanted(seat or "member", self.heads[at][:160])
            elif mark is None:
                sentence = f"“{cell[:40]}” is neither a tick nor empty; it is read as no."
                self.problems.append(Problem(self.number, self.heads[at], sentence))
        # A row that names groups and no seat sits in those groups only; with a seat, the sender says which is meant.
        both = bool(said) and not self.reading.groups_only
        on_the_board = both or not named or any(fold(part) in _THE_BOARD for part in named)
        if role and on_the_board:
            if role in _AGENCY_ROLES and not agency:
                self._say("agency", "This seat answers for an agency, and the row names none.", STOPS)
            yield Wanted(role)

    def _named_groups(self) -> Iterator[str]:
        for part in re.split(r"[;,\n]| / ", self._cell("group")):
            name = part.strip()
            if fold(name) in {"all", "various", "several", "any"}:
                self._say("group", f"“{name}” names no group: add the groups on the person's own page.")
            elif fold(name) and fold(name) not in {"none", "n a", "no"}:
                yield name


def _in_a_group(role: str) -> str:
    """What somebody with a seat elsewhere is in a group: the team advise, people of agencies are members."""
    if role in {"member", "deputy", "adviser", "lay_member"}:
        return role
    return "member" if role in _AGENCY_ROLES or role in {"", "independent_chair"} else "adviser"
