"""Changing the files key: old files stay readable, and the old key can be put away afterwards."""

from __future__ import annotations

import base64
import dataclasses
import io
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.personas import World
from wholestory.access import acting
from wholestory.documents import operations, rotation, sealing, shelf
from wholestory.documents.models import RemovedBecause, StoredFile

Keep = Callable[..., StoredFile]


def use(settings: Settings, *keys: str) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, files_keys=keys)


def new_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def said() -> str:
    out = io.StringIO()
    call_command("rotate_files_key", stdout=out)
    return out.getvalue()


def clear(file: StoredFile, world: World) -> bytes:
    with acting.acting_as(world.people["head"], world.seats["head"]):
        now = StoredFile.objects.get(pk=file.pk)
    return b"".join(shelf.handed_out(now.place, bytes(now.wrapped_key), now.id))


def test_files_stay_readable_and_the_old_key_can_go(keep: Keep, settings: Settings, world: World) -> None:
    (old,), new = settings.ENVIRONMENT.files_keys, new_key()
    before = keep(b"kept under the old key")
    use(settings, new, old)
    after = keep(b"kept under the new key")
    assert "1 wrapped anew" in said()
    assert "Every file's key is wrapped by the first key" in said()
    assert "1 wrapped anew" not in said()
    use(settings, new)
    assert clear(before, world) == b"kept under the old key"
    assert clear(after, world) == b"kept under the new key"
    use(settings, old)
    with pytest.raises(sealing.KeyMissing):
        clear(before, world)


def test_the_sealed_files_are_not_touched(
    keep: Keep, settings: Settings, own_shelf: Any, world: World
) -> None:
    file = keep()
    stored = own_shelf / file.place
    before = stored.read_bytes()
    use(settings, new_key(), *settings.ENVIRONMENT.files_keys)
    said()
    assert stored.read_bytes() == before


def test_a_missing_key_is_named_and_nothing_is_harmed(keep: Keep, settings: Settings, world: World) -> None:
    file, old = keep(), settings.ENVIRONMENT.files_keys
    use(settings, new_key())
    with pytest.raises(CommandError, match=file.record.reference):
        said()
    use(settings, *old)
    assert clear(file, world) == b"We keep children safe.\n"


def test_removed_files_have_no_key_to_wrap(
    keep: Keep, settings: Settings, world: World, as_head: Any
) -> None:
    file = keep()
    operations.remove(actor=as_head, file=file, because=RemovedBecause.MISTAKE, now=file.created_at)
    use(settings, new_key(), *settings.ENVIRONMENT.files_keys)
    assert "1 wrapped" not in said()


def test_many_files_cost_no_more_queries_than_few(keep: Keep, settings: Settings, world: World) -> None:
    def cost() -> int:
        use(settings, new_key(), *settings.ENVIRONMENT.files_keys)
        with CaptureQueriesContext(connection) as captured:
            rotation.rotate(world.board)
        return len(captured)

    keep()
    few = cost()
    for number in range(10):
        keep(name=f"{number}.txt")
    assert cost() == few
