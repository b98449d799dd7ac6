"""Every clock of every edition, found by discovery."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from wholestory.kernel.moments import parse
from wholestory.kernel.working_days import CALENDARS
from wholestory.pathways import register
from wholestory.pathways.editions import editions
from wholestory.pathways.rules import telling
from wholestory.pathways.rules.editions import Axis, Reading
from wholestory.pathways.rules.reckoning import work_out
from wholestory.pathways.rules.terms import Clock, Evidence, Kind, Status, Unit

CLOCKS = register.clocks()
NAMES = {each.key for axis in Axis for each in editions(axis)}


@pytest.mark.parametrize("clock", CLOCKS, ids=register.rule_id)
def test_each_clock_is_whole(clock: Clock) -> None:
    assert clock.key == clock.key.lower()
    assert clock.key.replace("_", "").isalnum()
    assert clock.title
    assert clock.duty
    assert clock.starts
    assert clock.editions
    assert set(clock.editions) <= NAMES
    assert clock.source.sentence.endswith(".")
    assert clock.source.document
    assert clock.stops or clock.duty in {"Counting windows", "Training"}
    if clock.opens is not None and clock.opens.unit is clock.limit.unit:
        assert clock.opens.amount < clock.limit.amount


@pytest.mark.parametrize("clock", CLOCKS, ids=register.rule_id)
def test_each_clock_can_be_worked_out_and_told(clock: Clock) -> None:
    starts = {fact.key: parse("2016-03-14 10:00") for fact in clock.starts}
    worked = work_out(clock, starts, calendars=CALENDARS)
    under = next(each for axis in Axis for each in editions(axis) if each.key == clock.editions[0])
    assert (worked.due is None) == (clock.limit.unit is Unit.AT_ONCE)
    assert telling.answer(worked)
    assert telling.data(worked, under)["clock"] == clock.key
    assert [line.label for line in telling.lines(worked, under)][-1] == "Status"


def test_a_key_has_one_version_in_each_edition() -> None:
    held = Counter((clock.key, name) for clock in CLOCKS for name in clock.editions)
    assert [found for found, number in held.items() if number > 1] == []


def test_versions_of_a_clock_count_from_facts_of_the_same_name() -> None:
    """So that a start given on the command line means the same in every edition."""
    for key in register.clock_keys():
        assert len({tuple(fact.key for fact in each.starts) for each in register.versions(key)}) == 1


def test_rule_names_are_unique_and_can_be_looked_up() -> None:
    names = [register.rule_id(rule) for rule in register.rules()]
    assert len(names) == len(set(names))
    assert all(register.rule_id(register.by_id(name)) == name for name in names)


def test_only_what_was_seen_is_more_than_unchecked() -> None:
    for rule in register.rules():
        if rule.source.evidence is not Evidence.SEEN:
            local = rule.kind is Kind.LOCAL and rule.source.evidence is Evidence.DESIGN
            assert rule.status is (Status.LOCAL if local else Status.UNCHECKED)


def test_nothing_is_called_statutory() -> None:
    for clock in CLOCKS:
        assert "statutory" not in f"{clock.title} {clock.note} {clock.source.sentence}".lower()
        if clock.status is Status.UNCHECKED:
            assert telling.kind_words(clock) != "duty"
            assert "Not checked" in telling.standing(clock)


def test_nothing_is_claimed_under_an_edition_that_nobody_read() -> None:
    for each in editions():
        assert (not register.of_edition(each)) == (each.reading is Reading.UNREAD)


@pytest.mark.parametrize(
    ("key", "under", "began", "due"),
    [
        ("incident_notification", "WT2015", "2015-12-23", date(2016, 1, 4)),
        ("scr_decision_told", "WT2015", "2016-04-29", date(2016, 5, 9)),
        ("rapid_review", "WT2023", "2026-04-01", date(2026, 4, 24)),
        ("scr_completed", "WT2015", "2016-08-31", date(2017, 2, 28)),
        ("copies_before_publication", "WT2018", "2022-04-21", date(2022, 4, 8)),
        ("copies_before_publication", "WT2013", "2014-04-24", date(2014, 4, 17)),
        ("freedom_of_information", "WT2015", "2017-04-01", date(2017, 5, 3)),
        ("freedom_of_information", "WT2023", "2025-11-28", date(2025, 12, 31)),
        ("initial_conference", "WT2015", "2016-03-14", date(2016, 4, 6)),
        ("initial_health_assessment", "WT2015", "2015-12-14", date(2016, 1, 14)),
        ("initial_health_assessment_request", "WT2015", "2015-12-14", date(2015, 12, 21)),
        ("initial_health_assessment_28_days", "WT2015", "2015-12-14", date(2016, 1, 11)),
        ("return_interview", "WT2015", "2016-03-25 22:00", date(2016, 3, 28)),
        ("plan_two_years", "WT2015", "2014-03-14", date(2016, 3, 12)),
        ("yearly_report", "WT2023", "2025-03-31", date(2025, 9, 30)),
        ("return_reminder_28", "WT2015", "2016-03-31", date(2016, 3, 3)),
        ("return_chair_letter", "WT2015", "2016-03-24", date(2016, 4, 25)),
        ("death_notified", "WT2015", "2016-03-14 10:00", date(2016, 3, 15)),
        ("death_notified", "CDR2018", "2026-03-28 10:00", date(2026, 3, 30)),
    ],
)
def test_worked_examples(key: str, under: str, began: str, due: date) -> None:
    clock = register.clock(key, under)
    worked = work_out(clock, {clock.starts[0].key: parse(began)}, calendars=CALENDARS)
    assert worked.due is not None
    assert worked.due.on == due


def test_more_than_729_days_counting_both_ends() -> None:
    clock = register.clock("plan_two_years", "WT2015")
    worked = work_out(clock, {"plan_start": parse("2014-03-14")}, calendars=CALENDARS)
    assert worked.due is not None
    assert (worked.due.on - date(2014, 3, 14)).days + 1 == 730


def test_an_unknown_clock_names_its_neighbours() -> None:
    with pytest.raises(register.UnknownRule, match="scr_decision"):
        register.versions("scr-desicion")
    with pytest.raises(register.NotInEdition, match="WT2018, WT2023"):
        register.clock("rapid_review", "WT2015")
    with pytest.raises(register.NotInEdition, match="has not been read"):
        register.clock("rapid_review", "WT2026")
