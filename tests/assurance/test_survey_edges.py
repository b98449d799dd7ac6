"""A share of nobody or everybody tells what each person said: bounds, and what is held back beside them, by hand."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from wholestory.assurance.queries.survey import Names
from wholestory.assurance.queries.survey_report import report
from wholestory.assurance.reports.base import shown
from wholestory.assurance.reports.loop import _agree
from wholestory.assurance.rules.survey import Line, Reply, Results, results
from wholestory.assurance.rules.survey_edges import How, at_the_edge, bound, crossing_tells, protect
from wholestory.assurance.rules.survey_gap import Gap, Leaders, by_gap

EXACT, BOUND, KEPT = How.AS_IS, How.BOUND, How.KEPT


def people(agency: str, agree: int, others: int, group: str = "front") -> list[Reply]:
    yes = [Reply(agency, group, {"refer": "agree"})] * agree
    return yes + [Reply(agency, group, {"refer": "disagree"})] * others


@pytest.mark.parametrize(
    ("answered", "agree", "edge"),
    [(12, 12, True), (12, 10, True), (12, 9, False), (12, 3, False), (12, 2, True), (12, 0, True), (0, 0, False)],
)  # fmt: skip
def test_three_people_on_either_side_are_enough_and_two_are_not(
    answered: int, agree: int, edge: bool
) -> None:
    assert at_the_edge((answered, agree)) is edge


@pytest.mark.parametrize(
    ("answered", "agree", "said"),
    [
        # 9 of 12 is 75 %; 10, 11 and 12 of 12 all lie above.
        (12, 12, "over 75 %"), (12, 11, "over 75 %"), (12, 10, "over 75 %"),
        # 3 of 12 is 25 %.
        (12, 0, "under 25 %"), (12, 2, "under 25 %"),
        # 27 of 30 is 90 %; 10 of 13 is 76.9 %, outwards to 75; 3 of 13 is 23.1 %, outwards to 25.
        (30, 30, "over 90 %"), (13, 13, "over 75 %"), (13, 1, "under 25 %"),
        # 2 of 5 is 40 %, 3 of 5 is 60 %: of five people only the side of the middle is told.
        (5, 3, "over 40 %"), (5, 2, "under 60 %"),
        # 454 of 457 is 99.3 %; 3 of 457 is 0.7 %.
        (457, 457, "over 99 %"), (457, 0, "under 1 %"),
    ],
)  # fmt: skip
def test_a_bound_is_true_and_the_same_for_all_it_stands_for(answered: int, agree: int, said: str) -> None:
    over, under = bound((answered, agree))
    assert Line("s", "all", "", "", answered, None, None, over, under).bounded == said


def test_a_bound_takes_the_smallest_other_figure_with_it() -> None:
    """12 of 12, 10 of 20, 25 of 40; 47 of 72 together. 47 less 10 less 25 would be 12: so the 20 are kept back too,
    and then the 12 may be 10, 11 or 12 (the 20 then 12, 11 or 10)."""
    assert protect([(12, 12), (20, 10), (40, 25)]) == [BOUND, KEPT, EXACT]


def test_where_even_that_narrows_the_bound_it_is_kept_back_itself() -> None:
    """12 of 12 and 17 of 20: 29 of 32. The 20 stand at no edge, so at most 17 of them agree: 29 less 17 is 12, and
    everybody of the 12 is found out. Kept back, the 12 may be anything from 9."""
    assert protect([(12, 12), (20, 17)]) == [KEPT, KEPT]


def test_two_opposite_edges_are_kept_back_when_their_total_gives_both_away() -> None:
    """0 of 15 and 13 of 15: 13 of 30. "Under 20 %" and "over 80 %" leave 13 less 13, 14 or 15: nobody."""
    assert protect([(15, 0), (15, 13)]) == [KEPT, KEPT]


def test_when_all_together_are_at_the_edge_every_figure_is_a_bound() -> None:
    """15 of 15 and 14 of 15: 29 of 30 is itself "over 90 %", which tells no more of either than its own bound."""
    assert protect([(15, 15), (15, 14)]) == [BOUND, BOUND]


def test_nothing_is_held_back_where_nobody_is_near_the_edge() -> None:
    assert protect([(12, 6), (20, 17), (40, 3)]) == [EXACT, EXACT, EXACT]


def test_those_kept_back_for_their_size_are_protected_too() -> None:
    """10 of 20 and 20 of 40 shown, 38 of 72 together: the 12 who are not shown would be 8; that is no edge. Were all
    12 to agree, 42 less 10 less 20 would tell: so one figure more is kept back."""
    assert protect([(20, 10), (40, 20)], (12, 8)) == [EXACT, EXACT]
    assert protect([(20, 10), (40, 20)], (12, 12)) == [KEPT, EXACT]


def test_a_cell_that_follows_from_its_row_and_column_is_found() -> None:
    """5 of 12 police and 10 of 16 school; front line 3 of 13, of whom 5 are police and 8 at the school. If k of the
    5 agree, 3 - k of the school's front line do, and 10 - (3 - k) = 7 + k of its 8 others: so k is 0 or 1. With 12
    more people elsewhere k may be 0 to 3."""
    assert crossing_tells((5, 0), (12, (5, 5)), (13, (3, 3)), (28, 15))
    assert not crossing_tells((5, 0), (12, (5, 5)), (13, (3, 3)), (40, 15))


def test_figures_leave_as_bounds_in_every_scope() -> None:
    """12 of 12 police, 10 of 20 health, 25 of 40 school: 47 of 72 is 65.3 %."""
    some = [*people("police", 12, 0), *people("health", 10, 10), *people("school", 25, 15)]
    found = results(some, ["refer"], ["police", "health", "school"], ["front"], 10)
    assert found.of("all")["refer"].share == Fraction(47, 72)
    police, health = found.of("agency", "police")["refer"], found.of("agency", "health")["refer"]
    assert (police.answered, police.agree, police.share, police.bounded) == (12, None, None, "over 75 %")
    assert (health.answered, health.agree, health.bounded) == (None, None, "")
    assert found.of("agency", "school")["refer"].share == Fraction(25, 40)
    assert "12, 12" not in str(found.as_data())
    assert Results.from_data(found.as_data()) == found
    assert found.only("police").of("agency", "police")["refer"].bounded == "over 75 %"


def test_staff_groups_inside_an_organisation_are_shut_where_one_of_them_is_of_one_mind() -> None:
    """Police: front line 10 of 10, managers 5 of 10. Shown, the 10 would be found out; the 15 of 20 stand."""
    some = [
        *people("police", 10, 0), *people("police", 5, 5, "manager"), *people("health", 5, 10),
        *people("health", 8, 7, "manager"),
    ]  # fmt: skip
    found = results(some, ["refer"], ["police", "health"], ["front", "manager"], 10)
    assert found.of("agency", "police")["refer"].share == Fraction(15, 20)
    assert found.of("inside", "police", "front")["refer"].answered is None
    assert found.of("inside", "police", "manager")["refer"].answered is None


def test_dont_know_is_counted_over_everybody_and_not_where_it_is_a_few() -> None:
    unsure = Reply("police", "front", {"refer": "dont_know"})
    for times, said in ((2, None), (3, 3)):
        found = results([*people("police", 8, 8), *[unsure] * times], ["refer"], ["police"], ["front"], 10)
        assert found.of("all")["refer"].dont_know == said


def test_all_who_said_dont_know_are_no_figure_of_their_own() -> None:
    some = [
        *[Reply("police", "front", {"refer": "dont_know"})] * 12,
        *people("health", 10, 10),
        *people("school", 9, 9),
    ]
    found = results(some, ["refer"], ["police", "health", "school"], ["front"], 10)
    assert found.of("agency", "police")["refer"] == Line("refer", "agency", "police", "", None, None, None)


def test_the_gap_to_leaders_is_bounded_as_staff_are() -> None:
    """Leaders 1 of 1 is 100 %; staff over 80 %: less than 20 points apart. Leaders 1 of 2, staff under 20 %: more
    than 30 points. The wider stands first."""
    near = Gap("refer", Leaders(1, 1, 1, Fraction(1)), Line("refer", "all", "", "", 15, None, None, 80))
    far = Gap(
        "voice", Leaders(1, 2, 2, Fraction(1, 2)), Line("voice", "all", "", "", 15, None, None, None, 20)
    )
    assert (near.points, near.bounded) == (None, ("below", Fraction(1, 5)))
    assert far.bounded == ("above", Fraction(3, 10))
    assert [one.statement for one in by_gap([near, far])] == ["voice", "refer"]
    names = Names({"refer": "R", "voice": "V"}, {}, {})
    found = Results(15, 10, (), (), (), (), tuple(one.staff for one in (near, far) if one.staff))
    grid = report(found, names, [near, far], of="A cycle").grids[1]
    said = [
        [shown(col.kind, value) for col, value in zip(grid.columns, row, strict=True)] for row in grid.rows
    ]
    assert [row[-1] for row in said] == ["below +20.0", "above +30.0"]
    assert [row[-3] for row in said] == ["over 80 %", "under 20 %"]


def test_the_loops_page_says_the_bound_too() -> None:
    assert _agree(Line("refer", "all", "", "", 15, None, None, 80)) == "over 80 % of 15"


def test_what_was_stored_before_there_were_bounds_is_read_with_them() -> None:
    old = {
        "replies": 30, "minimum": 10, "agencies": [["police", 15], ["health", 15]], "groups": [["front", 30]],
        "agencies_together": [], "groups_together": [],
        "lines": [["refer", "all", "", "", 30, 30, 0], ["refer", "agency", "police", "", 15, 15, 0]],
    }  # fmt: skip
    found = Results.from_data(old)
    assert found.of("all")["refer"].bounded == "over 90 %"
    assert found.of("agency", "police")["refer"].answered is None


@pytest.mark.parametrize("seed", range(30))
def test_no_sum_or_difference_tells_what_each_of_a_group_said(seed: int) -> None:
    """Every way the people of a small table can have answered is tried against all that is shown. Whichever
    organisation, staff group or cell is at the edge keeps at least three numbers of agreeing people possible."""
    dice = random.Random(seed)
    rows = ["a", "b", "c"][: dice.choice([2, 3])]
    columns = ["x", "y"][: dice.choice([1, 2]) if len(rows) == 2 else 1]
    size = {place: dice.choice([5, 6, 7]) for place in product(rows, columns)}
    agree = {place: dice.choice([n, n, n - 1, 0, dice.randint(0, n)]) for place, n in size.items()}
    some = [reply for (r, c), n in size.items() for reply in people(r, agree[r, c], n - agree[r, c], c)]
    lines = results(some, ["refer"], rows, columns, 5).lines
    places = list(size)

    def within(line: Line) -> list[int]:
        return [at for at, (r, c) in enumerate(places) if line.agency in ("", r) and line.group in ("", c)]

    limits = []
    for line in lines:
        if line.answered is not None:
            low, high = (line.answered - 2, line.answered) if line.over is not None else (0, 2)
            if line.agree is not None:
                low = high = line.agree
            limits.append((within(line), low, high))
    possible: dict[tuple[str, str], set[int]] = {(ln.agency, ln.group): set() for ln in lines}
    for guess in product(*(range(size[place] + 1) for place in places)):
        if all(low <= sum(guess[at] for at in some) <= high for some, low, high in limits):
            for line in lines:
                possible[line.agency, line.group].add(sum(guess[at] for at in within(line)))
    for line in lines:
        whole = (
            sum(size[places[at]] for at in within(line)),
            sum(agree[places[at]] for at in within(line)),
        )
        if at_the_edge(whole):
            assert len(possible[line.agency, line.group]) >= 3, (size, agree, line)
