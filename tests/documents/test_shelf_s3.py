"""The same shelf in an S3-compatible store, against a stand-in for one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from tests.documents.conftest import NOW, PNG
from tests.personas import World
from wholestory.access import acting
from wholestory.documents import operations, sealing, shelf
from wholestory.documents.models import RemovedBecause, StoredFile

Keep = Callable[..., StoredFile]


@pytest.fixture
def bucket(settings: Settings, own_shelf: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket of this test's own; the shelf uses it."""
    settings.ENVIRONMENT = dataclasses.replace(
        settings.ENVIRONMENT, files_in="s3", s3_bucket="board-files", s3_region="eu-west-2", s3_access_key="test",
        s3_secret_key="test",
    )  # fmt: skip
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    shelf.storage.cache_clear()
    with mock_aws():
        store = boto3.resource("s3", region_name="eu-west-2")
        yield store.create_bucket(
            Bucket="board-files", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
        )


def clear(file: StoredFile) -> bytes:
    return b"".join(shelf.handed_out(file.place, bytes(file.wrapped_key), file.id))


def test_a_file_is_kept_sealed_in_the_bucket_and_comes_back(bucket: Any, keep: Keep) -> None:
    content = PNG + b"Willow Lane Academy " * 20_000
    file = keep(content, "a.png")
    (stored,) = bucket.objects.all()
    assert stored.key == file.place
    assert b"Willow" not in stored.get()["Body"].read()
    assert clear(file) == content


def test_a_changed_or_missing_object_is_noticed(bucket: Any, keep: Keep) -> None:
    changed, gone = keep(name="a.txt"), keep(name="b.txt")
    bucket.Object(changed.place).put(Body=b"WSF1 something else")
    bucket.Object(gone.place).delete()
    with pytest.raises(sealing.Tampered):
        clear(changed)
    with pytest.raises(shelf.Unreachable):
        clear(gone)


def test_removing_deletes_the_object(
    bucket: Any, keep: Keep, world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    file = keep()
    head = world.people["head"]
    with django_capture_on_commit_callbacks(execute=True), acting.acting_as(head, world.seats["head"]):
        operations.remove(actor=head, file=file, because=RemovedBecause.MISTAKE, now=NOW)
    assert list(bucket.objects.all()) == []


def test_a_store_that_is_away_keeps_nothing_and_says_so(bucket: Any, keep: Keep, settings: Settings) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, s3_bucket="no-such-bucket")
    shelf.storage.cache_clear()
    with pytest.raises(shelf.Unreachable):
        keep()
