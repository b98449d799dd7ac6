"""What is typed in a line, and what is odd in a return: numbers by hand, rules from data returns 5 and 8."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from wholestory.indicators.catalogue import load
from wholestory.indicators.rules.entries import Typed, read
from wholestory.indicators.rules.figures import Figure
from wholestory.indicators.rules.lines import Line, lines_of
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.quarters import back
from wholestory.indicators.rules.return_checks import check

START, END = date(2015, 10, 1), date(2015, 12, 31)
NOW = Period(START, END)


def line(code: str) -> Line:
    return Line(load().get(code), START, END)


def rules_of(code: str, *said: str) -> list[tuple[str, str, str]]:
    _, faults = read(line(code), Typed(*said))
    return [(fault.field, fault.rule, fault.severity) for fault in faults]


def test_numbers_as_people_write_them() -> None:
    assert read(line("G04"), Typed("1,204"))[0].figure.numerator == 1204
    assert read(line("G04"), Typed("12.0"))[0].figure.numerator == 12
    assert read(line("G04"), Typed("0"))[0].figure == Figure(numerator=Decimal(0))


@pytest.mark.parametrize(
    "said", ["<5", "n/a", "tbc", "-", "1.5", "nil", "12 children", "-3", "1,20", "*", "1-4", "1000000000"]
)
def test_what_is_no_number_is_told_and_never_guessed(said: str) -> None:
    entry, faults = read(line("G04"), Typed(said))
    assert [(fault.field, fault.rule, fault.severity) for fault in faults] == [
        ("numerator", "PB-01", "error")
    ]
    assert entry.figure == Figure()
    assert entry.typed.numerator == said


@pytest.mark.parametrize(
    ("letter", "means"),
    [("c", "suppressed"), ("x", "not_supplied"), ("z", "not_applicable"), ("C", "suppressed")],
)
def test_the_departments_letters_are_kinds_of_nothing_and_never_zero(letter: str, means: str) -> None:
    entry, faults = read(line("G04"), Typed(letter))
    assert (entry.figure, faults) == (Figure(nothing=means), [])


def test_how_many_above_of_how_many_is_an_error() -> None:
    assert rules_of("G02", "61", "60") == [("numerator", "PB-07", "error")]
    assert rules_of("G02", "60", "60") == []


def test_a_percentage_alone_is_kept_and_queried() -> None:
    entry, faults = read(line("G02"), Typed("", "", "81%"))
    assert (entry.figure.percentage, faults) == (Decimal(81), [])
    findings = check([line("G02")], {"G02": Typed("", "", "81%")}, {}, {}, complete=False).findings
    assert [(one.fault.rule, one.fault.severity) for one in findings] == [("PB-07", "query")]


def test_a_typed_percentage_that_the_counts_do_not_come_to_is_an_error() -> None:
    # 48 of 60 is 80.0%: ten times out is how published reports went wrong.
    assert rules_of("G02", "48", "60", "8.0") == [("percentage", "PB-07", "error")]
    assert rules_of("G02", "48", "60", "80.0") == []


def test_a_share_of_one_is_asked_about() -> None:
    assert rules_of("G02", "", "", "0.81") == [("percentage", "RT-08", "query")]
    assert rules_of("G02", "", "", "0.81%") == []


def test_a_number_and_a_kind_of_nothing_cannot_both_stand() -> None:
    assert rules_of("G04", "3", "", "", "not_held") == [("nothing", "RT-05", "error")]


def test_half_a_share_is_not_one() -> None:
    assert rules_of("G02", "3") == [("denominator", "RT-06", "error")]
    assert rules_of("G02", "", "3") == [("numerator", "RT-06", "error")]


def parts(total: str, *given: str) -> list[tuple[str, str]]:
    asks = [{"measure": "G01a", "version": 1, "breakdowns": ["sex"]}]
    lines = lines_of(asks, {("G01a", 1): load().get("G01a")}, START, END)
    assert [one.key for one in lines] == ["G01a", "G01a|sex|female", "G01a|sex|male", "G01a|sex|not_known"]
    typed = {one.key: Typed(said) for one, said in zip(lines, (total, *given), strict=True)}
    return [(one.key, one.fault.rule) for one in check(lines, typed, {}, {}, complete=True).findings]


def test_parts_add_up_to_their_total() -> None:
    assert parts("9", "4", "5", "0") == []
    assert parts("9", "4", "4", "0") == [("G01a", "PB-07")]


def test_a_withheld_part_leaves_the_sum_open_unless_it_is_too_large() -> None:
    assert parts("9", "4", "c", "0") == []
    assert parts("9", "8", "c", "2") == [("G01a", "PB-07")]


def test_parts_left_out_altogether_are_a_query_and_one_left_out_an_error() -> None:
    assert parts("9", "", "", "") == [("G01a|sex|female", "RT-04")]
    assert parts("9", "4", "5", "") == [("G01a|sex|not_known", "RT-04")]
    assert parts("z", "", "", "") == []


def odd(now: str, *past: int, code: str = "G04") -> list[str]:
    """The rules a count is queried by, after these quarters (oldest first)."""
    history = {
        code: {back(NOW, n): Figure(numerator=Decimal(value)) for n, value in enumerate(reversed(past), 1)}
    }
    found = check([line(code)], {code: Typed(now)}, history, {}, complete=False).findings
    return [one.fault.rule for one in found]


def test_a_change_is_odd_when_large_and_outside_three_standard_deviations() -> None:
    # Four of 28 and four of 32: mean 30, sample standard deviation 2.138, so three of them reach from 23.6 to 36.4.
    usual = (32, 28, 28, 32, 32, 28, 28, 32)
    assert odd("36", *usual) == []
    # 41 is outside 36.4, and 28% above last quarter's 32; a year ago it was 32 as well, so it is no large change.
    assert odd("41", *usual) == []
    # 42 is 31% above 32, and outside.
    assert odd("42", *usual) == ["PB-06"]
    # A large change within what is usual: mean 30, deviations 20: standard deviation 21.4, so 60 is usual.
    assert odd("60", 10, 50, 10, 50, 10, 50, 10, 50) == []


def test_too_short_a_past_says_nothing_of_what_is_usual() -> None:
    assert odd("300", 30, 31, 30) == []


def test_zero_after_four_quarters_with_some_is_odd() -> None:
    assert odd("0", 1, 2, 1, 2) == ["RT-03"]
    assert odd("0", 1, 2, 0, 2) == []
    assert odd("0", 2, 1, 2) == []


def test_a_reason_accepts_a_query_while_the_row_is_unchanged() -> None:
    def looked(said: Typed, reasons: dict[str, str]) -> tuple[str, bool]:
        (one,) = check([line("G02")], {"G02": said}, {}, reasons, complete=False).findings
        return one.code, one.open

    code, is_open = looked(Typed("", "", "81"), {})
    assert is_open
    reasons = {code: "Our system gives no counts."}
    assert looked(Typed("", "", "81"), reasons) == (code, False)
    assert looked(Typed("", "", "81", "", "A note"), reasons) == (code, False)
    assert looked(Typed("", "", "82"), reasons)[1]


def test_a_blank_line_is_told_only_when_the_return_is_passed_on() -> None:
    assert not check([line("G04")], {}, {}, {}, complete=False).findings
    (one,) = check([line("G04")], {}, {}, {}, complete=True).findings
    assert (one.fault.rule, one.is_error) == ("RT-04", True)
