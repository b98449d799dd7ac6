"""Reading the lines of a list of cases: what each says, and every problem with its line and column. Pure.

A problem that stops keeps its line from coming in; any other is a remark, and the line comes in as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from wholestory.child_deaths.rules import nhs_number
from wholestory.child_deaths.rules.ages import BornAfterDeath, age_at
from wholestory.child_deaths.rules.brought_in import Holds, Layout, Stands, letter, plain
from wholestory.child_deaths.rules.brought_in_child import NOTHING, Described, described, not_fifths
from wholestory.child_deaths.rules.categories import CATEGORIES
from wholestory.child_deaths.rules.factors import Modifiable
from wholestory.kernel.moments import NotAMoment, parse_day

#: A panel's work began on 1 April 2008; a death long before it is a slip of the pen.
EARLIEST = date(2000, 1, 1)
_SHORT_YEAR = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2})")
_MIDNIGHT = re.compile(r"[ T]00:00(:00)?$")
_SERIAL = re.compile(r"\d{5}")
_EPOCH = date(1899, 12, 30)

_SEXES = {
    "m": "male", "male": "male", "boy": "male", "f": "female", "female": "female", "girl": "female",
    "i": "indeterminate", "indeterminate": "indeterminate", "u": "not_known",
}  # fmt: skip
_EXPECTED = {
    "e": "expected", "expected": "expected", "y": "expected", "yes": "expected",
    "u": "unexpected", "unexpected": "unexpected", "n": "unexpected", "no": "unexpected",
    "not expected": "unexpected",
}  # fmt: skip
_YES_NO = frozenset({"y", "yes", "n", "no"})
_MODIFIABLE = {
    **dict.fromkeys(
        ("y", "yes", "identified", "modifiable", "modifiable factors identified", "modifiable factors were identified",
         "preventable", "potentially preventable"), Modifiable.IDENTIFIED,
    ),
    **dict.fromkeys(
        ("n", "no", "none", "none identified", "not modifiable", "no modifiable factors identified",
         "no modifiable factors", "no modifiable factors were identified", "not preventable"),
        Modifiable.NONE_IDENTIFIED,
    ),
    **dict.fromkeys(
        ("inadequate", "inadequate information", "not enough information", "insufficient information"),
        Modifiable.INADEQUATE,
    ),
}  # fmt: skip
_CATEGORIES = {plain(one.name): one.number for one in CATEGORIES}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not fit: in which line of the file, in which column, in words."""

    line: int
    column: str
    words: str
    stops: bool = False


@dataclass(slots=True)
class Line:
    """One line as far as it was read. ``stage`` is the key of the pathway's stage it comes in at."""

    number: int
    cells: tuple[str, ...]
    reference: str = ""
    forenames: str = ""
    surname: str = ""
    born_on: date | None = None
    sex: str = "not_known"
    nhs_number: str = ""
    address: str = ""
    postcode: str = ""
    area: str = ""
    died_on: date | None = None
    place: str = ""
    notified_on: date | None = None
    reviewed_on: date | None = None
    category: int | None = None
    modifiable: str = ""
    expected: str = "not_known"
    stage: str = "gathering"
    left_out: bool = False
    described: Described = field(default_factory=Described)
    problems: list[Problem] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        """Whether a problem keeps it out."""
        return any(one.stops for one in self.problems)

    @property
    def told_on(self) -> date:
        """The day the panel was first told; the day of death where nobody wrote that down."""
        return self.notified_on or self.died_on or EARLIEST


def read_day(written: str) -> date:
    """A day as lists write it: 2016-03-14, 14/03/2016, 14/3/16, 14 March 2016, or a spreadsheet's own day number.
    Raises NotAMoment; never reads the month first."""
    said = _MIDNIGHT.sub("", written.strip())
    if found := _SHORT_YEAR.fullmatch(said):
        said = f"{found[1]}/{found[2]}/20{found[3]}"
    if _SERIAL.fullmatch(said) and 36_526 <= int(said) <= 54_788:
        return _EPOCH + timedelta(days=int(said))
    try:
        return parse_day(said.replace("-", "/") if re.fullmatch(r"\d{1,2}-\d{1,2}-\d{4}", said) else said)
    except NotAMoment:
        raise NotAMoment(f"“{written}” is not a day. Write it as 14/03/2016 or 2016-03-14.") from None


def read(rows: Iterable[tuple[int, Sequence[str]]], layout: Layout, today: date) -> list[Line]:
    """Every line below the headings that says something. ``rows`` come with their numbers in the file, from 1."""
    lines, references = [], dict[str, int]()
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        line = _line(number, tuple(cells), layout, today)
        if line.reference:
            first = references.setdefault(plain(line.reference), number)
            if first != number:
                _say(line, layout, Holds.REFERENCE, f"Line {first} has the same reference.", stops=True)
        lines.append(line)
    if not_fifths((layout.cell(one.cells, Holds.DEPRIVATION) for one in lines), tenths=layout.in_tenths):
        for line in lines:
            if line.described.deprivation is not None:
                line.described.deprivation = None
                _say(
                    line, layout, Holds.DEPRIVATION, "A number above 5 is in the column: it stays not known."
                )
    return lines


def _say(line: Line, layout: Layout, holds: Holds, words: str, *, stops: bool = False) -> None:
    at = layout.at(holds)
    line.problems.append(Problem(line.number, "" if at is None else letter(at), words, stops))


def _line(number: int, cells: tuple[str, ...], layout: Layout, today: date) -> Line:
    line = Line(number, cells)
    _who(line, layout)
    for name, holds in (
        ("born_on", Holds.BORN), ("died_on", Holds.DIED), ("notified_on", Holds.NOTIFIED),
        ("reviewed_on", Holds.REVIEWED),
    ):  # fmt: skip
        written = layout.cell(cells, holds)
        if plain(written) in NOTHING:
            continue
        try:
            setattr(line, name, read_day(written))
        except NotAMoment as trouble:
            _say(line, layout, holds, str(trouble), stops=True)
    _days(line, layout, today)
    _answers(line, layout)
    line.described, remarks = described(lambda holds: layout.cell(cells, holds), tenths=layout.in_tenths)
    for holds, words in remarks:
        _say(line, layout, holds, words)
    _stage(line, layout)
    return line


def _who(line: Line, layout: Layout) -> None:
    cells = line.cells
    line.reference = layout.cell(cells, Holds.REFERENCE)[:60]
    line.forenames, line.surname = layout.cell(cells, Holds.FORENAMES), layout.cell(cells, Holds.SURNAME)
    whole = layout.cell(cells, Holds.NAME)
    if whole and not line.surname:
        last, comma, first = whole.partition(",")
        words = whole.split()
        line.forenames, line.surname = (
            (first.strip(), last.strip()) if comma else (" ".join(words[:-1]), words[-1])
        )
    if not (line.reference or line.forenames or line.surname):
        _say(line, layout, Holds.REFERENCE, "There is neither a reference nor a name.", stops=True)
    line.address, line.area = layout.cell(cells, Holds.ADDRESS), layout.cell(cells, Holds.AREA)
    line.postcode, line.place = layout.cell(cells, Holds.POSTCODE), layout.cell(cells, Holds.PLACE)
    number = layout.cell(cells, Holds.NHS)
    if plain(number) not in NOTHING:
        line.nhs_number = nhs_number.digits(number)[:60]
        if fault := nhs_number.fault(number):
            _say(line, layout, Holds.NHS, f"{fault} It is kept as it is written.")


def _days(line: Line, layout: Layout, today: date) -> None:
    for holds, day in (
        (Holds.DIED, line.died_on), (Holds.NOTIFIED, line.notified_on), (Holds.REVIEWED, line.reviewed_on),
    ):  # fmt: skip
        if day is not None and day > today:
            _say(line, layout, holds, "The day is in the future.", stops=True)
        elif day is not None and day < EARLIEST:
            _say(line, layout, holds, "The day is before 2000: is the year right?", stops=True)
    died = line.died_on
    if died is None:
        if line.notified_on is None and not line.problems:
            words = "There is no day of death, nor a day the panel was told."
            _say(line, layout, Holds.DIED, words, stops=True)
        elif line.notified_on is not None:
            _say(line, layout, Holds.DIED, "The day of death is not known, so no limit can be shown.")
        return
    if line.born_on is not None:
        try:
            years = age_at(line.born_on, died).years
        except BornAfterDeath:
            _say(line, layout, Holds.BORN, "The day of birth is after the day of death.", stops=True)
        else:
            if years >= 18:
                _say(line, layout, Holds.BORN, f"{years} years old at death: not a child.", stops=True)
    if line.notified_on is None:
        _say(
            line,
            layout,
            Holds.NOTIFIED,
            "Nobody wrote down when the panel was told; the day of death stands there.",
        )
    elif line.notified_on < died:
        _say(
            line,
            layout,
            Holds.NOTIFIED,
            "The panel was told before the child died: is a day wrong?",
            stops=True,
        )
    if line.reviewed_on is not None and line.reviewed_on < died:
        _say(line, layout, Holds.REVIEWED, "The review is before the death.", stops=True)


def _answers(line: Line, layout: Layout) -> None:
    def said(holds: Holds) -> str:
        return plain(layout.cell(line.cells, holds))

    for name, holds, words in (
        ("sex", Holds.SEX, _SEXES), ("expected", Holds.EXPECTED, _EXPECTED),
        ("modifiable", Holds.MODIFIABLE, _MODIFIABLE),
    ):  # fmt: skip
        # “None” answers the question about modifiable factors.
        if said(holds) in words:
            setattr(line, name, str(words[said(holds)]))
            if holds is Holds.EXPECTED and layout.asks_unexpected and said(holds) in _YES_NO:
                line.expected = "unexpected" if said(holds)[0] == "y" else "expected"
        elif said(holds) not in NOTHING:
            shown = ", ".join(sorted(one for one in words if len(one) > 2)[:4])
            _say(line, layout, holds, f"This cannot be read. Write for example: {shown}.", stops=True)
    if said(Holds.CATEGORY) in NOTHING:
        return
    number = re.match(r"\d{1,2}\b", said(Holds.CATEGORY))
    found = int(number[0]) if number else _CATEGORIES.get(said(Holds.CATEGORY))
    if found is None or not 1 <= found <= len(CATEGORIES):
        _say(
            line, layout, Holds.CATEGORY, "There is no such category: write its number, 1 to 10.", stops=True
        )
    else:
        line.category = found


def _stage(line: Line, layout: Layout) -> None:
    written = layout.cell(line.cells, Holds.STAGE)
    stands = layout.stages.get(written) if written else None
    stands = stands or (Stands.FINISHED if line.reviewed_on else Stands.GATHERING)
    line.left_out = stands is Stands.LEFT_OUT
    if stands is Stands.FINISHED:
        if line.reviewed_on is None and not line.stopped:
            _say(line, layout, Holds.REVIEWED, "It is finished, and there is no day of review.", stops=True)
        line.stage = "finalised" if line.category else "reviewed"
        if line.category is None and line.reviewed_on is not None:
            _say(line, layout, Holds.CATEGORY, "There is no category: it comes in as reviewed, not as final.")
    elif line.reviewed_on is not None and stands in (
        Stands.GATHERING,
        Stands.MEETING_HELD,
        Stands.AWAITING,
        Stands.READY,
    ):
        line.stage = "reviewed"
        _say(
            line,
            layout,
            Holds.STAGE,
            "It was reviewed and is still open: it comes in as reviewed, not as final.",
        )
    else:
        line.stage = stands.value


def doubled(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Lines that share an NHS number with an earlier one. Which of them is right, a person decides."""
    first: dict[str, Line] = {}
    for line in lines:
        if line.nhs_number and nhs_number.is_valid(line.nhs_number):
            held = first.setdefault(line.nhs_number, line)
            if held is not line:
                yield held, line
