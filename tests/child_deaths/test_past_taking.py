"""Bringing in earlier cases: what is made, with which dates; what is never counted; taking it all back."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date

import pytest

from tests.child_deaths.past_lists import ELSEWHERE, FINISHED, HEADINGS, OPEN, as_csv
from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.access.asking import NotForYou
from wholestory.child_deaths.models import Analysis, Case, ChildName, Lead, Panel, PastFile, PastRow, Review
from wholestory.child_deaths.operations import bringing_in, holds
from wholestory.child_deaths.operations.bringing_in_back import CannotTakeBack, take_back
from wholestory.child_deaths.queries import caseload, past
from wholestory.child_deaths.rules.brought_in import Holds, guessed, stage_guessed
from wholestory.pathways.models import RunningClock


def begun(deaths: Deaths, *lines: Sequence[str], by: str = "coordinator") -> PastFile:
    """A list that was read and confirmed as guessed."""
    with deaths.acting(by) as actor:
        file = bringing_in.start(
            actor=actor, panel=deaths.panel, name="cases.csv", content=as_csv(*lines), today=TODAY
        )
        file = bringing_in.choose_columns(actor=actor, file=file, columns=guessed(HEADINGS))
        words = past.stage_words(file)
        stages = {word: stage_guessed(word) for word in words}
        return bringing_in.choose_stages(actor=actor, file=file, stages=stages)


def taken(deaths: Deaths, *lines: Sequence[str], with_doubles: bool = False) -> PastFile:
    file = begun(deaths, *lines)
    with deaths.acting() as actor:
        plan = past.plan_of(file, TODAY)
        return bringing_in.take(
            actor=actor, file=file, seen=plan.seen, without_stopped=True, with_doubles=with_doubles, today=TODAY,
            now=deaths.now,
        )  # fmt: skip


def case_of(line: Sequence[str]) -> Case:
    return Case.objects.select_related("record__standing", "child", "home_area", "panel").get(
        child__identifiers__value=line[0]
    )


def test_a_finished_case_keeps_its_true_dates(deaths: Deaths) -> None:
    taken(deaths, FINISHED)
    with deaths.acting():
        case = case_of(FINISHED)
        assert case.brought_in
        assert (case.died_on, case.record.opened_on) == (date(2009, 3, 14), date(2009, 3, 15))
        assert case.first_received_at.date() == date(2009, 3, 15)
        assert (case.record.standing.stage, case.record.standing.since_on) == ("finalised", date(2009, 9, 1))
        assert case.record.closed_on == date(2009, 9, 1)
        assert case.home_area is not None
        assert case.home_area.name == "Northmarsh"
        assert str(ChildName.objects.get(child=case.child)) == "Tamsin Orchard"
        review = Review.objects.get(case=case)
        assert review.first_reviewed_on == date(2009, 9, 1)
        analysis = Analysis.objects.get(review=review)
        assert (analysis.state, analysis.primary, analysis.modifiable) == ("final", 8, "none_identified")
        row = PastRow.objects.get(case=case)
        assert row.cells["Notes"] == "Seen at the neonatal panel"
        assert row.line == 2


def test_open_cases_go_on_from_where_they_stood(deaths: Deaths) -> None:
    taken(deaths, OPEN, ELSEWHERE)
    with deaths.acting():
        assert case_of(OPEN).record.standing.stage == "awaiting_outcome"
        away = case_of(ELSEWHERE)
        assert (away.record.standing.stage, away.lead) == ("transferred", Lead.THEIRS)
        assert not Review.objects.exists()


def test_limits_that_ran_before_are_shown_and_never_counted(deaths: Deaths) -> None:
    # Died 14 March 2009, told the next day; six months end on 14 September; reviewed on 1 September.
    taken(deaths, FINISHED, OPEN)
    with deaths.acting():
        assert not RunningClock.objects.exists()
        assert caseload.counts(TODAY).overdue == 0
        shown = past.limits_before(case_of(FINISHED), deaths.now)
        assert [(one.due_on, one.words.partition(".")[0]) for one in shown] == [
            (date(2009, 3, 15), "Done in time"),
            (date(2009, 9, 14), "Done in time"),
        ]
        assert all("not counted as ours" in one.words for one in shown)


def test_nothing_is_made_before_it_is_confirmed(deaths: Deaths) -> None:
    file = begun(deaths, FINISHED)
    with deaths.acting() as actor:
        assert not Case.objects.exists()
        with pytest.raises(bringing_in.PastRefused, match="Something changed since you looked"):
            bringing_in.take(
                actor=actor, file=file, seen="another", without_stopped=True, with_doubles=False, today=TODAY,
                now=deaths.now,
            )  # fmt: skip
        bringing_in.put_aside(actor=actor, file=file)
        assert PastFile.objects.get(pk=file.pk).rows == []
        assert not Case.objects.exists()


def test_lines_with_a_problem_stay_out_and_only_when_somebody_says_so(deaths: Deaths) -> None:
    wrong = ("NM/09/02", *FINISHED[1:7], "31/02/2009", *FINISHED[8:])
    file = begun(deaths, FINISHED, wrong)
    with deaths.acting() as actor:
        plan = past.plan_of(file, TODAY)
        assert [line.number for line in plan.stopped] == [3]
        with pytest.raises(bringing_in.PastRefused, match="lines with problems stay out"):
            bringing_in.take(
                actor=actor, file=file, seen=plan.seen, without_stopped=False, with_doubles=False, today=TODAY,
                now=deaths.now,
            )  # fmt: skip
        bringing_in.take(
            actor=actor, file=file, seen=plan.seen, without_stopped=True, with_doubles=False, today=TODAY,
            now=deaths.now,
        )  # fmt: skip
        assert Case.objects.count() == 1


def test_edge_case_20_what_is_here_already_is_listed_and_not_joined(deaths: Deaths) -> None:
    first = taken(deaths, FINISHED)
    assert first.counts["cases"] == 1
    again = ("OTHER/1", "TAMSIN ORCHARD", *FINISHED[2:])
    file = begun(deaths, again, OPEN)
    with deaths.acting():
        plan = past.plan_of(file, TODAY)
        assert [(one.line, one.reference, one.sure) for one in plan.doubles] == [
            (2, case_of(FINISHED).record.reference, True)
        ]
        assert [line.number for line in plan.coming(doubles=False)] == [3]
        assert [line.number for line in plan.coming(doubles=True)] == [2, 3]
    taken(deaths, again, with_doubles=True)
    with deaths.acting():
        assert Case.objects.filter(merged_into__isnull=True).count() == 2


def test_a_list_is_taken_back_as_a_whole(deaths: Deaths) -> None:
    file = taken(deaths, FINISHED, OPEN)
    with deaths.acting() as actor:
        with pytest.raises(CannotTakeBack, match="Say why"):
            take_back(actor=actor, file=file, because=" ", today=TODAY)
        assert take_back(actor=actor, file=file, because="The wrong sheet", today=TODAY) == 2
        assert {case.record.standing.stage for case in Case.objects.select_related("record__standing")} == {
            "taken_back"
        }
        assert caseload.counts(TODAY).open == 0
    # The same list comes in again, and nothing of the first try stands in its way.
    plan = begun(deaths, FINISHED, OPEN)
    with deaths.acting():
        assert past.plan_of(plan, TODAY).doubles == ()


def test_a_list_somebody_has_worked_on_cannot_be_taken_back(deaths: Deaths) -> None:
    file = taken(deaths, FINISHED, OPEN)
    with deaths.acting() as actor:
        holds.begin(
            actor=actor, case=case_of(OPEN), why="inquest", since_on=TODAY, review_on=date(2016, 6, 14), now=deaths.now
        )  # fmt: skip
        with pytest.raises(CannotTakeBack, match="worked on one of its cases"):
            take_back(actor=actor, file=file, because="The wrong sheet", today=TODAY)


@pytest.mark.parametrize(
    "persona", ["designated_doctor", "analyst", "panel_chair", "administrator", "sister_coordinator"]
)
def test_only_the_coordinator_brings_lists_in(deaths: Deaths, persona: str) -> None:
    with deaths.acting(persona) as actor, pytest.raises(NotForYou):
        bringing_in.start(
            actor=actor, panel=deaths.panel, name="cases.csv", content=as_csv(FINISHED), today=TODAY
        )


@pytest.mark.parametrize(
    "persona", ["analyst", "panel_chair", "panel_police", "business_manager", "sister_coordinator"]
)
def test_nobody_else_sees_what_came_in(deaths: Deaths, persona: str) -> None:
    taken(deaths, FINISHED)
    with deaths.acting(persona):
        assert not Case.objects.exists()
        assert not PastFile.objects.exists()
        assert not PastRow.objects.exists()
        assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("cases.docx", b"", "CSV file or a workbook"),
        ("cases.csv", b"", "There is no list"),
        ("cases.csv", b"ref,name\n", "There is no list"),
        ("cases.xlsx", b"not a workbook", "damaged"),
    ],
)
def test_what_is_no_list_is_refused_in_words(deaths: Deaths, name: str, content: bytes, says: str) -> None:
    with deaths.acting() as actor, pytest.raises(bringing_in.PastRefused, match=says):
        bringing_in.start(actor=actor, panel=deaths.panel, name=name, content=content, today=TODAY)


def test_columns_that_cannot_make_a_case_are_refused(deaths: Deaths) -> None:
    file = begun(deaths, FINISHED)
    with deaths.acting() as actor:
        with pytest.raises(bringing_in.PastRefused, match="date of death"):
            bringing_in.choose_columns(actor=actor, file=file, columns=[Holds.REFERENCE])
        with pytest.raises(bringing_in.PastRefused, match="Two columns"):
            bringing_in.choose_columns(actor=actor, file=file, columns=[Holds.DIED, Holds.DIED, Holds.NAME])


def test_a_panel_elsewhere_has_no_lists_here(deaths: Deaths) -> None:
    away = Panel.objects.get(slug="farhaven")
    with deaths.acting() as actor, pytest.raises(bringing_in.PastRefused, match="does not use this system"):
        bringing_in.start(actor=actor, panel=away, name="cases.csv", content=as_csv(FINISHED), today=TODAY)


def test_a_thousand_lines_take_seconds_of_work(deaths: Deaths) -> None:
    """Three thousand in a minute: a third of that here, counted as this process's own work on a busy machine."""
    lines = [
        (
            f"NM/{n}", f"Child{n % 97} Family{n}", f"0{n % 9 + 1}/05/{2000 + n % 8}", "F" if n % 2 else "M", "",
            f"ZZ99 {n % 9}{chr(65 + n % 26)}Z", "Northmarsh", f"1{n % 9}/0{n % 9 + 1}/{2008 + n % 4}",
            f"2{n % 9}/0{n % 9 + 1}/{2008 + n % 4}", f"01/03/{2013 + n % 3}", str(n % 10 + 1), "No",
            "Yes", "Closed", "",
        )
        for n in range(1_000)
    ]  # fmt: skip
    began = time.process_time()
    file = taken(deaths, *lines)
    spent = time.process_time() - began
    assert file.counts["cases"] == 1_000
    assert spent < 20, f"{spent:.0f} s"
