"""An agency's evidence list: kept once, used in many lines, kept with the return as it was when it was signed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.assurance.conftest import NOW, SHORT, Round
from tests.documents.conftest import upload
from tests.personas import PEOPLE, STRANGER, TODAY
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import EvidenceItem, EvidenceKind, EvidenceUse
from wholestory.assurance.operations import evidence_list, evidence_uses, moderation, returns
from wholestory.documents import shelf
from wholestory.documents.operations import LooksLikeAChild

Browse = Callable[[str], Client]
pytestmark = pytest.mark.django_db
FRAMEWORK = framework_called(SHORT)
STANDARD = FRAMEWORK.standards[0]
LINES = [item.key for item in STANDARD.items]
SCHOOL = {"head", "head_contributor", "head_signatory"}
OUTSIDE = sorted({*PEOPLE, STRANGER} - SCHOOL)


@pytest.fixture(autouse=True)
def own_shelf(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Files go to a folder of this test."""
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, data_dir=tmp_path, scanner="")
    shelf.storage.cache_clear()
    yield
    shelf.storage.cache_clear()


class Evidence:
    """The school's list, and short ways to change it."""

    def __init__(self, cycle_round: Round) -> None:
        self.round = cycle_round
        self.world = cycle_round.world

    def add(
        self, title: str = "Safeguarding policy", content: bytes = b"We keep children safe.", **more: Any
    ) -> Any:
        kind = more.pop("kind", EvidenceKind.FILE)
        said = evidence_list.Said(kind, title, **more)
        with self.round.acting("head") as actor:
            return evidence_list.add(
                actor=actor, board=self.world.board, agency=self.world.agencies["school"], said=said, today=TODAY,
                now=NOW, upload=upload("policy.txt", content) if kind == EvidenceKind.FILE else None,
            )  # fmt: skip

    def choose(self, *items: EvidenceItem, lines: list[str]) -> None:
        with self.round.acting("head") as actor:
            evidence_uses.choose(
                actor=actor, ret=self.round.fresh("school"), items=items, lines=lines, today=TODAY
            )

    def uses(self) -> list[EvidenceUse]:
        with self.round.acting("head"):
            return list(EvidenceUse.objects.select_related("file__record", "item").order_by("created_at"))

    def begin(self) -> None:
        with self.round.acting("head") as actor:
            returns.begin(actor=actor, ret=self.round.fresh("school"), today=TODAY, now=NOW)


@pytest.fixture
def evidence(cycle_round: Round) -> Evidence:
    made = Evidence(cycle_round)
    made.begin()
    return made


def url(evidence: Evidence, rest: str = "") -> str:
    return f"/self-audits/returns/{evidence.round.fresh('school').record.reference}/{rest}"


def test_one_piece_serves_many_lines(evidence: Evidence) -> None:
    item = evidence.add(document_on=date(2015, 9, 1))
    evidence.choose(item, lines=LINES[:1])
    evidence.choose(item, lines=LINES[1:2])
    (use,) = evidence.uses()
    assert use.lines == LINES[:2]
    assert use.file is not None
    assert use.file.about_id == evidence.round.fresh("school").record_id


def test_open_returns_follow_the_list_and_signed_ones_keep_what_they_were_signed_with(
    evidence: Evidence, browse: Browse
) -> None:
    item = evidence.add(document_on=date(2015, 9, 1))
    evidence.choose(item, lines=LINES[:1])
    change = {"document_on": date(2016, 1, 5), "review_on": date(2017, 1, 5), "today": TODAY, "now": NOW}
    with evidence.round.acting("head") as actor:
        evidence_list.new_version(actor=actor, item=item, upload=upload("policy-2.txt", b"Better."), **change)
    (use,) = evidence.uses()
    assert (use.document_on, use.file.name) == (date(2016, 1, 5), "policy-2.txt")
    evidence.round.answer("school", "head")
    evidence.round.sign("school", "head_signatory")
    said = evidence_list.Said(EvidenceKind.FILE, "Another title", document_on=date(2016, 3, 1))
    with evidence.round.acting("head") as actor:
        evidence_list.change(actor=actor, item=item, said=said, today=TODAY, now=NOW)
        evidence_list.retire(actor=actor, item=item, today=TODAY)
    (use,) = evidence.uses()
    assert (use.title, use.document_on) == ("Safeguarding policy", date(2016, 1, 5))
    got = browse("quality_officer").get(f"/files/{use.file.record.reference}/")
    assert b"".join(got.streaming_content) == b"Better."
    with evidence.round.acting("head") as actor, pytest.raises(evidence_uses.UseRefused, match="signed"):
        evidence_uses.set_lines(
            actor=actor, ret=evidence.round.fresh("school"), use=use, lines=(), today=TODAY, now=NOW
        )


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_sees_the_list_or_that_there_is_one(evidence: Evidence, browse: Browse, who: str) -> None:
    item = evidence.add()
    with acting.acting_as(evidence.world.people[who], evidence.world.seats.get(who)):
        assert not EvidenceItem.objects.exists()
    client = browse(who)
    assert client.get(f"/self-audits/evidence/{item.record.reference}/").status_code == 404
    assert client.get(f"/files/{item.file.record.reference}/").status_code == 404
    page = client.get("/self-audits/evidence/")
    assert page.status_code == 404 or "Nothing is in your list yet" in page.content.decode()


def test_a_moderator_by_grant_opens_what_the_return_uses_and_nothing_else(
    evidence: Evidence, browse: Browse
) -> None:
    used, unused = evidence.add(document_on=date(2014, 12, 1)), evidence.add("Unused plan")
    evidence.choose(used, lines=LINES[:1])
    evidence.round.answer("school", "head")
    evidence.round.sign("school", "head_signatory")
    client = browse("health_member")
    assert client.get(url(evidence, "moderate/")).status_code == 404
    with evidence.round.acting("business_manager") as actor:
        moderator = evidence.world.people["health_member"]
        moderation.assign(actor=actor, ret=evidence.round.fresh("school"), moderator=moderator, today=TODAY)
    page = client.get(url(evidence, "moderate/")).content.decode()
    assert "Safeguarding policy" in page
    assert "document dated 15 months ago" in page
    assert "Unused plan" not in page
    (use,) = evidence.uses()
    assert client.get(f"/files/{use.file.record.reference}/").status_code == 200
    for item in (used, unused):
        assert client.get(f"/self-audits/evidence/{item.record.reference}/").status_code == 404
    assert (
        "document dated 15 months ago" in client.get(url(evidence, f"moderate/{LINES[0]}/")).content.decode()
    )


def test_the_form_saves_before_it_leads_to_the_evidence(evidence: Evidence, browse: Browse) -> None:
    item, client = evidence.add(), browse("head")
    page = url(evidence, f"form/page/{STANDARD.key}/")
    answer = client.post(
        page, {"_go": "aside", f"q-{LINES[0]}_said": "x", f"{LINES[0]}_said": "Written down."}
    )
    assert answer["Location"].endswith(f"/evidence/{STANDARD.key}/")
    shown = client.get(answer["Location"]).content.decode()
    assert "Safeguarding policy" in shown
    client.post(answer["Location"], {"do": "choose", "item": str(item.id), "line": LINES[:2]})
    assert [use.lines for use in evidence.uses()] == [LINES[:2]]
    assert "Safeguarding policy" in client.get(page).content.decode()
    (use,) = evidence.uses()
    client.post(answer["Location"], {"do": "lines", "use": str(use.id), f"line-{use.id}": LINES[1:2]})
    assert [use.lines for use in evidence.uses()] == [LINES[1:2]]
    client.post(answer["Location"], {"do": "lines", "use": str(use.id)})
    assert evidence.uses() == []
    assert client.get(f"/files/{use.file.record.reference}/").status_code == 409


def test_nothing_chosen_is_said_and_nothing_ticked_is_lost(evidence: Evidence, browse: Browse) -> None:
    item, client = evidence.add(), browse("head")
    at = url(evidence, f"evidence/{STANDARD.key}/")
    page = client.post(at, {"do": "choose", "item": str(item.id)}).content.decode()
    assert "at least one line" in page
    assert f'value="{item.id}" checked' in page


def test_somebody_elses_list_cannot_be_used(evidence: Evidence, browse: Browse) -> None:
    item = evidence.add()
    ret = evidence.round.fresh("police").record.reference
    browse("police_lead").post(
        f"/self-audits/returns/{ret}/evidence/{STANDARD.key}/",
        {"do": "choose", "item": str(item.id), "line": LINES[0]},
    )
    with acting.as_system(evidence.world.board):
        assert not EvidenceUse.objects.exists()


def test_words_and_links_are_looked_through_too(evidence: Evidence, browse: Browse) -> None:
    with pytest.raises(LooksLikeAChild, match="a child’s name with an age"):
        evidence.add(kind=EvidenceKind.WORDS, words="We saw Zofia (8) read her plan.")
    kept = evidence.add(
        kind=EvidenceKind.WORDS,
        words="In our story Zofia (8) reads a plan.",
        not_about_a_child="A made-up story",
    )
    assert kept.not_about_a_child == "A made-up story"
    sent = {"kind": "words", "title": "Seen", "words": "Zofia (8) said", "marking": "OFFICIAL"}
    page = browse("head").post("/self-audits/evidence/add/", sent).content.decode()
    assert "Records about a child do not belong here" in page
    assert "Zofia (8) said" in page
    assert "Choose another file" not in page
    assert browse("head").post(
        "/self-audits/evidence/add/", {**sent, "not_about_a_child": "From a published story book"}
    ).status_code == 302  # fmt: skip


def test_nobody_is_named_unless_somebody_is_chosen(evidence: Evidence, browse: Browse) -> None:
    page = browse("head").get("/self-audits/evidence/add/").content.decode()
    assert re.search(r'<option value=""[^>]*>\s*Nobody named', page)
    sent = {"kind": "words", "title": "Seen", "words": "Once a month.", "owner": "", "marking": "OFFICIAL"}
    assert browse("head").post("/self-audits/evidence/add/", sent).status_code == 302
    with evidence.round.acting("head"):
        assert EvidenceItem.objects.get().owner is None


def test_evidence_links_to_intranets_that_the_panel_cannot_open_are_flagged(
    evidence: Evidence, browse: Browse
) -> None:
    """Edge case 28 of the domain notes."""
    for n, link in enumerate(("http://intranet/policy", "file:///S:/policy.docx", "https://10.2.3.4/x")):
        evidence.choose(evidence.add(f"Policy {n}", kind=EvidenceKind.LINK, link=link), lines=LINES[:1])
    evidence.choose(
        evidence.add("Open", kind=EvidenceKind.LINK, link="https://school.example/p"), lines=LINES[1:2]
    )
    evidence.choose(
        evidence.add("Asks", kind=EvidenceKind.LINK, link="https://school.sharepoint.com/p"), lines=LINES[1:2]
    )
    evidence.round.answer("school", "head")
    evidence.round.sign("school", "head_signatory")
    page = browse("quality_officer").get(url(evidence)).content.decode()
    assert page.count("Only people in your network can open this") == 3
    assert page.count("This may ask other people to sign in") == 1
    assert 'href="file:' not in page


def test_a_file_given_with_the_return_is_taken_in_without_choosing_it_again(
    evidence: Evidence, browse: Browse
) -> None:
    from wholestory.documents import operations as documents

    with evidence.round.acting("head") as actor:
        about = evidence.round.fresh("school").record
        given = documents.keep(
            actor=actor, about=about, upload=upload("plan.txt", b"Plan."), today=TODAY, now=NOW
        )
    client = browse("head")
    assert "Keep in your evidence list" in client.get(url(evidence)).content.decode()
    at = f"/self-audits/evidence/take-in/{given.record.reference}/"
    assert 'value="plan"' in client.get(at).content.decode()
    assert client.post(at, {"title": "Plan", "marking": "OFFICIAL"}).status_code == 302
    with evidence.round.acting("head"):
        item = EvidenceItem.objects.select_related("file").get()
    evidence.choose(item, lines=LINES[:1])
    (use,) = evidence.uses()
    assert use.file_id == given.id, "the file is shown with the return once"
    for who in ("quality_officer", "police_lead"):
        assert browse(who).get(at).status_code == 404
