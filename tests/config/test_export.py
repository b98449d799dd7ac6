"""Everything goes out and comes back equal; what was changed on the way is refused, and nothing is kept of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests import database
from tests.assurance.conftest import Round
from tests.conftest import _where
from tests.personas import World
from wholestory.config.export.coming_back import NotEmpty, bring_back
from wholestory.config.export.going_out import take_out
from wholestory.config.export.manifest import BadExport

pytestmark = pytest.mark.slow

EMPTY = "wst_export_target"


@pytest.fixture
def exported(transactional_db: None, tmp_path: Path) -> Path:
    """An export of the personas' boards with a cycle that was issued."""
    Round(World())
    take_out(database.address(_where["admin"], _where["name"], "backup"), tmp_path, io.StringIO())
    return tmp_path


@pytest.fixture
def empty() -> Iterator[str]:
    """The administrator's address of a system with no board in it."""
    name = f"{EMPTY}_{_where['name'][-12:]}"
    database.clone(_where["admin"], database.template(_where["admin"]), name)
    yield make_conninfo(_where["admin"], dbname=name)
    with psycopg.connect(_where["admin"], autocommit=True) as server:
        server.execute(f'drop database if exists "{name}" with (force)')


def of(address: str) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(address)["dbname"])


def test_what_went_out_comes_back_equal(
    exported: Path, empty: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = bring_back(empty, of(empty), exported)
    assert made.tables["public.assurance_return"].rows == 4
    again = tmp_path_factory.mktemp("again")
    second = take_out(database.address(_where["admin"], of(empty), "backup"), again, io.StringIO())
    assert second.tables == made.tables
    with psycopg.connect(empty) as connection:
        broken = connection.execute("select count(*) from ledger.broken()").fetchone()
        assert broken == (0,)


def test_it_goes_back_into_an_empty_system_only(exported: Path) -> None:
    with pytest.raises(NotEmpty, match="already holds a board"):
        bring_back(make_conninfo(_where["admin"], dbname=_where["name"]), _where["name"], exported)


def test_a_row_changed_on_the_way_is_refused(exported: Path, empty: str) -> None:
    path = exported / "tables" / "public.assurance_return.csv"
    path.write_text(path.read_text().replace("issued", "nil", 1))
    with pytest.raises(BadExport, match="assurance_return"):
        bring_back(empty, of(empty), exported)
    with psycopg.connect(empty) as connection:
        assert connection.execute("select count(*) from partners_board").fetchone() == (0,)


def test_an_export_that_was_not_finished_is_refused(exported: Path, empty: str) -> None:
    (exported / "manifest.json").unlink()
    with pytest.raises(BadExport, match="not finished"):
        bring_back(empty, of(empty), exported)


def test_an_export_of_another_version_is_refused(exported: Path, empty: str) -> None:
    path = exported / "manifest.json"
    path.write_text(path.read_text().replace("0002_need_to_know", "0002_something_else"))
    with pytest.raises(BadExport, match="another version"):
        bring_back(empty, of(empty), exported)
