"""Pages cost the same number of queries for thirty rows as for three, and few of them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.conftest import MadeUp, somebody
from wholestory.access import acting
from wholestory.actions.models import Action
from wholestory.assurance.models import Cycle, Return, Stage
from wholestory.challenge.models import Question
from wholestory.correspondence.models import Message
from wholestory.partners.models import Board, Role, Seat

MOST = 12
#: Pages that gather many subjects of one record: each asks once, however many rows there are.
GATHERING = {
    # What waits for somebody, of every duty: challenges, returns of figures and files about children among them.
    "/": 15,
    "/self-audits/cycles/{live}/": 17,
    "/self-audits/cycles/{live}/chase/": 15,
    "/self-audits/cycles/{live}/heat-map/": 13,
    "/self-audits/cycles/{old}/results/": 16,
    "/self-audits/returns/{return}/": 23,
    "/self-audits/returns/{own}/": 21,
}
#: Two of its queries ask who ended while the cycle ran, and are left out where nobody was taken back.
ONLY_WHERE_SOMEBODY_LEFT = {"/self-audits/cycles/{old}/results/": 2}
#: A page is one transaction; inside a test's own it begins and ends with these instead, and forgets who acted.
AROUND = ("SAVEPOINT", "RELEASE", "select set_config('app.person', '', true)")

PAGES = {
    Role.BUSINESS_MANAGER: (
        "/", "/search/?q=lead", "/self-audits/", "/self-audits/cycles/{live}/", "/self-audits/cycles/{live}/ask/",
        "/self-audits/cycles/{live}/heat-map/", "/self-audits/cycles/{old}/results/",
        "/self-audits/cycles/{live}/chase/", "/self-audits/returns/{return}/",
        "/self-audits/returns/{return}/moderate/", "/self-audits/returns/{return}/moderators/", "/actions/",
        "/actions/{action}/", "/questions/", "/questions/{question}/", "/letters/", "/letters/not-delivered/",
        "/letters/to-sign/", "/letters/{message}/", "/board/people/", "/board/agencies/", "/board/groups/",
    ),
    Role.INDEPENDENT_CHAIR: ("/", "/chair/", "/self-audits/cycles/{live}/heat-map/", "/actions/", "/letters/to-sign/"),
    Role.LAY_MEMBER: ("/", "/lay-member/", "/self-audits/", "/self-audits/cycles/{old}/results/", "/actions/"),
    Role.AGENCY_LEAD: ("/", "/search/?q=lead", "/self-audits/", "/self-audits/returns/{own}/", "/actions/"),
}  # fmt: skip


def references(board: Board) -> dict[str, str]:
    """One record of each kind to open, and a return of the agency whose lead looks at their own."""
    with acting.as_system(board):
        cycles = Cycle.objects.filter(board=board).select_related("record").order_by("opens_on")
        returns = Return.objects.filter(cycle=cycles[0], stage=Stage.RELEASED).select_related("record")
        lead = somebody(board, Role.AGENCY_LEAD)
        agency = Seat.objects.get(person=lead, board=board, role=Role.AGENCY_LEAD).agency_id
        kinds = {"action": Action, "question": Question, "message": Message}
        first = {
            name: kind.objects.filter(record__board=board).select_related("record").order_by("id")[0]
            for name, kind in kinds.items()
        }
        return {
            "old": cycles[0].record.reference,
            "live": cycles[1].record.reference,
            "return": returns[0].record.reference,
            "own": Return.objects.get(cycle=cycles[0], agency=agency).record.reference,
            **{name: one.record.reference for name, one in first.items()},
        }


def queries(client: Client, url: str) -> int:
    client.get(url)  # what is remembered for the whole process is not the page's
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, f"{url} answered {response.status_code}"
    return sum(not query["sql"].startswith(AROUND) for query in captured.captured_queries)


@pytest.mark.slow
def test_many_rows_cost_what_few_do_and_no_page_costs_much(made_up: MadeUp) -> None:
    costs = {}
    for role, pages in PAGES.items():
        for page in pages:
            costs[role.value, page] = [
                queries(made_up.browse(somebody(board, role), role), page.format(**references(board)))
                for board in (made_up.few, made_up.many)
            ]
    assert {
        (role, page): (few, many)
        for (role, page), (few, many) in costs.items()
        if many > few + ONLY_WHERE_SOMEBODY_LEFT.get(page, 0) or many > GATHERING.get(page, MOST)
    } == {}
