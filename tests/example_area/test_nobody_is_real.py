"""The example area hurts nobody real: people are invented, and so is every organisation that looks bad."""

import re

from tests.example_area.reading import (
    ACTIONS,
    AGENCIES,
    BOARDS,
    HERE,
    INVENTED,
    PEOPLE,
    RETURNS,
    TODAY,
    everything_answered,
    rows,
)

#: People and bodies that the board's own page names; the chair must never appear.
NAMED_CHAIR = ("russell", "wate")
NAMED_AGENCIES = {
    "NHS Cambridgeshire and Peterborough Foundation Trust",
    "Healthwatch Peterborough",
    "Cambs Fire and Rescue",
    "East of England Ambulance Service NHS Trust",
}


def test_every_file_says_that_it_is_invented():
    for path in HERE.rglob("*"):
        if path.suffix == ".toml":
            assert path.read_text(encoding="utf-8").startswith("# Example: invented."), path.name
        elif path.parent.parent.name == "answers" or path.name in ("people.csv", "seats.csv"):
            assert {row["marking"] for row in rows(str(path.relative_to(HERE)))} == {"Example: invented"}, (
                path.name
            )
        elif path.suffix in (".csv", ".md"):
            assert "Example: invented" in path.read_text(encoding="utf-8"), path.name


def test_nobody_named_on_the_boards_page_is_in_it():
    for path in HERE.rglob("*"):
        if path.suffix in (".toml", ".csv", ".md"):
            words = set(re.findall(r"[a-z]+", path.read_text(encoding="utf-8").lower()))
            assert not words & set(NAMED_CHAIR), path.name


def test_addresses_are_each_unique_and_lead_nowhere():
    emails = [person["email"] for person in PEOPLE.values()]
    boxes = [agency["mailbox"] for agency in AGENCIES.values()] + [
        board["mailbox"] for board in BOARDS.values()
    ]
    assert len(set(map(str.lower, emails + boxes))) == len(emails + boxes)
    for address in emails + boxes:
        assert re.fullmatch(r"[a-z.-]+@[a-z-]+\.example", address), address


def test_telephone_numbers_are_from_the_range_kept_for_drama():
    numbers = [person["telephone"] for person in PEOPLE.values()]
    assert len(set(numbers)) == len(numbers)
    for number in numbers + [board["telephone"] for board in BOARDS.values()]:
        assert re.fullmatch(r"01632 960 \d{3}", number)


def test_no_two_people_share_a_name():
    names = [person["full_name"] for person in PEOPLE.values()]
    assert len(set(names)) == len(names)


def test_invented_organisations_say_so_in_their_name():
    for agency in AGENCIES.values():
        assert agency["name"].endswith("(example)") == agency["is_invented"]


def test_the_four_agencies_named_on_the_boards_page_are_there():
    assert {agency["name"] for agency in AGENCIES.values() if not agency["is_invented"]} >= NAMED_AGENCIES


def test_low_scores_and_lowered_scores_belong_to_invented_organisations():
    for _cycle, agency, row in everything_answered():
        if row["score"] in ("0", "1", "not_yet") or (row["moderated"] and row["moderated"] < row["score"]):
            assert agency in INVENTED, (agency, row["item"])


def test_everything_else_that_hurts_belongs_to_invented_organisations():
    for cycle, returns in RETURNS.items():
        for agency, each in returns.items():
            signed = each.get("signed_off_on")
            late = (signed or TODAY) > each.get("extended_to", each["due_on"])
            hurts = late or set(each) & {"bounce", "query", "chase", "extended_to", "more_time", "refused_on"}
            assert not hurts or agency in INVENTED, (cycle, agency)
    assert {action["agency"] for action in ACTIONS.values()} <= INVENTED
