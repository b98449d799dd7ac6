"""Who sees and changes which rows, tried with one in every protected table: functions that name what does not hold."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import models
from psycopg import sql

from tests.access.proof import Connect, Db, protected_models, protected_tables
from tests.ledger.conftest import tampering
from tests.personas import PEOPLE, STRANGER, World
from wholestory.records.models import Protected

#: Three closed places: a school's return, a police action, and a return of the sister board.
PLACES = {
    "school": ("north", "return", "school", "assurance"),
    "police": ("north", "return", "police", "assurance"),
    "closed": ("north", "closed", None, "administration"),
    "elsewhere": ("south", "return", "elsewhere", "assurance"),
}


#: Who may see a row in each, said by hand and not worked out from the rules it checks.
INSIDE = {
    "school": {"head", "head_contributor", "head_signatory", "business_manager", "quality_officer", "chair"},
    "police": {"police_lead", "police_signatory", "business_manager", "quality_officer", "chair"},
    "closed": {"administrator"},
    "elsewhere": {"sister_head", "sister_manager"},
}


def fill(connect: Connect) -> dict[str, tuple[int, int]]:
    """One row in each place in every protected table, written past every rule; circle and office of each place."""
    admin = connect("admin")
    places: dict[str, tuple[int, int]] = {}
    with tampering(admin):
        # Invented values cannot satisfy every check; what is proved here is who sees the rows, not what they hold.
        for table in protected_tables():
            for (check,) in admin.execute(
                "select conname from pg_constraint where conrelid = to_regclass(%s) and contype = 'c'",
                [table],
            ).fetchall():
                admin.execute(
                    sql.SQL("alter table {} drop constraint {}").format(
                        sql.Identifier(table), sql.Identifier(check)
                    )
                )
        for name, (board, kind, agency, office) in PLACES.items():
            circle = admin.execute(
                "insert into records_circle (board_id, kind, agency_id) select b.id, %s,"
                " (select id from partners_agency where slug = %s) from partners_board b where b.slug = %s"
                " returning id",
                [kind, agency, board],
            ).fetchone()
            door = admin.execute(
                "select o.id from records_office o join partners_board b on b.id = o.board_id"
                " where b.slug = %s and o.key = %s",
                [board, office],
            ).fetchone()
            assert circle
            assert door
            places[name] = (circle[0], door[0])
            for model in protected_models():
                _insert(admin, model, circle[0], door[0])
    return places


def _insert(admin: Db, model: type[Protected], circle: int, office: int) -> None:
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.column == "circle_id":
            values[field.column] = circle
        elif field.column == "office_id":
            values[field.column] = office
        elif not field.null and not getattr(field, "generated", False):
            values[field.column] = _some(field)
    names = sql.SQL(", ").join(map(sql.Identifier, values))
    marks = sql.SQL(", ").join(sql.Placeholder() for _ in values)
    table = sql.Identifier(model._meta.db_table)
    admin.execute(
        sql.SQL("insert into {} ({}) values ({})").format(table, names, marks), list(values.values())
    )


def _some(field: models.Field[Any, Any]) -> Any:
    if isinstance(field, models.UUIDField) or field.remote_field is not None:
        related = field.remote_field
        key = related.model._meta.pk if related is not None else field
        return uuid.uuid4() if isinstance(key, models.UUIDField) else 1
    if field.has_default():
        value = field.get_default()
        return psycopg.types.json.Jsonb(value) if isinstance(field, models.JSONField) else value
    if field.choices:
        return next(iter(field.flatchoices))[0]
    by_kind: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.DateTimeField, "2016-03-01T09:00:00Z"), (models.DateField, "2016-03-01"), (models.BooleanField, False),
        (models.IntegerField, 1), (models.DecimalField, 1), (models.FloatField, 1.0), (models.BinaryField, b"x"),
        (models.TimeField, "09:00"),
    ]  # fmt: skip
    for kind, value in by_kind:
        if isinstance(field, kind):
            return value
    if isinstance(field, models.JSONField):
        return psycopg.types.json.Jsonb({})
    return uuid.uuid4().hex[: getattr(field, "max_length", None) or 12]


@contextmanager
def acting(web: Db, world: World, name: str) -> Iterator[None]:
    """A transaction in which the persona acts; everything in it is taken back."""
    person, seat = world.people[name], world.seats.get(name)
    with web.transaction(force_rollback=True):
        web.execute("select access_act_as(%s, %s)", [person.id, seat.id if seat else None])
        yield


def rows_shown_to_the_wrong_people(
    connect: Connect, world: World, places: dict[str, tuple[int, int]]
) -> list[str]:
    """For every persona and protected table: rows shown that should not be, and rows hidden that should be seen."""
    web, found = connect("web"), []
    by_circle = {circle: name for name, (circle, _) in places.items()}
    for persona in [*PEOPLE, STRANGER]:
        with acting(web, world, persona):
            for table in protected_tables():
                rows = web.execute(
                    sql.SQL("select circle_id from {}").format(sql.Identifier(table))
                ).fetchall()
                shown = {by_circle[circle] for (circle,) in rows if circle in by_circle}
                ought = {name for name, inside in INSIDE.items() if persona in inside}
                found += [f"{persona} sees {table} of {name}" for name in sorted(shown - ought)]
                found += [f"{persona} does not see {table} of {name}" for name in sorted(ought - shown)]
    for table in protected_tables():
        with web.transaction(force_rollback=True):
            rows = web.execute(sql.SQL("select circle_id from {}").format(sql.Identifier(table))).fetchall()
            found += [f"nobody at all sees {table}"] if rows else []
    return found


def writes_that_reach_outside(
    connect: Connect, world: World, places: dict[str, tuple[int, int]], persona: str
) -> list[str]:
    """What an outsider could change, remove, move in or move out, even with a line in the access record."""
    web, found = connect("web"), []
    mine = {places[name][0] for name, inside in INSIDE.items() if persona in inside}
    theirs = [places[name] for name, inside in INSIDE.items() if persona not in inside]
    tries = {
        "changes": (
            "update {} set office_id = office_id where circle_id = %s",
            [[circle] for circle, _ in theirs],
        ),
        "removes": ("delete from {} where circle_id = %s", [[circle] for circle, _ in theirs]),
        "moves into another circle": (
            "update {} set circle_id = %s, office_id = %s where circle_id = %s",
            [[circle, office, own] for circle, office in theirs for own in mine],
        ),
    }
    for table in protected_tables():
        for what, (statement, values) in tries.items():
            for one in values:
                with acting(web, world, persona):
                    web.execute("insert into ledger.line (verb, writes) values ('test.tried', true)")
                    if _rows_reached(web, sql.SQL(statement).format(sql.Identifier(table)), one):
                        found.append(f"{persona} {what} {table}")
    return found


def _rows_reached(web: Db, statement: sql.Composed, values: list[int]) -> int:
    try:
        with web.transaction():
            return web.execute(statement, values).rowcount
    except psycopg.errors.InsufficientPrivilege:
        return 0
