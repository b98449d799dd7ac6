"""Several tables about one return come in one query, as whole rows, under the rules like any other."""

from __future__ import annotations

from django.db import connection
from django.db.models import OuterRef
from django.test.utils import CaptureQueriesContext

from tests.assurance.conftest import TODAY, Round
from wholestory.actions.models import Source
from wholestory.assurance.models import Return, SignOff, StageChange
from wholestory.assurance.operations import moderation
from wholestory.assurance.queries.gathering import Rows, gathered
from wholestory.assurance.queries.reading import reading

ITS = OuterRef("pk")
MOVES = Rows(StageChange.objects.filter(return_of=ITS).order_by("-created_at"), ("by__full_name",))
SIGNED = Rows(SignOff.objects.filter(return_of=ITS), ("person__full_name",))
SOURCES = Rows(
    Source.objects.filter(record=OuterRef("record")).order_by("item"),
    ("action__title", "action__due_on", "action__record__reference"),
)


def test_rows_are_what_single_queries_would_have_found(signed_school: Round) -> None:
    ret = signed_school.returns["school"]
    with signed_school.acting("quality_officer"):
        with CaptureQueriesContext(connection) as captured:
            told = gathered(Return.objects.filter(pk=ret.pk), moves=MOVES, signed=SIGNED, sources=SOURCES)
            names = [(move.move, move.by.full_name, move.on) for move in told["moves"]]
            promised = {
                (s.item, s.action.title, s.action.due_on, s.action.record.reference) for s in told["sources"]
            }
        assert len(captured) == 1
        moves = StageChange.objects.filter(return_of=ret).select_related("by").order_by("-created_at")
        assert names == [(move.move, move.by.full_name, move.on) for move in moves]
        assert told["moves"] == list(moves)
        sources = Source.objects.filter(record=ret.record_id).select_related("action__record")
        assert promised == {
            (s.item, s.action.title, s.action.due_on, s.action.record.reference) for s in sources
        }
        (signed,) = told["signed"]
        kept = SignOff.objects.get(return_of=ret)
        assert (signed.signed_at, signed.content_hash, signed.is_nil) == (
            kept.signed_at,
            kept.content_hash,
            False,
        )


def test_a_column_nobody_asked_for_loads_itself(signed_school: Round) -> None:
    ret = signed_school.returns["school"]
    with signed_school.acting("quality_officer"):
        told = gathered(Return.objects.filter(pk=ret.pk), sources=SOURCES)
        assert told["sources"][0].action.agency_id == ret.agency_id


def test_outside_there_is_nothing(signed_school: Round) -> None:
    ret = signed_school.returns["school"]
    with signed_school.acting("police_lead"):
        assert gathered(Return.objects.filter(pk=ret.pk), moves=MOVES) == {"moves": []}


def test_an_empty_link_stays_empty(signed_school: Round) -> None:
    with signed_school.acting("quality_officer") as actor:
        moderation.query(actor=actor, ret=signed_school.fresh("school"), questions={"": "Why?"}, today=TODAY)
        (one,) = reading(signed_school.fresh("school"), TODAY).queries
        assert (one.asked_by.full_name, one.answered_by, one.answered_on) == ("Robin Tansley", None, None)
