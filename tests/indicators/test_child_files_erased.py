"""Files about children go: when their time is over, when the basis ends, when they are put aside. What is left names
nobody, and ids stand in no table but the findings."""

from __future__ import annotations

import base64
import dataclasses
import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from tests.indicators.child_files import BASIS, IDS, TODAY, Holding, a_census, on_the_shelf, referred
from wholestory.access import acting
from wholestory.documents import rotation, shelf
from wholestory.indicators.models import ChildFiles, SealedFile, Value
from wholestory.indicators.operations import erasing, lawful_basis, rewrapping

pytestmark = pytest.mark.django_db
Browse = Callable[..., Client]
Commit = Callable[..., object]


def nothing_is_left(held: Holding, at: str, because: str) -> None:
    load = held.load(at)
    assert (load.state, load.purged_because, load.findings, load.counted) == ("purged", because, [], {})
    assert load.purged_on is not None
    # How often each rule was broken names nobody, and stays.
    assert load.rules
    with held.figures.acting("analyst"):
        assert {bytes(one.wrapped_key) for one in SealedFile.objects.all()} == {b""}
        assert {one.place for one in SealedFile.objects.all()} == {""}
    assert on_the_shelf() == []


def test_on_its_day_and_not_before(held: Holding, django_capture_on_commit_callbacks: Commit) -> None:
    held.basis(keep_days=90)
    at = held.counted()
    held.accepted(at)
    # 14 March and 90 days: 12 June 2016.
    assert held.load(at).purge_on == date(2016, 6, 12)
    board = held.figures.world.board
    assert erasing.erase_due(board, date(2016, 6, 11)) == 0
    assert held.load(at).findings
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert erasing.erase_due(board, date(2016, 6, 12)) == 1
    nothing_is_left(held, at, "time")
    assert erasing.erase_due(board, date(2016, 6, 13)) == 0, "run twice, it finds nothing to do"
    with held.figures.acting("analyst"):
        assert Value.objects.get(measure="C06", label="").in_force, "counts name nobody, and stay"


def test_ending_the_basis_erases_at_once_and_turns_it_off(
    held: Holding, browse: Browse, django_capture_on_commit_callbacks: Commit
) -> None:
    basis = held.basis()
    at = held.counted()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        answer = browse("business_manager").post(
            f"{BASIS}{basis.record.reference}/end/", {"because": "The council counts itself now"}
        )
    assert answer.status_code == 302
    nothing_is_left(held, at, "basis")
    assert held.send(a_census()).status_code == 200
    assert "This is off" in browse("analyst").get("/figures/children/").content.decode()
    assert "Erased on 14 March 2016" in browse("analyst").get(at).content.decode()
    # Recording another turns it on again.
    held.basis()
    assert held.send(a_census()).status_code == 302


def test_what_is_put_aside_is_erased_and_none_of_it_counts(
    held: Holding, browse: Browse, django_capture_on_commit_callbacks: Commit
) -> None:
    held.basis()
    at = held.counted()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        browse("analyst").post(f"{at}erase/")
    nothing_is_left(held, at, "aside")
    page = browse("analyst").get(at)
    assert "it was put aside" in page.content.decode()
    assert "plan" not in page.context
    with held.figures.acting("analyst"):
        assert not Value.objects.exists()


def test_a_basis_that_ends_while_a_file_is_counted_leaves_nothing(held: Holding) -> None:
    basis = held.basis()
    at = str(held.send(a_census())["Location"])
    with held.figures.acting("business_manager") as actor:
        lawful_basis.end(actor=actor, basis=basis, because="Not needed", today=TODAY)
    assert not held.run(at)
    assert held.load(at).findings == []


def test_a_shelf_that_is_away_keeps_only_what_nobody_can_read(
    held: Holding, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    held.basis(keep_days=1)
    at = held.counted()
    board = held.figures.world.board

    def away(_: str) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(shelf, "remove", away)
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            assert erasing.erase_due(board, TODAY + timedelta(days=1)) == 1
    assert held.load(at).findings == []
    assert on_the_shelf()
    with held.figures.acting("analyst"):
        assert {bytes(one.wrapped_key) for one in SealedFile.objects.all()} == {b""}
    assert erasing.clear_shelf(board.pk) == 2
    assert on_the_shelf() == []


def test_ids_stand_in_the_findings_and_in_no_other_table(held: Holding, browse: Browse) -> None:
    held.basis()
    at = held.counted()
    client = browse("analyst")
    for way in ("", "?download=csv", "?download=xlsx", "?rule=PB-01"):
        client.get(at + way)
    held.accepted(at)
    assert any(one["child"] == IDS[2] for one in held.load(at).findings)
    found = set()
    with acting.as_system(held.figures.world.board, "keeper"):
        for table in connection.introspection.table_names():
            with connection.cursor() as cursor:
                cursor.execute("select has_table_privilege(%s, 'select')", [table])
                if not cursor.fetchone()[0]:
                    continue
                quoted = connection.ops.quote_name(table)
                cursor.execute(
                    f"select * from {quoted} t where t::text like any (%s)", [[f"%{key}%" for key in IDS]]
                )
                columns = [column.name for column in cursor.description]
                for row in cursor.fetchall():
                    found |= {
                        (table, name) for name, value in zip(columns, row, strict=True)
                        if any(key in json.dumps(value, default=str) for key in IDS)
                    }  # fmt: skip
    assert found == {("indicators_childfiles", "findings")}


def test_the_key_of_stored_files_can_be_changed(
    held: Holding, browse: Browse, settings: Settings, django_capture_on_commit_callbacks: Commit
) -> None:
    held.basis()
    at = held.counted()
    erased = held.counted(referred("2014-06-02", "2014-02-30"))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        browse("analyst").post(f"{erased}erase/")
    (old,), new = settings.ENVIRONMENT.files_keys, base64.urlsafe_b64encode(os.urandom(32)).decode()
    board = held.figures.world.board
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, files_keys=(new, old))
    # The census and the workbook beside it; what is erased has no key.
    assert rewrapping.rewrap(board) == (2, [])
    assert rotation.rotate(board).rewrapped == 0, "run again, there is nothing to do"
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, files_keys=(new,))
    book = browse("analyst").get(f"{at}beside/")
    assert b"".join(book.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, files_keys=(old,))
    assert rotation.rotate(board).trouble == (held.load(at).record.reference,) * 2


def test_no_clear_text_is_left_on_a_disk(
    held: Holding, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """While it is counted, what stands on the disk under the file's name leads into memory."""
    from wholestory.indicators.operations import counting_children

    seen: list[tuple[bool, bool]] = []
    work = counting_children.work

    def looking(paths: list[Path], asked: object) -> object:
        seen.extend((path.is_symlink(), path.read_bytes().startswith(b"<Message")) for path in paths)
        return work(paths, asked)  # type: ignore[arg-type]

    held.basis()
    at = str(held.send(a_census())["Location"])
    monkeypatch.setattr(counting_children, "work", looking)
    assert held.run(at)
    assert seen == [(True, True)]
    with held.figures.acting("analyst"):
        assert ChildFiles.objects.get().children == 3
