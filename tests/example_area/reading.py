"""Reads the example area as its own README describes it: what the tests of it share."""

import csv
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from wholestory.assurance.definitions import framework_called
from wholestory.partners.models import TEAM_ROLES

HERE = Path(__file__).resolve().parents[2] / "example_area"
TODAY = date(2016, 3, 14)
LIVE, CLOSED = "2015-16", "2013-14"
SCHOOLS, SMALL = "schools-2015", "small-groups-2015"
CYCLES = (LIVE, CLOSED, SCHOOLS, SMALL)


@cache
def toml(name):
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


@cache
def rows(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def by_key(entries):
    found = {entry["key"]: entry for entry in entries}
    assert len(found) == len(entries), "a key is used twice"
    return found


BOARDS = by_key(toml("boards.toml")["board"])
AREAS = by_key(toml("boards.toml")["area"])
GROUPS = by_key(toml("groups.toml")["group"])
AGENCIES = by_key(toml("agencies.toml")["agency"])
PEOPLE = by_key(rows("people.csv"))
SEATS = rows("seats.csv")
ACTIONS = by_key(toml("actions.toml")["action"])
RETURNS = {key: {each["agency"]: each for each in toml(f"cycles/{key}.toml")["return"]} for key in CYCLES}
INVENTED = {key for key, agency in AGENCIES.items() if agency["is_invented"]}


def framework_of(cycle):
    head = toml(f"cycles/{cycle}.toml")
    return framework_called(head["framework"], head["framework_version"])


def answers(cycle, agency):
    path = f"answers/{cycle}/{agency}.csv"
    return rows(path) if (HERE / path).exists() else ()


def everything_answered():
    return [
        (cycle, agency, row)
        for cycle in RETURNS
        for agency in RETURNS[cycle]
        for row in answers(cycle, agency)
    ]


def day(text):
    return date.fromisoformat(text) if text else None


def held(role, board="peterborough", on=TODAY):
    return [
        seat["person"]
        for seat in SEATS
        if (seat["role"], seat["board"]) == (role, board)
        and day(seat["starts_on"]) <= on <= (day(seat["ends_on"]) or date.max)
        and not (seat["group"] and role in TEAM_ROLES)
    ]


def works_for(person, agency, on):
    return any(
        seat["person"] == person
        and seat["agency"] == agency
        and day(seat["starts_on"]) <= on <= (day(seat["ends_on"]) or date.max)
        for seat in SEATS
    )


def has_role(person, agency, role, on):
    return any(
        (seat["person"], seat["agency"], seat["role"]) == (person, agency, role)
        and day(seat["starts_on"]) <= on <= (day(seat["ends_on"]) or date.max)
        for seat in SEATS
    )
