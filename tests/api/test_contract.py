"""The API against its own description: requests made up from it, and answers held to it.

A few dozen requests for each operation by default; ``make contract`` sends hundreds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks

from tests.api.asked_figures import asked_for_figures
from tests.api.conftest import ITEMS, Api, reference_of
from tests.assurance.conftest import Round
from tests.personas import TODAY, World
from wholestory.access.signing_in.limits import Limit
from wholestory.access.tokens import bearer
from wholestory.actions import operations as actions
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.config.api import doors
from wholestory.config.api.api import description

EXAMPLES = int(os.environ.get("WHOLESTORY_CONTRACT_EXAMPLES", "8"))
SCHEMA = schemathesis.openapi.from_dict(description())
SCHEMA.config.generation.update(with_security_parameters=False)  # the tests send a token of their own
SCHEMA.app = get_wsgi_application()
OPERATIONS = {one.ok().label: one.ok() for one in SCHEMA.get_all_operations()}
load_all_checks()

#: Whether an answer fits is up to the form it is for, so a body that is well formed may be refused.
UP_TO_THE_FORM = {
    "PUT /api/returns/{reference}/answers", "PUT /api/figures/{reference}/lines", "POST /api/notifications",
}  # fmt: skip
UNCOUNTED = Limit("uncounted", 10**9, 1)


@pytest.fixture
def references(round_: Round, world: World) -> dict[str, list[str]]:
    """Records to ask for: the school's own, the police's, and one that is not there."""
    with round_.acting("head") as actor:
        action = actions.promise(
            actor=actor, board=world.board, agency=world.agencies["school"], title="Appoint a lead", due_on=TODAY,
            today=TODAY, owner=actor,
        )  # fmt: skip
        own = action.record.reference
    return {
        "returns": [reference_of(round_, "school"), reference_of(round_, "police"), "SA-00000000"],
        "actions": [own, "AC-00000000"],
        "figures": [asked_for_figures(world, "school", "I01"), "FR-00000000"],
    }


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A server gives its connection back around each request; this test's transaction is in it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def call(school: Api, one_connection: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sends a made-up request to the site as its server would, checks the answer, and takes back what it wrote."""
    for module, name in ((bearer, "REQUESTS"), (bearer, "UNKNOWN"), (doors, "NOT_FOUND")):
        monkeypatch.setattr(module, name, UNCOUNTED)
    headers = {"Authorization": f"Bearer {school.secret}"}

    def send(case: Any, leave_out: list[Any]) -> None:
        with transaction.atomic():
            case.call_and_validate(headers=headers, excluded_checks=leave_out)
            transaction.set_rollback(True)

    return send


def bounded(times: int = 1) -> Any:
    """The same examples each time, as many as asked for (``times`` more where each is cheap)."""
    return settings(
        max_examples=EXAMPLES * times, deadline=None, derandomize=True, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def try_out(call: Any, operation: Any, mode: GenerationMode, **fixed: Any) -> None:
    leave_out = []
    if operation.label in UP_TO_THE_FORM:
        leave_out.append(schemathesis.checks.CHECKS.get_one("positive_data_acceptance"))

    @bounded()
    @given(case=operation.as_strategy(generation_mode=mode, **fixed))
    def check(case: Any) -> None:
        call(case, leave_out)

    check()


def about(label: str, references: dict[str, list[str]]) -> list[dict[str, Any]]:
    """What is fixed in the requests for an operation: each of the records in turn."""
    if "{reference}" not in label:
        return [{}]
    return [
        {"path_parameters": {"reference": one}}
        for one in references[next(kind for kind in ("figures", "returns", "actions") if kind in label)]
    ]


@pytest.mark.slow
@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_to_well_formed_requests_keep_to_the_description(
    call: Any, references: dict[str, list[str]], label: str
) -> None:
    for fixed in about(label, references):
        try_out(call, OPERATIONS[label], GenerationMode.POSITIVE, **fixed)


@pytest.mark.slow
@pytest.mark.parametrize(
    "label", [one for one, it in OPERATIONS.items() if it.body or list(it.iter_parameters())]
)
def test_malformed_requests_are_refused_as_described(
    call: Any, references: dict[str, list[str]], label: str
) -> None:
    try_out(call, OPERATIONS[label], GenerationMode.NEGATIVE)
    if OPERATIONS[label].body:
        try_out(call, OPERATIONS[label], GenerationMode.NEGATIVE, **about(label, references)[0])


KEYS = [key for item in ITEMS[:2] for key in astuple(item_keys(item))]
ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
LIKELY = st.sampled_from(
    [0, 1, 2, "2", "2016-09-30", "2016", {"day": "1", "month": "may", "year": "2016"}, "Some words."]
)


@pytest.mark.slow
def test_any_value_at_any_question_is_kept_or_refused_at_its_place(
    round_: Round, school: Api, call: Any
) -> None:
    reference = reference_of(round_, "school")

    @bounded(times=10)
    @given(
        key=st.sampled_from(KEYS),
        value=LIKELY | ANY_JSON,
        nothing=st.none()
        | st.sampled_from(["not_known", "not_applicable", "not_asked", "declined", "blank"]),
        reason=st.text(max_size=20),
        base=st.integers(0, 3),
    )
    def check(key: str, value: Any, nothing: str | None, reason: str, base: int) -> None:
        with transaction.atomic():
            response = school.put(
                reference, {"key": key, "value": value, "nothing": nothing, "reason": reason, "base": base}
            )
            if response.status_code == 422:
                assert response.json()["error"]["place"]["field"].startswith("answers[0]")
            else:
                assert response.status_code == 200, response.content
                assert response.json()["answers"][0]["outcome"] in {"saved", "unchanged", "kept_aside"}
            transaction.set_rollback(True)

    check()
