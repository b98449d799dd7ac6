"""Answers that are worked out: from earlier ones only, each time they are read, and never from what was not said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from tests.paperwork.test_definitions import faults_in, one_page
from wholestory.paperwork.definitions import (
    NOT_APPLICABLE,
    NOT_KNOWN,
    Add,
    AtLeast,
    Calculated,
    Date,
    DaysBetween,
    Fixed,
    Form,
    Given,
    Grid,
    GridRow,
    Is,
    Nothing,
    NotMoreThan,
    NotThat,
    Number,
    Page,
    Percentage,
    Place,
    Question,
    Ratio,
    Repeat,
    RequiredWhen,
    Sheet,
    Subtract,
    Text,
    TotalOf,
    Working,
    YearsBetween,
    YesNo,
    from_json,
    to_json,
)
from wholestory.paperwork.sealing import content_hash

ON = date(2016, 3, 14)
ITEMS: tuple[Question, ...] = (
    Number("a", "Trained", nothing=(NOT_KNOWN, NOT_APPLICABLE)),
    Number("b", "Employed"),
    YesNo("more", "Any volunteers?"),
    Number("c", "Volunteers", show_when=Is("more", "yes")),
    Date("from_on", "From", coarsest="year", approximate=True),
    Date("to_on", "To"),
    Grid(
        "g",
        "Groups",
        (GridRow("x", "Xs"), GridRow("y", "Ys")),
        (Number("n", "Number"), Number("m", "Maybe", required=False)),
    ),
    Repeat("visits", "Visits", (Date("visit_on", "On"),), required=False, noun="visit"),
)


def worked_out(working: Working, decimals: int = 2, **answers: Any) -> Given:
    """What stands at a question worked out like this, given these answers."""
    form = Form("trial", 1, "Trial", one_page(*ITEMS, Calculated("out", "Out", working, decimals=decimals)))
    given = {
        Place(key): value if isinstance(value, Given) else Given(value) for key, value in answers.items()
    }
    return Sheet(form, given).at(Place("out"))


@pytest.mark.parametrize(
    ("working", "answers", "result"),
    [
        (Add(("a", "b")), {"a": "2", "b": "3.5"}, "5.5"),
        (Add(("a", Fixed(Decimal("0.25")))), {"a": "-1"}, "-0.75"),
        (Subtract("b", "a"), {"a": "8", "b": "10"}, "2"),
        (Subtract("a", "b"), {"a": "8", "b": "10"}, "-2"),
        (Ratio("a", "b"), {"a": "1", "b": "3"}, "0.33"),
        (Ratio("a", "b"), {"a": "2", "b": "3"}, "0.67"),
        (Percentage("a", "b"), {"a": "8", "b": "10"}, "80"),
        (Percentage("a", "b"), {"a": "1", "b": "8"}, "12.5"),
        (Percentage(Subtract("b", "a"), "b"), {"a": "1", "b": "4"}, "75"),
        (TotalOf("g", "n"), {"g": {"x": {"n": "2"}, "y": {"n": "3"}}}, "5"),
        (TotalOf("g", "m"), {"g": {"x": {"n": "2", "m": "7"}, "y": {"n": "3"}}}, "7"),
        (Add(("visits", "a")), {"visits": [1, 4, 5], "a": "0"}, "3"),
        (DaysBetween("from_on", "to_on"), {"from_on": "2016-02-28", "to_on": "2016-03-01"}, "2"),
        (DaysBetween("from_on", "to_on"), {"from_on": "2016-03-01", "to_on": "2016-03-01"}, "0"),
        (DaysBetween("from_on", "to_on"), {"from_on": "2016-03-02", "to_on": "2016-03-01"}, "-1"),
        (YearsBetween("from_on", "to_on"), {"from_on": "2004-03-14", "to_on": "2016-03-13"}, "11"),
        (YearsBetween("from_on", "to_on"), {"from_on": "2004-03-14", "to_on": "2016-03-14"}, "12"),
        (YearsBetween("from_on", "to_on"), {"from_on": "2004-02-29", "to_on": "2015-02-28"}, "10"),
        (YearsBetween("from_on", "to_on"), {"from_on": "2004-02-29", "to_on": "2015-03-01"}, "11"),
        (YearsBetween("from_on", "to_on"), {"from_on": "2004-05", "to_on": "2016-03-14"}, "11"),
    ],
)
def test_results_done_by_hand(working: Working, answers: dict[str, Any], result: str):
    assert worked_out(working, **answers) == Given(result)


def test_halves_are_rounded_away_from_nought():
    assert worked_out(Ratio("a", "b"), decimals=0, a="5", b="2").value == "3"
    assert worked_out(Ratio("a", "b"), decimals=0, a="-5", b="2").value == "-3"
    assert worked_out(Ratio("a", "b"), decimals=1, a="1", b="20").value == "0.1"


def test_dividing_by_nought_is_not_applicable_and_says_why():
    for working in (Ratio("a", "b"), Percentage("a", "b")):
        out = worked_out(working, a="3", b="0")
        assert (out.value, out.nothing) == (None, Nothing.NOT_APPLICABLE)
        question = Calculated("out", "Out", working)
        assert question.in_words(out) == "Not applicable: the number to divide by is 0"
        assert question.for_export(out) == "[not_applicable]"


def test_what_was_not_said_is_never_taken_for_a_number():
    total = Add(("a", "b"))
    assert worked_out(total, a="3") == Given()
    assert worked_out(total, a="3", b=Given(typed="ten")) == Given()
    assert worked_out(total, a=Given(nothing=Nothing.NOT_KNOWN), b="3").nothing == Nothing.NOT_KNOWN
    assert worked_out(total, a=Given(nothing=Nothing.NOT_KNOWN)) == Given(), "first everything has to be said"
    assert worked_out(TotalOf("g", "n"), g={"x": {"n": "2"}}) == Given(), (
        "a column that has to be full and is not"
    )


def test_what_is_not_asked_takes_no_part_in_a_sum_and_stops_anything_else():
    assert worked_out(Add(("a", "c")), a="3", more="no", c="5").value == "3"
    assert worked_out(Add(("a", "c")), a="3", more="yes", c="5").value == "8"
    assert worked_out(Add(("c",)), more="no").nothing == Nothing.NOT_APPLICABLE
    assert worked_out(Ratio("a", "c"), a="3", more="no").nothing == Nothing.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("working", "start"),
    [
        (DaysBetween("from_on", "to_on"), "2016-02"),
        (DaysBetween("from_on", "to_on"), "2016-03-01~"),
        (YearsBetween("from_on", "to_on"), "2004-03"),
        (YearsBetween("from_on", "to_on"), "2004"),
    ],
)
def test_dates_that_are_not_exact_enough_give_no_number(working: Working, start: str):
    out = worked_out(working, from_on=start, to_on="2016-03-14")
    assert (out.nothing, out.reason) == (Nothing.NOT_KNOWN, "the dates are not exact enough")


def test_nobody_has_an_age_before_being_born():
    out = worked_out(YearsBetween("from_on", "to_on"), from_on="2016-03-15", to_on="2016-03-14")
    assert (out.nothing, out.reason) == (Nothing.NOT_APPLICABLE, "the second date is before the first")


def test_words_carry_the_unit_that_belongs_to_the_working():
    years = Calculated("out", "Out", YearsBetween("from_on", "to_on"))
    assert [years.value_in_words(each) for each in ("1", "12", "0")] == ["1 year", "12 years", "0 years"]
    assert Calculated("out", "Out", Percentage("a", "b")).value_in_words("12.5") == "12.5%"
    assert Calculated("out", "Out", Add(("a", "b")), unit="£").value_in_words("-1234.5") == "-£1,234.5"
    assert Calculated("out", "Out", Add(("a", "b"))).value_for_export("1234.5") == "1234.5"


def test_a_result_is_worked_out_from_the_result_that_is_shown():
    third = Calculated("third", "A third", Ratio("a", "b"), decimals=1)
    thrice = Calculated("thrice", "Thrice", Add(("third", "third", "third")))
    form = Form("trial", 1, "Trial", one_page(*ITEMS, third, thrice))
    sheet = Sheet(form, {Place("a"): Given("1"), Place("b"): Given("3")})
    assert [sheet.at(Place(key)).value for key in ("third", "thrice")] == ["0.3", "0.9"]


def test_inside_a_group_each_item_has_its_own():
    group = Repeat(
        "staff",
        "Staff",
        (Number("hours", "Hours"), Calculated("days", "Days", Ratio("hours", "per_day"))),
        noun="person",
    )
    form = Form("trial", 1, "Trial", one_page(Number("per_day", "Hours a day"), group))
    given = {"per_day": "8", "staff": [1, 3], "hours.1": "16", "hours.3": "4"}
    sheet = Sheet(form, {Place.of(key): Given(value) for key, value in given.items()})
    assert [sheet.at(Place("days", item)).value for item in (1, 3)] == ["2", "0.5"]


def test_conditions_can_ask_about_a_result_and_a_page_knows_what_it_rests_on():
    items = (
        *ITEMS[:2],
        Calculated("share", "Share", Percentage("a", "b")),
        Text("well_done", "How did you do it?", show_when=AtLeast("share", 80)),
    )
    form = Form("trial", 1, "Trial", one_page(*items))
    for trained, asked in (("7", False), ("8", True)):
        sheet = Sheet(form, {Place("a"): Given(trained), Place("b"): Given("10")})
        assert sheet.applies(Place("well_done")) is asked
    assert form.controlling == {"share", "a", "b"}


def test_it_is_nobodys_answer():
    question = Calculated("out", "Out", Add(("a", "b")))
    form = Form("trial", 1, "Trial", one_page(*ITEMS[:2], question))
    empty, full = Sheet(form, {}), Sheet(form, {Place("a"): Given("1"), Place("b"): Given("2")})
    assert empty.progress(today=ON).applicable == 2
    assert {str(problem.place) for problem in empty.problems(ON)} == {"a", "b"}
    assert full.progress(today=ON).state == "complete"
    assert question.carry(full.at(Place("out"))) == Given()
    with pytest.raises(NotThat, match="worked out"):
        question.understand("3")
    stored = Sheet(form, {**full.given, Place("out"): Given("99")})
    assert stored.at(Place("out")).value == "3", "whatever somebody managed to store there"


def test_what_was_signed_covers_the_result():
    form = Form("trial", 1, "Trial", one_page(*ITEMS[:2], Calculated("out", "Out", Ratio("a", "b"))))
    one = Sheet(form, {Place("a"): Given("1"), Place("b"): Given("2")})
    two = Sheet(form, {Place("a"): Given("2"), Place("b"): Given("4")})
    assert one.at(Place("out")) == two.at(Place("out"))
    assert content_hash(one, "s") != content_hash(two, "s")
    assert content_hash(one, "s") == content_hash(Sheet(form, one.given), "s")


@any_of(st.decimals(-(10**15), 10**15, places=6), st.decimals(-(10**15), 10**15, places=6), st.integers(0, 6))
def test_no_numbers_break_it(a: Decimal, b: Decimal, decimals: int):
    for working in (Add(("a", "b")), Subtract("a", "b"), Ratio("a", "b"), Percentage("a", "b")):
        out = worked_out(working, decimals=decimals, a=format(a, "f"), b=format(b, "f"))
        assert (out.value is None) == (out.nothing is not None)
    assert (
        Decimal(str(worked_out(Add(("a", "b")), decimals=6, a=format(a, "f"), b=format(b, "f")).value))
        == a + b
    )


@any_of(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 40000))
def test_elapsed_days_are_the_calendars(first: date, days: int):
    then = date.fromordinal(first.toordinal() + days)
    out = worked_out(DaysBetween("from_on", "to_on"), from_on=first.isoformat(), to_on=then.isoformat())
    assert out.value == str(days)


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (
            Calculated("z", "Z", Add(("later",))),
            "question 'z': is worked out from 'later', which comes later",
        ),
        (Calculated("z", "Z", Add(("z", "a"))), "question 'z': is worked out from 'z', which is itself"),
        (Calculated("z", "Z", Add(("nowhere",))), "'nowhere', which this form does not ask"),
        (Calculated("z", "Z", Add(("more",))), "'more', whose answers are not numbers"),
        (Calculated("z", "Z", DaysBetween("a", "to_on")), "'a', which is not a date"),
        (Calculated("z", "Z", TotalOf("g", "p")), "'g', which has no column of numbers 'p'"),
        (Calculated("z", "Z", TotalOf("a", "n")), "'a', which has no column of numbers 'n'"),
        (
            Calculated("z", "Z", DaysBetween("visit_on", "to_on")),
            "'visit_on', which is asked many times, in 'visits'",
        ),
        (Calculated("z", "Z", Fixed(Decimal(1))), "it is worked out from no answer"),
        (Calculated("z", "Z", Ratio(Add(()), "a")), "it adds up nothing"),
        (Calculated("z", "Z", Add(("a",)), decimals=7), "rounded to 0 to 6 decimals"),
        (Calculated("z", "Z", Add(("a",)), required=True), "nobody answers it"),
        (Calculated("z", "Z", Add(("a",)), nothing=(NOT_KNOWN,)), "nobody answers it"),
        (Calculated("z", "Z", Add(("a",) * 101)), "more than 100 answers"),
    ],
)
def test_a_working_that_cannot_work_is_refused_when_it_is_built(question: Question, fault: str):
    (found,) = faults_in(*one_page(*ITEMS, question, Number("later", "Later")))
    assert fault in found


def test_a_tower_of_results_is_refused():
    steps = [Calculated(f"s{n}", f"Step {n}", Add((f"s{n - 1}" if n else "a",))) for n in range(11)]
    (found,) = faults_in(*one_page(Number("a", "A"), *steps))
    assert found.endswith("question 's10': is worked out over more than 10 steps")


@pytest.mark.parametrize(
    "check", [NotMoreThan("out", "b", message="m"), RequiredWhen("out", Is("more", "yes"), message="m")]
)
def test_a_check_cannot_blame_a_result(check: Any):
    (found,) = faults_in(*one_page(*ITEMS, Calculated("out", "Out", Add(("a", "b")))), checks=(check,))
    assert "which is worked out, so nobody can put it right there" in found


def test_workings_come_back_from_their_json():
    working = Percentage(Add(("a", Fixed(Decimal("1.50")))), Subtract(TotalOf("g", "n"), "b"))
    form = Form("trial", 1, "Trial", (Page("one", "One", (*ITEMS, Calculated("out", "Out", working))),))
    assert from_json(to_json(form)) == form
    assert to_json(form)["form"]["pages"][0]["items"][-1]["working"]["first"] == {
        "word": "add",
        "parts": ["a", {"word": "fixed", "amount": "1.5"}],
    }
