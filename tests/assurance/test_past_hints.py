"""Whoever matches a file of an earlier time is told what stands where, and which set of questions is which."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from tests.assurance.bringing_in import FRAMEWORK, NAME, bringing, matrix, own_shelf
from tests.assurance.made_tables import workbook
from tests.assurance.test_past_pages import uploaded, went_on
from tests.personas import World

__all__ = ["bringing", "own_shelf"]
Browse = Callable[[str], Client]


def words(client: Client, url: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(url).content.decode()).split())


def test_a_set_of_questions_is_named_with_its_guidance_and_year(
    browse: Browse, world: World, own_shelf: None
) -> None:
    team = browse("quality_officer")
    at = uploaded(team, matrix({"Willow Lane Academy": [2, 1, 3]}), "audit-2014.xlsx")
    went_on(team, at, "table", table="0", shape="down", header="1", above="0")
    went_on(team, at, "columns", role_1="agency", role_2="score", role_3="score", role_4="score")
    page = words(team, f"{at}questions/")
    for named in (
        "Safeguarding self-assessment, for Working Together to Safeguard Children 2013 (version 1)",
        "Safeguarding self-assessment, for Working Together to Safeguard Children, March 2015 (version 2)",
        "Ten questions on keeping children safe (version 1)",
    ):
        assert page.count(named) == 1, named
    labels = re.findall(r'govuk-radios__label"[^>]*>([^<]+)<', team.get(f"{at}questions/").content.decode())
    assert len(labels) == len(set(labels)) > 5
    went_on(team, at, "questions", framework=NAME, then="framework")
    assert f"what it is in “{FRAMEWORK.title} (version 1)”" in words(team, f"{at}questions/")


def test_columns_say_what_they_hold_and_a_merged_heading_stands_once(
    browse: Browse, world: World, own_shelf: None
) -> None:
    team = browse("quality_officer")
    rows = [
        ["Agency", "Leading"],
        ["Agency", "Leading"],
        ["Willow Lane Academy", 2],
        ["Harbour Youth Trust", 3],
    ]
    at = uploaded(team, workbook({"2014": rows}), "audit-2014.xlsx")
    went_on(team, at, "table", table="0", shape="down", header="2", above="1")
    page = words(team, f"{at}columns/")
    assert "Column A: Agency Holds: Willow Lane Academy; Harbour Youth Trust" in page
    assert "Agency / Agency" not in page


def test_the_columns_of_a_list_of_actions_are_explained(
    browse: Browse, world: World, own_shelf: None
) -> None:
    team = browse("quality_officer")
    rows = [
        ["Agency", "Action", "By when", "X"],
        ["Willow Lane Academy", "Write a policy", "31/3/2016", None],
    ]
    at = uploaded(team, workbook({"Tracker": rows}), "tracker.xlsx", "actions")
    went_on(team, at, "table", table="0", shape="long", header="1", above="0")
    page = words(team, f"{at}columns/")
    assert "Only the action and the organisation are needed" in page
    assert "The first day that was promised, where the file has several" in page
    assert "Column B: Action Holds: Write a policy" in page
    assert "Column D: X Holds nothing" in page
