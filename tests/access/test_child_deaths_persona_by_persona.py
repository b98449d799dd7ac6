"""Who opens which page about one child's death, persona by persona, as the table of roles and access says.

Each line is written by hand: an agency's reporter sees their own request; the coordinator all but what the chair alone
does; the designated doctor the cases of their area; the key worker the family's record; a member of the panel the
papers of listed meetings, and none with a conflict; the chair decides and unmasks; the analyst sees rows that name
nobody; the other panel what was handed to it; whoever told us a receipt; whoever runs the system no case at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client

from tests.child_deaths.families import carer, family_of, key_worker, suspected
from tests.child_deaths.gathering import GP, ask, come_in
from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import Reviews
from tests.personas import TODAY
from wholestory.access.signing_in import ports
from wholestory.child_deaths.models import Case
from wholestory.child_deaths.operations import restricting, transfers, triage

#: What would tell somebody who the child or the family is.
NAMES = (
    "Rowan",
    "Ashby",
    "Lindsey",
    "9990000018",
    "999 000 0018",
    "ZZ99 3WZ",
    "Invented Lane",
    "Linnet",
    "Marlow",
)
RUNS = {
    "caseload",
    "find",
    "message",
    "case",
    "composite",
    "processes",
    "request",
    "answering",
    "family",
    "papers",
}

#: Persona: the pages that open. Whoever is not named opens none of them.
OPENS: dict[str, set[str]] = {
    "notifier": set(),
    "reporter": {"answering"},
    "coordinator": {*RUNS, "transfer", "decide", "figures"},
    "designated_doctor": {*RUNS, "transfer", "figures"},
    "key_worker": {"family"},
    "panel_police": {"papers"},
    "panel_health": set(),  # declared a conflict
    "panel_chair": {"papers", "decide", "unmask"},
    "analyst": {"figures"},
    # Their own lists, in which nothing of this board stands, and what was handed over.
    "sister_coordinator": {"caseload", "find", "figures", "transfer"},
    "administrator": set(),
    "business_manager": set(),
    "quality_officer": set(),
    "chair": set(),
    "lay_member": set(),
    "ig_lead": set(),
    "head": set(),
    "stranger": set(),
}
#: Pages anybody signed in opens, on which nobody finds a name.
EVERYWHERE = (
    "/", "/search/?q=Ashby", "/search/?q=9990000018", "/child-deaths/families/", "/child-deaths/panel/", "/meetings/",
    "/meetings/decisions/", "/letters/outbox/", "/who-can-see-what/", "/child-deaths/requests/",
)  # fmt: skip


@dataclass
class Everything:
    """One death with all its parts, and another on its way to the panel next door."""

    deaths: Deaths
    pages: dict[str, str]
    reporter: Client


@pytest.fixture
def everything(deaths: Deaths, mail: list[ports.Mail]) -> Iterator[Everything]:
    cache.clear()
    told = deaths.told()
    case = deaths.case(told)
    request = ask(deaths, case).new[0]
    family = family_of(deaths, case)
    key_worker(deaths, family)
    suspected(deaths, case, carer(deaths, family).relative)
    reviews = Reviews(deaths)
    review = reviews.ready(reviews.begun(case))
    item = reviews.listed(review)
    for name in ("panel_police", "panel_chair"):
        reviews.declared(name, item)
    reviews.declared("panel_health", item, "withheld", "I treated the child")
    other = deaths.case(forenames="Linnet", surname="Marlow", nhs_number="9990000026")
    with deaths.acting() as actor:
        triage.decide_lead(
            actor=actor, case=other, coordinates="us", leads=deaths.south,
            home_area=deaths.south.areas.get(), rule="lived_here", evidence="The GP's register.", today=TODAY,
        )  # fmt: skip
        sent = transfers.send(actor=actor, case=other, words="", now=deaths.now, today=TODAY)
        c, r = case.record.reference, review.record.reference
        pages = {
            "caseload": "", "find": "find/", "message": f"messages/{told.record.reference}/", "case": f"cases/{c}/",
            "composite": f"cases/{c}/composite/", "processes": f"cases/{c}/processes/",
            "request": f"cases/{c}/requests/{request.record.reference}/",
            "answering": f"answering/{request.record.reference}/", "family": f"families/{family.record.reference}/",
            "papers": f"reviews/{r}/", "decide": f"reviews/{r}/decide/", "unmask": f"reviews/{r}/unmask/",
            "figures": "patterns/", "transfer": f"transfers/{sent.record.reference}/",
        }  # fmt: skip
    yield Everything(
        deaths, {key: f"/child-deaths/{rest}" for key, rest in pages.items()}, come_in(mail, GP.email)
    )
    cache.clear()


def client_of(everything: Everything, browse: object, persona: str) -> Client:
    if persona == "reporter":
        return everything.reporter
    assert callable(browse)
    client = browse("public" if persona == "notifier" else persona)
    assert isinstance(client, Client)
    return client


@pytest.mark.parametrize("persona", OPENS)
def test_each_opens_what_the_table_says_and_nothing_else(
    everything: Everything, browse: object, persona: str
) -> None:
    client = client_of(everything, browse, persona)
    opened = set()
    for key, url in everything.pages.items():
        answer = client.get(url)
        if answer.status_code == 200:
            opened.add(key)
        elif persona == "notifier":
            assert answer["Location"].startswith("/sign-in/"), key
        else:
            assert answer.status_code == 404, (key, answer.status_code)
        assert persona == "notifier" or "no-store" in answer.headers["Cache-Control"], key
        title = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.S)
        assert not any(name in (title[1] if title else "") for name in NAMES), key
    assert opened == OPENS[persona]


@pytest.mark.parametrize("persona", sorted(set(OPENS) - {"notifier"}))
def test_no_list_search_or_front_page_names_anybody(
    everything: Everything, browse: object, persona: str
) -> None:
    client = client_of(everything, browse, persona)
    # What was typed stands on the page of the search as often as a word does that nobody bears.
    typed = client.get("/search/?q=Qqqqqqqqqq").content.decode().count("Qqqqqqqqqq")
    for url in (*EVERYWHERE, everything.pages["caseload"]):
        answer = client.get(url)
        assert answer.status_code in {200, 404}, url
        shown, asked_for = answer.content.decode(), url.partition("?q=")[2]
        for name in NAMES:
            assert shown.count(name) == (typed if name == asked_for else 0), (url, name)


@pytest.mark.parametrize("persona", ["key_worker", "reporter", "panel_police", "panel_chair", "analyst"])
def test_edge_case_15_no_allegation_reaches_whoever_does_not_run_the_case(
    everything: Everything, browse: object, persona: str
) -> None:
    client = client_of(everything, browse, persona)
    for url in (*everything.pages.values(), *EVERYWHERE):
        shown = client.get(url).content.decode()
        assert "DI Marl" not in shown, url
        assert "suspected or convicted" not in shown, url


def test_edge_case_23_a_declared_conflict_shuts_papers_print_file_and_meeting_item(
    everything: Everything, browse: object
) -> None:
    papers = everything.pages["papers"]
    shut, open_to = (
        client_of(everything, browse, "panel_health"),
        client_of(everything, browse, "panel_police"),
    )
    for rest in ("", "print/", "papers.pdf", "analysis/versions/1/"):
        assert shut.get(f"{papers}{rest}").status_code == 404, rest
        assert open_to.get(f"{papers}{rest}").status_code == 200, rest


@pytest.mark.parametrize("part", ["case", "message", "family", "answering", "papers", "transfer"])
@pytest.mark.parametrize("persona", ["chair", "business_manager", "quality_officer", "health_member"])
def test_edge_case_28_no_seat_of_the_board_breaks_the_glass_of_a_death(
    everything: Everything, browse: object, persona: str, part: str
) -> None:
    reference = everything.pages[part].rstrip("/").rpartition("/")[2]
    said = {"reference": reference, "reason": "I need to know this at once, truly.", "confirm": "on"}
    client = client_of(everything, browse, persona)
    refused = client.post("/access/emergency/take/", said)
    assert refused.status_code != 302, "they were let in"
    assert client.get(everything.pages[part]).status_code == 404


def test_edge_case_28_the_coordinator_breaks_the_glass_of_a_restricted_case_with_a_reason(
    everything: Everything, browse: object
) -> None:
    deaths, url = everything.deaths, everything.pages["case"]
    reference = url.rstrip("/").rpartition("/")[2]
    with deaths.acting("designated_doctor") as actor:
        case = Case.objects.select_related("record__board").get(record__reference=reference)
    with deaths.acting() as actor:
        doctor = deaths.world.people["designated_doctor"]
        restricting.restrict(
            actor=actor, case=case, people=[doctor], reason="A relative of hers", today=TODAY
        )
        restricting.keep_out(actor=actor, case=case, person=actor, now=deaths.now)
    client = client_of(everything, browse, "coordinator")
    assert client.get(url).status_code == 404
    said = {"reference": reference, "reason": "A sister of the child is in danger tonight.", "confirm": "on"}
    client.post("/access/emergency/take/", said)
    assert client.get(url).status_code == 200
