"""Evidence comes along to the next cycle to be confirmed; pages cost the same for three pieces and thirty; the form's
own file question looks files through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import SHORT
from tests.assurance.rounds import RoundOn
from tests.assurance.test_evidence import LINES, STANDARD, Browse, Evidence, evidence, own_shelf, url
from tests.documents.conftest import upload
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.access.screens import operations as emergencies
from wholestory.assurance.definitions.as_form import files_key
from wholestory.assurance.models import EvidenceItem, EvidenceKind, EvidenceUse
from wholestory.assurance.operations import evidence_list, evidence_uses
from wholestory.assurance.queries.evidence import freshness_by_record
from wholestory.assurance.rules.freshness import Freshness
from wholestory.documents.models import StoredFile
from wholestory.paperwork.faces.base import name_of, revision_name
from wholestory.paperwork.given import Place
from wholestory.partners.models import Seat

__all__ = ["evidence", "own_shelf"]
pytestmark = pytest.mark.django_db


def test_evidence_is_carried_forward_to_be_confirmed_with_what_speaks_against_it(
    evidence: Evidence, browse: Browse, world: World
) -> None:
    old = evidence.add(document_on=date(2015, 1, 10), owner=world.people["head_contributor"])
    gone = evidence.add("Old plan", content=b"Another plan.")
    evidence.choose(old, gone, lines=LINES[:2])
    evidence.round.answer("school", "head")
    evidence.round.sign("school", "head_signatory")
    with evidence.round.acting("head") as actor:
        evidence_list.retire(actor=actor, item=gone, today=TODAY)
    Seat.objects.filter(person=world.people["head_contributor"]).update(ends_on=date(2016, 3, 13))
    again = Evidence(RoundOn(world, SHORT, "school", opens_on=date(2016, 3, 15)))
    again.begin()
    with again.round.acting("head"):
        (use,) = EvidenceUse.objects.filter(return_of=again.round.fresh("school")).select_related(
            "item__file"
        )
    assert (use.item_id, use.lines, use.to_confirm, use.file_id) == (old.id, LINES[:2], True, None)
    at = url(again, f"evidence/{STANDARD.key}/")
    page = browse("head").get(at).content.decode()
    for said in ("document dated 14 months ago", "owner has left", "From last time: to confirm"):
        assert said in page
    assert "not confirmed" in browse("quality_officer").get(url(again)).content.decode()
    browse("head").post(at, {"do": "lines", "use": str(use.id), f"line-{use.id}": LINES[:2]})
    with again.round.acting("head"):
        use = EvidenceUse.objects.get(pk=use.pk)
    assert not use.to_confirm
    assert use.file_id is not None


def test_freshness_counts_what_is_chosen_once(evidence: Evidence) -> None:
    evidence.choose(evidence.add(document_on=date(2016, 1, 10)), lines=LINES[:2])
    seen = evidence.add(
        "Visit", kind=EvidenceKind.SEEN, words="The board in the hall.", document_on=date(2014, 5, 1)
    )
    evidence.choose(seen, lines=LINES[:1])
    evidence.choose(evidence.add("Page", kind=EvidenceKind.LINK, link="https://a.example"), lines=LINES[:1])
    record = evidence.round.fresh("school").record_id
    with evidence.round.acting("head"):
        counted = freshness_by_record([record], TODAY)[record]
    assert {kind: counted.number(kind) for kind in Freshness} == {
        Freshness.FRESH: 1, Freshness.OLD: 1, Freshness.UNDATED: 1, Freshness.PAST_REVIEW: 0
    }  # fmt: skip


def test_pages_cost_the_same_for_three_pieces_and_thirty(
    evidence: Evidence, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    pages = ("", f"evidence/{STANDARD.key}/", f"form/page/{STANDARD.key}/")

    def costs() -> list[int]:
        client = browse("head")
        found = [
            cost_of(client, "/self-audits/evidence/"),
            *(cost_of(client, url(evidence, one)) for one in pages),
        ]
        return [*found, cost_of(browse("quality_officer"), url(evidence))]

    def more(first: int, last: int) -> None:
        for n in range(first, last):
            item = evidence.add(
                f"Piece {n}", content=f"Piece {n}".encode(), owner=evidence.world.people["head"]
            )
            if n % 2:
                evidence.choose(item, lines=LINES[:1])

    more(0, 4)
    costs()  # the first visit also reads what is kept for the whole process
    few = costs()
    more(4, 30)
    assert costs() == few


def test_a_file_question_looks_a_file_through_and_asks_why(evidence: Evidence, browse: Browse) -> None:
    client, page = browse("head"), url(evidence, f"form/page/{STANDARD.key}/")
    shown = client.get(page).content.decode()
    field = name_of(Place(files_key(STANDARD.key)))
    assert f'name="{field}"' in shown
    record = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF"
    name = "Chronology Kian Ashgrove.pdf"
    revision = {revision_name(Place(files_key(STANDARD.key))): "0"}
    for going in ("continue", "later"):
        answer = client.post(page, {"_go": going, field: upload(name, record), **revision}).content.decode()
        assert "a name beside the name of a case document" in answer
        assert f'name="{field}-why"' in answer
    with evidence.round.acting("head"):
        assert not StoredFile.objects.exists()
    sent = {
        "_go": "later",
        field: upload(name, record),
        f"{field}-why": "The heading of a form in a made-up story",
    }
    client.post(page, {**sent, **revision})
    with evidence.round.acting("head"):
        assert StoredFile.objects.get().screen_found == "case_document"


def test_emergency_access_to_a_list_reads_only(evidence: Evidence, browse: Browse, world: World) -> None:
    reference = evidence.add(kind=EvidenceKind.WORDS, words="Once a month.").record.reference
    with acting.acting_as(world.people["health_member"], world.seats["health_member"]):
        emergencies.take_emergency_access(
            actor=world.people["health_member"], reference=reference, reason="Needed at once, truly."
        )
    client = browse("health_member")
    assert client.get(f"/self-audits/evidence/{reference}/").status_code == 200
    for rest in ("change/", "retire/"):
        assert client.post(f"/self-audits/evidence/{reference}/{rest}", {}).status_code == 404
    with evidence.round.acting("head"):
        assert EvidenceItem.objects.get().retired_on is None


def test_a_return_that_is_not_open_takes_no_evidence(evidence: Evidence) -> None:
    item = evidence.add()
    evidence.round.answer("school", "head")
    evidence.round.sign("school", "head_signatory")
    with pytest.raises(evidence_uses.UseRefused, match="signed"):
        evidence.choose(item, lines=LINES[:1])
