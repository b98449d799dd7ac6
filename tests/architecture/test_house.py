"""The house keeps its shape: which way foreign keys point, what each field holds, which tables are protected."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

from wholestory.kernel.privacy import RETENTION
from wholestory.records.models import Protected

ROOT = Path(__file__).resolve().parents[2]
FLOORS = [
    {name.strip().strip("()") for name in layer.split("|")}
    for layer in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0][
        "layers"
    ]
]


def floor_of(room: str) -> int:
    """0 is the ground; higher rooms may point down, never up or sideways."""
    return next(len(FLOORS) - at for at, floor in enumerate(FLOORS) if room in floor)


def ours() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("wholestory.") and not model._meta.proxy:
            yield model


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def names(found: list[type[models.Model]]) -> list[str]:
    return [model._meta.label for model in found]


MODELS = list(ours())


@pytest.mark.parametrize("model", MODELS, ids=names(MODELS))
def test_foreign_keys_point_down(model: type[models.Model]) -> None:
    here = room_of(model)
    for field in model._meta.get_fields():
        if not (field.is_relation and field.concrete and field.related_model):
            continue
        there = field.related_model
        assert isinstance(there, type)
        if there.__module__.startswith("wholestory.") and room_of(there) != here:
            assert floor_of(room_of(there)) < floor_of(here), f"{model._meta.label}.{field.name} points up"


@pytest.mark.parametrize("model", MODELS, ids=names(MODELS))
def test_every_field_says_what_it_holds(model: type[models.Model]) -> None:
    declared = getattr(model, "privacy", None)
    assert declared is not None, f"{model._meta.label} has no privacy declaration"
    assert declared.retention in RETENTION
    own = {field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}
    undecided = sorted(name for name in own if declared.holds(name) is None)
    assert not undecided, f"{model._meta.label}: nobody has decided what {undecided} hold"
    unknown = sorted(declared.decided() - own)
    assert not unknown, f"{model._meta.label} decides about fields it does not have: {unknown}"


PROTECTED = [model for model in MODELS if issubclass(model, Protected)]


@pytest.mark.parametrize("model", PROTECTED, ids=names(PROTECTED))
def test_nothing_protected_is_deleted_by_cascade(model: type[models.Model]) -> None:
    """A cascade into hidden rows fails only at commit, and tells that they exist."""
    for field in model._meta.concrete_fields:
        if field.is_relation:
            assert field.remote_field.on_delete in (models.PROTECT, models.SET_NULL), field.name


@pytest.mark.parametrize("model", PROTECTED, ids=names(PROTECTED))
def test_protected_tables_are_under_the_rule(model: type[models.Model], db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner)"
            " from pg_class where oid = %s::regclass",
            [model._meta.db_table],
        )
        assert cursor.fetchone() == (True, True, "wholestory_owner")
        cursor.execute("select policyname from pg_policies where tablename = %s", [model._meta.db_table])
        policies = {row[0] for row in cursor.fetchall()}
        assert "need_to_know" in policies
        assert "refused" in policies or model._meta.label == "access.Refusal"


def test_a_table_with_circle_and_office_is_a_protected_one() -> None:
    for model in MODELS:
        fields = {field.name for field in model._meta.concrete_fields}
        if {"circle", "office"} <= fields and model._meta.label != "access.Membership":
            assert issubclass(model, Protected), model._meta.label


#: Rooms whose business it is to speak SQL: who acts, the access record, and the migration operations.
SPEAKS_SQL = ("access/", "ledger/", "records/", "config/")


def test_raw_sql_stays_where_it_belongs() -> None:
    """A query that names its own SQL could forget the rules; it is kept to the rooms that make them."""
    found = []
    for path in (ROOT / "wholestory").rglob("*.py"):
        place = path.relative_to(ROOT / "wholestory").as_posix()
        if place.startswith(SPEAKS_SQL) or "/migrations/" in place:
            continue
        text = path.read_text()
        if re.search(r"connection\.cursor\(|\.raw\(|RawSQL|\.extra\(", text):
            found.append(place)
    assert found == []


VAGUE = {"utils", "util", "common", "helpers", "helper", "services", "misc", "manager", "managers"}


def test_names_say_something() -> None:
    found = [p for p in (ROOT / "wholestory").rglob("*") if p.stem in VAGUE]
    assert found == []


def test_files_stay_short_enough_to_read() -> None:
    found = {}
    for path in (ROOT / "wholestory").rglob("*.py"):
        if "/migrations/" in path.as_posix():
            continue
        lines = len(path.read_text().splitlines())
        if lines > 320:
            found[path.relative_to(ROOT).as_posix()] = lines
    assert found == {}


def test_rules_know_no_framework() -> None:
    """Pure rules run in milliseconds and can be read by somebody who knows the law and not the framework."""
    for path in (ROOT / "wholestory").glob("*/rules/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names_imported = []
            if isinstance(node, ast.Import):
                names_imported = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names_imported = [node.module or ""]
            for name in names_imported:
                assert not name.startswith(("django", "psycopg")), f"{path} imports {name}"
