"""Every rule over every child, one child at a time. A rule that crashes is told, and the others go on."""

from __future__ import annotations

from datetime import date, timedelta

from wholestory.indicators.child_level.census.checks import (  # each module registers its rules
    assessments,
    episodes,
    identity,
    protection,
)
from wholestory.indicators.child_level.census.checks.registry import (
    ASSESSMENTS,
    BETWEEN,
    CHILD,
    ENQUIRIES,
    EPISODES,
    PLANS,
    PROTECTION,
    Broken,
    Period,
)
from wholestory.indicators.child_level.census.records import (
    Child,
    Episode,
    ProtectionPlan,
    Record,
)
from wholestory.indicators.child_level.census.rulebook import Teller
from wholestory.indicators.child_level.census.versions import layout
from wholestory.indicators.child_level.window import Window, months_after
from wholestory.kernel.working_days import ENGLAND_AND_WALES, WorkingDays

CRASHES = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NameError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
REGISTERED = (identity, episodes, assessments, protection)
ASSESSMENT_DAYS, ENQUIRY_DAYS = 45, 15


def period(window: Window, calendar: WorkingDays = ENGLAND_AND_WALES) -> Period:
    """What the rules compare with, for a collection over `window`."""
    last = window.last
    return Period(
        window.first.toordinal(),
        last.toordinal(),
        last.year,
        _first_not_over(last, ASSESSMENT_DAYS, calendar),
        _first_not_over(last, ENQUIRY_DAYS, calendar),
        (last - timedelta(days=30)).toordinal(),
        months_after(last, 9).toordinal(),
        months_after(last, -25 * 12).toordinal(),
        layout(last.year).divided,
    )


def _first_not_over(last: date, number: int, calendar: WorkingDays) -> int:
    """The first start from which `number` working days or fewer have passed by `last`: the day before the working day
    that would be one too many, counted back."""
    counted, day = 0, last
    while True:
        if calendar.is_working(day):
            counted += 1
            if counted > number:
                # Whoever started on this working day or later has had at most `number` since.
                return day.toordinal()
        day -= timedelta(days=1)


class Checker:
    """Runs the registered rules; `check` looks at one child and everything in it."""

    def __init__(self, teller: Teller, on: Period) -> None:
        self._teller, self._period = teller, on
        self._child = tuple(CHILD.items())
        self._between = tuple(BETWEEN.items())
        self._episodes = tuple(EPISODES.items())
        self._assessments = tuple(ASSESSMENTS.items())
        self._enquiries = tuple(ENQUIRIES.items())
        self._plans = tuple(PLANS.items())
        self._protection = tuple(PROTECTION.items())

    def check(self, child: Child) -> None:
        """Tell of every rule the child breaks, and mark what is spoilt."""
        teller, on = self._teller, self._period
        for name, broken in self._child:
            try:
                if broken(child, on):
                    teller.tell(name, child, child)
            except CRASHES as problem:
                self._crashed(name, problem, child)
        for episode in child.episodes:
            self._records(self._episodes, episode, episode, child)
            for assessment in episode.assessments:
                self._records(self._assessments, assessment, episode, child)
            for enquiry in episode.enquiries:
                self._records(self._enquiries, enquiry, episode, child)
            for plan in episode.plans:
                self._records(self._plans, plan, episode, child)
            for protected in episode.protection:
                self._records(self._protection, protected, episode, child)
                self._reviews(protected, child)
        for name, breakers in self._between:
            try:
                for record in breakers(child, on):
                    teller.tell(name, record, child)
            except CRASHES as problem:
                self._crashed(name, problem, child)

    def _records(
        self, kept: tuple[tuple[str, Broken], ...], record: Record, episode: Episode, child: Child
    ) -> None:
        teller, on = self._teller, self._period
        for name, broken in kept:
            try:
                if broken(record, episode, child, on):
                    teller.tell(name, record, child)
            except CRASHES as problem:
                self._crashed(name, problem, child)

    def _reviews(self, plan: ProtectionPlan, child: Child) -> None:
        """8841 for every review date, not only the first."""
        if plan.started is None:
            return
        for day, line in plan.reviews:
            if day <= plan.started:
                self._teller.tell_cell(
                    "8841",
                    "Reviews",
                    "CPPreviewDate",
                    line,
                    child.key or "",
                    date.fromordinal(day).isoformat(),
                )

    def _crashed(self, name: str, problem: Exception, child: Child) -> None:
        self._teller.findings.crashed(name, self._teller.file, problem, child.key or "")


def covered() -> frozenset[str]:
    """The ids of the rules that have a function, or a place in the reader or over the whole file."""
    registered = (CHILD, BETWEEN, EPISODES, ASSESSMENTS, ENQUIRIES, PLANS, PROTECTION)
    elsewhere = {"100", "8841", "8510", "1520", "2883", "2886Q", "2887Q", "2888Q"}
    ours = {"PB-01", "PB-02", "PB-03", "PB-04", "PB-10", "XML-1", "XML-2", "XML-3", "XML-4", "XML-5", "XML-6"}
    return frozenset().union(*registered, elsewhere, ours)
