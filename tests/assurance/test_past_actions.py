"""A list of actions comes in as it was: first days kept, states as they were meant; marked, and dropped as one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.assurance.bringing_in import Bringing, bringing, own_shelf
from tests.assurance.made_tables import document
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.actions import operations as actions
from wholestory.actions.models import Action, ActionState, Step, StepKind
from wholestory.assurance.models import BroughtIn, BroughtInState
from wholestory.assurance.operations import past_actions
from wholestory.assurance.operations.past import PastRefused
from wholestory.assurance.queries import past_actions as queries

__all__ = ["bringing", "own_shelf"]
Browse = Callable[[str], Client]
ROWS = [
    ["Willow Lane Academy", "Write a policy", "Jo Ashdown", "31/03/2016", "In progress", "Half done"],
    ["Willow Lane Academy", "Train the office", "police_lead@people.example", "31.3.16", "Complete", ""],
    ["Northmarsh Constabulary", "Tell the front desk", "Front desk sergeant", "March 2016", "Green", ""],
    ["Harbour Youth Trust", "Find a deputy", "", "ongoing", "Open", ""],
]


def test_rows_come_in_with_their_first_day_their_owner_and_their_state(bringing: Bringing) -> None:
    batch = bringing.tracker(ROWS, states={"green": "said_done"}, no_day="2016-09-30")
    with bringing.acting():
        plan = queries.plan_of(batch)
    assert [fault.says for fault in plan.faults] == [
        "“March 2016”: only a month is written: its last day, 31.03.2016.",
        "“ongoing” is not read as a day: it gets 30.09.2016.",
    ]
    batch = bringing.apply(batch)
    assert (batch.state, batch.counts["actions"]) == (BroughtInState.APPLIED, 4)
    with acting.as_system(bringing.world.board):
        found = {one.title: one for one in Action.objects.select_related("owner", "closed_by", "agency")}
        policy, train = found["Write a policy"], found["Train the office"]
        assert (policy.first_due_on, policy.state, policy.owner and policy.owner.full_name) == (
            date(2016, 3, 31), ActionState.OPEN, "Jo Ashdown",
        )  # fmt: skip
        assert {one.brought_in_from for one in found.values()} == {"actions-2015.xlsx"}
        # Somebody of another agency is no owner here: what is written stands.
        assert (train.owner, train.owner_title) == (None, "police_lead@people.example")
        assert (train.state, train.closed_on) == (ActionState.CLOSED, date(2016, 3, 14))
        assert train.closed_by is not None
        assert train.closed_by.is_system
        closing = Step.objects.get(action=train, kind=StepKind.CLOSED)
        assert closing.words.startswith("Brought in as closed. Nobody here has seen what shows it.")
        assert found["Tell the front desk"].state == ActionState.SAID_DONE
        assert found["Find a deputy"].owner_title == past_actions.UNNAMED
        words = Step.objects.get(action=policy, kind=StepKind.UPDATED).words
        assert words == "Brought in from actions-2015.xlsx, unconfirmed.\nHalf done"


def test_a_state_nobody_explained_stops_and_a_row_without_a_day_is_left_out(bringing: Bringing) -> None:
    batch = bringing.tracker(ROWS)
    with bringing.acting():
        plan = queries.plan_of(batch)
    assert plan.stopped
    assert [(f.place, f.stops) for f in plan.faults] == [
        ("Sheet Tracker, row 4", True),  # green: done here, on track there
        ("Sheet Tracker, row 5", False),
    ]
    assert [one.title for one in plan.coming] == ["Write a policy", "Train the office"]


def test_what_is_here_already_does_not_come_in_twice(bringing: Bringing) -> None:
    bringing.apply(bringing.tracker(ROWS[:2]))
    again = bringing.tracker([*ROWS[:2], ROWS[1]], name="again.xlsx")
    with bringing.acting():
        plan = queries.plan_of(again)
    assert plan.coming == []
    assert len(plan.left_out) == 3


def test_all_are_dropped_again_with_the_reason_unless_somebody_worked_on_one(bringing: Bringing) -> None:
    batch = bringing.apply(bringing.tracker(ROWS[:2]))
    with bringing.acting() as actor:
        with pytest.raises(PastRefused, match="Say why"):
            past_actions.undo(actor=actor, batch=batch, reason="", today=TODAY)
        assert past_actions.undo(actor=actor, batch=batch, reason="Last year’s list", today=TODAY) == 2
        assert set(Action.objects.values_list("state", flat=True)) == {ActionState.DROPPED}
        dropped = Step.objects.filter(kind=StepKind.DROPPED).values_list("words", flat=True)
        assert set(dropped) == {"The list was taken back: Last year’s list"}
    second = bringing.apply(bringing.tracker(ROWS[:1], name="second.xlsx"))
    with bringing.acting("head") as actor:
        mine = Action.objects.select_related("record__board").get(brought_in_from="second.xlsx")
        actions.update(actor=actor, action=mine, words="We went on", today=TODAY)
    with bringing.acting() as actor, pytest.raises(PastRefused, match="worked on “Write a policy” since"):
        past_actions.undo(actor=actor, batch=second, reason="Wrong", today=TODAY)


def test_a_long_list_goes_on_in_the_background_and_twice_is_once(
    bringing: Bringing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past_actions, "AT_ONCE", 0)
    monkeypatch.setattr(past_actions, "STEP", 1)
    batch = bringing.apply(bringing.tracker(ROWS[:2]))
    assert batch.state == BroughtInState.APPLYING
    who = {
        "person": bringing.world.people["quality_officer"],
        "seat": bringing.world.seats["quality_officer"],
    }
    assert past_actions.go_on(batch_id=batch.id, **who)
    assert not past_actions.go_on(batch_id=batch.id, **who)
    with bringing.acting():
        assert Action.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("head", 2),
        ("police_lead", 1),
        ("lay_member", 0),
        ("police_member", 0),
        ("sister_manager", 0),
        ("stranger", 0),
    ],
)
def test_an_agency_sees_its_own_and_nobody_else_any(bringing: Bringing, name: str, sees: int) -> None:
    bringing.apply(bringing.tracker(ROWS, states={"green": "open"}))
    with bringing.acting(name):
        assert Action.objects.count() == sees
        assert not BroughtIn.objects.exists()


def test_a_word_table_of_one_agency_on_the_pages(browse: Browse, bringing: Bringing) -> None:
    head = ["Action", "Lead", "By when", "RAG"]
    content = document([head, ["Write a policy", "Head", "31/3/2016", "Amber"]])
    team = browse("quality_officer")
    answer = team.post(
        "/self-audits/past/new/", {"kind": "actions", "file": SimpleUploadedFile("plan.docx", content)}
    )
    at = "/".join(answer["Location"].split("/")[:4]) + "/"
    assert "All of it belongs to one organisation" in team.get(f"{at}table/").content.decode()
    school = str(bringing.world.agencies["school"].id)
    said = {"table": "0", "shape": "copy", "header": "1", "above": "0", "alone": school}
    assert team.post(f"{at}table/", said)["Location"] == f"{at}columns/"
    page = team.get(f"{at}columns/").content.decode()
    for role in ("action", "owner", "due", "status"):
        assert f'<option value="{role}" selected>' in page
    said = {"role_1": "action", "role_2": "owner", "role_3": "due", "role_4": "status"}
    assert team.post(f"{at}columns/", said)["Location"] == f"{at}agencies/"
    assert team.get(f"{at}agencies/")["Location"] == f"{at}words/"
    assert "Say what “amber” means" in team.post(f"{at}words/", {"no_day": ""}).content.decode()
    assert team.post(f"{at}words/", {"state_0": "open"})["Location"] == f"{at}check/"
    page = team.get(f"{at}check/").content.decode()
    assert "1 action of 1 organisation: 1 open" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert team.post(f"{at}check/", {"seen": seen})["Location"] == at
    listed = browse("head").get("/actions/").content.decode()
    assert "Write a policy (brought in from plan.docx, unconfirmed)" in listed
    assert team.post(f"{at}take-back/", {"reason": "Not ours"}).status_code == 302
