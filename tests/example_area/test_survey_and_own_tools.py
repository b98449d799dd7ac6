"""The example's practitioner survey and the board's own audit tool: enough replies, nobody named who is real."""

from __future__ import annotations

from collections import Counter

from tests.example_area.reading import CLOSED, INVENTED, RETURNS, held, rows, toml
from wholestory.assurance.definitions.surveys import survey_called
from wholestory.assurance.rules.own_tools_list import read_list
from wholestory.config.example.survey import ANSWERS, NOT_STATEMENTS

REPLIES = rows("survey-replies.csv")


def test_enough_people_replied_for_five_organisations_to_stand_alone() -> None:
    by_agency = Counter[str]()
    for row in REPLIES:
        by_agency[row["agency"]] += int(row["people"])
    minimum = toml("survey.toml")["minimum"]
    # 6 + 4 + 3 + 2; 5 + 4 + 3; 5 + 4 + 2 + 2; 5 + 4 + 2 + 2; 5 + 4 + 2; then 4, 3, 3 and 2, shown together.
    assert sum(by_agency.values()) == 15 + 12 + 13 + 13 + 11 + 4 + 3 + 3 + 2
    alone = {agency for agency, number in by_agency.items() if number >= minimum}
    assert alone == {"cpft", "police", "nene_rivers", "wren_hollow", "fenmarsh_academy"}
    assert set(by_agency) - {""} <= set(RETURNS[CLOSED])


def test_replies_are_what_the_survey_offers() -> None:
    asked = survey_called()
    groups = {key for key, _label in asked.groups}
    statements = {one.key for one in asked.statements}
    for row in REPLIES:
        assert set(row) - set(NOT_STATEMENTS) == statements
        assert {value for key, value in row.items() if key in statements} <= {*ANSWERS, ""}
        assert row["staff_group"] in groups


def test_nobody_disagrees_or_complains_at_a_body_that_exists() -> None:
    for row in REPLIES:
        if row["agency"] and row["agency"] not in INVENTED:
            assert not {"D", "SD"} & set(row.values()), row["agency"]
            assert not row["remark"]


def test_its_days_follow_one_another_within_the_cycle() -> None:
    survey, cycle = toml("survey.toml"), toml(f"cycles/{CLOSED}.toml")
    days = [survey[key] for key in ("prepared_on", "opened_on", "answered_on", "last_day_on", "closed_on")]
    assert days == sorted(days)
    # Shared after the board has its results, so that leaders stand beside staff, and before the cycle is closed.
    assert cycle["released_on"] <= survey["shared_on"] <= cycle["closed_on"]
    assert survey["prepared_by"] in held("quality_officer")


def test_the_boards_own_tool_is_a_list_as_it_stood_in_an_email() -> None:
    (tool,) = toml("own-tools.toml")["tool"]
    found = read_list(tool["list"].strip())
    assert [len(std.items) for std in found.standards] == [3, 3, 2]
    assert not found.faults
    assert tool["by"] in held("quality_officer")
