"""What relevants, constraints and calculations become here, and what is said of those that cannot."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.paperwork.xlsform.books import read, said
from wholestory.paperwork.definitions import (
    All,
    Answered,
    Any,
    AnyOf,
    AtLeast,
    Calculated,
    Choices,
    Condition,
    Date,
    DateOrder,
    DaysBetween,
    Is,
    IsNot,
    Not,
    Number,
    Percentage,
    Ratio,
    RequiredWhen,
    Subtract,
    Text,
    YearsBetween,
)  # fmt: skip

HEAD = ("type", "name", "label")


CONDITIONS: list[tuple[str, Condition]] = [
    ("${a} = 'yes'", Is("a", "yes")),
    ('"yes"=${a}', Is("a", "yes")),
    ("${a} != 'yes'", Not(Is("a", "yes"))),
    ("${a} != '' and ${a} != 'yes'", IsNot("a", "yes")),
    ("selected(${m}, 'no')", Is("m", "no")),
    ("not(selected(${m}, 'no'))", Not(Is("m", "no"))),
    ("${a} = 'yes' or ${a} = 'no'", AnyOf("a", ("yes", "no"))),
    ("${n} >= 3", AtLeast("n", 3)),
    ("3 < ${n}", AtLeast("n", 4)),  # whole numbers
    ("${n} > 2.5", AtLeast("n", 3)),
    ("${n} < 3", All((Answered("n"), Not(AtLeast("n", 3))))),
    ("${n} = 3", Is("n", 3)),
    ("count(${r}) > 0", AtLeast("r", 1)),
    ("${t} != ''", Answered("t")),
    ("string-length(${t}) > 0", Answered("t")),
    ("${t} = ''", Not(Answered("t"))),
    (
        "(${a} = 'yes' and ${n} >= 3) or selected(${m}, 'no')",
        Any((All((Is("a", "yes"), AtLeast("n", 3))), Is("m", "no"))),
    ),
]
EARLIER = [
    (*HEAD, "relevant"),
    ("select_one yes_no", "a", "A", ""),
    ("select_multiple yes_no", "m", "M", ""),
    ("integer", "n", "N", ""),
    ("text", "t", "T", ""),
    ("begin_repeat", "r", "R", ""),
    ("text", "r1", "R1", ""),
    ("end_repeat", "", "", ""),
]
"""What stands before the question whose condition is read."""


@pytest.mark.parametrize(("relevant", "condition"), CONDITIONS)
def test_a_relevant_becomes_a_condition(relevant: str, condition: Condition) -> None:
    found = read([*EARLIER, ("text", "z", "Z", relevant)])
    assert found.form is not None
    assert found.not_held == ()
    assert found.form.question("z").show_when == condition


@pytest.mark.parametrize(
    ("relevant", "why"),
    [
        ("${t} = 'x'", "what was answered to t cannot be compared; only choices and numbers can"),
        ("${n} > ${n}", "an answer is compared with something worked out; here only with a fixed value"),
        ("regex(${t}, 'x')", "regex() is not known here"),
        ("${a} = 'maybe'", "“maybe” is not one of the choices of a"),
        ("${r1} = 'x'", "r1 is asked many times, in a repeating group"),
        ("${after} = 'yes'", "after comes later; here only earlier answers can be looked at"),
        ("${gps} != ''", "gps is not held itself"),
        ("today() > ${t}", "today() is not known here"),
    ],
)
def test_a_relevant_that_cannot_be_held_is_told_and_the_question_kept(relevant: str, why: str) -> None:
    rows = [
        *EARLIER,
        ("geopoint", "gps", "G", ""),
        ("text", "z", "Z", relevant),
        ("select_one yes_no", "after", "L", ""),
    ]
    found = read(rows)
    assert found.form is not None
    assert found.form.question("z").show_when is None
    at = f"survey, row 10, column D (relevant): when it is shown is not held, so it always is: {why}"
    assert at in said(found.not_held)


def test_bounds_lengths_and_two_answers_are_held() -> None:
    head = (*HEAD, "constraint", "constraint_message", "required", "required_message")
    form = read(
        [
            head,
            ("integer", "a", "A", ". > 0 and . <= 120", "", "yes", ""),
            ("decimal", "b", "B", ". >= -0.5", "", "", ""),
            ("text", "c", "C", "string-length(.) < 51", "", "", ""),
            ("date", "d", "D", ". > '2016-03-14' and . <= today()", "", "", ""),
            ("date", "e", "E", ". >= ${d}", "It ends before it begins", "", ""),
            ("select_multiple yes_no", "f", "F", "count-selected(.) <= 1", "", "${a} >= 2", "Say which"),
        ]
    ).form
    assert form is not None
    a, b, c, d, f = (form.question(key) for key in "abcdf")
    assert isinstance(a, Number)
    assert (a.minimum, a.maximum, a.required) == (Decimal(1), Decimal(120), True)
    assert isinstance(b, Number)
    assert (b.minimum, b.maximum, b.required) == (Decimal("-0.5"), None, False)
    assert isinstance(c, Text)
    assert c.max_length == 50
    assert isinstance(d, Date)
    assert str(d.not_before) == "2016-03-15"  # after the 14th
    assert d.not_after == "today"
    assert isinstance(f, Choices)
    assert f.at_most == 1
    assert form.checks == (
        DateOrder("d", "e", message="It ends before it begins"),
        RequiredWhen("f", AtLeast("a", 2), message="Say which"),
    )


def test_calculations_are_worked_out_here_where_they_can_be() -> None:
    head = (*HEAD, "calculation")
    form = read(
        [
            head,
            ("integer", "a", "A", ""), ("integer", "b", "B", ""), ("date", "d", "D", ""), ("date", "e", "E", ""),
            ("calculate", "share", "S", "round(${a} div ${b} * 100, 1)"),
            ("calculate", "left", "L", "${b} - ${a}"),
            ("calculate", "each", "E", "${a} div ${b}"),
            ("calculate", "days", "Days", "${e} - ${d}"),
            ("calculate", "age", "Age", "int((${e} - ${d}) div 365.25)"),
        ]
    ).form  # fmt: skip
    assert form is not None
    made = [form.question(key) for key in ("share", "left", "each", "days", "age")]
    assert [each.working for each in made if isinstance(each, Calculated)] == [
        Percentage("a", "b"), Subtract("b", "a"), Ratio("a", "b"), DaysBetween("d", "e"), YearsBetween("d", "e"),
    ]  # fmt: skip
    assert isinstance(made[0], Calculated)
    assert made[0].decimals == 1
