"""The example's challenges about figures, the actions they led to, and the report the group reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from wholestory.access import acting
from wholestory.actions import effects
from wholestory.actions import operations as actions
from wholestory.actions.models import Action
from wholestory.challenge.challenges import operations, settling
from wholestory.challenge.models import Challenge
from wholestory.config.example.reading import toml
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.quarters import name_of
from wholestory.kernel.moments import at_instant
from wholestory.partners.models import LONDON, Board, Person, Seat
from wholestory.performance.models import PublicVersion, QuarterlyReport
from wholestory.performance.operations import public, reports

if TYPE_CHECKING:
    from wholestory.config.example.directory import Directory
    from wholestory.config.example.story import Story

Entry = dict[str, Any]
GROUP, OFFICER, ANALYST = "quality_and_effectiveness", "tobias_renn", "imran_delacourt"
#: The report of the last quarter was given before the group met; that of this one is a draft.
REPORTS: tuple[tuple[date, date, date, date | None], ...] = (
    (date(2015, 7, 1), date(2015, 9, 30), date(2015, 11, 9), date(2015, 11, 11)),
    (date(2015, 10, 1), date(2015, 12, 31), date(2016, 3, 7), None),
)
#: Its public version was prepared by the analyst and approved by the chair.
PREPARED_ON, PUBLISHED_ON, CHAIR = date(2015, 11, 30), date(2015, 12, 2), "marian_thistlewood"
#: What the team wrote in the report that was given.
WORDS = {
    "summary": "Notices of concern about a child now reach the hub in time, for the second quarter running. One"
    " referral in four still follows an earlier one. Return interviews are far quicker since there is a second worker.",
    "next": "Whether to ask children’s social care why cases come back, and of which kind they are.",
}


FOR_EVERYBODY = (
    "Every three months the board looks at how children in Peterborough are kept safe. This summer the hub heard of"
    " worries sooner than before. Too many families still come back for help within a year, and we have asked why."
)


def challenge_events(story: Story) -> Iterator[tuple[date, Callable[[], None]]]:
    """Each step on its day."""
    told = _Challenges(story.directory)
    for entry in toml("figures/challenges.toml")["challenge"]:
        yield entry["put_on"], partial(told.put, entry)
        if "answered_on" in entry:
            yield entry["answered_on"], partial(told.answer, entry)
        if "settled_on" in entry:
            yield entry["settled_on"], partial(told.settle, entry)
        agreed = entry.get("action", {})
        if "said_done_on" in agreed:
            yield agreed["said_done_on"], partial(told.say_done, entry)
        if "closed_on" in agreed:
            yield agreed["closed_on"], partial(told.close, entry)
        if "difference_on" in entry:
            yield entry["difference_on"], partial(told.say_difference, entry)


def report_events(story: Story) -> Iterator[tuple[date, Callable[[], None]]]:
    """The quarterly reports, each begun and given on its day."""
    told = _Challenges(story.directory)
    for first, last, begun_on, given_on in REPORTS:
        yield begun_on, partial(told.begin, Period(first, last), begun_on)
        if given_on is not None:
            yield given_on, partial(told.give, last, given_on)
            yield PREPARED_ON, partial(told.prepare, last)
            yield PUBLISHED_ON, partial(told.publish)


class _Challenges:
    def __init__(self, directory: Directory) -> None:
        self.directory = directory

    @property
    def board(self) -> Board:
        return self.directory.boards["peterborough"]

    @contextmanager
    def acting(self, key: str, *roles: str, agency: str = "") -> Iterator[Person]:
        person = self.directory.people[key]
        seats = Seat.objects.filter(person=person, board=self.board, group=None, role__in=roles)
        if agency:
            seats = seats.filter(agency=self.directory.agencies[agency])
        with acting.acting_as(person, seats.first()):
            yield person

    def officer(self) -> Any:
        """As the quality officer, who keeps the group's work."""
        return self.acting(OFFICER, "quality_officer")

    def analyst(self) -> Any:
        """As the performance analyst."""
        return self.acting(ANALYST, "performance_analyst")

    def _found(self, entry: Entry) -> Challenge:
        rows = Challenge.objects.select_related("record", "agency", "board", "group", "raised_by")
        return rows.get(about_label=entry["about"])

    def put(self, entry: Entry) -> None:
        on = entry["put_on"]
        said = operations.Put(
            entry["question"], entry["due_on"], entry["about"], why=entry.get("why", ""), about="measure",
            measure=entry["measure"], period_end=entry["period_end"],
        )  # fmt: skip
        with self.officer() as actor:
            operations.put(
                actor=actor, board=self.board, agency=self.directory.agencies[entry["agency"]],
                group=self.directory.groups[GROUP], said=said, today=on, now=_at(on),
            )  # fmt: skip

    def answer(self, entry: Entry) -> None:
        on = entry["answered_on"]
        with self.acting(
            entry["answered_by"], "agency_lead", "signatory", "substitute", agency=entry["agency"]
        ) as actor:
            operations.answer(
                actor=actor, challenge=self._found(entry), words=entry["answer"], today=on, now=_at(on)
            )

    def settle(self, entry: Entry) -> None:
        on, agreed = entry["settled_on"], entry["action"]
        with self.officer() as actor:
            challenge = self._found(entry)
            settling.agree_action(
                actor=actor, challenge=challenge, title=agreed["title"], owner_title=agreed["owner_title"],
                due_on=agreed["due_on"], measure_code=entry["measure"], today=on, now=_at(on),
            )  # fmt: skip
            settling.settle(
                actor=actor, challenge=challenge, decision=entry["decision"], words=entry["words"], today=on,
                now=_at(on),
            )  # fmt: skip

    def _action(self, entry: Entry) -> Action:
        return Action.objects.select_related("record", "agency", "owner").get(title=entry["action"]["title"])

    def say_done(self, entry: Entry) -> None:
        agreed = entry["action"]
        with self.acting(entry["answered_by"], "agency_lead", agency=entry["agency"]) as actor:
            actions.say_done(
                actor=actor, action=self._action(entry), words=agreed["said_done"], today=agreed["said_done_on"]
            )  # fmt: skip

    def close(self, entry: Entry) -> None:
        agreed, on = entry["action"], entry["action"]["closed_on"]
        with self.officer() as actor:
            action = self._action(entry)
            actions.close(actor=actor, action=action, words=agreed["closed"], today=on)
            effects.aim(
                actor=actor, action=action, measure_code=entry["measure"], working_from=agreed["working_from"], today=on
            )  # fmt: skip

    def say_difference(self, entry: Entry) -> None:
        on = entry["difference_on"]
        with self.officer() as actor:
            settling.say_difference(
                actor=actor, challenge=self._found(entry), words=entry["difference"], today=on, now=_at(on)
            )

    def begin(self, period: Period, on: date) -> None:
        with self.analyst() as actor:
            reports.begin(
                actor=actor, board=self.board, group=self.directory.groups[GROUP], period=period,
                label=name_of(period), today=on, now=at_instant(_at(on)),
            )  # fmt: skip

    def give(self, last: date, on: date) -> None:
        with self.analyst() as actor:
            report = QuarterlyReport.objects.select_related("record", "board", "group").get(period_end=last)
            for section, text in WORDS.items():
                reports.write(actor=actor, report=report, section=section, text=text, now=at_instant(_at(on)))
            reports.give(actor=actor, report=report, today=on, now=at_instant(_at(on)))

    def prepare(self, last: date) -> None:
        when: dict[str, Any] = {"today": PREPARED_ON, "now": at_instant(_at(PREPARED_ON))}
        with self.analyst() as actor:
            report = QuarterlyReport.objects.select_related("record", "board", "group").get(period_end=last)
            public.write_words(actor=actor, report=report, text=FOR_EVERYBODY, now=when["now"])
            made = public.prepare(actor=actor, report=report, **when)
            public.propose(actor=actor, public=made, approver=self.directory.people[CHAIR], **when)

    def publish(self) -> None:
        with self.acting(CHAIR, "independent_chair") as actor:
            version = PublicVersion.objects.select_related("record", "board").get()
            public.publish(actor=actor, public=version, now=at_instant(_at(PUBLISHED_ON)))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(11), LONDON)
