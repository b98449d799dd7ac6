"""The role of the open pages, in a database of its own: the published versions through one function, and no table."""

from __future__ import annotations

import json
from collections.abc import Iterator

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from tests.access import proof
from tests.access.proof import Connect
from tests.indicators.people import Figures, bring_in_figures_people
from tests.ledger.conftest import copy_of_the_world
from tests.performance.quarter import MOMENT, WHEN
from tests.performance.test_public import prepared
from tests.personas import World
from wholestory.performance.operations import public

ASK = "select performance_reports_published(%s)"


@pytest.fixture(scope="module")
def connect(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Connect]:
    """A board with one version that was published, then another that is only prepared."""
    with copy_of_the_world("published") as found:
        with django_db_blocker.unblock(), proof.django_on(found):
            world = World()
            bring_in_figures_people(world)
            figures = Figures(world)
            report, version = prepared(figures)
            with figures.acting() as actor:
                public.propose(actor=actor, public=version, approver=world.people["chair"], **WHEN)
            with figures.acting("chair") as actor:
                public.publish(actor=actor, public=version, now=MOMENT)
            with figures.acting() as actor:
                public.prepare(actor=actor, report=report, **WHEN)
        yield found


def test_the_open_role_is_shown_what_is_published_and_no_draft(connect: Connect) -> None:
    row = connect("public").execute(ASK, ["north"]).fetchone()
    assert row
    shown = row[0] if isinstance(row[0], dict) else json.loads(str(row[0]))
    assert set(shown) == {"board", "example", "day", "reports"}
    assert [set(one) for one in shown["reports"]] == [{"label", "period_end", "number", "document", "on"}]
    assert shown["reports"][0]["number"] == 1
    assert "72.5%" in str(shown["reports"][0]["document"])
    for told in ("'57'", "95.0", "'48'", "96.0", "Wen Tarrant"):
        assert told not in str(shown), told


def test_another_board_and_no_board_show_nothing(connect: Connect) -> None:
    row = connect("public").execute(ASK, ["south"]).fetchone()
    assert row
    shown = row[0] if isinstance(row[0], dict) else json.loads(str(row[0]))
    assert shown["reports"] == []
    assert connect("public").execute(ASK, ["no-such-board"]).fetchone() == (None,)


@pytest.mark.parametrize(
    "table", ["publicversion", "publiclog", "publiccells", "quarterlyreport", "reportfigures", "agencypage"]
)
def test_the_open_role_reads_no_table_of_reports(connect: Connect, table: str) -> None:
    role = connect("public")
    role.execute(ASK, ["north"])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        role.execute(f"select 1 from performance_{table}")


def test_nothing_is_left_open_behind_the_function(connect: Connect) -> None:
    # The site's own role asks it, and sees no more afterwards than before.
    role = connect("web")
    role.execute("begin")
    role.execute(ASK, ["north"])
    row = role.execute("select count(*) from performance_publicversion").fetchone()
    role.execute("rollback")
    assert row == (0,)
