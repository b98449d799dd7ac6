"""Funnels and bars: ours is marked, nothing is ranked, and every picture has its table and description."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.indicators.rules.measures import of, rate, share
from wholestory.indicators.charts.beside import Bar, Level, groups, neighbours
from wholestory.indicators.charts.funnels import funnel
from wholestory.indicators.charts.picture import Picture
from wholestory.indicators.rules.among_areas import Area, among
from wholestory.indicators.rules.gaps import Group, gaps

SVG = "{http://www.w3.org/2000/svg}"


def words_of(picture: Picture) -> list[str]:
    tree = ElementTree.fromstring(picture.svg)
    for each in tree.iter():
        assert not {"style", "class"} & set(each.attrib)
    return [each.text or "" for each in tree.iter(f"{SVG}text")]


def test_a_funnel_names_ours_and_lists_areas_by_name() -> None:
    areas = [Area("Zetland", 28, 1500), Area("Ours & theirs", 14, 1500, ours=True), Area("Abbey", 4, 1500)]
    found = among([*areas, Area("Gone", None, None)], rate(), target=100)
    assert found is not None
    made = funnel(found, "Referrals", "England, 2024")
    assert "Ours & theirs" in words_of(made)
    assert "Zetland" not in words_of(made)
    assert [row[0] for row in made.rows] == ["Abbey", "Gone", "Ours & theirs", "Zetland"]
    assert made.rows[3] == ("Zetland", "186.7 per 10,000", "28 of 1,500", "above the outer limit (99.8%)")
    assert "Ours & theirs: 93.3 per 10,000, within what chance would give." in made.alt
    assert any("Without counts, and left out: Gone" in each for each in made.notes)
    assert any("Nothing is ranked" in each for each in made.notes)


def test_neighbours_stand_by_name_with_ours_first() -> None:
    bars = [
        Bar("Derby", 82.0), Bar("Bolton", None, why_not="withheld because it is small"),
        Bar("Peterborough", 71.2, ours=True),
    ]  # fmt: skip
    made = neighbours(bars, share(), "Conferences in time", [Level("England, 2024", 79.3)])
    assert [row[0] for row in made.rows] == ["Peterborough", "Bolton", "Derby", "England, 2024"]
    assert made.rows[1][1] == "withheld because it is small"
    words = words_of(made)
    assert "withheld because it is small" in words
    assert "England, 2024: 79.3%" in words
    # What is withheld has no bar: two boxes for two values.
    assert len(ElementTree.fromstring(made.svg).findall(f".//{SVG}rect")) == 2


def test_a_breakdown_has_intervals_gaps_and_cautions() -> None:
    found = gaps(
        [Group("Girls", of(56, 70)), Group("Boys", of(48, 80)), Group("Not said", of(3, 9))], share("H")
    )
    made = groups(found, share("H"), "By sex", Level("All children", 67.3))
    assert made.columns[-1] == "Against everybody else"
    # Wilson's interval of 56 of 70.
    assert made.rows[0][:4] == ("Girls", "80.0%", "69.2% to 87.7%", "56 of 70")
    assert "percentage points higher" in made.rows[0][4]
    assert made.rows[2][1] == "fewer than 10: too few for a percentage"
    assert any("says nothing of its reason" in each for each in made.notes)
    assert "All children: 67.3%." in made.alt


def test_pictures_of_nothing_are_drawn() -> None:
    made = neighbours([Bar("A", None)], share(), "Nothing")
    assert "not supplied" in words_of(made)
    assert words_of(neighbours([], share(), "Nobody"))
