"""Whoever may read a yearly report finds it: on the list of reports, among the panel's papers, in their own work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.panel_reports import Reports, of_2015
from tests.child_deaths.people import Deaths

Browse = Callable[[str], Client]
PANEL = ("panel_chair", "panel_police", "panel_health", "panel_lay")
ELSEWHERE = ("head", "administrator", "analyst", "coordinator", "sister_coordinator")
NONE = "No report has been published here yet"


@pytest.fixture
def reports(deaths: Deaths) -> Reports:
    of_2015(deaths)
    return Reports(deaths)


def page(browse: Browse, name: str, url: str) -> str:
    return browse(name).get(url).content.decode()


def test_what_the_panel_was_given_is_found_by_those_who_sit_on_it(reports: Reports, browse: Browse) -> None:
    every, papers = reverse("child_deaths:panel_reports"), reverse("child_deaths:panel")
    report = reports.begun()
    reports.frozen(report)
    assert "Read the panel’s report" not in page(browse, "panel_chair", "/")
    given = reports.given(report).record.reference
    link = reverse("child_deaths:exact_report", args=[given])
    for name in PANEL:
        assert "Read the panel’s report 2015 to 2016" in page(browse, name, "/"), name
        assert link in page(browse, name, "/"), name
        assert link in page(browse, name, every), name
        # The menu leads to the papers, and the papers to the reports.
        assert papers in page(browse, name, "/"), name
        assert every in page(browse, name, papers), name
    assert link in page(browse, "designated_doctor", every)
    for name in ELSEWHERE:
        assert "Read the panel’s report" not in page(browse, name, "/"), name
    for name in ("analyst", "chair", "health_member", "head", "sister_coordinator"):
        assert link not in page(browse, name, every), name


def test_of_several_versions_the_newest_waits_and_none_that_was_taken_back(
    reports: Reports, browse: Browse
) -> None:
    report = reports.begun()
    reports.frozen(report)
    first, second = (reports.given(report).record.reference for _ in range(2))
    shown = page(browse, "panel_police", "/")
    assert second in shown
    assert first not in shown
    for one in (first, second):
        back = reverse("child_deaths:exact_report_back", args=[one])
        browse("coordinator").post(back, {"because": "A wrong table."})
    assert "Read the panel’s report" not in page(browse, "panel_police", "/")


def test_a_published_report_is_listed_for_the_panel_and_the_board(reports: Reports, browse: Browse) -> None:
    every = reverse("child_deaths:panel_reports")
    report = reports.begun()
    reports.frozen(report)
    public = reports.prepared(report)
    reports.proposed(public)
    for name in (*PANEL, "chair", "lay_member"):
        assert NONE in page(browse, name, every), name
    decide = reverse("child_deaths:public_report_decide", args=[public.record.reference])
    assert browse("health_member").post(decide, {"answer": "publish"}).status_code == 302
    inside = reverse("child_deaths:public_report", args=[public.record.reference])
    outside = reverse("published_reports:one", args=["northmarsh", 2015])
    for name in ("chair", "lay_member", "police_member", "health_member", "coordinator"):
        shown = page(browse, name, every)
        assert inside in shown, name
        assert outside not in shown, name
    # Seats of the panel alone open nothing of the board's: they read what everybody reads.
    for name in (*PANEL, "designated_doctor"):
        shown = page(browse, name, every)
        assert (inside in shown) != (outside in shown), name
        assert NONE not in shown, name
        assert browse(name).get(outside).status_code == 200
    for name in ("sister_coordinator", "sister_manager"):
        assert NONE in page(browse, name, every), name


def test_seats_of_the_board_find_the_reports_from_their_own_work(reports: Reports, browse: Browse) -> None:
    every = reverse("child_deaths:panel_reports")
    for name in ("chair", "lay_member", "police_member", "health_member"):
        assert every in page(browse, name, "/"), name
    for name in ("head", "administrator", "stranger"):
        assert every not in page(browse, name, "/"), name
