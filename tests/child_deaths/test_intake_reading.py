"""Whatever a system sends is read or refused with its place, and what is read can be kept."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from wholestory.child_deaths import incoming
from wholestory.child_deaths.operations import intake

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = sorted(incoming.questions())


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    key=st.sampled_from(KEYS),
    value=ANY_JSON
    | st.builds(lambda one: {"value": one}, ANY_JSON)
    | st.builds(lambda one: {"nothing": one}, ANY_JSON),
)
def test_any_value_at_any_question_is_kept_or_refused_at_its_place(key: str, value: Any) -> None:
    told = incoming.read_one({key: value})
    assert {one.key for one in told.troubles} <= {key, ""}
    if told.answers:
        intake.checked(told.answers)
        json.dumps(told.answers)


def test_every_question_of_the_form_outside_lists_of_people_can_be_sent() -> None:
    assert {"forenames", "nhs_number", "expected", "circumstances", "national_alert", "notifier_name"} <= set(
        KEYS
    )
    assert "parents" not in KEYS
    assert "contacts" not in KEYS
