"""The cases of the domain notes, section 6.2, that self-assessment must not get wrong, each by its number.

18 (not applicable as a way out) stands in ``test_not_applicable``; 19 (everything green), 25 (one return for many
boards counted once) and those of figures and actions in ``test_edge_cases_of_figures``.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.assurance.conftest import NOW, SHORT, Round
from tests.assurance.running import another_cycle, carries_on, new_agency, new_person
from tests.personas import TODAY
from wholestory.access import derive
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.comparing import Kind, mapping
from wholestory.assurance.models import Return, SignOff, StageChange
from wholestory.assurance.operations import cycles, refusals, returns, scope
from wholestory.assurance.queries import scope as counting
from wholestory.assurance.rules.awkward_days import easter, school_holiday, warning
from wholestory.assurance.rules.response import ResponseRate
from wholestory.assurance.rules.scales import SCALES
from wholestory.config.export import manifest
from wholestory.documents import operations as documents
from wholestory.documents.rules.content import MOST_BYTES, NotTaken, what_is
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.models import Answer, Clash
from wholestory.partners.models import Role, Seat

ITEMS = list(framework_called(SHORT).items)


def test_17_only_mapped_items_are_compared_when_the_framework_has_changed() -> None:
    before, after = framework_called("section_11_wt2015"), framework_called("section_11_wt2023")
    rows = mapping(before, after)
    comparable = {row.item for row in rows if row.kind.is_comparable}
    assert all(len(row.was) == 1 for row in rows if row.kind.is_comparable)
    assert not comparable & {row.item for row in rows if row.kind in (Kind.NEW, Kind.MERGED, Kind.SPLIT)}
    # Every item of either version is accounted for: none is left blank as if it had fallen.
    assert {row.item for row in rows if row.item} == set(after.items)
    assert {old for row in rows for old in row.was} == set(before.items)


def test_20_a_body_that_merges_in_the_middle_of_a_cycle_is_counted_once(cycle_round: Round) -> None:
    world = cycle_round.world
    care = new_agency(world, "care", "Northmarsh Integrated Care")
    carries_on(world.agencies["health"], care, TODAY)
    with cycle_round.acting("business_manager") as actor:
        from wholestory.assurance.operations.succession import hand_over

        world.board.example_today = date(2016, 3, 15)
        hand_over(actor=actor, ret=cycle_round.fresh("health"), to=care, today=date(2016, 3, 15))
        found = counting.counted(cycle_round.cycle, counting.returns_in(cycle_round.cycle), date(2016, 3, 15))
    assert found.rate == ResponseRate(returned=0, asked_in_scope=4, left_scope=1)


def test_21_one_person_for_three_organisations_has_a_role_in_each_and_no_shared_log_in(
    cycle_round: Round,
) -> None:
    world = cycle_round.world
    other = [new_agency(world, "nursery", "Pebble Nursery"), new_agency(world, "club", "Harbour Boxing Club")]
    three = [world.agencies["charity"], *other]
    person = new_person(world, "three_hats", three[0], Role.AGENCY_LEAD)
    for agency, role in ((three[1], Role.SIGNATORY), (three[2], Role.CONTRIBUTOR)):
        Seat.objects.create(person=person, board=world.board, role=role, agency=agency, starts_on=TODAY)
    derive.rewrite(person)
    _, asked = another_cycle(cycle_round, "Second", TODAY, date(2016, 5, 1), three)
    with cycle_round.acting("three_hats") as actor:
        assert {ret.agency_id for ret in Return.objects.all()} == {agency.id for agency in three}
        returns.begin(actor=actor, ret=asked["charity"], today=TODAY, now=NOW)
        # A lead of the one and a contributor to the other signs neither; the seat says who may, not the person.
        with pytest.raises(Exception, match="not"):
            returns.sign_nil(actor=actor, ret=asked["charity"], post="x", reason="y", today=TODAY, now=NOW)
        returns.sign_nil(
            actor=actor, ret=asked["nursery"], post="Owner", reason="Closed", today=TODAY, now=NOW
        )


def test_21_who_leaves_in_the_middle_hands_over_and_nothing_is_lost(cycle_round: Round) -> None:
    cycle_round.answer("school", "head")
    world = cycle_round.world
    seat = world.seats["head"]
    seat.ends_on = date(2016, 3, 13)
    seat.save()
    derive.rewrite(world.people["head"])
    new_person(world, "new_head", world.agencies["school"], Role.AGENCY_LEAD)
    with cycle_round.acting("head"):
        assert not Return.objects.exists()
    with cycle_round.acting("new_head"):
        assert Answer.objects.filter(key__in=ITEMS).count() == len(ITEMS)


def test_22_two_who_write_the_same_answer_lose_no_text(cycle_round: Round) -> None:
    set_id = cycle_round.returns["school"].answers_id
    place = Place(f"{ITEMS[0]}_said")
    with cycle_round.acting("head") as actor:
        returns.begin(actor=actor, ret=cycle_round.fresh("school"), today=TODAY, now=NOW)
        paperwork.save_draft(
            actor=actor, set_id=set_id, saves=[paperwork.Save(place, Given("First"))], now=NOW
        )
    with cycle_round.acting("head_contributor") as actor:
        paperwork.save_draft(
            actor=actor, set_id=set_id, saves=[paperwork.Save(place, Given("Second"))], now=NOW
        )
        assert Answer.objects.get(key=place.key).value == "First"
        assert Clash.objects.get().value == "Second"


def test_23_signed_is_reversible_by_the_board_with_a_trail(signed_school: Round) -> None:
    with signed_school.acting("quality_officer") as actor:
        returns.send_back(
            actor=actor, ret=signed_school.fresh("school"), reason="A page was missing", today=TODAY
        )
        change = StageChange.objects.get(move="sent_back")
        assert (change.reason, change.from_stage, change.to_stage) == (
            "A page was missing", "signed_off", "in_progress"
        )  # fmt: skip
        assert SignOff.objects.get().withdrawn_on == TODAY
    assert signed_school.fresh("school").stage == "in_progress"


def test_24_the_response_rate_is_of_those_asked_and_in_scope() -> None:
    # Norfolk 2023: 290 returned, 85 asked and did not, 48 never asked. Not 290 of 423.
    norfolk = ResponseRate(returned=290, asked_in_scope=290 + 85, never_asked=48)
    assert norfolk.share == Fraction(290, 375)
    assert norfolk.words.startswith("77.3 % (290 of the 375 asked)")


def test_24_out_of_scope_refused_and_taken_back_each_count_where_they_belong(cycle_round: Round) -> None:
    library = new_agency(cycle_round.world, "library", "Northmarsh Library")
    with cycle_round.acting("business_manager") as actor:
        scope.leave_out(
            actor=actor, cycle=cycle_round.cycle, agencies=[library], reason="No children", today=TODAY
        )
        refusals.record(actor=actor, ret=cycle_round.fresh("police"), words="No", today=TODAY)
        cycles.withdraw(actor=actor, ret=cycle_round.fresh("charity"), reason="In error", today=TODAY)
        found = counting.counted(cycle_round.cycle, counting.returns_in(cycle_round.cycle), TODAY)
    # School, police (refused) and health were asked and are in scope; nobody has returned.
    assert found.rate == ResponseRate(returned=0, asked_in_scope=3)
    assert found.not_counted == "1 out of scope, 1 asked, and taken back"


def test_26_a_colour_is_never_the_value_and_never_says_alone_what_is_good() -> None:
    staffordshire, lincolnshire = SCALES["STAFF6"], SCALES["OFSTED4"]
    # Amber is good in Staffordshire: two thirds of the way up, and what is stored is the word and not the tone.
    amber = next(point for point in staffordshire.points if point.colour == "Amber")
    assert (amber.value, amber.normalised) == ("good", Fraction(2, 3))
    assert all(point.label and point.value.lower() != point.colour.lower() for point in staffordshire.points)
    # The best comes last whatever a scale calls it: four in Lincolnshire, one in an inspector's report.
    assert lincolnshire.points[-1].normalised == 1
    assert "outstanding" in lincolnshire.points[-1].label.lower()


def test_27_everything_of_self_assessment_is_in_the_full_export(db: None) -> None:
    out = {name for _, name in manifest.tables(connection.connection)} if _connected() else set()
    tables = {model._meta.db_table for model in apps.get_app_config("assurance").get_models()}
    assert tables <= out
    assert {"documents_storedfile", "paperwork_answer", "paperwork_formversion"} <= out


def _connected() -> bool:
    connection.ensure_connection()
    return connection.connection is not None


@pytest.mark.parametrize(
    ("name", "size", "says"),
    [("policy.docm", 100, "holds macros"), ("policy.pdf", MOST_BYTES + 1, "must be smaller")],
)
def test_28_files_with_macros_and_oversize_files_are_refused_with_a_reason(
    name: str, size: int, says: str
) -> None:
    with pytest.raises(NotTaken, match=says):
        what_is(name, size, io.BytesIO(b"%PDF-1.7"))


def test_28_a_link_that_is_no_web_page_is_refused(cycle_round: Round) -> None:
    with cycle_round.acting("head") as actor, pytest.raises(documents.NotTaken, match="https://"):
        documents.add_link(
            actor=actor, about=cycle_round.fresh("school").record, url=r"\\server\share\policy.docx", label="Policy",
            today=TODAY,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2016, 3, 25), "Good Friday"),
        (date(2016, 3, 31), "round Easter"),  # Easter Sunday was 27 March 2016
        (date(2016, 10, 26), "half-term"),
        (date(2016, 2, 17), "half-term"),
        (date(2016, 6, 1), "half-term"),
        (date(2016, 8, 12), "summer"),
        (date(2016, 12, 29), "Christmas"),
        (date(2016, 5, 1), "Sunday"),
    ],
)
def test_29_a_due_date_when_schools_are_closed_is_said(day: date, says: str) -> None:
    assert says in warning(day, schools=True)


def test_29_a_day_in_term_and_a_board_without_schools_hear_nothing() -> None:
    assert warning(date(2016, 4, 29), schools=True) == ""
    assert warning(date(2016, 8, 12), schools=False) == ""
    assert school_holiday(date(2016, 9, 14)) == ""


def test_29_easter_by_the_published_table() -> None:
    assert [easter(year) for year in (2015, 2016, 2017, 2024, 2025)] == [
        date(2015, 4, 5), date(2016, 3, 27), date(2017, 4, 16), date(2024, 3, 31), date(2025, 4, 20)
    ]  # fmt: skip


def test_29_the_page_that_asks_says_so(cycle_round: Round, browse: Callable[[str], Client]) -> None:
    page = browse("quality_officer").get(f"/self-audits/cycles/{cycle_round.cycle.record.reference}/ask/")
    assert "31 March 2016 usually falls in the weeks round Easter" in page.content.decode()
