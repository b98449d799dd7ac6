"""A return of figures for one agency, as an agency's system finds it."""

from __future__ import annotations

from datetime import date

from tests.indicators.people import NOW
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.indicators.models import AgencyReturn
from wholestory.indicators.operations import asking, collections
from wholestory.indicators.rules.periods import Period

QUARTER = Period(date(2015, 10, 1), date(2015, 12, 31))


def asked_for_figures(world: World, agency: str, *codes: str) -> str:
    """The reference of a return for these measures, for October to December 2015."""
    board, of = world.board, world.agencies[agency]
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        actor = world.people["quality_officer"]
        wanted: dict[str, list[str]] = {code: [] for code in codes}
        asking.ask_for(actor=actor, board=board, agency=of, wanted=wanted, from_on=QUARTER.start)
        collections.open_round(
            actor=actor, board=board, label="", period=QUARTER, due_on=date(2016, 3, 21), today=TODAY, now=NOW
        )
        found = AgencyReturn.objects.select_related("record").get(agency=of)
        return str(found.record.reference)
