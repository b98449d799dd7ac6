"""The case list, the caseload, search, the dashboard and one case ask the database as often for thirty as for three."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.child_deaths.people import Deaths
from wholestory import ledger
from wholestory.child_deaths.models import Address, Case, ChildName, Hold, Identifier
from wholestory.child_deaths.queries import caseload, figures_kept

Browse = Callable[[str], Client]
MOST = {"home": 16, "open": 16, "find": 12, "patterns": 26, "case": 32}


def asked(client: Client, one: Case) -> dict[str, int]:
    """How many questions each page asks, on its second visit."""
    home, finding = reverse("child_deaths:home"), reverse("child_deaths:find")
    visits: dict[str, Callable[[], object]] = {
        "home": lambda: client.get(home),
        "open": lambda: client.get(f"{home}?standing=open&sort=next_due"),
        "find": lambda: client.post(finding, {"name": "Tarrow"}),
        "patterns": lambda: client.get(reverse("child_deaths:patterns")),
        "case": lambda: client.get(reverse("child_deaths:case", args=[one.record.reference])),
    }
    costs = {}
    for name, visit in visits.items():
        visit()
        figures_kept.forget()
        with CaptureQueriesContext(connection) as captured:
            answer = visit()
        assert getattr(answer, "status_code", 0) == 200
        costs[name] = len(captured)
    return costs


def more_of(deaths: Deaths, one: Case, number: int) -> None:
    """So many further names, numbers, addresses and holds of one case."""
    door = {"circle": one.circle, "office": one.office}
    with deaths.acting() as person:
        ledger.line("child_deaths.particulars", one.record)
        for at in range(number):
            ChildName.objects.create(
                child=one.child, forenames=f"Name{at}", surname="Tarrow", kind="other", **door
            )
            Identifier.objects.create(child=one.child, kind="hospital", value=f"H{at}", **door)
            Address.objects.create(child=one.child, postcode="", lines=f"{at} Way", **door)
            Hold.objects.create(
                case=one, why="inquest", since_on=deaths.now.on, review_on=deaths.now.on, by=person, **door
            )


def test_the_pages_of_many_deaths_ask_as_often_for_thirty_as_for_three(
    deaths: Deaths, browse: Browse
) -> None:
    client = browse("coordinator")
    cases = [deaths.case(forenames=f"One{at}", surname="Tarrow") for at in range(3)]
    more_of(deaths, cases[0], 3)
    few = asked(client, cases[0])
    for at in range(27):
        deaths.case(forenames=f"More{at}", surname="Tarrow")
    more_of(deaths, cases[0], 27)
    many = asked(client, cases[0])
    assert many == few
    assert {name: number for name, number in many.items() if number > MOST[name]} == {}


def test_the_numbers_at_the_top_are_of_the_cases_that_are_open(deaths: Deaths) -> None:
    cases = [deaths.case(forenames=f"One{at}") for at in range(3)]
    door = {"circle": cases[0].circle, "office": cases[0].office}
    with deaths.acting() as person:
        ledger.line("child_deaths.particulars", cases[0].record)
        for _ in range(2):
            Hold.objects.create(
                case=cases[0],
                why="inquest",
                since_on=deaths.now.on,
                review_on=deaths.now.on,
                by=person,
                **door,
            )
        ledger.line("child_deaths.particulars", cases[1].record)
        Case.objects.filter(pk=cases[1].pk).update(lead="disputed")
        found = caseload.counts(deaths.now.on)
    assert (found.being_sorted, found.open, found.waiting, found.disputed) == (3, 3, 1, 1)
    assert found.to_sort == 0
