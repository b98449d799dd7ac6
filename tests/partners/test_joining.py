"""Two entries that are one: nothing is lost, access follows, and it can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.partners.conftest import NOW, TODAY, As
from tests.personas import World, issued_return
from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.access.directory.doors import Refusal
from wholestory.access.directory.operations import agencies, joining, people, seats
from wholestory.access.directory.operations.agencies import AgencyDetails
from wholestory.access.directory.operations.people import PersonDetails
from wholestory.access.directory.operations.seats import SeatDetails
from wholestory.access.models import Account
from wholestory.access.models import Refusal as KeptOut
from wholestory.access.tokens import operations as tokens
from wholestory.access.tokens.models import Scope
from wholestory.partners.models import Agency, AgencyBoard, Person, Role, Seat, Succession
from wholestory.records.models import Circle, Record


@pytest.fixture
def double(world: World, as_: As) -> Agency:
    """A second entry for the school, with a lead of its own and a self-audit."""
    manager = world.people["business_manager"]
    with as_("business_manager"):
        agency = agencies.add_agency(
            actor=manager,
            board=world.board,
            starts_on=date(2013, 9, 1),
            details=AgencyDetails(
                name="Willow Lane School", sector="education", duty_basis="s157", urn="123456"
            ),
        )
        seats.give_seat(
            actor=manager,
            board=world.board,
            person=world.people["stranger"],
            today=TODAY,
            details=SeatDetails(role=Role.AGENCY_LEAD, agency=agency, starts_on=TODAY),
        )
    return agency


@pytest.fixture
def audit(world: World, as_: As, double: Agency) -> Record:
    return issued_return(world, double, "SA-TESTDUPL")


def sees(person: Person, record: Record) -> bool:
    with acting.acting_as(person):
        return Record.objects.filter(pk=record.pk).exists()


def test_joining_agencies_moves_everything_opens_it_to_the_kept_one_and_goes_back(
    world: World, as_: As, double: Agency, audit: Record
) -> None:
    manager, school = world.people["business_manager"], world.agencies["school"]
    head, stranger = world.people["head"], world.people["stranger"]
    assert (sees(stranger, audit), sees(head, audit)) == (True, False)
    with as_("business_manager"):
        shown = joining.preview(board=world.board, double=double)
        assert {one.words: one.count for one in shown.moves} == {"circle": 1, "seat": 1}
        made = joining.join(
            actor=manager, board=world.board, kept=school, double=double, today=TODAY, now=NOW
        )
    school.refresh_from_db(), double.refresh_from_db()
    assert Succession.objects.get(before=double, after=school).how == "duplicate"
    assert (school.urn, double.ends_on) == ("123456", TODAY)
    assert Circle.objects.get(pk=audit.circle_id).agency == school
    assert AgencyBoard.objects.get(agency=school).starts_on == date(2013, 9, 1), "as long as both answered"
    assert (sees(stranger, audit), sees(head, audit)) == (True, True)
    with as_("business_manager"):
        left = joining.undo(actor=manager, board=world.board, made=made, today=TODAY, now=NOW)
    school.refresh_from_db(), double.refresh_from_db()
    assert left == []
    assert (school.urn, double.ends_on, double.ended_because) == ("", None, "")
    assert AgencyBoard.objects.get(agency=school).starts_on == world.board.valid_from
    assert AgencyBoard.objects.get(agency=double).ends_on is None
    assert (sees(stranger, audit), sees(head, audit)) == (True, False)
    with as_("business_manager"), pytest.raises(Refusal, match="taken back already"):
        joining.undo(actor=manager, board=world.board, made=made, today=TODAY, now=NOW)


def test_a_joined_agency_is_in_no_list_any_more(world: World, as_: As, double: Agency, browse) -> None:
    manager = world.people["business_manager"]
    with as_("business_manager"):
        joining.join(
            actor=manager,
            board=world.board,
            kept=world.agencies["school"],
            double=double,
            today=TODAY,
            now=NOW,
        )
    text = browse("business_manager").get("/board/agencies/?state=all").content.decode()
    assert "Willow Lane Academy" in text
    assert "Willow Lane School" not in text
    page = browse("business_manager").get(f"/board/agencies/{double.slug}/").content.decode()
    assert "was joined to it" in page


def test_an_agency_that_answers_to_another_board_too_is_kept_not_joined_away(
    world: World, as_: As, double: Agency
) -> None:
    with as_("business_manager"), pytest.raises(Refusal, match="Southfen"):
        joining.check(
            actor=world.people["business_manager"],
            board=world.board,
            kept=double,
            double=world.agencies["police"],
        )


def test_joining_people_moves_seats_keeps_refusals_and_closes_the_second_account(
    world: World, as_: As, audit: Record
) -> None:
    manager, kept = world.people["business_manager"], world.people["head"]
    with as_("business_manager"):
        twin, _ = people.add_person(
            actor=manager,
            board=world.board,
            details=PersonDetails(full_name="Joanna Ashdown", email="joanna@school.example"),
            seat=SeatDetails(
                role=Role.AGENCY_LEAD, agency=world.agencies["school"], starts_on=date(2012, 1, 1)
            ),
            today=TODAY,
        )
        seats.give_seat(
            actor=manager,
            board=world.board,
            person=twin,
            today=TODAY,
            details=SeatDetails(role=Role.CONTRIBUTOR, agency=world.agencies["charity"], starts_on=TODAY),
        )
        ledger.line("access.refused", audit)
        KeptOut.objects.create(
            circle=audit.circle,
            office=audit.office,
            person=twin,
            reason="conflict",
            starts_on=TODAY,
            given_by=manager,
        )
        derive.rewrite(twin)
        made = joining.join(actor=manager, board=world.board, kept=kept, double=twin, today=TODAY, now=NOW)
        assert KeptOut.objects.get().person == kept
    twin.refresh_from_db()
    assert twin.joined_to == kept
    assert not Account.objects.get(person=twin).is_active
    assert Seat.objects.get(person=kept, role=Role.AGENCY_LEAD).starts_on == date(2012, 1, 1)
    assert Seat.objects.filter(person=kept, role=Role.CONTRIBUTOR, agency__slug="charity").exists()
    with as_("business_manager"):
        assert joining.undo(actor=manager, board=world.board, made=made, today=TODAY, now=NOW) == []
        assert KeptOut.objects.get().person == twin
    assert Seat.objects.get(person=kept, role=Role.AGENCY_LEAD).starts_on == world.board.valid_from
    assert Seat.objects.get(person=twin, role=Role.AGENCY_LEAD).ends_on is None
    assert Account.objects.get(person=twin).is_active


def test_the_address_and_account_go_to_the_kept_entry_when_it_has_none(world: World, as_: As) -> None:
    manager = world.people["business_manager"]
    with as_("business_manager"):
        kept, _ = people.add_person(
            actor=manager,
            board=world.board,
            details=PersonDetails(full_name="Joanna Ashdown"),
            today=TODAY,
            seat=SeatDetails(role=Role.CONTRIBUTOR, agency=world.agencies["school"], starts_on=TODAY),
        )
        made = joining.join(
            actor=manager, board=world.board, kept=kept, double=world.people["head"], today=TODAY, now=NOW
        )
    kept.refresh_from_db()
    assert kept.email == "head@people.example"
    assert Account.objects.get(email="head@people.example").person == kept
    assert Account.objects.get(email="head@people.example").is_active
    with as_("business_manager"):
        joining.undo(actor=manager, board=world.board, made=made, today=TODAY, now=NOW)
    assert Person.objects.get(email="head@people.example") == world.people["head"]
    assert Account.objects.get(email="head@people.example").person == world.people["head"]


def test_an_administrator_joins_neither_themselves_nor_the_team(world: World, as_: As) -> None:
    admin = world.people["administrator"]
    for kept, gone in (
        (admin, "head"),
        (world.people["head"], "quality_officer"),
        (world.people["business_manager"], "head"),
    ):
        double = world.people[gone]
        with as_("administrator"), pytest.raises(Refusal, match="Only the business manager"):
            joining.check(actor=admin, board=world.board, kept=kept, double=double)


def test_what_changed_since_stays_and_a_month_is_the_limit(world: World, as_: As, double: Agency) -> None:
    manager, school = world.people["business_manager"], world.agencies["school"]
    with as_("business_manager"):
        made = joining.join(
            actor=manager, board=world.board, kept=school, double=double, today=TODAY, now=NOW
        )
        moved = Seat.objects.get(person=world.people["stranger"])
        seats.change_seat(
            actor=manager,
            seat=moved,
            today=TODAY,
            details=SeatDetails(role=Role.AGENCY_LEAD, agency=world.agencies["charity"], starts_on=TODAY),
        )
        with pytest.raises(Refusal, match="older than 30 days"):
            joining.undo(
                actor=manager, board=world.board, made=made, today=TODAY, now=NOW + timedelta(days=31)
            )
        left = joining.undo(actor=manager, board=world.board, made=made, today=TODAY, now=NOW)
    assert [(one.model, one.field) for one in left] == [("partners.seat", "agency_id")]


def test_entries_that_look_alike_are_offered(world: World, as_: As, double: Agency, browse) -> None:
    Person.objects.filter(pk=world.people["stranger"].pk).update(full_name="Jo-Anne Ashdown")
    text = browse("administrator").get("/board/doubles/").content.decode()
    assert "Jo Ashdown (head@people.example)" in text
    assert "Jo-Anne Ashdown" in text


def test_joining_gives_nobody_what_another_board_shows_somebody_else(world: World, as_: As) -> None:
    """A second entry with one's own address, joined to somebody of two boards who has none, would open both."""
    manager, shared = world.people["business_manager"], world.people["sister_head"]
    Account.objects.filter(person=shared).delete()
    Person.objects.filter(pk=shared.pk).update(email=None)
    shared.refresh_from_db()
    with as_("business_manager"):
        seats.give_seat(
            actor=manager,
            board=world.board,
            person=shared,
            today=TODAY,
            details=SeatDetails(role=Role.CONTRIBUTOR, agency=world.agencies["school"], starts_on=TODAY),
        )
        trap, _ = people.add_person(
            actor=manager,
            board=world.board,
            today=TODAY,
            details=PersonDetails(full_name="Vivian Carden", email="mine@people.example"),
            seat=SeatDetails(role=Role.CONTRIBUTOR, agency=world.agencies["school"], starts_on=TODAY),
        )
        with pytest.raises(Refusal, match="seat on another board"):
            joining.join(actor=manager, board=world.board, kept=shared, double=trap, today=TODAY, now=NOW)


@pytest.mark.parametrize("kept_is_service", [True, False])
def test_a_services_entry_is_joined_to_nobody_and_the_page_says_why(
    kept_is_service: bool, world: World, as_: As, browse: Callable[[str], Client]
) -> None:
    """A service acts by its token and has no account: the database would refuse, so the page does it in words."""
    with as_("business_manager"):
        made = tokens.make(
            actor=world.people["business_manager"], board=world.board, agency=world.agencies["school"], used_by="Audit",
            scopes=[Scope.RETURNS_READ], days=30, now=timezone.now(),
        )  # fmt: skip
    service, head = made.token.person, world.people["head"]
    kept, double = (service, head) if kept_is_service else (head, service)
    url = f"/board/people/{kept.id}/join/{double.id}/"
    client = browse("business_manager")
    for answer in (client.get(url), client.post(url)):
        assert answer.status_code == 200
        assert "acts by an API token, not a person" in answer.content.decode()
    head.refresh_from_db(), service.refresh_from_db()
    assert head.joined_to_id is None
    assert service.joined_to_id is None
