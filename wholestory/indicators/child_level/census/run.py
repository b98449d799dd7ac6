"""One run over one census: read, check, and count. What a command, a job or a test calls."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path

from wholestory.indicators.child_level.census.checking import CRASHES, Checker, period
from wholestory.indicators.child_level.census.checks.whole_file import WholeFile, header_wrong
from wholestory.indicators.child_level.census.counting.columns import Columns
from wholestory.indicators.child_level.census.counting.counting import count
from wholestory.indicators.child_level.census.counting.store import Store
from wholestory.indicators.child_level.census.earlier import Earlier
from wholestory.indicators.child_level.census.reading import Census, Header, open_census
from wholestory.indicators.child_level.census.rulebook import Teller
from wholestory.indicators.child_level.figures import Figure
from wholestory.indicators.child_level.findings import Findings, Refused
from wholestory.indicators.child_level.limits import LIMITS, Limits
from wholestory.indicators.child_level.window import Window, twelve_months_before
from wholestory.kernel.working_days import ENGLAND_AND_WALES, WorkingDays


@dataclass(frozen=True, slots=True)
class Expected:
    """What the file has to be. What is None is not asked. A file that differs is refused (PB-05)."""

    authority: str | None = None
    year: int | None = None
    seen: frozenset[str] = frozenset()
    """SHA-256 of files that were loaded before."""


@dataclass(slots=True)
class Outcome:
    """What came of one census."""

    file: str
    sha256: str
    header: Header
    collection: Window
    """What the file covers."""
    findings: Findings
    window: Window
    children: int = 0
    figures: list[Figure] = field(default_factory=list)
    kept: frozenset[str] = frozenset()
    earlier: tuple[tuple[str, str], ...] = ()
    """Earlier files looked back to: name and SHA-256."""


class Pseudonyms:
    """Ids as numbers, by a key made for one run and never kept: the same child has the same number in the files of
    one run, and nobody can go back from it."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def __call__(self, name: str) -> int:
        """Signed, and never negative, so that a record without an id can have a negative one of its own."""
        short = blake2b(name.encode(), digest_size=8, key=self._secret).digest()
        return int.from_bytes(short, "big") >> 1


def work(
    path: Path,
    *,
    window: Window | None = None,
    earlier: Sequence[Path] = (),
    expected: Expected | None = None,
    figures: bool = True,
    keep: frozenset[str] = frozenset(),
    limits: Limits = LIMITS,
    calendar: WorkingDays = ENGLAND_AND_WALES,
    most: int | None = None,
) -> Outcome:
    """Read one census, check every rule, and count every figure over `window` (the file's own year when None).

    `earlier` are files of the years before, to look back into; `keep` are error rules whose rows are counted all the
    same. Raises Refused when a file cannot be used; then nothing of it is.
    """
    findings = Findings() if most is None else Findings(most)
    teller = Teller(path.name, findings, keep)
    census = open_census(path, teller, limits)
    _as_expected(census, expected or Expected())
    collection = _collection(census)
    outcome = Outcome(
        path.name, census.source.sha256, census.header, collection, findings, window or collection, kept=keep
    )
    _within(outcome)
    _reference(census, teller, window)
    key = Pseudonyms()
    before = [_earlier(one, key, limits, census.header.authority, outcome) for one in earlier]
    on = period(collection, calendar)
    checker, columns = Checker(teller, on), Columns(key)
    whole = WholeFile(teller, on, _latest(before), key)
    for child in census.children():
        checker.check(child)
        try:
            whole.child(child)
        except CRASHES as problem:
            findings.crashed("over the whole file", path.name, problem, child.key or "")
        if figures:
            columns.take_in(child)
        outcome.children += 1
    try:
        whole.finish()
    except CRASHES as problem:
        findings.crashed("over the whole file", path.name, problem)
    # Half a million numbers and ids are given back before the counting asks for as much again.
    del whole
    if figures:
        outcome.figures = _count(columns, outcome.window, calendar, before, collection)
    return outcome


def _count(
    columns: Columns, window: Window, calendar: WorkingDays, before: Sequence[Earlier], collection: Window
) -> list[Figure]:
    store = Store(columns, window, calendar)
    try:
        store.add_earlier([one.columns() for one in before])
        store.populate()
        reaches = min([collection.first.toordinal(), *(one.first for one in before)])
        return count(store, partial_look_back=reaches > window.look_back.toordinal())
    finally:
        store.close()


def covers(path: Path, limits: Limits = LIMITS) -> Window:
    """The twelve months a file covers, from its header. Raises Refused."""
    return _collection(open_census(path, Teller(path.name, Findings(most=0)), limits))


def _collection(census: Census) -> Window:
    """The twelve months to the reference date, or to 31 March of the year when there is none."""
    header = census.header
    last = header.reference or (date(header.year, 3, 31) if header.year else None)
    if last is None:
        raise Refused(
            census.source.name, "The file says neither its reference date nor its year, so no date can be judged.",
            "Export it again with its header.", line=header.line or None, rule="100",
        )  # fmt: skip
    return Window(twelve_months_before(last) + timedelta(days=1), last)


def _as_expected(census: Census, expected: Expected) -> None:
    header, name = census.header, census.source.name
    if expected.authority and header.authority != expected.authority:
        raise Refused(
            name, f"The file is of authority {header.authority or '(none)'}, not of {expected.authority}.",
            "Send the file of your own authority.", line=header.line, rule="PB-05",
        )  # fmt: skip
    year = header.year or (header.reference.year if header.reference else None)
    if expected.year and year != expected.year:
        raise Refused(
            name, f"The file is of the collection {year or '(none)'}, not of {expected.year}.",
            "Send the file of the year that was asked for.", line=header.line, rule="PB-05",
        )  # fmt: skip
    if census.source.sha256 in expected.seen:
        raise Refused(name, "The same file was loaded before; nothing has changed.", rule="PB-05")


def _within(outcome: Outcome) -> None:
    """A window outside what the file covers would count nothing and look like a figure."""
    window, covers = outcome.window, outcome.collection
    if window.last > covers.last or window.first < covers.first:
        raise Refused(
            outcome.file, f"The file covers {covers}; the window {window} is not inside it.",
            "Choose a window inside it, or send the file of the other year.", rule="PB-05",
        )  # fmt: skip


def _reference(census: Census, teller: Teller, window: Window | None) -> None:
    """Rule 100, or XML-6 for a run within the year that was asked for as such."""
    header = census.header
    if header_wrong(header.reference, header.year):
        asked_for = window is not None and header.reference == window.last
        rule = "XML-6" if asked_for and window and header.year == _year_of(window.last) else "100"
        sent = header.sent.get("ReferenceDate", "no reference date"), header.sent.get("Year", "no year")
        teller.tell_file(rule, " for ".join(sent), header.line)


def _year_of(day: date) -> int:
    """The reporting year a day lies in."""
    return day.year + (day.month > 3)


def _earlier(path: Path, key: Pseudonyms, limits: Limits, authority: str, outcome: Outcome) -> Earlier:
    census = open_census(path, Teller(path.name, Findings(most=0)), limits)
    if census.header.authority != authority:
        raise Refused(
            path.name, f"The earlier file is of authority {census.header.authority}, this one of {authority}.",
            "Send earlier files of the same authority.", rule="PB-05",
        )  # fmt: skip
    covers = _collection(census)
    if covers.last >= outcome.collection.last:
        raise Refused(path.name, "The file is not of an earlier period.", rule="PB-05")
    told = Earlier(covers.first.toordinal(), covers.last.toordinal())
    told.take_in(census.children(), key)
    outcome.earlier += ((path.name, census.source.sha256),)
    return told


def _latest(before: Sequence[Earlier]) -> Earlier | None:
    return max(before, key=lambda one: one.last, default=None)
