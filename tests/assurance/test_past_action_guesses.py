"""What is guessed of a list of actions: who promised, which column is the state, and what the page says about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from django.test import Client

from tests.assurance.bringing_in import own_shelf
from tests.assurance.made_tables import workbook
from tests.assurance.test_past_pages import uploaded, went_on
from tests.personas import World
from wholestory.assurance.rules.past_tables import Layout, Shape
from wholestory.assurance.rules.past_tracker_guesses import roles_guessed, state_guessed
from wholestory.assurance.tables import read_tables

__all__ = ["own_shelf"]
Browse = Callable[[str], Client]
SCHOOL, POLICE = "Willow Lane Academy", "Northmarsh Constabulary"
HEADS = ["Action", "Who", "Due", "RAG", "Status"]
ROWS = [
    ["Write a policy", SCHOOL, "31/3/2016", "Green", "Done"],
    ["Tell the front desk", POLICE, "30/4/2016", "Amber", "In progress"],
]


def guessed(rows: Sequence[Sequence[object]], shape: Shape = Shape.LONG) -> tuple[str, ...]:
    (table,) = read_tables(workbook({"Tracker": [list(row) for row in rows]}), "tracker.xlsx")
    return roles_guessed(table, Layout(shape, header=1), [SCHOOL, POLICE])


def test_who_is_an_organisation_where_organisations_stand_there_and_a_status_goes_before_a_colour() -> None:
    assert guessed([HEADS, *ROWS]) == ("action", "agency", "due", "", "status")


def test_who_is_a_person_where_people_stand_there_or_the_organisation_has_a_column() -> None:
    people = [["Write a policy", "Jo Ashdown", "31/3/2016", "Green", "Done"]]
    assert guessed([HEADS, *people]) == ("action", "owner", "due", "", "status")
    both = [["Agency", "Action", "Who"], [SCHOOL, "Write a policy", POLICE]]
    assert guessed(both) == ("agency", "action", "owner")
    assert guessed([HEADS, *ROWS], Shape.COPY) == ("action", "owner", "due", "", "status")


def test_a_colour_is_the_state_where_no_other_column_says_it() -> None:
    rows = [["Agency", "Action", "RAG"], [SCHOOL, "Write a policy", "Green"]]
    assert guessed(rows) == ("agency", "action", "status")
    told = [["Agency", "Action", "RAG", "Where are we?"], [SCHOOL, "Write a policy", "Green", "Done"]]
    assert guessed(told) == ("agency", "action", "", "status")
    assert guessed([["Agency", "Action", "Done?"], [SCHOOL, "Write a policy", "No"]])[2] == "status"


@pytest.mark.parametrize("word", ["done", "Done", "complete", "Closed", "finished"])
def test_what_was_closed_then(word: str) -> None:
    assert state_guessed(word) == "closed"


@pytest.mark.parametrize("word", ["in progress", "Open", "overdue", "No"])
def test_what_was_open_then(word: str) -> None:
    assert state_guessed(word) == "open"


def test_the_pages_speak_of_actions_and_say_once_that_nothing_comes(
    browse: Browse, world: World, own_shelf: None
) -> None:
    team = browse("quality_officer")
    at = uploaded(team, workbook({"Tracker": [HEADS, *ROWS]}), "tracker.xlsx", "actions")
    page = team.get(f"{at}table/").content.decode()
    assert "A row for each action, with who promised it in the row" in page
    assert "Its own action plan: a row for each action" in page
    for of_returns in ("audit website", "row for each question", "Whose copy", "over the questions"):
        assert of_returns not in page
    went_on(team, at, "table", table="0", shape="long", header="1", above="0")
    page = team.get(f"{at}columns/").content.decode()
    assert re.findall(r'<option value="(\w*)" selected>', page) == ["action", "agency", "due", "", "status"]
    # Left as an action alone, with nobody's day read: nothing comes, and the page says it once.
    columns = {"role_1": "action", "role_2": "agency", "role_5": "status"}
    went_on(team, at, "columns", **columns)
    went_on(team, at, "agencies")
    page = team.get(f"{at}words/").content.decode()
    assert re.findall(r'<option value="(\w*)" selected>', page) == ["closed", "open"]
    went_on(team, at, "words", state_0="closed", state_1="open", no_day="")
    page = team.get(f"{at}check/").content.decode()
    assert page.count("Nothing would come in") == 1
    assert "Bring it in" not in page
    assert "It can come in once" not in page
