"""A database of their own for tests that tamper with the access record, reached as any role."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests import conftest, database

Connect = Callable[[str], "psycopg.Connection[tuple[object, ...]]"]
KEY = b"k" * 32


@contextmanager
def copy_of_the_world(name: str) -> Iterator[Connect]:
    """A database that a test may break, and connections to it as any role."""
    own = f"wst_{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    admin = conftest._where["admin"]
    database.clone(admin, conftest._where["world"], own)
    opened: list[psycopg.Connection[tuple[object, ...]]] = []

    def connect(role: str) -> psycopg.Connection[tuple[object, ...]]:
        opened.append(psycopg.connect(database.address(admin, own, role), autocommit=True))
        return opened[-1]

    yield connect
    for one in opened:
        one.close()
    with psycopg.connect(admin, autocommit=True) as server:
        server.execute(f'drop database if exists "{own}" with (force)')


@pytest.fixture
def record(django_db_setup: None) -> Iterator[Connect]:
    """``record("web")`` connects as that role, ``record("admin")`` as the server's superuser."""
    with copy_of_the_world("ledger") as connect:
        yield connect


@contextmanager
def tampering(admin: psycopg.Connection[tuple[object, ...]]) -> Iterator[None]:
    """As somebody with every right over the server: the table's own triggers switched off."""
    admin.execute("set session_replication_role = replica")
    yield
    admin.execute("set session_replication_role = origin")


def append(connection: psycopg.Connection[tuple[object, ...]], times: int = 1) -> None:
    """Lines as the application writes them, each in a transaction of its own."""
    for _ in range(times):
        connection.execute("insert into ledger.line (verb, writes) values ('test.happened', true)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a test's anchors go."""
    return tmp_path / "anchors"
