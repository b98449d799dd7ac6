"""The example's deaths hurt nobody real: numbers kept for examples, postcodes of nowhere, no real panel."""

import re
from datetime import date

from stdnum.gb import nhs

from tests.example_area.reading import TODAY, rows, toml

PAST = rows("deaths/past.csv")
LIVE = toml("deaths/live.toml")
PANELS = toml("deaths/panels.toml")["panel"]
MESSAGES = [message for death in LIVE["death"] for message in death["message"]]


def day(text):
    return date(int(text[6:]), int(text[3:5]), int(text[:2])) if text else None


def test_every_number_is_of_the_range_kept_for_examples():
    numbers = [row["NHS number"] for row in PAST if row["NHS number"]]
    numbers += [message["said"]["nhs_number"] for message in MESSAGES if message["said"].get("nhs_number")]
    assert len(numbers) > 110
    assert len(set(numbers)) == len(numbers)
    assert all(one.startswith("999") and nhs.is_valid(one) for one in numbers)


def test_every_postcode_is_of_nowhere():
    codes = [row["Postcode"] for row in PAST] + [message["said"]["postcode"] for message in MESSAGES]
    assert all(re.fullmatch(r"ZZ99 \d[A-Z]{2}", code) for code in codes)


def test_names_are_used_once():
    names = [row["Name"] for row in PAST]
    assert len(set(names)) == len(names) == 120
    assert {row["Marking"] for row in PAST} == {"Example: invented"}


def test_telephone_numbers_are_of_the_range_kept_for_drama_and_neighbours_are_examples():
    numbers = [panel["telephone"] for panel in PANELS]
    numbers += [one["number"] for panel in PANELS for one in panel.get("numbers", [])]
    numbers += [message["said"]["notifier_telephone"] for message in MESSAGES]
    assert all(re.fullmatch(r"01632 960 \d{3}", number) for number in numbers)
    ours, *neighbours = PANELS
    assert ours["takes_notifications"]
    assert all(panel["name"].endswith("(example)") and "board" not in panel for panel in neighbours)
    # Domain notes 1.6: the neighbours to load beforehand.
    assert {area for panel in neighbours for area in panel["areas"]} == {
        "Lincolnshire", "Rutland", "Leicestershire", "Northamptonshire", "Bedfordshire", "Luton", "Hertfordshire",
        "Essex", "Suffolk", "Norfolk",
    }  # fmt: skip


def test_days_follow_one_another():
    for row in PAST:
        born, died = day(row["Date of birth"]), day(row["Date of death"])
        told, reviewed = day(row["Date notified"]), day(row["Date reviewed"])
        assert born <= died <= told <= date(2015, 9, 1), row["CDOP reference"]
        assert reviewed is None or died < reviewed < date(2015, 9, 1)
        assert (reviewed is None) == (row["Category"] == "")
    for death in LIVE["death"]:
        days = [step["on"] for step in death.get("step", [])]
        assert days == sorted(days), death["key"]
        assert all(on <= TODAY for on in days)


def test_the_panel_began_in_2008():
    assert min(day(row["Date of death"]) for row in PAST) >= date(2008, 4, 1)
    assert {day(row["Date of death"]).year for row in PAST} == set(range(2008, 2016))
