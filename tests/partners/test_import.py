"""A messy spreadsheet from upload to the directory and back, over the pages people use."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.partners import sheets
from tests.partners.conftest import NOW, TODAY, As
from tests.personas import World
from wholestory.access import acting
from wholestory.access.directory import jobs
from wholestory.access.directory.doors import Refusal
from wholestory.access.directory.models import MembershipImport
from wholestory.access.directory.operations import applying, importing
from wholestory.access.models import Account
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


def upload(client: Client, content: bytes, name: str = "members.xlsx") -> str:
    answer = client.post("/board/import/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, re.findall(r"error-message[^<]*</span>([^<]*)", answer.content.decode())
    return answer["Location"]


def fields_of(answer) -> dict[str, str]:
    """What a form would send if nobody touched it."""
    form = answer.context["form"]
    sent: dict[str, str] = {}
    for bound in form:
        value = bound.value()
        if hasattr(value, "year"):
            sent |= {
                f"{bound.html_name}-day": value.day,
                f"{bound.html_name}-month": value.month,
                f"{bound.html_name}-year": value.year,
            }
        elif value not in (None, False, ""):
            sent[bound.html_name] = "on" if value is True else value
    return sent


def test_a_messy_workbook_comes_in_through_the_pages_and_goes_again(
    world: World, browse: Browse, as_: As
) -> None:
    client = browse("business_manager")
    before = Person.objects.count(), Seat.objects.count(), Agency.objects.count()
    where = upload(client, sheets.as_xlsx(sheets.MESSY, with_cover=True, merged=["A1:H1", "A5:A6"]))
    page = client.get(where, follow=True)
    assert page.redirect_chain[-1][0].endswith("/sheet/")
    assert page.context["form"]["seat" if "seat" in page.context["form"].fields else "sheet"]
    page = client.post(page.redirect_chain[-1][0], {"sheet": "1"}, follow=True)
    assert page.redirect_chain[-1][0].endswith("/columns/")
    page = client.post(page.redirect_chain[-1][0], fields_of(page), follow=True)
    assert page.redirect_chain[-1][0].endswith("/words/")
    words = fields_of(page)
    vizier = next(name for name, said in page.context["form"].said.items() if said == "Grand Vizier")
    page = client.post(page.redirect_chain[-1][0], {**words, vizier: "adviser"}, follow=True)
    assert page.redirect_chain[-1][0].endswith("/agencies/")
    sent = fields_of(page)
    health = next(
        name
        for name, one in page.context["form"].planned.items()
        if one.name == "Northmarsh Community Healthcare"
    )
    assert f"{health}_is" not in sent, "an agency that looks like one we have has to be decided"
    answer = client.post(page.redirect_chain[-1][0], sent)
    assert "Say what Northmarsh Community Healthcare is" in answer.content.decode()
    page = client.post(
        page.redirect_chain[-1][0], {**sent, f"{health}_is": str(world.agencies["health"].pk)}, follow=True
    )
    assert page.redirect_chain[-1][0].endswith("/check/")
    check = page.redirect_chain[-1][0]
    plan = page.context["plan"]
    text = page.content.decode()
    assert [step.line.row for step in plan.of("refused")] == [14]
    assert "“Bo Larkin &amp; Cass Ito” looks like two people" in text
    assert "“head at elmgrove” is not an e-mail address" in text
    assert [step.line.full_name for step in plan.of("ask")] == ["Pat Lindly"]
    lay = world.people["lay_member"]
    page = client.post(check, {f"row_{plan.of('ask')[0].line.key}": str(lay.pk)}, follow=True)
    plan = page.context["plan"]
    assert plan.of("ask") == []
    assert "Chris Varley" in [step.known.full_name for step in plan.steps if step.known]
    answer = client.post(check.replace("/check/", "/apply/"), {"mark": plan.mark}, follow=True)
    assert "The spreadsheet is in the directory" in answer.content.decode()
    wren = Person.objects.get(email="wren.salter@health.example")
    assert {
        (seat.role, seat.agency.slug, seat.group_id and seat.group.short_name) for seat in wren.seats.all()
    } == {
        ("adviser", "health", None),
        ("member", "health", ""),
    }
    assert Seat.objects.get(person=wren, group=None).starts_on == TODAY
    gale = Person.objects.get(email="gale.thornby@fire.example")
    assert gale.seats.get().starts_on.isoformat() == "2015-04-01"
    assert Account.objects.filter(person=gale).exists()
    assert (
        Person.objects.get(full_name="Det Insp Ola Fenwick").seats.filter(agency__slug="police").count() == 2
    )
    assert not Person.objects.filter(full_name="Pat Lindly").exists()
    cass = Seat.objects.get(person__email="cass.ito@harbour.example", role=Role.ADVISER)
    assert (cass.agency.slug, cass.starts_on) == ("charity", TODAY)
    assert Agency.objects.get(name="Elm Grove Primary School").duty_basis == "s175"
    # The sheet says nobody called so: left as it was, undo puts all of it back.
    answer = client.post(check.replace("/check/", "/undo/"), follow=True)
    assert "The import is taken back" in answer.content.decode()
    assert (Person.objects.count(), Seat.objects.count(), Agency.objects.count()) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file you chose is empty"),
        (b"%PDF-1.7 something", "This is a PDF file"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "This is a PNG file"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"just words\nand more words\n", "no columns"),
        (b"a,b\n" + b"x" * (5 * 1024 * 1024), "larger than 5 MB"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64 + "EncryptedPackage".encode("utf-16-le"),
            "protected with a password",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_beside_its_box(
    browse: Browse, content: bytes, said: str
) -> None:
    answer = browse("business_manager").post(
        "/board/import/", {"file": SimpleUploadedFile("members.xlsx", content)}
    )
    assert answer.status_code == 200
    assert said in answer.content.decode()
    with acting.as_system(MembershipImport.board.field.related_model.objects.get(slug="north")):
        assert not MembershipImport.objects.exists()


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
