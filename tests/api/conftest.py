"""Tokens for the personas' agencies, and a client that sends one as an agency's system would."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.assurance.conftest import Round
from tests.personas import World
from wholestory.access import acting
from wholestory.access.tokens import operations
from wholestory.access.tokens.models import Scope, Token
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.ledger import reading

EVERYTHING = tuple(Scope)
ITEMS = list(framework_called("short_self_assessment").items)
FIRST = item_keys(ITEMS[0])


@dataclass
class Api:
    """A token and the requests made with it."""

    token: Token
    secret: str
    client: Client = field(default_factory=Client)

    def send(self, method: str, path: str, body: Any = None, **more: Any) -> HttpResponse:
        data = body if isinstance(body, (bytes, str)) else "" if body is None else json.dumps(body)
        kind = more.pop("content_type", "application/json")
        headers = {"Authorization": f"Bearer {self.secret}", **more.pop("headers", {})}
        return self.client.generic(method, f"/api{path}", data, content_type=kind, headers=headers, **more)

    def get(self, path: str) -> HttpResponse:
        return self.send("GET", path)

    def read(self, path: str) -> Any:
        response = self.get(path)
        assert response.status_code == 200, response.content
        return response.json()

    def put(self, reference: str, *answers: dict[str, Any]) -> HttpResponse:
        return self.send("PUT", f"/returns/{reference}/answers", {"answers": list(answers)})

    def saved(self, reference: str, *answers: dict[str, Any]) -> list[dict[str, Any]]:
        response = self.put(reference, *answers)
        assert response.status_code == 200, response.content
        found: list[dict[str, Any]] = response.json()["answers"]
        return found


def error(response: HttpResponse) -> tuple[int, str, str]:
    """Status, code and field of what went wrong."""
    said = response.json()["error"]
    return response.status_code, said["code"], (said["place"] or {}).get("field", "")


MakeToken = Callable[..., Api]


@pytest.fixture
def token_for(world: World) -> MakeToken:
    """``token_for("school")``: a token with every scope, made by the business manager of the agency's board."""

    def make(
        agency: str,
        scopes: Collection[Scope] = EVERYTHING,
        *,
        board: str = "north",
        by: str = "",
        days: int = 30,
    ) -> Api:
        who = by or {"north": "business_manager", "south": "sister_manager"}[board]
        with acting.acting_as(world.people[who], world.seats[who]):
            made = operations.make(
                actor=world.people[who], board=world.boards[board], agency=world.agencies[agency],
                used_by="The audit system", scopes=scopes, days=days, now=timezone.now(),
            )  # fmt: skip
        return Api(made.token, made.secret)

    return make


@pytest.fixture
def round_(world: World) -> Round:
    """A cycle asked of four agencies."""
    return Round(world)


@pytest.fixture
def school(round_: Round, token_for: MakeToken) -> Api:
    return token_for("school")


def reference_of(round_: Round, agency: str) -> str:
    return round_.fresh(agency).record.reference


def lines_about(world: World, reference: str) -> list[tuple[Any, str]]:
    """(person, verb) of every line about a record, oldest first, as the information governance lead sees them."""
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        cover = reading.find(reference)
        assert cover
        return [(one.person, one.verb) for one in reversed(list(reading.seen(cover.id)))]
