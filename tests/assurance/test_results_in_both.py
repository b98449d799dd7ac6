"""A change between two cycles says over whom: the agencies in both, and by name those in one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import SHORT
from tests.assurance.rounds import RoundOn
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle
from wholestory.assurance.operations import cycles
from wholestory.assurance.queries.figures import chain, of_team
from wholestory.assurance.queries.in_both import InBoth, in_both
from wholestory.assurance.reports.trend import in_one_only, who_words

Browse = Callable[[str], Client]
FIRST, SECOND = list(framework_called(SHORT).items)[:2]


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def rows_of(client: Client, url: str) -> list[str]:
    """The lines of a page's file; a sign before a plus keeps a spreadsheet from reckoning."""
    said = client.get(url, {"download": "csv"}).content.decode("utf-8-sig")
    return said.replace("'+", "+").splitlines()


@pytest.fixture
def two(world: World) -> tuple[RoundOn, RoundOn]:
    """In 2014 the school (0 on the first line, else 2) and the police (all 2); in 2016 the school alone (all 3)."""
    # The newer first: once there is an earlier one, its answers would come forward to be confirmed.
    now = RoundOn(world, SHORT, "school", "health")
    now.fill("school", "head", 3)
    now.sign("school", "head_signatory")
    before = RoundOn(world, SHORT, "school", "police", title="2014", opens_on=date(2014, 1, 13))
    for agency, lead, signs in (
        ("school", "head", "head_signatory"),
        ("police", "police_lead", "police_signatory"),
    ):
        before.fill(agency, lead, 2, {FIRST: 0} if agency == "school" else {})
        before.sign(agency, signs)
    with acting.as_system(world.board):
        from wholestory import ledger

        ledger.line("assurance.cycle_prepared", now.cycle.record)
        Cycle.objects.filter(pk=now.cycle.pk).update(previous=before.cycle)
    return before, now


@pytest.mark.django_db
def test_one_agency_is_in_both_and_one_in_the_earlier_only(two: tuple[RoundOn, RoundOn]) -> None:
    _, now = two
    with now.acting("quality_officer"):
        cycle = Cycle.objects.select_related("record", "board").get(pk=now.cycle.pk)
        rounds = of_team(chain(cycle))
        found = in_both(rounds[0], rounds[1])
    assert found == InBoth(1, (), (now.world.agencies["police"].name,))


@pytest.mark.django_db
def test_the_change_is_of_those_in_both_and_the_shares_are_of_everybody(
    two: tuple[RoundOn, RoundOn], browse: Browse
) -> None:
    """First line: in 2014 one of two compliant, now one of one. The school alone went from none of one to one of one:
    100 points and not 50. Second line: compliant each time."""
    _, now = two
    with acting.as_system(now.world.board):
        base = f"/self-audits/cycles/{now.cycle.record.reference}/results/"
    client = browse("quality_officer")
    lines = rows_of(client, f"{base}cycles/")
    assert any('"Change since last, the 1 in both"' in line for line in lines)
    assert any(line.endswith("50.0 % (1 of 2),100.0 % (1 of 1),+100.0,") for line in lines), lines
    assert any("Since 2014: 1 item higher, 0 lower, 9 the same." in line for line in lines)
    standard = framework_called(SHORT).standard_of[FIRST]
    own = rows_of(client, f"{base}standards/{standard.key}/")
    assert any(line.endswith("50.0 % of 2 scores,100.0 % of 1 score,+100.0") for line in own), own
    # The standard's own lines, of which the first alone was not compliant then.
    size = len(standard.items)
    assert any(f"Change: +{100 / size:.1f}." in line for line in own), own


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["cycles/", "standards/"])
def test_the_pages_say_so_by_number_and_name(
    two: tuple[RoundOn, RoundOn], browse: Browse, place: str
) -> None:
    _, now = two
    with acting.as_system(now.world.board):
        url = f"/self-audits/cycles/{now.cycle.record.reference}/results/{place}"
    said = text_of(browse("quality_officer").get(url).content.decode())
    assert (
        "Not the same agencies: 1 agency in both cycles, 0 only in the newer, 1 only in the one before."
        in said
    )
    assert "Counted in one of the two" in said
    assert f"{now.world.agencies['police'].name} Counted in The cycle before only" in said


@pytest.mark.django_db
def test_the_board_is_told_by_what_it_was_shown(two: tuple[RoundOn, RoundOn], browse: Browse) -> None:
    before, now = two
    before.release("school")
    before.release("police")
    now.release("school")
    for one in (before, now):
        with one.acting("business_manager") as actor:
            cycles.release_to_board(actor=actor, cycle=one.fresh("school").cycle, today=TODAY)
    with acting.as_system(now.world.board):
        url = f"/self-audits/cycles/{now.cycle.record.reference}/results/cycles/"
    said = text_of(browse("lay_member").get(url).content.decode())
    assert "1 agency in both cycles, 0 only in the newer, 1 only in the one before" in said


def test_the_same_agencies_are_said_to_be_the_same() -> None:
    same = InBoth(12, (), ())
    assert who_words(same) == "The last two cycles stand on the same 12 agencies."
    assert who_words(InBoth(1, (), ())) == "The last two cycles stand on the same agency."
    grid = in_one_only(InBoth(3, ("New",), ("Old",)))
    assert grid.rows == (("New", "The newer cycle only"), ("Old", "The cycle before only"))
