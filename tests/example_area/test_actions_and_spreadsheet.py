"""The example area's actions, and the membership spreadsheet for setting up a board."""

import csv
from collections import Counter

from openpyxl import load_workbook

from tests.example_area.reading import (
    ACTIONS,
    CLOSED,
    HERE,
    LIVE,
    RETURNS,
    TODAY,
    answers,
    everything_answered,
    held,
    works_for,
)


def score(cycle, agency, item):
    (row,) = [row for row in answers(cycle, agency) if row["item"] == item]
    return row


def test_two_are_overdue_one_is_closed_on_evidence_and_the_others_are_done():
    states = Counter(action["state"] for action in ACTIONS.values())
    assert states == {"open": 2, "closed": 1, "said_done": 8}
    assert all(action["due_on"] < TODAY for action in ACTIONS.values() if action["state"] == "open")


def test_everything_below_compliant_was_answered_by_an_action():
    answered = [(action["agency"], item) for action in ACTIONS.values() for item in action["items"]]
    assert len(set(answered)) == len(answered)
    below = {
        (agency, row["item"])
        for cycle, agency, row in everything_answered()
        if cycle == CLOSED and (row["moderated"] or row["score"]) in ("0", "1")
    }
    planned = {
        (agency, row["item"])
        for cycle, agency, row in everything_answered()
        if cycle == CLOSED and row["plan"]
    }
    assert set(answered) == below | planned


def test_actions_that_arise_from_a_plan_share_its_words_and_its_date():
    for action in ACTIONS.values():
        found = [score(CLOSED, action["agency"], item) for item in action["items"]]
        if action["arises"] == "plan":
            assert {row["plan_due"] for row in found} == {action["first_due_on"].isoformat()}
            assert len({row["plan"] for row in found}) == 1
            assert action["opened_on"] == RETURNS[CLOSED][action["agency"]]["signed_off_on"]
        else:
            assert action["opened_on"] >= RETURNS[CLOSED][action["agency"]]["released_on"]
            assert [row["moderated"] < row["score"] for row in found] == [True]


def test_every_action_has_an_owner_who_is_still_there():
    for action in ACTIONS.values():
        for on in (action["opened_on"], TODAY):
            assert works_for(action["owner"], action["agency"], on), action["key"]


def test_the_steps_of_an_action_tell_how_it_got_where_it_is():
    for key, action in ACTIONS.items():
        due, last = action["first_due_on"], action["opened_on"]
        for step in action["step"]:
            assert last <= step["on"] <= TODAY, key
            last = step["on"]
            assert step["words"], key
            if step["kind"] == "redated":
                assert step["from_due_on"] == due, key
                due = step["to_due_on"]
            if step["kind"] in ("closed", "sent_back", "effect", "checked"):
                assert step["by"] in held("quality_officer") + held("business_manager"), (
                    "the board closes, not the owner"
                )
            elif step["kind"] in ("said_done", "evidence", "redated", "measure"):
                assert works_for(step["by"], action["agency"], step["on"]), key
        assert due == action["due_on"], key
        kinds = [step["kind"] for step in action["step"]]
        assert ("closed" in kinds) == (action["state"] == "closed")
        assert ("said_done" in kinds) or action["state"] == "open"


def test_one_action_goes_from_promise_to_evidence_to_a_better_score():
    action = ACTIONS["wren_supervision"]
    assert [step["kind"] for step in action["step"]][-2:] == ["closed", "effect"]
    assert score(CLOSED, "wren_hollow", "supervision")["score"] == "1"
    assert score(LIVE, "wren_hollow", "supervision")["score"] == "3"


def test_two_say_what_will_show_that_they_worked_one_was_checked_and_one_waits():
    looked = {
        key: [step for step in action["step"] if step["kind"] in ("measure", "checked")]
        for key, action in ACTIONS.items()
    }
    looked = {key: steps for key, steps in looked.items() if steps}
    assert {key: [step["kind"] for step in steps] for key, steps in looked.items()} == {
        "wren_supervision": ["measure", "checked"],
        "larkspur_worry_box": ["measure"],
    }
    measured, checked = looked["wren_supervision"]
    assert checked["on"] >= measured["check_on"]
    assert checked["verdict"] == "better"
    assert looked["larkspur_worry_box"][0]["check_on"] < TODAY


def test_the_spreadsheet_is_as_messy_as_they_are_and_both_forms_agree():
    sheet = load_workbook(HERE / "membership-spreadsheet.xlsx")["Membership"]
    with (HERE / "membership-spreadsheet.csv").open(encoding="utf-8-sig", newline="") as file:
        typed = list(csv.reader(file))
    cells = [
        [c.strftime("%d/%m/%Y") if hasattr(c, "strftime") else str(c or "") for c in row]
        for row in sheet.iter_rows(max_col=9, values_only=True)
    ]
    while not any(cells[-1]):
        cells.pop()
    assert [row for row in cells if any(row)] == [row for row in typed if any(row)]
    assert "A1:I1" in {str(each) for each in sheet.merged_cells.ranges}
    assert typed[3][:2] == ["Name", "Organisation / agency"]
    people = [row for row in typed[4:] if any(row[1:])]
    assert 24 <= len(people) <= 27
    for row in people:
        address = row[4].strip().lower()
        assert address in ("", "tbc") or address.endswith(".example")
