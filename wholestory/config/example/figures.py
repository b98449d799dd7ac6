"""The example's figures: who is asked for what, the scorecard of earlier years, and a round of returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from wholestory.access import acting
from wholestory.config.example.reading import HERE, toml
from wholestory.indicators.models import AgencyReturn, Submission
from wholestory.indicators.operations import asking, collections, decisions, drafts, scorecards, sending
from wholestory.indicators.queries import scorecards as looked_through
from wholestory.indicators.queries.measures import catalogue_of
from wholestory.indicators.queries.return_form import form_of, lines_of_return
from wholestory.indicators.rules.entries import Typed
from wholestory.indicators.rules.periods import Period, Year
from wholestory.partners.models import LONDON, Agency, Board, Person, Seat

if TYPE_CHECKING:
    from wholestory.config.example.directory import Directory
    from wholestory.config.example.story import Story

Entry = dict[str, Any]
ANALYST = "imran_delacourt"
#: When the example's board began to ask here, and when it sent what it had kept as spreadsheets.
ASKED_ON, BROUGHT_IN_ON = date(2015, 10, 12), date(2015, 10, 21)


def figure_events(story: Story) -> Iterator[tuple[date, Callable[[], None]]]:
    """Each step on its day."""
    told = _Figures(story.directory)
    data = toml("figures/round.toml")
    yield ASKED_ON, partial(told.ask, data["return"])
    targets = toml("figures/targets.toml")
    yield targets["decided_on"], partial(told.set_targets, targets)
    for entry in data["return"]:
        yield BROUGHT_IN_ON, partial(told.bring_in, entry["agency"])
    yield data["round"]["opened_on"], partial(told.open_round, data["round"])
    for entry in data["return"]:
        if "filled_in_on" in entry:
            yield entry["filled_in_on"], partial(told.fill_in, entry)
        if "passed_on" in entry:
            yield entry["passed_on"], partial(told.pass_on, entry)
        if "approved_on" in entry:
            yield entry["approved_on"], partial(told.approve, entry)


class _Figures:
    def __init__(self, directory: Directory) -> None:
        self.directory = directory

    @property
    def board(self) -> Board:
        return self.directory.boards["peterborough"]

    def agency(self, key: str) -> Agency:
        return self.directory.agencies[key]

    @contextmanager
    def acting(self, key: str, agency: str = "") -> Iterator[Person]:
        """As somebody in the seat they use for this: the analyst's, or one of an agency's own."""
        person = self.directory.people[key]
        seats = Seat.objects.filter(person=person, board=self.board, group=None)
        roles = (
            ("agency_lead", "signatory", "substitute", "contributor") if agency else ("performance_analyst",)
        )
        if agency:
            seats = seats.filter(agency=self.agency(agency))
        held = {seat.role: seat for seat in seats}
        with acting.acting_as(person, next(held[role] for role in roles if role in held)):
            yield person

    def ask(self, returns: list[Entry]) -> None:
        with self.acting(ANALYST) as actor:
            for entry in returns:
                wanted: dict[str, list[str]] = {each["measure"]: [] for each in entry["figures"]}
                asking.ask_for(
                    actor=actor, board=self.board, agency=self.agency(entry["agency"]), wanted=wanted,
                    from_on=date(2015, 10, 1),
                )  # fmt: skip

    def set_targets(self, data: Entry) -> None:
        with self.acting(ANALYST) as actor:
            measures = catalogue_of(self.board)
            for entry in data["target"]:
                decisions.set_target(
                    actor=actor, board=self.board, measure=measures[entry["measure"]], from_on=data["from_on"],
                    thresholds={"target": entry["target"], "amber": entry["amber"]}, because=data["because"],
                    today=data["decided_on"],
                )  # fmt: skip

    def bring_in(self, key: str) -> None:
        """The board's spreadsheet of this agency's earlier quarters, taken as it is proposed."""
        content = (HERE / "figures" / f"{key}.csv").read_bytes()
        now = _at(BROUGHT_IN_ON)
        with self.acting(ANALYST) as actor:
            sent = scorecards.start(
                actor=actor, board=self.board, name=f"Scorecard {key.replace('_', ' ')} 2012 to 2015.csv",
                content=content, years=Year.FINANCIAL, whose=self.agency(key).slug, now=now, today=BROUGHT_IN_ON,
            )  # fmt: skip
            scorecards.choose_layout(actor=actor, submission=sent, sheet=0, stated={})
            sent = Submission.objects.select_related("record", "board").get(pk=sent.pk)
            of = looked_through.layout_of(sent)
            if of is None:
                raise RuntimeError(f"The example's figures of {key} name no period.")
            known = list(looked_through.known(self.board).values())
            said = looked_through.rows_of(sent, of, known)
            scorecards.choose_rows(actor=actor, submission=sent, said=said)
            sent = Submission.objects.select_related("record", "board").get(pk=sent.pk)
            seen = looked_through.plan_of(sent).seen
            scorecards.bring_in(actor=actor, submission=sent, seen=seen, now=now)

    def open_round(self, data: Entry) -> None:
        with self.acting(ANALYST) as actor:
            collections.open_round(
                actor=actor, board=self.board, label=data["label"], due_on=data["due_on"], today=data["opened_on"],
                period=Period(data["period_start"], data["period_end"]), now=_at(data["opened_on"]),
            )  # fmt: skip

    def _return(self, entry: Entry) -> AgencyReturn:
        found = AgencyReturn.objects.select_related("record", "agency", "board")
        return found.get(agency=self.agency(entry["agency"]), board=self.board)

    def fill_in(self, entry: Entry) -> None:
        """Type the figures and what they mean; accept what is odd with the reason given."""
        on, said = entry["filled_in_on"], {each["measure"]: each for each in entry["figures"]}
        with self.acting(entry["filled_in_by"], entry["agency"]) as actor:
            ret = self._return(entry)
            rows = {
                line.key: Typed.of({**said[line.measure], "note": said[line.measure].get("note", "")})
                for line in lines_of_return(ret)
                if not line.breakdown and line.measure in said
            }
            drafts.save(actor=actor, ret=ret, rows=rows, was={}, reasons={}, today=on, now=_at(on))
            because = {each["measure"]: each["because"] for each in entry["figures"] if "because" in each}
            reasons = {
                one.code: because[one.key]
                for one in form_of(ret, complete=True).checked.findings
                if one.key in because
            }
            drafts.save(actor=actor, ret=ret, rows={}, was={}, reasons=reasons, today=on, now=_at(on))
            meaning = {each.pop("measure"): each for each in map(dict, entry.get("says", []))}
            drafts.save_meaning(actor=actor, ret=ret, said=meaning, today=on, now=_at(on))

    def pass_on(self, entry: Entry) -> None:
        on = entry["passed_on"]
        with self.acting(entry["filled_in_by"], entry["agency"]) as actor:
            sending.pass_on(actor=actor, ret=self._return(entry), today=on, now=_at(on))

    def approve(self, entry: Entry) -> None:
        on = entry["approved_on"]
        with self.acting(entry["approved_by"], entry["agency"]) as actor:
            sending.approve(actor=actor, ret=self._return(entry), today=on, now=_at(on))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(11), LONDON)
