"""A board that runs two self-audits at once: neither hides the other on the front pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.assurance.running import another_cycle
from tests.my_work.test_front_pages import late, page
from wholestory.ledger import reading
from wholestory.partners.models import Agency

Browse = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def newer(cycle_round: Round) -> str:
    """A newer cycle of schools, in which nothing is late. Its title."""
    school: Agency = cycle_round.world.agencies["school"]
    another_cycle(cycle_round, "Schools 2016", date(2016, 3, 7), date(2016, 4, 29), [school])
    return "Schools 2016"


def test_what_is_late_in_the_older_of_two_cycles_still_waits(
    browse: Browse, cycle_round: Round, newer: str
) -> None:
    late(cycle_round, "police")
    said = page(browse, "business_manager")
    assert "1 overdue: decide what to send" in said
    assert f"{cycle_round.cycle.title}: {cycle_round.fresh('police').agency.name}" in said
    assert f'href="/self-audits/cycles/{cycle_round.cycle.record.reference}/chase/"' in said


def test_the_chair_reads_of_both(browse: Browse, cycle_round: Round, newer: str) -> None:
    late(cycle_round, "police")
    said = page(browse, "chair", "/chair/")
    assert f"{cycle_round.cycle.title}</a>: 4 asked" in said
    assert f"{newer}</a>: 1 asked" in said
    assert f"due 11 March 2016, 3 days ago, not begun ({cycle_round.cycle.title})" in said


def test_the_late_agencies_the_chair_was_shown_are_in_the_access_record(
    browse: Browse, cycle_round: Round
) -> None:
    late(cycle_round, "police")
    page(browse, "chair", "/chair/")
    with cycle_round.acting("ig_lead"):
        verbs = {one.verb for one in reading.seen(cycle_round.fresh("police").record_id)}
    assert "access.listed" in verbs


def test_names_with_commas_stay_apart(browse: Browse, cycle_round: Round) -> None:
    agency = cycle_round.fresh("police").agency
    agency.name = "Public health, Eastmarsh council"
    agency.save(update_fields=["name"])
    late(cycle_round, "police", "charity")
    said = page(browse, "business_manager")
    names = sorted(["Public health, Eastmarsh council", cycle_round.fresh("charity").agency.name])
    assert "; ".join(names) in said
