"""What the example's figures know of its deaths: enough for every page of figures, never everything."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import transaction

from tests.example_area.playing import deaths_played
from tests.example_area.reading import rows
from wholestory.access import acting
from wholestory.child_deaths.models import Analysis, Case, DeathRow, Panel, PanelReport, PublicReport
from wholestory.child_deaths.operations import figures
from wholestory.child_deaths.queries import data_quality
from wholestory.config.example.deaths_past import factors_of
from wholestory.config.example.deaths_steps import OURS

PAST = rows("deaths/past.csv")
#: Nowhere everything: a panel's list never knows all of it, and pages show how they say so.
FEWEST, MOST = 0.90, 0.98


def test_the_list_says_which_factors_could_be_changed() -> None:
    said = [(row, factors_of(row["Factors"])) for row in PAST if row["Factors"]]
    for row, found in said:
        assert row["Category"], row["CDOP reference"]
        assert any(one.modifiable for one in found) == (row["Modifiable"] == "Yes"), row["CDOP reference"]
        assert len({one.code for one in found}) == len(found)
    assert all(row["Factors"] for row in PAST if row["Modifiable"] == "Yes")
    reviewed = [row for row in PAST if row["Category"]]
    # Domain notes 3.3: 20 % in 2011-12, 22 % in 2013-14, 28 % in 2017-18.
    assert 0.22 <= sum(row["Modifiable"] == "Yes" for row in reviewed) / len(reviewed) <= 0.32


def test_babies_weigh_what_babies_of_their_weeks_weigh() -> None:
    for row in PAST:
        weeks, grams = row["Gestation (weeks)"], row["Birthweight (g)"]
        if weeks:
            assert 22 <= int(weeks) <= 42
        if weeks and grams:
            # Published curves: about 500 g at 22 weeks and 3,500 g at 40, and few are a third from that.
            middle = 500 + (int(weeks) - 22) * 3000 / 18
            assert 0.4 * middle <= int(grams) <= 1.3 * middle, row["CDOP reference"]


@pytest.mark.django_db
def test_each_dimension_is_known_of_most_deaths_and_not_of_all() -> None:
    directory = deaths_played()
    board = directory.boards["peterborough"]
    figures.rebuild(Panel.objects.get(slug=OURS))
    with transaction.atomic(), acting.as_system(board, "tally"):
        deaths = DeathRow.objects.exclude(group="elsewhere").filter(withheld=False)
        every = deaths.count()
        assert every > 120
        # By hand from the list: blanks, “Not stated” and “Not known” of each, and deaths told this month.
        for name, unknown in {
            "ethnic_group": ["not_known"], "place_kind": [""], "expected": ["not_known"], "response": ["not_known"],
        }.items():  # fmt: skip
            known = deaths.exclude(**{f"{name}__in": unknown}).count()
            assert FEWEST <= known / every <= MOST, (name, known, every)
        assert FEWEST <= deaths.exclude(deprivation=None).count() / every <= MOST
        assert set(deaths.exclude(deprivation=None).values_list("deprivation", flat=True)) == {1, 2, 3, 4, 5}
        assert set(deaths.values_list("ethnic_group", flat=True)) >= {"white", "asian", "black", "mixed"}
        infants = deaths.exclude(has_gestation=None)
        assert infants.count() > 60
        for name in ("has_gestation", "has_birthweight"):
            share = infants.filter(**{name: True}).count() / infants.count()
            assert FEWEST <= share <= MOST, (name, share)
        reviewed = deaths.exclude(year_reviewed=None)
        modifiable = reviewed.filter(modifiable="identified").count()
        assert 0.22 <= modifiable / reviewed.count() <= 0.32
        lines = Counter(one for row in reviewed for one in row.factors)
        assert len(lines) >= 20
        assert {one[0] for one in lines} == {"A", "B", "C", "D"}
        # What was typed up is final; the one opened again and nothing else is still a draft.
        assert Analysis.objects.filter(state="draft", review__case__brought_in=True).count() == 0
        measures = {one.key: one for one in data_quality.quality(data_quality.cases_of(board, {})).measures}
        # Told here and finished: six, one of them final three weeks after the panel. One was told on the third day.
        assert (measures["final"].good, measures["final"].of) == (5, 6)
        assert measures["told"].of - measures["told"].good == 1
        assert measures["graded"].good == measures["graded"].of > 60
        assert Case.objects.filter(brought_in=True, record__standing__stage="finalised").count() == 101
        assert PublicReport.objects.filter(year=2014).exists()
        assert PanelReport.objects.filter(year=2015).exists()
