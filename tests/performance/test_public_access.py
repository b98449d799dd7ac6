"""Who reads which version of a published report, before and after; its pages, and the page for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.indicators.people import FIGURES_PEOPLE, Figures
from tests.performance.quarter import MOMENT, WHEN, figures_of_quarter, given
from tests.performance.test_public import ONE, OPEN, prepared, published
from tests.personas import PEOPLE
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.access.nobody import BELOW
from wholestory.correspondence.models import Message
from wholestory.performance.models import PublicCells, PublicLog, PublicState, PublicVersion, QuarterlyReport
from wholestory.performance.operations import public
from wholestory.performance.operations.reports import ReportRefused

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
EVERYBODY = sorted({*PEOPLE, *FIGURES_PEOPLE})
TEAM = {"analyst", "business_manager", "quality_officer"}
#: Whoever reads what the board releases: its team, its chair and its members.
BOARD = TEAM | {"chair", "police_member", "health_member", "lay_member"}


def reads(browse: Browse, persona: str, version: PublicVersion, path: str = "") -> bool:
    status = browse(persona).get(f"/performance/published/{version.record.reference}/{path}").status_code
    assert status in (200, 403, 404), (persona, path, status)
    return status == 200


def readers(browse: Browse, version: PublicVersion, path: str = "") -> set[str]:
    return {one for one in EVERYBODY if reads(browse, one, version, path)}


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def test_every_persona_before_and_after_it_is_published(figures: Figures, browse: Browse) -> None:
    _, version = prepared(figures)
    assert readers(browse, version) == TEAM
    assert readers(browse, version, "withheld/") == TEAM
    with figures.acting() as actor:
        public.propose(actor=actor, public=version, approver=figures.world.people["chair"], **WHEN)
    assert readers(browse, version) == TEAM | {"chair"}
    assert readers(browse, version, "withheld/") == TEAM | {"chair"}
    assert readers(browse, version, "decide/") == {"chair"}
    with figures.acting("chair") as actor:
        public.publish(actor=actor, public=version, now=MOMENT)
    after = readers(browse, version)
    # Besides, the chair and the members of the group hold seats of the board; agencies read the page for everybody.
    assert after >= BOARD
    assert not after & {
        "head", "health_lead", "health_signatory", "police_lead", "charity_lead", "former_member", "sister_manager",
        "sister_analyst", "sister_police_lead", "stranger",
    }  # fmt: skip
    assert readers(browse, version, "withheld/") == TEAM | {"chair"}
    assert readers(browse, version, "decide/") == {"chair"}
    assert readers(browse, version, "withdraw/") == TEAM
    with figures.acting() as actor:
        public.withdraw(actor=actor, public=version, because="A wrong table", now=MOMENT)
    assert readers(browse, version) == TEAM | {"chair"}


def test_the_list_shows_drafts_to_the_team_alone(figures: Figures, browse: Browse) -> None:
    _, version = prepared(figures)
    reference = version.record.reference
    for persona, seen in (
        ("analyst", True),
        ("chair", False),
        ("police_member", False),
        ("lay_member", False),
    ):
        assert (reference in text(browse(persona), "/performance/published/")) is seen, persona
    assert "No report has been published yet." in text(browse("police_member"), "/performance/published/")
    for persona in ("head", "police_lead", "stranger", "administrator"):
        assert browse(persona).get("/performance/published/").status_code in (200, 403, 404)
        assert reference not in browse(persona).get("/performance/published/").content.decode()
    with figures.acting() as actor:
        public.propose(actor=actor, public=version, approver=figures.world.people["chair"], **WHEN)
    assert reference in text(browse("chair"), "/performance/published/")
    assert reference not in text(browse("police_member"), "/performance/published/")
    with figures.acting("chair") as actor:
        public.publish(actor=actor, public=version, now=MOMENT)
    assert reference in text(browse("police_member"), "/performance/published/")


def test_the_way_from_a_given_report_to_everybody(figures: Figures, browse: Browse, client: Client) -> None:
    report = given_with_figures(figures)
    work = f"/performance/reports/{report.record.reference}/publish/"
    team, chair = browse("analyst"), browse("chair")
    assert "Nothing has been written for everybody" in text(team, work)
    words = "Wen Tarrant says that three were late.\nMore were in time."
    assert team.post(f"{work}words/", {"text": words}).status_code == 302
    assert "More were in time." in text(team, work)
    made = team.post(work)
    assert made.status_code == 302
    there = made["Location"]
    page = text(team, there)
    # D05 has 3 of the police left over: the same number in the words is pointed at, and so is the name.
    assert "“three” is in the words" in page
    assert "Wen Tarrant is named." in page
    log = text(team, f"{there}withheld/")
    assert "It would tell a small number of the same table" in log
    assert team.get(f"{there}withheld/?download=csv").status_code == 200
    chair_key = str(figures.world.people["chair"].pk)
    assert "Choose who approves it" in team.post(f"{there}ask/", {"approver": ""}).content.decode()
    assert team.post(f"{there}ask/", {"approver": chair_key}).status_code == 302
    with acting.as_system(figures.world.board):
        assert Message.objects.filter(subject__contains="waits for your approval").count() == 1
    assert "“three” is in the words" in text(chair, f"{there}decide/")
    chair.post(f"{there}decide/", {"answer": "send_back", "because": "No names."})
    assert "No names." in text(team, there)
    team.post(f"{work}words/", {"text": "More were in time."})
    there = team.post(work)["Location"]
    assert "in the words" not in text(team, there)
    team.post(f"{there}ask/", {"approver": chair_key})
    chair.post(f"{there}decide/", {"answer": "publish", "because": ""})
    assert "More were in time." in text(client, ONE)
    assert "Wen Tarrant" not in text(client, ONE)


def given_with_figures(figures: Figures) -> QuarterlyReport:
    figures_of_quarter(figures)
    return given(figures)


def test_what_is_published_is_replaced_by_a_newer_version_and_both_are_kept(
    figures: Figures, browse: Browse, client: Client
) -> None:
    first = published(figures)
    with figures.acting() as actor:
        second = public.prepare(actor=actor, report=first.report, **WHEN)
        assert second.against == [first.record.reference]
        public.propose(actor=actor, public=second, approver=figures.world.people["chair"], **WHEN)
    with figures.acting("chair") as actor:
        public.publish(actor=actor, public=second, now=MOMENT)
        ended = PublicVersion.objects.get(pk=first.pk)
        assert (ended.state, ended.because) == (PublicState.REPLACED, "A newer version was published.")
        with pytest.raises(ReportRefused, match="does not wait"):
            public.publish(actor=actor, public=ended, now=MOMENT)
    assert text(client, OPEN).count("2015-12-31/") == 1
    assert not reads(browse, "police_member", first)
    assert reads(browse, "police_member", second)


def test_the_document_cannot_be_changed_afterwards(figures: Figures) -> None:
    version = published(figures)
    for change in ({"document": {}}, {"sha256": "0" * 64}, {"against": ["PP-X"]}):
        with figures.acting(), pytest.raises(Error), transaction.atomic():
            PublicVersion.objects.filter(pk=version.pk).update(**change)


def test_only_those_who_may_write_it_prepare_it(figures: Figures) -> None:
    report = given_with_figures(figures)
    for persona in ("chair", "group_chair", "police_member", "health_lead", "sister_manager"):
        with figures.acting(persona) as actor, pytest.raises((NotForYou, ReportRefused)):
            public.prepare(actor=actor, report=report, **WHEN)
    with figures.acting():
        assert not PublicVersion.objects.exists()
        assert not PublicLog.objects.exists()
        assert not PublicCells.objects.exists()


def test_the_page_for_everybody_knows_nobody_and_takes_nothing(figures: Figures, browse: Browse) -> None:
    published(figures)
    assert "/performance-report/" in BELOW
    answer = browse("analyst").get(ONE)
    page = answer.content.decode()
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"
    bare = re.compile(rb'nonce="[^"]*"')
    assert bare.sub(b"", Client().get(ONE).content) == bare.sub(b"", answer.content)
    for word in ("Sign out", "Wen Tarrant", "/performance/published/", "csrfmiddlewaretoken"):
        assert word not in page, word
    assert "Example: invented" in page
    # Every chart says in words what it shows, and no more than the table.
    drawings = [each for each in re.findall(r"<svg.*?</svg>", page, re.S) if "ws-header" not in each]
    assert drawings
    for drawing in drawings:
        assert 'role="img"' in drawing
        assert 'aria-label="' in drawing


def test_the_number_of_questions_does_not_grow_with_versions(figures: Figures, browse: Browse) -> None:
    version = published(figures)
    client = browse("analyst")
    client.get("/performance/published/")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/performance/published/").status_code == 200
        return len(asked)

    few = cost()
    for _ in range(3):
        with figures.acting() as actor:
            public.prepare(actor=actor, report=version.report, **WHEN)
    assert cost() == few
