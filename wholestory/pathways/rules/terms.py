"""What a clock says: its sentence, its start, its length, its calendar and where it was found.

A clock is data. The same duty may have a different limit under different editions of guidance: that is
several ``Clock`` entries with one key and editions that do not overlap.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from wholestory.kernel.moments import MONTHS
from wholestory.kernel.working_days import CalendarName


class Unit(StrEnum):
    """What a limit is counted in."""

    HOURS = "hours"
    """Elapsed hours: clock changes, weekends and holidays do not stop them."""
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    WEEKS = "weeks"
    MONTHS = "months"
    """Calendar months: the same day number, or the last day of the month where there is none."""
    YEARS = "years"
    DAY_OF_YEAR = "day_of_year"
    """A fixed day of the year: the first such day on or after the start."""
    AT_ONCE = "at_once"
    """No number is given. Nothing can be worked out; what matters is that the time is recorded."""


class Sense(StrEnum):
    """What the day that is worked out means."""

    BY = "by"
    """The thing has to be done by then."""
    BEFORE = "before"
    """Counted back from the start fact: the latest day that is early enough."""
    NOT_BEFORE = "not_before"
    """A minimum: the thing may not happen until that day is over."""
    LOOK_BACK = "look_back"
    """A window that ends on the start fact: its first day."""


class Kind(StrEnum):
    """How binding a limit is said to be."""

    DUTY = "duty"
    TARGET = "target"
    LOCAL = "local"

    @property
    def label(self) -> str:
        """The kind in words for a reader."""
        return {"duty": "Duty", "target": "Target", "local": "Local rule"}[self.value]


class Evidence(StrEnum):
    """How the sentence behind a rule came to us."""

    SEEN = "S"
    KNOWN = "K"
    RECALLED = "R"
    FAINT = "r"
    DESIGN = "D"
    PRACTICE = "k"

    @property
    def label(self) -> str:
        """The evidence in words for a reader."""
        return _EVIDENCE[self.value]


_EVIDENCE = {
    "S": "seen in a public source",
    "K": "general knowledge of the guidance, not read again",
    "R": "recalled from the guidance, not read again",
    "r": "recalled faintly; could be wrong",
    "D": "our own choice; no authority",
    "k": "practitioners' knowledge; no source found",
}


class Status(StrEnum):
    """What may be said about a rule on screen."""

    UNCHECKED = "unchecked"
    FOUND = "found"
    LOCAL = "local"
    CHECKED = "checked"

    @property
    def label(self) -> str:
        """The status in words for a reader."""
        return {
            "unchecked": "Not checked against the guidance",
            "found": "Found in a public source, not yet checked by this board",
            "local": "Local rule",
            "checked": "Checked",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from: its sentence in our words, the document, and how we know."""

    sentence: str
    document: str
    evidence: Evidence
    seen_in: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """So many of a unit. For ``DAY_OF_YEAR`` the amount is month times 100 plus day (930 = 30 September)."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        if self.unit is Unit.AT_ONCE:
            return "at once; no number is given"
        if self.unit is Unit.DAY_OF_YEAR:
            return f"{self.amount % 100} {MONTHS[self.amount // 100 - 1]}"
        if self.amount == 0:
            return "the same working day" if self.unit is Unit.WORKING_DAYS else "the same day"
        words = {Unit.MONTHS: "calendar month", Unit.CALENDAR_DAYS: "calendar day"}
        word = words.get(self.unit, self.unit.value.removesuffix("s").replace("_", " "))
        return f"{self.amount} {word}{'' if self.amount == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class StartFact:
    """One fact from which a clock runs, in words that follow "counted from"."""

    key: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A limit with the sentence it comes from.

    ``starts`` holds more than one fact when the clock runs from the latest of them. ``opens`` is the
    near end of a range ("between 5 and 7 days"). ``stops`` says which fact meets it. A pause moves the
    due day only where ``pause_moves_due`` says the rule itself allows that; otherwise the due day stays
    and the paused time is shown beside it. ``from_on`` is the day a duty began where that is not its
    edition's. ``repeats`` says that meeting it starts it again.
    """

    key: str
    title: str
    duty: str
    editions: tuple[str, ...]
    starts: tuple[StartFact, ...]
    limit: Length
    kind: Kind
    source: Source
    stops: str = ""
    sense: Sense = Sense.BY
    calendar: CalendarName = CalendarName.ENGLAND_AND_WALES
    opens: Length | None = None
    pause_moves_due: bool = False
    start_on_working_day: bool = False
    rolls_to_working_day: bool = False
    repeats: bool = False
    from_on: date | None = None
    note: str = ""

    @property
    def status(self) -> Status:
        """The status as shipped: only what was seen in a public source is more than unchecked."""
        if self.kind is Kind.LOCAL and self.source.evidence is Evidence.DESIGN:
            return Status.LOCAL
        return Status.FOUND if self.source.evidence is Evidence.SEEN else Status.UNCHECKED

    @property
    def uses_calendar(self) -> bool:
        """Whether bank holidays can move the result."""
        lengths = [self.limit, *([self.opens] if self.opens else [])]
        return self.rolls_to_working_day or any(part.unit is Unit.WORKING_DAYS for part in lengths)

    @property
    def limit_words(self) -> str:
        """The limit as people say it: "within 5 working days", "at least 7 working days before"."""
        text = str(self.limit)
        if self.limit.unit is Unit.AT_ONCE:
            return text
        if self.limit.unit is Unit.DAY_OF_YEAR:
            return f"by {text}"
        if self.sense is Sense.BEFORE:
            return f"at least {text} before"
        if self.sense is Sense.NOT_BEFORE:
            return f"not until {text} have passed"
        if self.sense is Sense.LOOK_BACK:
            return f"looking back {text}"
        if self.opens is not None:
            return f"between {self.opens} and {text} after"
        return text if self.limit.amount == 0 else f"within {text}"

    @property
    def fingerprint(self) -> str:
        """A hash of everything that decides the result and its standing; changes when the rule does."""
        return fingerprint(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number that decides something but is not a time: a minimum, a cut-off, a band."""

    key: str
    title: str
    duty: str
    editions: tuple[str, ...]
    value: str
    kind: Kind
    source: Source
    note: str = ""

    @property
    def status(self) -> Status:
        """The status as shipped, as for a clock."""
        if self.kind is Kind.LOCAL and self.source.evidence is Evidence.DESIGN:
            return Status.LOCAL
        return Status.FOUND if self.source.evidence is Evidence.SEEN else Status.UNCHECKED

    @property
    def fingerprint(self) -> str:
        """A hash of the threshold, as for a clock."""
        return fingerprint(self)


def fingerprint(rule: Clock | Threshold) -> str:
    """The first 16 hexadecimal digits of the sha256 of a rule's content."""
    text = json.dumps(asdict(rule), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
