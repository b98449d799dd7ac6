"""The text of a kind of message, with named gaps. A wording that cannot work is refused when it is built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Value = str | date | int

#: Every gap a wording may have, and what goes into it.
GAPS: dict[str, str] = {
    "board": "the board's name",
    "name": "whom the message is written to",
    "agency": "the organisation",
    "title": "what it is about, as its page calls it",
    "reference": "the record's reference",
    "link": "the page's address",
    "due_on": "the day something is due",
    "days": "how many days are left, or have passed",
    "mailbox": "the team's mailbox",
    "signatory": "who signs",
    "sender": "who asks",
    "count": "how many",
    "what": "what happened, in fixed words of the program",
}
#: What the room fills in by itself, so that callers need not.
FILLED_IN = frozenset({"board", "name", "mailbox"})
_IN_SUBJECT = frozenset(GAPS) - {"name", "link", "sender"}
_GAP = re.compile(r"\{(\w*)\}")
_LONGEST_VALUE = 300
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class CannotWork(ValueError):
    """A wording with a mistake in it; the text names the kind and the place."""


class GapLeft(ValueError):
    """A message was written without a value its wording needs, or with one it cannot take."""


@dataclass(frozen=True)
class Wording:
    """How one kind of message reads.

    ``body`` is plain text with paragraphs, lists ("- ", "1. ") and ``**bold**``. ``line`` says the same in one line,
    for a digest; ``how`` is what all messages of this kind in a digest need said once. Without a line a message
    always travels alone. ``waits`` is how many minutes it waits for others to the same address. ``dated`` messages
    carry a calendar file for ``due_on``.
    """

    kind: str
    title: str
    subject: str
    body: str
    line: str = ""
    how: str = ""
    waits: int = 0
    dated: bool = False

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z_]{2,39}", self.kind):
            raise CannotWork(f"“{self.kind}” is not a word for a kind of message")
        for place, text, allowed in (
            ("subject", self.subject, _IN_SUBJECT),
            ("body", self.body, frozenset(GAPS)),
            ("line", self.line, frozenset(GAPS)),
            ("how", self.how, FILLED_IN),
        ):
            for gap in _gaps(text) - allowed:
                raise CannotWork(f"{self.kind}: the {place} has a gap “{{{gap}}}” that it cannot have")
        if "\n" in self.subject or not self.subject.strip() or not self.body.strip():
            raise CannotWork(f"{self.kind}: it needs a subject of one line and a body")
        if self.waits and not self.line:
            raise CannotWork(f"{self.kind}: it waits for others but has no line for a digest")
        if self.dated and "due_on" not in _gaps(self.subject + self.body):
            raise CannotWork(f"{self.kind}: it carries a date it does not say")

    @property
    def joins(self) -> bool:
        """Whether it may travel with others to the same address."""
        return bool(self.line)

    @property
    def needs(self) -> frozenset[str]:
        """What a caller must hand in."""
        return (_gaps(self.subject) | _gaps(self.body) | _gaps(self.line)) - FILLED_IN

    def fill(self, values: Mapping[str, Value]) -> Filled:
        """Subject, body and line with their gaps filled. Raises GapLeft, naming the gap."""
        strange = set(values) - set(GAPS)
        if strange:
            raise GapLeft(f"{self.kind}: no message has a gap called {', '.join(sorted(strange))}")
        said = {gap: _said(self.kind, gap, value) for gap, value in values.items()}
        return Filled(*(_filled(self.kind, text, said) for text in (self.subject, self.body, self.line)))


@dataclass(frozen=True)
class Filled:
    """A wording with its gaps filled."""

    subject: str
    body: str
    line: str


def _gaps(text: str) -> frozenset[str]:
    return frozenset(_GAP.findall(text))


def _filled(kind: str, text: str, said: Mapping[str, str]) -> str:
    def put(match: re.Match[str]) -> str:
        gap = match.group(1)
        if not said.get(gap):
            raise GapLeft(f"{kind}: nothing was given for “{gap}”, {GAPS[gap]}")
        return said[gap]

    return _GAP.sub(put, text)


def _said(kind: str, gap: str, value: Value) -> str:
    """One value as readers see it: always one line, so that nobody's name can begin a new one or a header."""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int):
        return days(value) if gap == "days" else str(value)
    text = " ".join(value.split())
    if len(text) > _LONGEST_VALUE:
        raise GapLeft(f"{kind}: what was given for “{gap}” is longer than {_LONGEST_VALUE} characters")
    return text


def day(value: date) -> str:
    """14 March 2016."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def days(number: int) -> str:
    """1 day, 14 days."""
    return "1 day" if number == 1 else f"{number} days"
