"""“Download what I see” under the lists of a cycle, letters, accounts and deadlines: who may, and what stays."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.personas import World
from wholestory.access import acting
from wholestory.ledger import reading as access_record

Browse = Callable[[str], Client]


def rows_of(answer: Any) -> list[list[str]]:
    """The table in a CSV file, its headings first: what stands above the empty line says what the file is."""
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return rows[rows.index([]) + 1 :]


def lines_of(world: World, who: str, verb: str) -> int:
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        return sum(one.verb == verb for one in access_record.done_by(world.people[who].id))


def test_the_chase_list_is_taken_away_with_a_line(cycle_round: Round, browse: Browse) -> None:
    url = f"/self-audits/cycles/{cycle_round.cycle.record.reference}/chase/"
    officer = browse("quality_officer")
    page = officer.get(url)
    assert page.status_code == 200
    if "ws-empty" not in page.content.decode():
        assert "Download what I see" in page.content.decode()
    head, *rows = rows_of(officer.get(f"{url}?download=csv"))
    assert head == ["Agency", "Why", "Due by", "Days late", "Contact", "Last contact", "Next step"]
    assert all(len(row) == len(head) for row in rows)
    assert lines_of(cycle_round.world, "quality_officer", "access.downloaded") == 1


def test_who_was_asked_and_who_was_not_is_taken_away(cycle_round: Round, browse: Browse) -> None:
    url = f"/self-audits/cycles/{cycle_round.cycle.record.reference}/scope/"
    officer = browse("quality_officer")
    assert "Download what I see" in officer.get(url).content.decode()
    head, *rows = rows_of(officer.get(f"{url}?download=csv"))
    assert head[:4] == ["Agency", "Sector", "Why they answer", "Where it stands"]
    school = cycle_round.world.agencies["school"].name
    assert [row[3] for row in rows if row[0] == school] == ["Asked"]


@pytest.mark.parametrize("who", ["head", "police_member", "lay_member", "sister_manager", "stranger"])
@pytest.mark.parametrize("what", ["chase", "scope"])
def test_nobody_else_takes_the_lists_of_a_cycle(
    cycle_round: Round, browse: Browse, who: str, what: str
) -> None:
    url = f"/self-audits/cycles/{cycle_round.cycle.record.reference}/{what}/?download=csv"
    assert browse(who).get(url).status_code in (403, 404)


def test_an_agency_takes_the_minutes_asked_of_it_and_of_nobody_else(
    signed_school: Round, browse: Browse
) -> None:
    answer = browse("head").get("/self-audits/minutes/?download=csv")
    head, *rows = rows_of(answer)
    assert head == ["Board", "Asked", "When", "Of", "Expected", "You told us"]
    assert {row[3] for row in rows} == {signed_school.world.agencies["school"].name}


def test_letters_are_taken_by_those_who_may(world: World, browse: Browse) -> None:
    assert rows_of(browse("quality_officer").get("/letters/to-sign/?download=csv"))[0][0] == "Letter"
    assert lines_of(world, "quality_officer", "correspondence.exported") == 1
    assert browse("head").get("/letters/to-sign/?download=csv").status_code in (403, 404)


def test_accounts_are_taken_as_they_are_narrowed(world: World, browse: Browse) -> None:
    manager = browse("business_manager")
    head, *everybody = rows_of(manager.get("/access/accounts/?download=csv"))
    assert head == ["Person", "Seats", "Account", "Second factor"]
    name = world.people["head"].full_name
    assert [row[0] for row in everybody].count(name) == 1
    assert lines_of(world, "business_manager", "access.downloaded") == 1
    assert browse("quality_officer").get("/access/accounts/?download=csv").status_code in (403, 404)


def test_deadlines_are_taken_as_they_are_narrowed(world: World, browse: Browse) -> None:
    head, *rows = rows_of(browse("lay_member").get("/deadlines/?download=csv&edition=all"))
    assert head == ["Deadline", "Limit", "Duty", "Editions", "Status"]
    assert rows
    assert all("<a" not in cell for row in rows for cell in row)
