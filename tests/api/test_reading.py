"""What a token reads, what it never sees, and what is written down about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import FIRST, ITEMS, Api, MakeToken, error, lines_about, reference_of
from tests.assurance.conftest import Round
from tests.personas import TODAY, World
from wholestory.access.tokens.models import Scope
from wholestory.actions import operations as actions


def test_me_says_what_the_token_opens(school: Api) -> None:
    me = school.read("/me")
    assert me["acts_as"] == "API of Willow Lane Academy"
    assert me["board"] == "Northmarsh Safeguarding Children Board"
    assert me["scopes"] == ["returns:read", "returns:write", "actions:read", "actions:write", "deaths:notify"]
    assert me["today"] == TODAY.isoformat()


def test_a_return_with_its_questions_and_every_kind_of_nothing(round_: Round, school: Api) -> None:
    reference = reference_of(round_, "school")
    listed = school.read("/returns")
    assert [(one["reference"], one["stage"]) for one in listed["returns"]] == [(reference, "issued")]
    assert listed["next"] is None
    found = school.read(f"/returns/{reference}")
    assert (found["due_on"], found["stage_words"], found["can_be_answered"]) == (
        "2016-03-31",
        "Not started",
        True,
    )
    first = found["answers"][0]
    assert (first["key"], first["kind"], first["nothing"], first["value"]) == (
        FIRST.score,
        "scale",
        "blank",
        None,
    )
    assert first["revision"] == 0
    school.saved(
        reference,
        {"key": ITEMS[0], "value": 2},
        {"key": ITEMS[1], "nothing": "not_applicable", "reason": "We have no such post"},
    )
    found = {one["key"]: one for one in school.read(f"/returns/{reference}")["answers"]}
    assert (found[ITEMS[0]]["value"], found[ITEMS[0]]["nothing"]) == (2, None)
    assert (found[ITEMS[1]]["value"], found[ITEMS[1]]["nothing"]) == (None, "not_applicable")
    assert found[ITEMS[1]]["reason"] == "We have no such post"
    assert (found[ITEMS[2]]["value"], found[ITEMS[2]]["nothing"]) == (None, "blank")


def test_the_form_is_the_sealed_definition(round_: Round, school: Api) -> None:
    reference = reference_of(round_, "school")
    form = school.read(f"/returns/{reference}/form")
    assert form["key"] == "short_self_assessment"
    assert len(form["seal"]) == 64
    pages = form["definition"]["form"]["pages"]
    assert [page["key"] for page in pages]
    assert school.read(f"/returns/{reference}")["form"]["seal"] == form["seal"]


@pytest.mark.parametrize("path", ["", "/form"])
def test_another_agencys_return_is_not_there(round_: Round, token_for: MakeToken, path: str) -> None:
    police = token_for("police")
    theirs = reference_of(round_, "school")
    closed, missing = police.get(f"/returns/{theirs}{path}"), police.get(f"/returns/SA-00000000{path}")
    assert error(closed) == error(missing) == (404, "not_found", "reference")
    assert closed.content == missing.content
    for response in (closed, missing):
        del response.headers["X-Request-ID"]  # random
    assert dict(closed.headers) == dict(missing.headers)
    assert [one["reference"] for one in police.read("/returns")["returns"]] == [
        reference_of(round_, "police")
    ]


def test_another_agencys_return_cannot_be_written(round_: Round, token_for: MakeToken) -> None:
    police = token_for("police")
    assert error(police.put(reference_of(round_, "school"), {"key": ITEMS[0], "value": 2}))[:2] == (
        404,
        "not_found",
    )


def test_the_same_agency_on_another_board_sees_nothing_of_this_one(
    round_: Round, token_for: MakeToken
) -> None:
    south = token_for("police", board="south")
    assert south.read("/returns")["returns"] == []
    assert error(south.get(f"/returns/{reference_of(round_, 'police')}"))[:2] == (404, "not_found")


def test_opening_listing_and_trying_are_written_down(
    round_: Round, school: Api, token_for: MakeToken, world: World
) -> None:
    reference = reference_of(round_, "school")
    police = token_for("police")
    before = len(lines_about(world, reference))
    school.read("/returns")
    school.read(f"/returns/{reference}")
    school.saved(reference, {"key": ITEMS[0], "value": 2})
    police.get(f"/returns/{reference}")
    mine, theirs = school.token.person_id, police.token.person_id
    assert lines_about(world, reference)[before:] == [
        (mine, "access.listed"),
        (mine, "access.opened"),
        (mine, "access.opened"),
        (mine, "assurance.begun"),
        (mine, "paperwork.saved"),
        (theirs, "access.not_found"),
    ]


@pytest.fixture
def promised(round_: Round, world: World) -> list[str]:
    """Three actions of the school, soonest due first."""
    made = []
    with round_.acting("head") as actor:
        for days in (10, 20, 30):
            action = actions.promise(
                actor=actor, board=world.board, agency=world.agencies["school"], title=f"Within {days} days",
                due_on=TODAY + timedelta(days=days), today=TODAY, owner=actor,
            )  # fmt: skip
            made.append(action.record.reference)
    return made


def test_actions_and_their_story(promised: list[str], school: Api, token_for: MakeToken) -> None:
    assert [one["reference"] for one in school.read("/actions")["actions"]] == promised
    added = school.send("POST", f"/actions/{promised[0]}/updates", {"words": "The policy is drafted."})
    assert added.status_code == 201
    assert (added.json()["kind"], added.json()["by"]) == ("updated", "API of Willow Lane Academy")
    shown = {"words": "It is published.", "link": "https://school.example/policy"}
    assert school.send("POST", f"/actions/{promised[0]}/updates", shown).json()["kind"] == "evidence"
    story = school.read(f"/actions/{promised[0]}")
    assert [step["kind"] for step in story["steps"]] == ["opened", "updated", "evidence"]
    assert (story["state"], story["is_overdue"]) == ("open", False)
    police = token_for("police")
    assert police.read("/actions")["actions"] == []
    assert error(police.get(f"/actions/{promised[0]}"))[:2] == (404, "not_found")
    assert error(police.send("POST", f"/actions/{promised[0]}/updates", {"words": "Ours?"}))[:2] == (
        404,
        "not_found",
    )


def test_an_action_that_is_over_takes_no_update(promised: list[str], school: Api, round_: Round) -> None:
    with round_.acting("business_manager") as actor:
        action = actions.Action.objects.get(record__reference=promised[0])
        actions.drop(actor=actor, action=action, reason="Agreed to be done elsewhere", today=TODAY)
    refused = school.send("POST", f"/actions/{promised[0]}/updates", {"words": "Still going."})
    assert error(refused)[:2] == (409, "refused")
    assert school.read("/actions?state=open")["actions"][0]["reference"] == promised[1]


def test_pages_of_a_list(promised: list[str], school: Api) -> None:
    first = school.read("/actions?per_page=2")
    assert [one["reference"] for one in first["actions"]] == promised[:2]
    second = school.read(first["next"].removeprefix("/api"))
    assert [one["reference"] for one in second["actions"]] == promised[2:]
    assert second["next"] is None


def test_a_list_costs_the_same_for_three_as_for_one(promised: list[str], school: Api) -> None:
    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            school.read(path)
        return len(captured)

    cost("/actions?per_page=1")
    assert cost("/actions?per_page=1") == cost("/actions?per_page=3")


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        (Scope.RETURNS_READ, "GET", "/returns"),
        (Scope.RETURNS_READ, "GET", "/returns/SA-00000000"),
        (Scope.RETURNS_READ, "GET", "/returns/SA-00000000/form"),
        (Scope.RETURNS_WRITE, "PUT", "/returns/SA-00000000/answers"),
        (Scope.ACTIONS_READ, "GET", "/actions"),
        (Scope.ACTIONS_READ, "GET", "/actions/AC-00000000"),
        (Scope.ACTIONS_WRITE, "POST", "/actions/AC-00000000/updates"),
    ],
)
def test_each_operation_needs_its_scope(token_for: MakeToken, scope: Scope, method: str, path: str) -> None:
    others = token_for("school", [one for one in Scope if one is not scope])
    assert error(others.send(method, path, {}))[:2] == (403, "scope")
    alone = token_for("police", [scope])
    assert alone.send(method, path, {}).status_code in (200, 404, 422)
