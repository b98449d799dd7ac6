"""A spreadsheet of members over and over: what comes in, what stays, what is taken back and who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.partners import sheets
from tests.partners.conftest import NOW, TODAY, As
from tests.personas import World
from wholestory.access import acting
from wholestory.access.directory import jobs
from wholestory.access.directory.doors import Refusal
from wholestory.access.directory.models import MembershipImport
from wholestory.access.directory.operations import applying, importing
from wholestory.partners.models import Agency, Group, Person, Role, Seat

Browse = Callable[[str], Client]
HEADS = ("Organisation", "Name", "Role", "E-mail")
OPTIONS = {
    "fill_down": True,
    "role_when_empty": "member",
    "starts_on": TODAY.isoformat(),
    "replace": False,
    "groups_only": True,
}


def start(world: World, rows: sheets.Rows, actor: str = "business_manager") -> MembershipImport:
    kept = importing.upload(
        actor=world.people[actor],
        board=world.board,
        file_name="list.csv",
        content=sheets.as_csv(rows),
        today=TODAY,
    )
    importing.map_columns(
        actor=world.people[actor], kept=kept, meanings=kept.meanings, options=OPTIONS, today=TODAY
    )
    return kept


def apply(world: World, kept: MembershipImport, actor: str = "business_manager"):
    plan = importing.dry_run(actor=world.people[actor], kept=kept, today=TODAY)
    return applying.apply(actor=world.people[actor], kept=kept, mark=plan.mark, today=TODAY, now=NOW)


def test_importing_the_same_sheet_twice_changes_nothing_the_second_time(world: World, as_: As) -> None:
    rows = (HEADS, ("Northmarsh Constabulary", "Ola Fenwick", "Deputy", "ola@police.example"))
    with as_("business_manager"):
        apply(world, start(world, rows))
        again = importing.dry_run(
            actor=world.people["business_manager"], kept=start(world, rows), today=TODAY
        )
    assert [step.outcome for step in again.steps] == ["same"]
    assert not again.writes_anything


def test_two_rows_of_one_person_are_one_person_with_two_seats(world: World, as_: As) -> None:
    rows = (
        HEADS,
        ("Northmarsh Constabulary", "Ola Fenwick", "Member", "ola@police.example"),
        ("Harbour Youth Trust", "Ola Fenwick", "Adviser", "OLA@police.example"),
    )
    with as_("business_manager"):
        apply(world, start(world, rows))
    person = Person.objects.get(email="ola@police.example")
    assert set(person.seats.values_list("role", "agency__slug")) == {
        ("member", "police"),
        ("adviser", "charity"),
    }


def test_one_address_under_two_names_is_asked_about(world: World, as_: As) -> None:
    rows = (
        HEADS,
        ("Northmarsh Constabulary", "Ola Fenwick", "Member", "desk@police.example"),
        ("Northmarsh Constabulary", "Uma Wyatt", "Deputy", "desk@police.example"),
    )
    with as_("business_manager"):
        plan = importing.dry_run(actor=world.people["business_manager"], kept=start(world, rows), today=TODAY)
    assert [step.outcome for step in plan.steps] == ["add", "ask"]
    assert "stands on row 2 too" in plan.steps[1].question.sentence
    assert "new" not in dict(plan.steps[1].question.options), (
        "two people cannot share the address they sign in with"
    )


def test_what_the_directory_says_stays_unless_the_sheet_is_to_win(world: World, as_: As) -> None:
    head = world.people["head"]
    Person.objects.filter(pk=head.pk).update(job_title="Headteacher")
    rows = (
        ("Organisation", "Name", "Position", "Role", "E-mail", "Telephone"),
        ("Willow Lane Academy", "Jo Ashdown", "Executive head", "Agency lead", head.email, "01733 555 009"),
    )
    with as_("business_manager"):
        kept = start(world, rows)
        apply(world, kept)
        head.refresh_from_db()
        assert (head.job_title, head.telephone) == ("Headteacher", "01733 555 009")
        kept = start(world, rows)
        importing.map_columns(
            actor=world.people["business_manager"],
            kept=kept,
            meanings=kept.meanings,
            options={**OPTIONS, "replace": True},
            today=TODAY,
        )
        apply(world, kept)
        head.refresh_from_db()
        assert head.job_title == "Executive head"
        applying.undo(actor=world.people["business_manager"], kept=kept, now=NOW)
        head.refresh_from_db()
    assert head.job_title == "Headteacher"


def test_a_directory_that_changed_since_the_dry_run_is_looked_at_again(world: World, as_: As) -> None:
    rows = (HEADS, ("Northmarsh Constabulary", "Ola Fenwick", "Deputy", "ola@police.example"))
    manager = world.people["business_manager"]
    with as_("business_manager"):
        kept = start(world, rows)
        plan = importing.dry_run(actor=manager, kept=kept, today=TODAY)
        Person.objects.create(full_name="Ola Fenwick", email="ola@police.example")
        with pytest.raises(applying.PlanHasChanged):
            applying.apply(actor=manager, kept=kept, mark=plan.mark, today=TODAY, now=NOW)
    assert Seat.objects.filter(person__email="ola@police.example").count() == 0


def test_an_administrator_brings_in_neither_their_own_seat_nor_one_of_the_team(world: World, as_: As) -> None:
    admin = world.people["administrator"]
    mine = (HEADS, ("", "Sam Oakes", "Business Manager", admin.email))
    other = (HEADS, ("", "Ola Fenwick", "Business Manager", "ola@police.example"))
    with as_("administrator"):
        plan = importing.dry_run(actor=admin, kept=start(world, mine, "administrator"), today=TODAY)
        assert [step.outcome for step in plan.steps] == ["refused"]
        with pytest.raises(Refusal, match="Only the business manager"):
            apply(world, start(world, other, "administrator"), "administrator")


def test_taking_back_leaves_what_has_been_used_since_and_says_so(world: World, as_: As) -> None:
    manager = world.people["business_manager"]
    rows = (HEADS, ("New Agency Trust", "Ola Fenwick", "Member", "ola@police.example"))
    with as_("business_manager"):
        kept = start(world, rows)
        apply(world, kept)
        agency = Agency.objects.get(name="New Agency Trust")
        Seat.objects.create(
            person=world.people["head"], board=world.board, role=Role.MEMBER, agency=agency, starts_on=TODAY
        )
        stays = applying.undo(actor=manager, kept=kept, now=NOW)
        assert stays == ["New Agency Trust stays: it has been used since."]
        with pytest.raises(Refusal, match="taken back already"):
            applying.undo(actor=manager, kept=kept, now=NOW)
    assert not Person.objects.filter(email="ola@police.example").exists()


def test_an_upload_is_kept_between_steps_and_emptied_when_its_time_is_over(world: World, as_: As) -> None:
    rows = (HEADS, ("Northmarsh Constabulary", "Ola Fenwick", "Deputy", "ola@police.example"))
    with as_("business_manager"):
        kept = start(world, rows)
    keeper = Person.objects.get(pk=acting.SYSTEM_ACTORS["keeper"][0])
    with acting.as_system(world.board, "keeper"):
        assert importing.empty_expired(actor=keeper, board=world.board, today=TODAY + importing.KEPT_FOR) == 0
        late = TODAY + importing.KEPT_FOR + timedelta(days=1)
        assert importing.empty_expired(actor=keeper, board=world.board, today=late) == 1
        assert importing.empty_expired(actor=keeper, board=world.board, today=late) == 0
        kept.refresh_from_db()
    assert (kept.sheets, kept.state) == ([], MembershipImport.State.DISCARDED)


def test_nobody_outside_the_directory_office_sees_an_upload(world: World, as_: As) -> None:
    rows = (HEADS, ("Northmarsh Constabulary", "Ola Fenwick", "Deputy", "ola@police.example"))
    with as_("business_manager"):
        start(world, rows)
    for name in ("quality_officer", "chair", "head", "sister_manager", "ig_lead"):
        with as_(name):
            assert not MembershipImport.objects.exists()
    with as_("administrator"):
        assert MembershipImport.objects.count() == 1


def test_a_group_named_in_the_sheet_is_added_once_and_found_again(world: World, as_: As) -> None:
    rows = (
        (*HEADS, "Group"),
        ("Northmarsh Constabulary", "Ola Fenwick", "Member", "ola@police.example", "Case Review"),
        (
            "Harbour Youth Trust",
            "Uma Wyatt",
            "Member",
            "uma@harbour.example",
            "The Case Review Group; Quality and Effectiveness",
        ),
    )
    with as_("business_manager"):
        apply(world, start(world, rows))
    assert [group.name for group in Group.objects.exclude(slug="qeg")] == ["Case Review"]
    assert set(
        Seat.objects.filter(person__email="uma@harbour.example").values_list("group__slug", flat=True)
    ) == {
        "case-review",
        "qeg",
    }


def test_a_second_chair_is_refused_with_the_name_of_the_first(world: World, as_: As) -> None:
    rows = (HEADS, ("", "Uma Wyatt", "Independent chair", "uma@chairs.example"))
    with as_("business_manager"):
        plan = importing.dry_run(actor=world.people["business_manager"], kept=start(world, rows), today=TODAY)
    assert [step.outcome for step in plan.steps] == ["refused"]
    assert "Dr Hilary Stroud chairs the board in that time" in plan.problems[0].sentence


def test_the_nightly_job_is_safe_to_run_twice(world: World, as_: As) -> None:
    rows = (HEADS, ("Northmarsh Constabulary", "Ola Fenwick", "Deputy", "ola@police.example"))
    with as_("business_manager"):
        kept = start(world, rows)
    world.board.example_today = TODAY + timedelta(days=30)
    world.board.save()
    jobs.empty_spreadsheets(0)
    jobs.empty_spreadsheets(0)
    with as_("business_manager"):
        kept.refresh_from_db()
    assert kept.sheets == []


def test_a_spreadsheet_fills_in_no_address_for_somebody_of_another_board(world: World, as_: As) -> None:
    shared = world.people["sister_head"]
    Person.objects.filter(pk=shared.pk).update(email=None)
    Seat.objects.create(
        person=shared, board=world.board, role=Role.MEMBER, agency=world.agencies["school"], starts_on=TODAY
    )
    rows = (HEADS, ("Willow Lane Academy", "Viv Carden", "Member", "mine@people.example"))
    with as_("business_manager"):
        plan = importing.dry_run(actor=world.people["business_manager"], kept=start(world, rows), today=TODAY)
    assert [step.outcome for step in plan.steps] == ["same"]
    assert "their address is not filled in from here" in plan.problems[0].sentence


def test_a_manager_brings_in_no_seat_of_an_agency_for_themselves(world: World, as_: As) -> None:
    manager = world.people["business_manager"]
    rows = (HEADS, ("Willow Lane Academy", "Morgan Ellery", "Agency lead", manager.email))
    with as_("business_manager"):
        plan = importing.dry_run(actor=manager, kept=start(world, rows), today=TODAY)
    assert [step.outcome for step in plan.steps] == ["refused"]
    assert "Another of the team" in plan.steps[0].problems[-1].sentence


def test_somebody_only_another_board_knows_is_not_named_by_an_address(world: World, as_: As) -> None:
    other = world.people["sister_manager"]
    Person.objects.filter(pk=other.pk).update(telephone="01733 555 777")
    rows = (
        (*HEADS, "Telephone"),
        ("Northmarsh Constabulary", "Wrong Name", "Member", other.email, "01733 555 001"),
    )
    with as_("business_manager"):
        kept = start(world, rows)
        plan = importing.dry_run(actor=world.people["business_manager"], kept=kept, today=TODAY)
        (step,) = plan.steps
        assert step.question is not None
        assert "Toni Marsh" not in str(step.question)
        assert "555 777" not in str(plan.steps)
