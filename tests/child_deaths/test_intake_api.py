"""A hospital's own system tells a panel of a death: with a token made for it, and reading nothing back."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.api.conftest import Api
from tests.child_deaths.notifying import kept
from tests.child_deaths.people import Deaths
from wholestory.access import acting
from wholestory.access.tokens import operations
from wholestory.access.tokens.models import Scope
from wholestory.config.api.api import description
from wholestory.ledger import reading

BODY: dict[str, Any] = {
    "panel": "northmarsh", "received_at": "2016-03-13T23:10:00+00:00",
    "answers": {
        "forenames": "Baby girl of Sarah", "surname": {"value": "Ashby-Test"}, "sex": "Female", "born_on": "2016-03-13",
        "nhs_number": {"nothing": "not_known"}, "mother_name": "Sarah Ashby-Test", "birth_order": 2,
        "confirmed_on": "2016-03-13", "postcode": "nowhere",
    },
    "sent": {"system": "ward system", "episode": "invented-17", "unread": [1, 2.5, None]},
}  # fmt: skip


def token(deaths: Deaths, *scopes: Scope, agency: str = "health") -> Api:
    world = deaths.world
    actor = world.people["business_manager"]
    with acting.acting_as(actor, world.seats["business_manager"]):
        made = operations.make(
            actor=actor, board=world.board, agency=world.agencies[agency], used_by="Ward system", scopes=scopes,
            days=90, now=timezone.now(),
        )  # fmt: skip
    return Api(made.token, made.secret)


@pytest.fixture
def api(deaths: Deaths) -> Api:
    return token(deaths, Scope.DEATHS_NOTIFY)


def test_it_is_kept_as_sent_with_the_true_time_and_the_service_as_its_actor(deaths: Deaths, api: Api) -> None:
    response = api.send("POST", "/notifications", BODY)
    assert response.status_code == 201, response.content
    said = response.json()
    assert set(said) == {"reference", "received_at", "was_there", "remarks"}
    assert said["was_there"] is False
    assert said["remarks"] == [{"key": "postcode", "message": "is not a postcode; it is kept as it was sent"}]
    (one,) = kept(deaths.world)
    assert one.record.reference == said["reference"]
    assert one.channel == "system"
    assert one.entered_by_id == api.token.person_id
    assert one.received_at.isoformat() == "2016-03-13T23:10:00+00:00"
    assert one.raw == BODY, "the machine's own copy, unread"
    assert one.answers == {
        "forenames": {"value": "Baby girl of Sarah"}, "surname": {"value": "Ashby-Test"}, "sex": {"value": "female"},
        "born_on": {"value": "2016-03-13"}, "nhs_number": {"nothing": "not_known"},
        "mother_name": {"value": "Sarah Ashby-Test"}, "birth_order": {"value": "2"},
        "confirmed_on": {"value": "2016-03-13"}, "postcode": {"value": "nowhere"},
    }  # fmt: skip


def test_the_same_sent_again_is_said_to_be_there_and_kept_once(deaths: Deaths, api: Api) -> None:
    first = api.send("POST", "/notifications", BODY).json()
    again = api.send("POST", "/notifications", BODY)
    assert again.status_code == 200
    assert again.json()["reference"] == first["reference"]
    assert again.json()["was_there"] is True
    assert len(kept(deaths.world)) == 1


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"panel": "no-such"}, "invalid", "panel"), ({"panel": "farhaven"}, "invalid", "panel"),
        ({"received_at": "2016-03-15T00:00:00Z"}, "invalid", "received_at"),
        ({"received_at": "2016-03-13T10:00:00"}, "invalid", "received_at"),
        ({"answers": {}}, "invalid", "answers"),
        ({"answers": {"shoe_size": 3}}, "no_such_question", "answers.shoe_size"),
        ({"answers": {"sex": "tall"}}, "unreadable", "answers.sex"),
        ({"answers": {"born_on": "2016-02-31"}}, "unreadable", "answers.born_on"),
        ({"answers": {"surname": "x" * 4001}}, "unreadable", "answers.surname"),
        ({"answers": {"surname": {"nothing": "because"}}}, "unreadable", "answers.surname"),
        ({"more": 1}, "invalid", "more"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_place(
    deaths: Deaths, api: Api, change: dict[str, Any], code: str, field: str
) -> None:
    response = api.send("POST", "/notifications", BODY | change)
    assert response.status_code == 422, response.content
    error = response.json()["error"]
    assert (error["code"], error["place"]["field"]) == (code, field), error
    assert not kept(deaths.world)


def test_too_much_is_refused_and_other_kinds_of_content_too(deaths: Deaths, api: Api) -> None:
    assert api.send("POST", "/notifications", BODY | {"sent": "x" * 200_001}).status_code == 413
    assert api.send("POST", "/notifications", "<x/>", content_type="text/xml").status_code == 415
    assert api.send("POST", "/notifications", '{"panel": "northmarsh"').status_code == 400
    assert not kept(deaths.world)


def test_only_a_token_made_for_it_sends_and_it_reads_nothing(deaths: Deaths, api: Api) -> None:
    other = token(deaths, Scope.RETURNS_READ, Scope.ACTIONS_WRITE, agency="police")
    assert other.send("POST", "/notifications", BODY).status_code == 403
    sent = api.send("POST", "/notifications", BODY).json()["reference"]
    assert api.send("GET", "/notifications").status_code == 405
    assert api.get(f"/notifications/{sent}").status_code == 404
    assert api.get("/returns").status_code == 403
    assert len(kept(deaths.world)) == 1


def test_a_revoked_token_sends_nothing(deaths: Deaths, api: Api) -> None:
    world = deaths.world
    actor = world.people["business_manager"]
    with acting.acting_as(actor, world.seats["business_manager"]):
        operations.revoke(actor=actor, token=api.token, now=timezone.now())
    assert api.send("POST", "/notifications", BODY).status_code == 401
    assert not kept(deaths.world)


def test_the_access_record_names_the_service(deaths: Deaths, api: Api) -> None:
    reference = api.send("POST", "/notifications", BODY).json()["reference"]
    record = next(one.record for one in kept(deaths.world) if one.record.reference == reference)
    with acting.acting_as(deaths.world.people["ig_lead"], deaths.world.seats["ig_lead"]):
        lines = reading.seen(record.id)
    assert [(line.person, line.verb, line.reason) for line in lines if line.writes] == [
        (api.token.person_id, "child_deaths.notified", "by_system")
    ]


def test_the_description_names_it_with_its_scope() -> None:
    operation = description()["paths"]["/api/notifications"]["post"]
    assert operation["security"] == [{"AgencyToken": ["deaths:notify"]}]
    assert {"201", "200", "401", "403", "413", "415", "422", "429"} <= {
        str(one) for one in operation["responses"]
    }
