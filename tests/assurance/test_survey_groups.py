"""Which groups of people may be shown apart: worked out by hand, and attacked by every sum and difference."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from wholestory.assurance.rules.survey import ANSWERED, Line, Reply, Results, results
from wholestory.assurance.rules.survey_gap import Gap, Leaders, by_gap
from wholestory.assurance.rules.survey_groups import TOGETHER, kept_back, merge, shown


def test_nothing_is_kept_back_when_all_are_enough() -> None:
    assert kept_back({"a": 10, "b": 30, "c": 0}, 10) == frozenset()


def test_one_small_group_takes_the_smallest_of_the_others_with_it() -> None:
    """a (4) alone would be 44 less 30 less 10: so c (10) goes too, and 14 people are left unparted."""
    assert kept_back({"a": 4, "b": 30, "c": 10}, 10) == {"a", "c"}


def test_two_small_groups_that_are_few_even_together_take_a_third() -> None:
    """3 and 4 make 7, below 10; with 12 they make 19."""
    assert kept_back({"a": 3, "b": 4, "c": 12, "d": 40}, 10) == {"a", "b", "c"}


def test_two_small_groups_enough_together_hide_each_other() -> None:
    assert kept_back({"a": 6, "b": 7, "c": 40}, 10) == {"a", "b"}


def test_everything_goes_together_when_nothing_else_can_be_shown() -> None:
    found = merge({"a": 4, "b": 12}, 10)
    assert found.alone == ()
    assert found.keys == (TOGETHER,)


def test_empty_groups_go_with_the_small_so_that_nobody_and_few_look_alike() -> None:
    found = merge({"a": 6, "b": 7, "c": 40, "d": 0}, 10)
    assert found.alone == ("c",)
    assert set(found.together) == {"a", "b", "d"}


def test_an_organisation_is_opened_only_when_what_remains_of_each_column_is_enough() -> None:
    """Police 10 and 20 may be opened; what remains of the columns is then 12 and 3, and 3 is too few."""
    cells = {
        ("police", "front"): 10,
        ("police", "manager"): 20,
        ("school", "front"): 12,
        ("school", "manager"): 3,
    }
    found = shown(cells, ["police", "school"], ["front", "manager"], 10)
    assert found.rows == {"police", "school"}
    assert found.columns == {"front", "manager"}
    assert found.inside == frozenset()


def test_two_are_opened_when_the_rest_is_nobody_or_enough() -> None:
    cells = {
        ("police", "front"): 10, ("police", "manager"): 20, ("school", "front"): 15, ("school", "manager"): 10,
        ("health", "front"): 19, ("health", "manager"): 0,
    }  # fmt: skip
    found = shown(cells, ["police", "school", "health"], ["front", "manager"], 10)
    assert found.inside == {"police", "school", "health"}


def no_combination(known: list[tuple[int, ...]]) -> list[list[Fraction]]:
    """What every known sum leaves open: vectors that span all tables with the same known sums (Gauss, exact)."""
    rows, width = [[Fraction(n) for n in row] for row in known], len(known[0])
    pivots: list[int] = []
    for column in range(width):
        at = next((n for n in range(len(pivots), len(rows)) if rows[n][column]), None)
        if at is None:
            continue
        here = len(pivots)
        rows[here], rows[at] = rows[at], rows[here]
        rows[here] = [n / rows[here][column] for n in rows[here]]
        for n, row in enumerate(rows):
            if n != here and row[column]:
                rows[n] = [a - row[column] * b for a, b in zip(row, rows[here], strict=True)]
        pivots.append(column)
    spans = []
    for free in (c for c in range(width) if c not in pivots):
        vector = [Fraction(0)] * width
        vector[free] = Fraction(1)
        for n, pivot in enumerate(pivots):
            vector[pivot] = -rows[n][free]
        spans.append(vector)
    return spans


@pytest.mark.parametrize("seed", range(80))
def test_no_combination_of_what_is_shown_singles_out_few_people(seed: int) -> None:
    """Every set of cells of a small table is tried: where its people can be counted from all that is shown, by any
    sums and differences, it holds nobody or at least five."""
    dice = random.Random(seed)
    rows, columns = ["a", "b", "c", "d"][: dice.randint(2, 4)], ["x", "y", "z"][: dice.randint(2, 3)]
    places = list(product(rows, columns))
    cells = {place: dice.choice([0, 0, 1, 3, 5, 6, 8, 12, 20]) for place in places}
    found = shown(cells, rows, columns, 5)
    if not found.total:
        assert sum(cells.values()) < 5
        return
    known = [tuple(1 for _ in places)]
    known += [tuple(int(r == row) for r, _ in places) for row in found.rows]
    known += [tuple(int(c == column) for _, c in places) for column in found.columns]
    known += [tuple(int(place == (row, c)) for place in places) for row in found.inside for c in columns]
    open_ = no_combination(known)
    for some in product((0, 1), repeat=len(places)):
        people = sum(cells[place] for place, taken in zip(places, some, strict=True) if taken)
        if 0 < people < 5:
            assert any(sum(a for a, taken in zip(v, some, strict=True) if taken) for v in open_), (
                cells,
                found,
                some,
            )


def replies(n: int, answer: str, agency: str = "police", group: str = "front") -> list[Reply]:
    return [Reply(agency, group, {"refer": answer} if answer else {}) for _ in range(n)]


def test_the_published_survey_as_arithmetic() -> None:
    """457 replies, 452 of them agree: 452 / 457 = 0.98906, which the area printed as 99 %."""
    found = results(
        [*replies(300, "agree"), *replies(152, "strongly_agree"), *replies(5, "disagree")], ["refer"], ["police"],
        ["front"], 10,
    )  # fmt: skip
    line = found.of("all")["refer"]
    assert (found.replies, line.answered, line.agree) == (457, 457, 452)
    assert line.share == Fraction(452, 457)
    assert round(line.share * 100) == 99


def test_dont_know_and_blank_are_no_answers() -> None:
    """6 agree, 6 neither, 4 don't know, 4 blank: 6 of 12 agree, not 6 of 20."""
    some = [*replies(6, "agree"), *replies(6, "neither"), *replies(4, "dont_know"), *replies(4, "")]
    line = results(some, ["refer"], ["police"], ["front"], 10).of("all")["refer"]
    assert (line.answered, line.agree, line.dont_know, line.share) == (12, 6, 4, Fraction(1, 2))


def test_fewer_than_the_minimum_and_nothing_is_shown() -> None:
    found = results(replies(9, "agree"), ["refer"], ["police"], ["front"], 10)
    assert (found.enough, found.replies, found.lines) == (False, 0, ())


def test_a_statement_few_answered_is_kept_back_with_its_complement() -> None:
    """Of 20 police 4 answered, of 20 health 20, of 30 school 30: police's is kept back, and the smaller of the
    others with it, or 54 less 20 less 30 would tell what the 4 said."""
    some = [
        *replies(4, "disagree"), *replies(16, "dont_know"), *replies(20, "agree", "health"),
        *replies(20, "agree", "school"), *replies(10, "disagree", "school"),
    ]  # fmt: skip
    found = results(some, ["refer"], ["police", "health", "school"], ["front"], 10)
    assert dict(found.agencies) == {"police": 20, "health": 20, "school": 30}
    assert found.of("all")["refer"].answered == 54
    assert found.of("agency", "police")["refer"].answered is None
    assert found.of("agency", "health")["refer"].answered is None
    assert found.of("agency", "school")["refer"].answered == 30


def test_an_organisation_sees_its_own_people_only() -> None:
    some = [*replies(12, "agree"), *replies(15, "agree", "health"), *replies(3, "agree", "charity")]
    found = results(some, ["refer"], ["police", "health", "charity"], ["front"], 10)
    assert found.agencies == (("health", 15), (TOGETHER, 15))
    assert found.agencies_together == ("police", "charity")
    assert [line.agency for line in found.only("health").lines] == ["health"]
    assert found.only("health").replies == 15
    for kept in ("police", "charity", TOGETHER):
        assert (found.only(kept).replies, found.only(kept).lines) == (0, ())


def test_the_minimum_cannot_be_set_below_five() -> None:
    with pytest.raises(ValueError, match="5 at least"):
        results([], ["refer"], [], [], 4)


def test_figures_come_back_from_json_as_they_were() -> None:
    some = [*replies(12, "agree"), *replies(15, "disagree", "health", "manager")]
    found = results(some, ["refer"], ["police", "health"], ["front", "manager"], 10)
    assert Results.from_data(found.as_data()) == found


def test_the_gap_is_leaders_less_staff_and_the_widest_stands_first() -> None:
    """100 % of 4 leaders and 452 of 457 staff: 1.1 points. 3 of 4 and 6 of 12: 25 points, so it stands first."""
    refer = Gap("refer", Leaders(4, 4, 4, Fraction(1)), Line("refer", "all", "", "", 457, 452, 0))
    escalation = Gap(
        "escalation", Leaders(3, 4, 4, Fraction(3, 4)), Line("escalation", "all", "", "", 12, 6, 0)
    )
    hidden = Gap("policy", Leaders(1, 4, 4, Fraction(1, 4)), Line("policy", "all", "", "", None, None, None))
    assert escalation.points == Fraction(1, 4)
    assert refer.points == Fraction(5, 457)
    assert hidden.points is None
    assert [gap.statement for gap in by_gap([refer, hidden, escalation])] == ["escalation", "refer", "policy"]


def test_there_are_five_points_and_dont_know_is_none_of_them() -> None:
    assert len(ANSWERED) == 5
    assert "dont_know" not in ANSWERED
