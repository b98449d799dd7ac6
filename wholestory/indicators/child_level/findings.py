"""What is wrong in a file somebody sent: one finding for each place, sorted, counted and bounded.

Every reader and every rule of this package speaks through here, so that a census, a set of looked-after files and a
workbook of lists are answered in one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

MOST_LISTED = 2_000
"""Findings of one rule that are listed; beyond it they are only counted."""

LONGEST_VALUE = 120
"""Characters of a value that are shown; a cell can hold a whole document."""

DID_NOT_RUN = "PB-00"
"""The rule under which a rule that crashed is reported: never silence."""


class Refused(Exception):
    """The file as a whole cannot be used, and nothing of it is loaded. The text says why and what to do.

    `rule` is the rule it fails (PB-05 for the wrong authority, period or year), or empty when it cannot be read.
    """

    def __init__(
        self, file: str, why: str, todo: str = "", *, line: int | None = None, rule: str = ""
    ) -> None:
        self.file, self.why, self.todo, self.line, self.rule = file, why, todo, line, rule
        place = f"{file}, line {line}" if line else file
        super().__init__(f"{place}: {why}" + (f" {todo}" if todo else ""))

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "file": self.file, "why": self.why, "what_to_do": self.todo, "line": self.line, "rule": self.rule
        }  # fmt: skip


class Severity(StrEnum):
    """What a finding means for the figures."""

    ERROR = "E"
    """The row is left out of every indicator that uses the field."""
    QUERY = "Q"
    """The row is kept; the sender is asked to correct or explain it."""
    WARNING = "W"
    """Something in the file was passed over; nothing is asked."""

    @property
    def label(self) -> str:
        """The word for people."""
        return {"E": "Error", "Q": "Query", "W": "Warning"}[self.value]


class Scope(StrEnum):
    """How much of the file a rule looks at."""

    CELL = "cell"
    ROW = "row"
    CHILD = "child"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in one file where one rule is broken.

    `line` is the line of an XML file or the row of a CSV file or sheet, counted from 1; `column` is the heading or the
    cell (`D12`) where there is one. `child` is the id as it was sent: the sender needs it to find the record. `value`
    is what was sent, shortened when it is long.
    """

    rule: str
    severity: Severity
    scope: Scope
    file: str
    words: str
    todo: str = ""
    table: str = ""
    field: str = ""
    line: int | None = None
    column: str = ""
    child: str = ""
    value: str = ""

    @property
    def order(self) -> tuple[str, str, str, int, str]:
        """By child, then rule, then place. What concerns the whole file comes first."""
        return (self.child, self.rule, self.file, self.line or 0, self.field)

    def as_json(self) -> dict[str, Any]:
        """For `--json` and for storing."""
        return asdict(self)


@dataclass(slots=True)
class Findings:
    """Findings as they are made, with the memory they take bounded.

    Of each rule the first `most` are listed; `counts` always holds all of them. A rule that crashes is kept with how
    often it did and comes out as one finding.
    """

    most: int = MOST_LISTED
    counts: dict[str, int] = field(default_factory=dict)
    severities: dict[str, Severity] = field(default_factory=dict)
    _listed: dict[str, list[Finding]] = field(default_factory=dict)
    _crashes: dict[tuple[str, str], tuple[int, str, str]] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """Count it, and list it while its rule has room."""
        self.count(finding.rule, finding.severity)
        listed = self._listed.setdefault(finding.rule, [])
        if len(listed) < self.most:
            if len(finding.value) > LONGEST_VALUE or len(finding.child) > LONGEST_VALUE:
                finding = _shortened(finding)
            listed.append(finding)

    def has_room(self, rule: str) -> bool:
        """Whether another finding of this rule would be listed. A busy rule asks first, and then only counts."""
        return len(self._listed.get(rule, ())) < self.most

    def count(self, rule: str, severity: Severity) -> None:
        """One more of a rule whose list is full."""
        self.counts[rule] = self.counts.get(rule, 0) + 1
        self.severities.setdefault(rule, severity)

    def crashed(self, rule: str, file: str, problem: BaseException, child: str = "") -> None:
        """A rule could not run: told once for each file, with how often and for which child first."""
        times, first, what = self._crashes.get((rule, file), (0, child, _told(problem)))
        self._crashes[rule, file] = (times + 1, first, what)
        self.count(DID_NOT_RUN, Severity.ERROR)

    def __iter__(self) -> Iterator[Finding]:
        """The listed findings, by child and then rule."""
        return iter(sorted(self._every(), key=lambda one: one.order))

    def __len__(self) -> int:
        """How many there are, listed or not."""
        return sum(self.counts.values())

    def _every(self) -> Iterator[Finding]:
        for listed in self._listed.values():
            yield from listed
        for (rule, file), (times, child, what) in self._crashes.items():
            often = "" if times == 1 else f" It failed {times:,} times; this is the first child."
            yield Finding(
                DID_NOT_RUN,
                Severity.ERROR,
                Scope.FILE,
                file,
                f"Rule {rule} could not run ({what}), so what it looks for may be in the file unseen.{often}",
                "Tell whoever looks after Wholestory; the other rules did run.",
                child=child,
                value=rule,
            )

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(n for rule, n in self.counts.items() if self.severities[rule] is Severity.ERROR)

    @property
    def not_listed(self) -> dict[str, int]:
        """By rule, how many findings were counted but are not in the list."""
        return {
            rule: more
            for rule, count in sorted(self.counts.items())
            if rule != DID_NOT_RUN and (more := count - len(self._listed.get(rule, ()))) > 0
        }

    def by_rule(self) -> list[tuple[str, Severity, int]]:
        """Rule, severity and count, errors first, then the commonest."""
        rows = [(rule, self.severities[rule], count) for rule, count in self.counts.items()]
        return sorted(rows, key=lambda row: ("EQW".index(row[1].value), -row[2], row[0]))

    def rows_beside(self, table: str, line: int, *, file: str | None = None) -> list[Finding]:
        """The listed findings of one row; see `beside.py` for whole files."""
        return [
            one
            for one in self
            if one.table == table and one.line == line and (file is None or one.file == file)
        ]

    def take_in(self, others: Iterable[Finding]) -> None:
        """Add many."""
        for one in others:
            self.add(one)

    def as_json(self) -> dict[str, Any]:
        """Counts, what is not listed, and the list."""
        return {
            "count": len(self),
            "errors": self.errors,
            "by_rule": [
                {"rule": rule, "severity": severity.value, "count": count}
                for rule, severity, count in self.by_rule()
            ],
            "listed_per_rule_at_most": self.most,
            "not_listed": self.not_listed,
            "findings": [one.as_json() for one in self],
        }


def _told(problem: BaseException) -> str:
    # Only the kind: the text of an error can quote what a record holds.
    return type(problem).__name__


def _shortened(finding: Finding) -> Finding:
    return replace(finding, value=_cut(finding.value), child=_cut(finding.child))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
