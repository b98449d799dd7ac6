"""The published version: small numbers hidden, approved by somebody who did not work on it, read by everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from tests.indicators.people import Figures
from tests.performance.quarter import MOMENT, WHEN, begun, figures_of_quarter, given
from wholestory import ledger
from wholestory.access.asking import NotForYou
from wholestory.indicators.models import Value
from wholestory.performance.models import PublicCells, PublicLog, PublicVersion, QuarterlyReport
from wholestory.performance.operations import public, reports
from wholestory.performance.operations.reports import ReportRefused
from wholestory.performance.queries import public as public_reads

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
OPEN = "/performance-report/north/"
ONE = f"{OPEN}2015-12-31/"


def prepared(figures: Figures, by: str = "analyst") -> tuple[QuarterlyReport, PublicVersion]:
    """D05 is 87 of 120; D14 is 48 of 50, so that 2 were not reviewed in time."""
    figures_of_quarter(figures)
    figures.series("health", "D14", [(40, 50)] * 3 + [(48, 50)])
    report = begun(figures)
    with figures.acting() as actor:
        for section, text in (("summary", "Health is late."), ("public", "Fewer conferences were in time.")):
            reports.write(actor=actor, report=report, section=section, text=text, now=MOMENT)
        reports.give(actor=actor, report=report, **WHEN)
    with figures.acting(by) as actor:
        return report, public.prepare(actor=actor, report=report, **WHEN)


def published(figures: Figures) -> PublicVersion:
    _, version = prepared(figures)
    with figures.acting() as actor:
        public.propose(actor=actor, public=version, approver=figures.world.people["chair"], **WHEN)
    with figures.acting("chair") as actor:
        public.publish(actor=actor, public=version, now=MOMENT)
    return version


def test_no_small_number_stands_in_it_and_no_words_for_the_group(figures: Figures) -> None:
    _, version = prepared(figures)
    document = str(version.document)
    # The whole area: 87 of 120 is 72.5%, and nothing small in it.
    for told in (
        "72.5%",
        "'87', '120'",
        "Fewer conferences were in time.",
        "1 to 5 withheld",
        "[c]",
        "Apr to Dec 2015 (the year so far)",
        "Jan to Dec 2015 (four quarters together)",
        "'Withheld'",
    ):
        assert told in document, told
    # The police: 57 of 60, so that 3 were late; with the whole, health's 30 of 60 would tell it.
    # D14: 48 of 50, so that 2 were not reviewed in time: neither the 48 nor the 96% they make is told.
    for told in ("'57'", "95.0", "'30'", "50.0%", "'48'", "96.0", "Health is late", "Wen Tarrant"):
        assert told not in document, told
    with figures.acting():
        log = PublicLog.objects.get()
    police = [one for one in log.lines if one[0].startswith("D05") and "onstabulary" in one[1]]
    assert {(one[3], one[4]) for one in police} == {
        ("Those counted", "It would tell a small number of the same table"),
        ("Those left over", "Small number, of those counted or of those left over"),
    }
    assert not any(char.isdigit() for one in log.lines for char in one[3] + one[4])


def test_whoever_worked_on_it_cannot_approve_it(figures: Figures) -> None:
    _, version = prepared(figures, by="business_manager")
    people = figures.world.people
    with figures.acting() as actor:
        assert public_reads.approvers(version, WHEN["today"]) == [people["chair"]]
        for wrong in ("business_manager", "analyst", "police_member"):
            with pytest.raises(ReportRefused):
                public.propose(actor=actor, public=version, approver=people[wrong], **WHEN)
        public.propose(actor=actor, public=version, approver=people["chair"], **WHEN)
    for wrong in ("business_manager", "analyst", "group_chair", "police_member"):
        with figures.acting(wrong) as actor, pytest.raises((NotForYou, ReportRefused)):
            public.publish(actor=actor, public=version, now=MOMENT)


def test_it_is_read_by_everybody_once_it_is_approved_and_until_it_is_withdrawn(
    figures: Figures, browse: Browse, client: Client
) -> None:
    _, version = prepared(figures)
    assert client.get(ONE).status_code == 404
    assert "No report has been published." in client.get(OPEN).content.decode()
    there = f"/performance/published/{version.record.reference}/"
    people = figures.world.people
    assert browse("analyst").post(f"{there}ask/", {"approver": str(people["chair"].pk)}).status_code == 302
    assert browse("business_manager").get(f"{there}decide/").status_code == 404
    assert "Say what has to change" in browse("chair").post(
        f"{there}decide/", {"answer": "send_back", "because": ""}
    ).content.decode()  # fmt: skip
    browse("chair").post(f"{there}decide/", {"answer": "publish"})
    page = client.get(ONE).content.decode()
    for told in ("72.5%", "[c]", "1 to 5 withheld", "Approved and published on 14 March 2016"):
        assert told in page, told
    file = client.get(f"{ONE}csv/").content.decode("utf-8-sig")
    assert "The whole area,2015-10-01,2015-12-31,87,120,72.5,per cent,1 to 5 withheld," in file
    assert "Health" in file
    assert "Example: invented" in file
    pdf = client.get(f"{ONE}pdf/").content
    assert pdf[:5] == b"%PDF-"
    for told in ("96.0", ",48,", ",57,", ">57<"):
        assert told not in page
        assert told not in file
        assert told.encode() not in pdf
    assert client.get(f"{OPEN}2015-09-30/").status_code == 404
    assert client.get("/performance-report/south/2015-12-31/").status_code == 404
    assert client.get("/performance-report/no-such-board/").status_code == 404
    assert browse("analyst").post(f"{there}withdraw/", {"because": "A wrong table"}).status_code == 302
    assert client.get(ONE).status_code == 404


@pytest.mark.parametrize(
    "persona", ["police_lead", "health_lead", "group_chair", "group_lay", "lay_member", "sister_manager", "stranger"]
)  # fmt: skip
def test_before_it_is_published_nobody_outside_the_team_reads_it(
    figures: Figures, browse: Browse, persona: str
) -> None:
    report, version = prepared(figures)
    client = browse(persona)
    for path in ("", "withheld/", "ask/", "decide/", "withdraw/", "download/pdf/", "download/csv/"):
        assert client.get(f"/performance/published/{version.record.reference}/{path}").status_code == 404
    assert client.get(f"/performance/reports/{report.record.reference}/publish/").status_code == 404
    with figures.acting(persona):
        for table in (PublicVersion, PublicLog, PublicCells):
            assert not table._default_manager.exists()


def test_the_numbers_behind_it_stay_with_the_team_when_it_is_published(figures: Figures) -> None:
    published(figures)
    for persona in ("police_member", "lay_member"):
        with figures.acting(persona):
            assert PublicVersion.objects.exists()
            assert not PublicCells.objects.exists()
            assert not PublicLog.objects.exists()


def test_a_later_edition_does_not_tell_by_its_difference(figures: Figures) -> None:
    first = published(figures)
    assert ["87", "120"] in [row[5:7] for row in first.document["rows"]]
    with figures.acting(), transaction.atomic():
        ledger.line("indicators.brought_in", board_id=figures.world.board.id)
        Value.objects.filter(measure="D05", agency__slug="health").update(in_force=False)
    # One more conference was in time: 31 of 60, and 88 of 120. Beside 87, the one would be told.
    figures.series("health", "D05", [(48, 60)] * 11 + [(31, 60)])
    report = given(figures)
    with figures.acting() as actor:
        second = public.prepare(actor=actor, report=report, **WHEN)
    newest = [
        row for row in second.document["rows"] if row[0] == "D05" and row[3:5] == ["2015-10-01", "2015-12-31"]
    ]
    assert newest[0][2:8] == ["The whole area", "2015-10-01", "2015-12-31", "[c]", "120", ""]
    assert "88" not in [cell for row in second.document["rows"] for cell in row]
    assert second.against == [first.record.reference]


def test_what_was_published_since_is_checked_again_and_a_draft_is_never_published(figures: Figures) -> None:
    _, version = prepared(figures)
    with figures.acting() as actor:
        other = public.prepare(actor=actor, report=version.report, **WHEN)
        public.propose(actor=actor, public=other, approver=figures.world.people["chair"], **WHEN)
        version.refresh_from_db()
        with pytest.raises(ReportRefused, match="prepared last"):
            public.propose(actor=actor, public=version, approver=figures.world.people["chair"], **WHEN)
    with figures.acting("chair") as actor:
        public.publish(actor=actor, public=other, now=MOMENT)
    begun_again = begun(figures)
    with figures.acting() as actor, pytest.raises(ReportRefused, match="given to the group"):
        public.prepare(actor=actor, report=begun_again, **WHEN)
