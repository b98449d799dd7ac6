"""The grid in the docs is what the policy says, and its words are the readers' words."""

from __future__ import annotations

import pytest

from wholestory.access import policy, policy_in_words, reference
from wholestory.access.screens import wording
from wholestory.partners.models import Role


def test_the_grid_is_up_to_date() -> None:
    assert reference.write(check=True), "run: wholestory docs"


def test_it_changes_when_a_rule_does(monkeypatch: pytest.MonkeyPatch) -> None:
    before = reference.text()
    monkeypatch.setitem(policy.OFFICES_BY_ROLE, Role.ADMINISTRATOR, frozenset({"assurance"}))
    assert reference.text() != before
    assert not reference.write(check=True)


def test_every_office_circle_kind_and_seat_is_in_it() -> None:
    text = reference.text()
    for role in Role:
        assert f"| {role.label} |" in text
    for kind in policy.MAY:
        assert f"(`{kind}`)" in text
        assert wording.kind(kind) in text


def test_reasons_are_words_and_never_codes() -> None:
    text = reference.text()
    assert "seat." not in text
    assert "grant." not in text


def test_every_reason_the_policy_names_has_words() -> None:
    named = {reason for verbs in policy.MAY.values() for reasons in verbs.values() for reason in reasons}
    assert {reason for reason in named if reason not in policy_in_words.BECAUSE} == set()
