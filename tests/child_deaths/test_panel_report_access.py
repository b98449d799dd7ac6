"""Who reads which version of the yearly report, persona by persona, and what the pages say."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.child_deaths.panel_reports import Reports, of_2015
from tests.child_deaths.people import DEATH_PEOPLE, Deaths
from tests.personas import LONG_AGO, PEOPLE
from wholestory.access import derive
from wholestory.child_deaths.models import (
    ConfidentialReport,
    FrozenFigures,
    PanelReport,
    PublicReport,
    ReleasedCells,
    ReportWords,
    SuppressionLog,
)
from wholestory.partners.models import Role, Seat

Browse = Callable[[str], Client]
EVERYBODY = frozenset([*PEOPLE, *DEATH_PEOPLE])
DRAFTS = {"coordinator", "analyst"}
#: The seats of the overview panel's group, with its lay member, and those who run the duty.
THE_PANEL = {"coordinator", "designated_doctor", "panel_chair", "panel_police", "panel_health", "panel_lay"}


@pytest.fixture
def reports(deaths: Deaths) -> Reports:
    of_2015(deaths)
    return Reports(deaths)


def opens(browse: Browse, name: str, page: str, *args: str) -> bool:
    status = browse(name).get(reverse(f"child_deaths:{page}", args=args)).status_code
    assert status in (200, 403, 404), (name, page, status)
    return status == 200


def test_the_confidential_version_is_for_the_panel_alone(reports: Reports, browse: Browse) -> None:
    report = reports.begun()
    reports.frozen(report)
    given = reports.given(report).record.reference
    # Kept out: the board's chair and team, administrators, agencies, lay members outside the panel, the sister board.
    assert {name for name in EVERYBODY if opens(browse, name, "exact_report", given)} == THE_PANEL
    page = browse("panel_lay").get(reverse("child_deaths:exact_report", args=[given])).content.decode()
    assert "Only for the coordinator, the designated doctor and the members of the overview panel." in page
    for name in ("analyst", "business_manager", "administrator", "head"):
        assert not opens(browse, name, "exact_report_file", given, "pdf"), name
    file = browse("panel_chair").get(reverse("child_deaths:exact_report_file", args=[given, "pdf"]))
    assert file.content[:5] == b"%PDF-"
    assert "confidential" in file["Content-Disposition"]


def test_who_joins_the_panel_reads_and_who_leaves_does_not(reports: Reports, browse: Browse) -> None:
    report = reports.begun()
    reports.frozen(report)
    given = reports.given(report).record.reference
    lay, world = reports.deaths.world.people["lay_member"], reports.deaths.world
    seat = Seat.objects.create(
        person=lay, board=world.boards["north"], role=Role.LAY_MEMBER, group=reports.deaths.panel.group,
        starts_on=LONG_AGO,
    )  # fmt: skip
    derive.rewrite(lay)
    assert opens(browse, "lay_member", "exact_report", given)
    seat.ends_on = LONG_AGO
    seat.save()
    derive.rewrite(lay)
    assert not opens(browse, "lay_member", "exact_report", given)


def test_what_was_taken_back_is_read_by_the_panel_no_more(reports: Reports, browse: Browse) -> None:
    report = reports.begun()
    reports.frozen(report)
    given = reports.given(report).record.reference
    url = reverse("child_deaths:exact_report_back", args=[given])
    assert "Say why" in browse("coordinator").post(url, {"because": ""}).content.decode()
    assert browse("coordinator").post(url, {"because": "A wrong table."}).status_code == 302
    left = {name for name in THE_PANEL if opens(browse, name, "exact_report", given)}
    assert left == {"coordinator", "designated_doctor"}


def test_the_analyst_drafts_and_never_sees_the_exact_version(reports: Reports, browse: Browse) -> None:
    report = reports.begun(by="analyst")
    key = report.record.reference
    client = browse("analyst")
    assert client.post(reverse("child_deaths:panel_report_freeze", args=[key])).status_code == 302
    page = client.get(reverse("child_deaths:panel_report", args=[key])).content.decode()
    assert "The confidential version" not in page
    assert "Set 1, frozen on" in page
    # The board's day is 14 March 2016: the year has not ended.
    assert "The newest figures are part of a year: it ends on 31 March 2016." in page
    assert "Prepare the public version" not in page
    assert not opens(browse, "analyst", "panel_report_exact", key)
    assert not opens(browse, "analyst", "panel_report_give", key)
    assert not opens(browse, "analyst", "panel_report_small", key)
    assert opens(browse, "coordinator", "panel_report_exact", key)
    words = client.get(reverse("child_deaths:panel_report_words", args=[key, "foreword"])).content.decode()
    assert "In the confidential version alone" not in words


def test_the_draft_and_its_log_are_for_those_who_draft_and_the_approver(
    reports: Reports, browse: Browse
) -> None:
    report = reports.begun()
    reports.frozen(report)
    public = reports.prepared(report)
    key = public.record.reference
    assert {one for one in EVERYBODY if opens(browse, one, "panel_report", report.record.reference)} == DRAFTS
    assert {one for one in EVERYBODY if opens(browse, one, "public_report", key)} == DRAFTS
    reports.proposed(public, "business_manager")
    let_in = DRAFTS | {"business_manager"}
    assert {one for one in EVERYBODY if opens(browse, one, "public_report", key)} == let_in
    assert {one for one in EVERYBODY if opens(browse, one, "public_report_log", key)} == let_in
    deciding = {one for one in EVERYBODY if opens(browse, one, "public_report_decide", key)}
    assert deciding == {"business_manager"}
    assert "Approve the public report 2015 to 2016" in browse("business_manager").get("/").content.decode()
    # Another approver is asked: the first is let in no more.
    reports.proposed(public, "health_member")
    assert not opens(browse, "business_manager", "public_report", key)


def test_the_approver_reads_no_frozen_number(reports: Reports) -> None:
    report = reports.begun()
    reports.frozen(report)
    reports.wrote(report, "foreword", "For the panel.", stands_in="confidential")
    reports.given(report)
    reports.proposed(reports.prepared(report), "health_member")
    with reports.deaths.acting("health_member"):
        assert (
            PublicReport.objects.count() == SuppressionLog.objects.count() == PanelReport.objects.count() == 1
        )
        for kept in (FrozenFigures, ReleasedCells, ConfidentialReport, ReportWords):
            assert not kept._default_manager.exists(), kept
    for name in ("administrator", "ig_lead", "lay_member", "business_manager", "sister_coordinator", "head"):
        with reports.deaths.acting(name):
            for table in (PublicReport, SuppressionLog, FrozenFigures, ReleasedCells, ConfidentialReport):
                assert not table._default_manager.exists(), (name, table)


def test_what_is_published_is_read_by_everybody_and_changed_by_nobody(
    reports: Reports, browse: Browse, client: Client
) -> None:
    open_page = reverse("published_reports:one", args=["northmarsh", 2015])
    years = reverse("published_reports:every", args=["northmarsh"])
    report = reports.begun()
    reports.frozen(report)
    public = reports.prepared(report)
    reports.proposed(public)
    assert client.get(open_page).status_code == 404
    assert "No report has been published" in client.get(years).content.decode()
    decide = reverse("child_deaths:public_report_decide", args=[public.record.reference])
    approver = browse("health_member")
    refused = approver.post(decide, {"answer": "send_back", "because": ""}).content.decode()
    assert "Say what has to change" in refused
    assert approver.post(decide, {"answer": "publish"}).status_code == 302
    page = client.get(open_page).content.decode()
    assert "Deaths of children: report of the year 2015 to 2016" in page
    assert "[c]" in page
    assert "2015 to 2016" in client.get(years).content.decode()
    for name in ("business_manager", "lay_member", "police_member", "chair"):
        assert opens(browse, name, "public_report", public.record.reference), name
        assert not opens(browse, name, "public_report_log", public.record.reference), name
    word = browse("lay_member").get(
        reverse("child_deaths:public_report_file", args=[public.record.reference, "word"])
    )
    assert word.content[:2] == b"PK"
    assert client.get(reverse("published_reports:every", args=["no-such-panel"])).status_code == 404
    withdraw = reverse("child_deaths:public_report_withdraw", args=[public.record.reference])
    assert browse("analyst").post(withdraw, {"because": "x"}).status_code == 404
    assert browse("coordinator").post(withdraw, {"because": "A wrong table."}).status_code == 302
    assert client.get(open_page).status_code == 404
    assert not opens(browse, "lay_member", "public_report", public.record.reference)
    assert opens(browse, "coordinator", "public_report", public.record.reference)


def test_the_log_can_be_taken_away_and_names_no_number(reports: Reports, browse: Browse) -> None:
    report = reports.begun()
    reports.frozen(report)
    public = reports.prepared(report)
    url = reverse("child_deaths:public_report_log", args=[public.record.reference])
    text = browse("analyst").get(url, {"download": "csv"}).content.decode("utf-8-sig")
    lines = [one for one in text.splitlines() if one.startswith("Category of death,2.")]
    assert lines
    assert all(one.endswith("Small number") for one in lines)
    assert browse("analyst").get(url, {"download": "xlsx"}).content[:2] == b"PK"


def test_words_that_may_tell_a_child_are_warned_of(reports: Reports, browse: Browse) -> None:
    reports.deaths.case()
    report = reports.begun()
    text = (
        "Two children drowned. Rowan Ashby, a 7 year old, died at Northmarsh General Hospital."
        " “He was the light of our whole street.”"
    )
    client = browse("coordinator")
    words = reverse("child_deaths:panel_report_words", args=[report.record.reference, "foreword"])
    assert client.post(words, {"both": text, "confidential": ""}).status_code == 302
    page = client.get(reverse("child_deaths:panel_report", args=[report.record.reference])).content.decode()
    said = " ".join(re.sub("<[^>]+>", " ", page).split())
    warned = ("gives an age", "names one hospital", "quotes nobody", "“Two children” gives a small number")
    for one in ("the child’s name", *warned):
        assert one in said, one
    # The analyst sees no case: a name that is tried tells nothing.
    page = (
        browse("analyst")
        .get(reverse("child_deaths:panel_report", args=[report.record.reference]))
        .content.decode()
    )
    said = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert "the child’s name" not in said
    for one in warned:
        assert one in said, one


def test_pages_cost_the_same_for_few_deaths_and_many(
    reports: Reports, cost_of: Callable[[Client, str], int], browse: Browse
) -> None:
    report = reports.begun()
    reports.frozen(report)
    client = browse("coordinator")
    url = reverse("child_deaths:panel_report_exact", args=[report.record.reference])
    before = cost_of(client, url)
    with transaction.atomic():
        of_2015(reports.deaths)
    reports.frozen(report)
    assert cost_of(client, url) == before


def test_the_approver_reads_the_draft_they_were_asked_about_and_no_other(
    reports: Reports, browse: Browse
) -> None:
    report = reports.begun()
    reports.frozen(report)
    first = reports.prepared(report)
    reports.proposed(first)
    key = first.record.reference
    assert opens(browse, "health_member", "public_report", key)
    second = reports.prepared(report).record.reference
    for page in ("public_report", "public_report_log"):
        assert not opens(browse, "health_member", page, key), page
        assert not opens(browse, "health_member", page, second), page
        assert opens(browse, "coordinator", page, key), page
    send = reverse("child_deaths:public_report_send", args=[key])
    answer = browse("coordinator").get(send, follow=True).content.decode()
    assert "Only the version that was prepared last can be sent for approval." in answer
    assert "Who approves it?" not in answer
    assert "Who approves it?" in browse("coordinator").get(send.replace(key, second)).content.decode()
