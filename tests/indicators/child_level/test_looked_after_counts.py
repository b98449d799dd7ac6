"""What the looked-after return counts to: the public sample as worked out apart, and small sets by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.indicators.child_level.returns_903 import figure, looked_at, share
from wholestory.indicators.child_level.looked_after.run import work
from wholestory.indicators.child_level.window import reporting_year

SAMPLE = Path(__file__).parent.parent / "data" / "ssda903"


@pytest.fixture(scope="module")
def sample():
    return work(sorted(SAMPLE.glob("*.csv")), reporting_year(2018))


def test_the_public_sample_gives_the_figures_worked_out_apart(sample):
    expected = json.loads((SAMPLE / "ssda903_2017-18.indicators.json").read_text())
    assert sample.children == expected["children_in_header"]
    assert figure(sample, "LAC-1").numerator == expected["lac_at_end"]
    ages = {part.label: part.numerator for part in figure(sample, "LAC-1").breakdowns["age"]}
    by_age = expected["lac_at_end_by_age"]
    assert {"16-17": by_age["16+"], **{band: by_age[band] for band in ("1-4", "5-9", "10-15")}} == ages
    pairs = {"LAC-2": "started_periods", "LAC-2c": "started_children", "LAC-3": "ceased_periods",
             "LAC-3c": "ceased_children", "LAC-4": "three_or_more_placements", "MIS-1": "missing_episodes",
             "MIS-1c": "missing_children", "MIS-2": "away_without_authorisation_episodes",
             "LAC-6r": "reviews_in_period"}  # fmt: skip
    assert {name: figure(sample, name).numerator for name in pairs} == {
        name: expected[key] for name, key in pairs.items()
    }
    assert len(sample.tables["UASC"].lines) == expected["uasc_in_file"]


def test_the_parts_of_every_breakdown_add_up(sample):
    for one in sample.figures:
        for shares in one.breakdowns.values():
            assert sum(part.numerator for part in shares) == one.numerator
            assert one.denominator is None or sum(part.denominator or 0 for part in shares) == one.denominator


def test_care_leavers_of_the_sample_by_hand(sample):
    rows = [line.split(",") for line in (SAMPLE / "oc3.csv").read_text().splitlines()[1:]]
    asked = [row for row in rows if row[2] not in ("DIED", "RHOM")]
    assert share(sample, "CL-1") == (sum(row[2] == "YES" for row in asked), len(asked))
    # Every code of the list begins with F or P for those who are occupied, with G or 0 for the others.
    codes = ("F1", "F2", "F4", "F5", "P1", "P2", "P4", "P5", "G4", "G5", "G6", "0")
    valid = [row for row in asked if row[3] in codes]
    assert share(sample, "CL-3") == (sum(row[3][0] in "FP" for row in valid), len(valid))


def child(name: str, born: str = "01/06/2010") -> str:
    return f"{name},F,{born},WBRI,,,"


def episode(
    name: str, began: str, reason: str, *, ended: str = "", rec: str = "", place: str = "U4", ls: str = "C2"
) -> str:
    return f"{name},{began},{reason},{ls},N1,{place},PR1,{ended},{rec},,,,"


def a_set(*episodes: str, born: str = "01/06/2010", **more: list[str]) -> dict[str, list[str]]:
    """A set of these episodes alone, with a Header row for each child in them."""
    names = dict.fromkeys(row.partition(",")[0] for row in episodes)
    empty = {name: [] for name in ("Reviews", "UASC", "OC2", "OC3", "PrevPerm", "Missing")}
    return {**empty, "Header": [child(name, born) for name in names], "Episodes": list(episodes), **more}


def test_at_the_end_short_breaks_are_left_out_and_the_last_day_counts_as_ended(tmp_path):
    outcome = looked_at(tmp_path, a_set(
        episode("A", "01/05/2020", "S"),
        episode("B", "31/03/2025", "S"),
        episode("C", "01/05/2024", "S", ended="31/03/2025", rec="E4A"),
        episode("D", "01/05/2024", "S", ended="01/04/2025", rec="E4A"),
        episode("E", "01/05/2024", "S", ls="V4"),
        episode("F", "01/05/2024", "S", ended="31/06/2025", rec="E4A"),
    ))  # fmt: skip
    assert figure(outcome, "LAC-1").numerator == 3  # A, B, D; F's end is no date
    assert figure(outcome, "LAC-1").left_out == 1
    assert figure(outcome, "LAC-2").numerator == 3  # B, C and D began in the year; F's row is out
    assert figure(outcome, "LAC-3").numerator == 1  # C


def test_periods_that_end_twice_are_one_child(tmp_path):
    outcome = looked_at(tmp_path, a_set(
        episode("A", "01/05/2024", "S", ended="01/06/2024", rec="E4A"),
        episode("A", "01/07/2024", "S", ended="01/08/2024", rec="E4B"),
        episode("A", "01/09/2024", "S", ended="01/10/2024", rec="X1"),
        episode("A", "01/10/2024", "P"),
    ))  # fmt: skip
    assert [share(outcome, name)[0] for name in ("LAC-2", "LAC-2c", "LAC-3", "LAC-3c")] == [3, 1, 2, 1]


def test_three_placements_in_the_twelve_months(tmp_path):
    def moved(name: str, *starts: tuple[str, str, str]) -> list[str]:
        """Episodes one after another: (began, reason, kind of placement)."""
        ends = [*(start[0] for start in starts[1:]), ""]
        return [
            episode(name, began, reason, place=place, ended=end, rec="X1" if end else "")
            for (began, reason, place), end in zip(starts, ends, strict=True)
        ]

    outcome = looked_at(tmp_path, a_set(
        # One at the start and two moves.
        *moved("A", ("01/01/2023", "S", "U4"), ("01/06/2024", "P", "U6"), ("01/09/2024", "B", "K2")),
        # One move is with the same carer, one only of legal status.
        *moved("B", ("01/01/2023", "S", "U4"), ("01/06/2024", "T", "U5"), ("01/08/2024", "L", "U5"),
               ("01/09/2024", "P", "K2")),
        # A temporary placement counts as none; the move out of it counts.
        *moved("C", ("01/01/2023", "S", "U4"), ("01/06/2024", "P", "T2"), ("01/07/2024", "P", "U4")),
        # Care began on 1 April, the first of the twelve months: three starts.
        *moved("D", ("01/04/2024", "S", "U4"), ("01/06/2024", "P", "U6"), ("31/03/2025", "P", "K2")),
        # An earlier period of care in the same year does not count towards this one.
        episode("E", "01/01/2023", "S", ended="01/05/2024", rec="E4A"),
        *moved("E", ("01/06/2024", "S", "U4"), ("01/09/2024", "P", "K2")),
    ))  # fmt: skip
    assert share(outcome, "LAC-4") == (2, 5)  # A and D


def test_a_lasting_placement(tmp_path):
    outcome = looked_at(tmp_path, a_set(
        # In care for two and a half years to the day, in one placement for two.
        episode("A", "30/09/2022", "S", ended="31/03/2023", rec="X1"), episode("A", "31/03/2023", "P"),
        # Moved one day too late.
        episode("B", "30/09/2022", "S", ended="01/04/2023", rec="X1"), episode("B", "01/04/2023", "P"),
        # In care one day too short.
        episode("C", "01/10/2022", "S"),
        # Placed for adoption out of a placement that began early enough.
        episode("D", "01/01/2020", "S", ended="01/06/2024", rec="X1"), episode("D", "01/06/2024", "P", place="A3"),
        # A move with the same carer, and of legal status, is no new placement.
        episode("E", "01/01/2020", "S", ended="01/06/2024", rec="X1"), episode("E", "01/06/2024", "T", place="U5"),
    ))  # fmt: skip
    assert share(outcome, "LAC-5") == (3, 4)  # A, D, E of A, B, D, E


def test_nobody_of_sixteen_counts_towards_a_lasting_placement(tmp_path):
    outcome = looked_at(
        tmp_path,
        a_set(episode("A", "01/01/2020", "S"), born="31/03/2009", Reviews=["A,31/03/2009,01/05/2024,PN1"]),
    )
    assert share(outcome, "LAC-5") == (0, 0)


def test_reviews_in_time(tmp_path):
    def reviews(name: str, *days: str) -> list[str]:
        return [f"{name},01/06/2010,{day},PN1" for day in days]

    outcome = looked_at(tmp_path, a_set(
        *(episode(name, "01/05/2024", "S") for name in "ABCDE"),
        episode("F", "01/05/2020", "S"), episode("G", "01/05/2020", "S"), episode("H", "20/03/2025", "S"),
        # 1 May to 31 May 2024 is 22 weekdays, less two bank holidays: 20 working days. 3 June is 21.
        Reviews=[*reviews("A", "31/05/2024", "31/08/2024", "28/02/2025"),
                 *reviews("B", "03/06/2024", "31/08/2024", "28/02/2025"),
                 *reviews("C", "31/05/2024", "01/09/2024", "28/02/2025"),
                 *reviews("D", "30/05/2024", "30/08/2024"),
                 # From 1 April: 1 October is six months, and six months after that goes past the end.
                 *reviews("F", "01/10/2024"), *reviews("G", "02/10/2024")],
    ))  # fmt: skip
    # A and F of those in care for more than 20 working days; H began 7 working days before the end.
    assert share(outcome, "LAC-6") == (2, 7)
    assert figure(outcome, "LAC-6r").numerator == 13


def test_health_missing_asylum_and_leavers(tmp_path):
    outcome = looked_at(tmp_path, a_set(
        *(episode(name, "01/05/2020", "S") for name in "ABCD"),
        OC2=["A,01/06/2010,10,,0,1,1,0,1,0,0,0", "B,01/06/2010,14,,0,1,0,0,1,0,0,0", "C,01/06/2010,,,0,1,1,1,0,0,0,0",
             "D,01/06/2010,,,0,1,1,1,X,0,0,0"],
        UASC=["A,F,01/06/2010,", "B,F,01/06/2010,01/01/2025", "C,F,01/06/2010,01/06/2028"],
        Missing=[*(f"A,01/06/2010,M,{day}/05/2024,{day + 1}/05/2024" for day in (10, 12, 14)),
                 "B,01/06/2010,M,30/03/2025,", "C,01/06/2010,A,10/05/2024,11/05/2024"],
        OC3=["A,01/06/2010,YES,F1,U1", "B,01/06/2010,NO,G5,U2", "C,01/06/2010,DIED,0,0", "D,01/06/2010,YES,F3,0"],
    ))  # fmt: skip
    assert share(outcome, "LAC-7") == (2, 3)  # D's answer is no code
    assert share(outcome, "LAC-7t") == (2, 4)
    assert share(outcome, "LAC-7i") == (3, 4)
    assert share(outcome, "LAC-7s") == (2, 4)
    assert figure(outcome, "LAC-7s").spread == (11.0, 12.0, 13.0)
    assert figure(outcome, "UASC-1").numerator == 2
    assert [share(outcome, name) for name in ("MIS-1", "MIS-1c", "MIS-1r", "MIS-1o", "MIS-2")] == [
        (4, None), (2, None), (1, 2), (1, None), (1, None)
    ]  # fmt: skip
    assert [share(outcome, f"CL-{number}") for number in (1, 2, 3)] == [(2, 3), (1, 3), (1, 2)]
    assert figure(outcome, "CL-3").left_out == 1


def test_rows_are_counted_in_spite_of_a_rule_that_is_kept(tmp_path):
    backwards = a_set(
        episode("A", "01/05/2024", "S", ended="30/04/2024", rec="E4A"), episode("B", "01/05/2024", "S")
    )
    assert figure(looked_at(tmp_path, backwards), "LAC-2").numerator == 1
    kept = work(sorted((tmp_path / "now").glob("*.csv")), reporting_year(2025), keep=frozenset({"356"}))
    assert figure(kept, "LAC-2").numerator == 2
    assert [one.rule for one in kept.findings] == ["356"]


def test_what_cannot_be_counted_says_why(tmp_path):
    outcome = looked_at(tmp_path, drop=["Missing"])
    assert outcome.not_counted["MIS-1"] == "The table Missing is not in the set."
    assert figure(outcome, "LAC-1").numerator == 2


def test_no_id_of_a_child_is_in_what_is_counted(tmp_path):
    outcome = looked_at(tmp_path, a_set(episode("SECRET7", "01/05/2024", "S")))
    assert "SECRET7" not in json.dumps([one.as_json() for one in outcome.figures])
