"""How often "not applicable" is said is a signal: by agency beside moderation, and rising between two cycles."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import SHORT
from tests.assurance.rounds import NOT_HERE, RoundOn
from tests.personas import World
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
ITEMS = list(framework_called(SHORT).items)
NUMBERS = framework_called(SHORT).numbers


@pytest.fixture
def two(world: World) -> RoundOn:
    """In 2014 the police said of one of their ten lines that it does not apply; in 2016 of that one and of another."""
    now = RoundOn(world, SHORT, "school", "police")
    now.fill("police", "police_lead", 2, {ITEMS[4]: NOT_HERE, ITEMS[5]: NOT_HERE})
    now.sign("police", "police_signatory")
    before = RoundOn(world, SHORT, "school", "police", title="2014", opens_on=date(2014, 1, 13))
    before.fill("police", "police_lead", 2, {ITEMS[4]: NOT_HERE})
    before.sign("police", "police_signatory")
    with acting.as_system(world.board):
        from wholestory import ledger

        ledger.line("assurance.cycle_prepared", now.cycle.record)
        Cycle.objects.filter(pk=now.cycle.pk).update(previous=before.cycle)
    return now


def page(made: RoundOn, browse: Browse, place: str, who: str = "quality_officer") -> list[str]:
    with acting.as_system(made.world.board):
        url = f"/self-audits/cycles/{made.cycle.record.reference}/results/{place}?download=csv"
    return browse(who).get(url).content.decode("utf-8-sig").splitlines()


def test_by_agency_beside_moderation(two: RoundOn, browse: Browse) -> None:
    """2 of 10 lines: 20 %. The school has not answered and is in no row."""
    lines = page(two, browse, "own-and-moderated/")
    at = lines.index("Agency,Sector,Said not to apply,Of lines answered,Rate (%)")
    name = two.world.agencies["police"].name
    assert re.fullmatch(rf"{re.escape(name)},[^,]+,2,10,20\.0", lines[at + 1])
    assert at + 2 == len(lines) or not lines[at + 2].startswith(two.world.agencies["school"].name)


def test_what_rises_is_named_and_what_stays_is_not(two: RoundOn, browse: Browse) -> None:
    """The sixth line went from none of one to one of one; the fifth was all of one both times."""
    lines = page(two, browse, "cycles/")
    at = lines.index("Said not to apply more often than before")
    rows = [
        line
        for line in lines[at:]
        if line.lstrip('"').startswith((f"{NUMBERS[ITEMS[4]]} ", f"{NUMBERS[ITEMS[5]]} "))
    ]
    assert len(rows) == 1
    assert rows[0].lstrip('"').startswith(f"{NUMBERS[ITEMS[5]]} ")
    assert rows[0].endswith(",0.0,0,100.0,1")
