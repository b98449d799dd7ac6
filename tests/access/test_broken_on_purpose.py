"""A proof that cannot fail proves nothing: each rule is broken once, and the proof must say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.access import proof, proof_of_rows
from tests.access.proof import Connect
from tests.ledger.conftest import copy_of_the_world
from tests.personas import World
from wholestory.access import derive, policy, policy_doors
from wholestory.partners.models import Role

T = "records_record"


@pytest.fixture
def connect(django_db_setup: None) -> Iterator[Connect]:
    """A copy of its own for each break."""
    with copy_of_the_world("broken") as found:
        yield found


GUARDS = {
    "row-level security switched off": (
        f"alter table {T} disable row level security",
        "has no row-level security",
    ),
    "the owner not bound": (f"alter table {T} no force row level security", "does not bind its owner"),
    "the policy dropped": (f"drop policy need_to_know on {T}", "lacks the need-to-know policy"),
    "the policy widened": (f"alter policy need_to_know on {T} using (true)", "is not the measured one"),
    "refusals forgotten": (f"drop policy refused on {T}", "lets the refused in"),
    "refusals made to add instead of take away": (
        f"drop policy refused on {T}; create policy refused on {T} using (current_setting('app.refused', true) = '')",
        "lets the refused in",
    ),
    "emergency readers allowed to write": (
        f"drop policy read_only_update on {T}",
        "lets emergency readers update",
    ),
    "a second, open policy": (
        f"create policy handy on {T} for select using (true)",
        "a policy nobody gave a reason",
    ),
    "the line not needed": (f"drop trigger needs_a_line on {T}", "takes changes without a line"),
    "the trigger switched off": (
        f"alter table {T} disable trigger needs_a_line",
        "takes changes without a line",
    ),
    "the table given away": (f"alter table {T} owner to wholestory_web", "belongs to wholestory_web"),
}


@pytest.mark.parametrize("what", GUARDS)
def test_a_guard_taken_away_is_noticed(connect: Connect, what: str) -> None:
    statement, words = GUARDS[what]
    admin = connect("admin")
    assert proof.unguarded_tables(admin) == []
    admin.execute(statement)
    assert any(words in one for one in proof.unguarded_tables(admin)), what


def test_a_view_by_its_owners_rights_is_noticed(connect: Connect) -> None:
    admin = connect("admin")
    admin.execute(f"create view handy as select * from {T}")
    assert proof.views_that_leak(admin) == ["the view handy shows every row"]


def test_a_telling_unique_value_is_noticed(connect: Connect) -> None:
    admin = connect("admin")
    admin.execute(f"alter table {T} add constraint handy unique (edition, opened_on)")
    assert any("a clash on handy" in one for one in proof.telling_uniques(admin))


def derived(connect: Connect, blocker: DjangoDbBlocker) -> dict[str, tuple[int, int]]:
    places = proof_of_rows.fill(connect)
    with blocker.unblock():
        proof.derive_everybody(connect)
    return places


Break = Callable[[pytest.MonkeyPatch], None]


def _an_office_given_to_heads(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(policy.OFFICES_BY_ROLE, Role.AGENCY_LEAD, frozenset({"assurance"}))


def _every_agency_sees_every_return(patch: pytest.MonkeyPatch) -> None:
    doors = tuple(
        policy_doors.Door(door.kind, door.roles) if door.kind == "return" else door
        for door in policy_doors.DOORS
    )
    patch.setattr(derive, "DOORS", doors)
    patch.setattr(derive._Doors, "circles", lambda self, seat: derive.Circle.objects.all())


def _a_school_shut_out_of_its_own(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(derive, "DOORS", tuple(door for door in policy_doors.DOORS if door.kind != "return"))


def _administrators_read_cases(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(policy.OFFICES_BY_ROLE, Role.ADMINISTRATOR, frozenset({"administration", "assurance"}))


def _seats_of_one_board_open_another(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(derive._Doors, "offices", lambda self, seat: derive.Office.objects.all())


def _team_members_lose_their_office(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(policy.OFFICES_BY_ROLE, Role.QUALITY_OFFICER, frozenset())


BREAKS: dict[str, tuple[Break, str]] = {
    "an office given to heads": (_an_office_given_to_heads, "head sees records_record of police"),
    "every agency in every return": (
        _every_agency_sees_every_return,
        "police_lead sees records_record of school",
    ),
    "a school shut out of its own": (
        _a_school_shut_out_of_its_own,
        "head does not see records_record of school",
    ),
    "administrators read cases": (_administrators_read_cases, "administrator sees records_record of school"),
    "seats open another board": (
        _seats_of_one_board_open_another,
        "sister_manager sees records_record of school",
    ),
    "an officer shut out": (
        _team_members_lose_their_office,
        "quality_officer does not see records_record of school",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", BREAKS)
def test_a_rule_changed_is_noticed_by_who_sees_what(
    connect: Connect, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    change, words = BREAKS[what]
    change(monkeypatch)
    places = derived(connect, django_db_blocker)
    monkeypatch.undo()
    with django_db_blocker.unblock(), proof.django_on(connect):
        world = World()
    found = proof_of_rows.rows_shown_to_the_wrong_people(connect, world, places)
    assert words in found, found[:20]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (f"alter policy need_to_know on {T} using (true)", "stranger sees records_record of school"),
        (f"alter table {T} disable row level security", "stranger sees records_record of school"),
        (f"create policy handy on {T} for select using (true)", "nobody at all sees records_record"),
        (
            "alter role wholestory_web in database {database} set app.offices = '{{1,2,3,4,5,6,7,8,9,10,11,12}}'",
            "nobody at all sees records_record",
        ),
    ],
)
def test_a_guard_taken_away_is_noticed_by_who_sees_what_too(
    connect: Connect, django_db_blocker: DjangoDbBlocker, statement: str, words: str
) -> None:
    places = derived(connect, django_db_blocker)
    admin = connect("admin")
    admin.execute(statement.format(database=admin.info.dbname))
    with django_db_blocker.unblock(), proof.django_on(connect):
        world = World()
    assert words in proof_of_rows.rows_shown_to_the_wrong_people(connect, world, places)
