"""Adding, describing and removing files: what is kept, what is refused, what stays on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from tests.documents.conftest import EICAR, NOW, PNG, TODAY, FakeScanner, upload, word
from tests.personas import World
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.documents import jobs, operations, queries, sealing, shelf
from wholestory.documents.models import EvidenceLink, Marking, RemovedBecause, StoredFile
from wholestory.documents.operations import Description, NotNow
from wholestory.documents.rules import content
from wholestory.documents.rules.content import NotTaken
from wholestory.ledger import reading as access_record
from wholestory.partners.models import Person
from wholestory.records.models import Record

Keep = Callable[..., StoredFile]


def clear(file: StoredFile) -> bytes:
    return b"".join(shelf.handed_out(file.place, bytes(file.wrapped_key), file.id))


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def verbs(world: World, record: Record) -> list[str]:
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        return [seen.verb for seen in access_record.seen(record.id)]


def test_a_file_is_kept_sealed_outside_the_web_root(keep: Keep, own_shelf: Path, settings: Settings) -> None:
    file = keep(b"We keep children safe.\n" * 9000)
    (stored,) = on_disk(own_shelf)
    assert b"children" not in stored.read_bytes()
    assert stored.stat().st_mode & 0o077 == 0
    assert not stored.is_relative_to(settings.STATIC_ROOT)
    assert clear(file) == b"We keep children safe.\n" * 9000
    assert file.size == 9000 * 23
    assert file.sha256 not in stored.name


def test_a_file_has_a_cover_sheet_in_the_circle_of_its_record(
    keep: Keep, school_return: Record, world: World
) -> None:
    file = keep(name="../Safer recruitment.txt")
    assert (file.record.kind, file.record.circle_id, file.record.retention) == (
        "documents.file", school_return.circle_id, "assurance",
    )  # fmt: skip
    assert file.record.reference.startswith("FI-")
    assert (file.name, file.marking, file.scan_state) == (
        "Safer recruitment.txt",
        Marking.OFFICIAL_SENSITIVE,
        "unscanned",
    )
    assert "documents.added" in verbs(world, file.record)


def test_what_is_refused_leaves_nothing_on_the_shelf(keep: Keep, own_shelf: Path) -> None:
    for name, made in (
        ("a.exe", b"MZ"),
        ("a.pdf", b"not one"),
        ("a.docx", word({"word/vbaProject.bin": b""})),
        ("a.txt", b""),
    ):
        with pytest.raises(NotTaken):
            keep(made, name)
    assert on_disk(own_shelf) == []


def test_something_harmful_is_refused_and_the_attempt_stays_on_record(
    keep: Keep, scanner_at: Callable[..., FakeScanner], own_shelf: Path, world: World, school_return: Record
) -> None:
    scanner_at()
    with (
        acting.acting_as(world.people["head"], world.seats["head"]),
        pytest.raises(NotTaken, match="virus scanner found"),
    ):
        operations.keep(
            actor=world.people["head"],
            about=school_return,
            upload=upload("bill.txt", EICAR),
            today=TODAY,
            now=NOW,
        )
    assert on_disk(own_shelf) == []
    assert "documents.refused" in verbs(world, school_return)


def test_clean_and_failed_scans_are_kept_apart(keep: Keep, scanner_at: Callable[..., FakeScanner]) -> None:
    scanner_at()
    clean = keep()
    scanner_at(b"")
    failed = keep()
    assert (clean.scan_state, clean.scanned_at, failed.scan_state) == ("clean", NOW, "failed")
    assert queries.why_closed(clean) == ""
    assert "could not be scanned" in queries.why_closed(failed)


def test_an_unscanned_file_is_open_only_where_no_scanner_is_set_up(
    keep: Keep, scanner_at: Callable[..., FakeScanner]
) -> None:
    file = keep()
    assert queries.why_closed(file) == ""
    scanner_at()
    assert "has not been scanned" in queries.why_closed(file)


def test_a_later_scan_opens_the_clean_and_closes_the_harmful(
    keep: Keep, scanner_at: Callable[..., FakeScanner], world: World, as_head: Person
) -> None:
    harmless, harmful = keep(), keep(EICAR, "later.txt")
    scanner_at()
    assert jobs.scan_waiting(timestamp=0) == 2
    assert jobs.scan_waiting(timestamp=0) == 0
    harmless.refresh_from_db()
    harmful.refresh_from_db()
    assert (harmless.scan_state, harmful.scan_state) == ("clean", "infected")
    assert "cannot be opened" in queries.why_closed(harmful)


def test_no_more_files_than_one_record_may_have(keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "MOST_FOR_ONE_RECORD", 1)
    keep()
    with pytest.raises(NotTaken, match="There are 1 files here already"):
        keep()


def test_only_those_who_may_write_to_the_record_add_files(world: World, school_return: Record) -> None:
    for name in ("chair", "police_lead", "stranger"):
        with acting.acting_as(world.people[name], world.seats.get(name)), pytest.raises(NotForYou):
            operations.keep(
                actor=world.people[name],
                about=school_return,
                upload=upload("a.txt", b"x"),
                today=TODAY,
                now=NOW,
            )


def test_versions_follow_each_other_and_both_stay(keep: Keep, as_head: Person, school_return: Record) -> None:
    first = keep(b"first")
    second = keep(b"second", instead_of=first)
    assert (second.version, second.series, second.supersedes_id) == (2, first.series, first.id)
    assert [line.reference for line in queries.evidence(school_return).files] == [second.record.reference]
    page = queries.page(second)
    assert [(one.version, one.current) for one in page.versions] == [(2, True), (1, False)]
    assert (clear(first), clear(second)) == (b"first", b"second")
    with pytest.raises(NotNow, match="newer version"):
        keep(b"third", instead_of=first)


def test_describing_changes_what_is_said_and_notes_a_lower_marking(
    keep: Keep, as_head: Person, world: World
) -> None:
    file = keep()
    said = Description(Marking.OFFICIAL, date(2015, 9, 1), date(2016, 9, 1), world.people["head"])
    operations.describe(actor=as_head, file=file, described=said)
    file.refresh_from_db()
    assert (file.marking, file.document_on, file.review_on, file.owner) == (
        "OFFICIAL", date(2015, 9, 1), date(2016, 9, 1), world.people["head"],
    )  # fmt: skip
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        lines = access_record.seen(file.record_id)
    assert ("documents.described", "marking_lowered") in {(line.verb, line.reason) for line in lines}


def test_removing_deletes_the_content_and_keeps_who_and_why(
    keep: Keep,
    as_head: Person,
    own_shelf: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    school_return: Record,
) -> None:
    file = keep()
    with django_capture_on_commit_callbacks(execute=True):
        operations.remove(actor=as_head, file=file, because=RemovedBecause.TOO_MUCH, now=NOW)
    file.refresh_from_db()
    assert on_disk(own_shelf) == []
    assert (bytes(file.wrapped_key), file.removed_by, file.removed_because) == (b"", as_head, "too_much")
    assert file.name == "Name taken away", "a name can say too much as well"
    assert not queries.evidence(school_return)
    assert queries.why_closed(file) == "This file was removed."
    with pytest.raises(sealing.Tampered):
        shelf.handed_out(file.place, bytes(file.wrapped_key), file.id)
    with pytest.raises(NotNow):
        operations.remove(actor=as_head, file=file, because=RemovedBecause.MISTAKE, now=NOW)


def test_links_are_web_addresses(as_head: Person, school_return: Record) -> None:
    link = operations.add_link(
        actor=as_head,
        about=school_return,
        url="https://www.example.org/policy",
        label="Our policy",
        today=TODAY,
    )
    assert queries.evidence(school_return).links[0].label == "Our policy"
    with pytest.raises(NotTaken):
        operations.add_link(
            actor=as_head, about=school_return, url="javascript:alert(1)", label="x", today=TODAY
        )
    operations.remove_link(actor=as_head, link=link, now=NOW)
    assert not queries.evidence(school_return)
    assert EvidenceLink.objects.get().removed_by == as_head


@pytest.mark.parametrize("harm", ["changed", "swapped", "gone", "cut"])
def test_a_file_that_is_not_as_it_was_stored_is_never_handed_out(
    keep: Keep, own_shelf: Path, harm: str
) -> None:
    file, other = keep(PNG * 3000, "a.png"), keep(PNG, "b.png")
    stored, strange = own_shelf / file.place, own_shelf / other.place
    if harm == "gone":
        stored.unlink()
    elif harm == "swapped":
        stored.write_bytes(strange.read_bytes())
    elif harm == "cut":
        stored.write_bytes(stored.read_bytes()[:-70_000])
    else:
        stored.write_bytes(stored.read_bytes()[:-1] + b"\x00")
    with pytest.raises((sealing.Tampered, shelf.Unreachable)):
        # Before the first piece comes: nothing may have been sent when it is found out.
        shelf.handed_out(file.place, bytes(file.wrapped_key), file.id)


def test_a_shelf_that_takes_nothing_keeps_nothing(keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(shelf.Unreachable):
        keep()


def test_rows_that_cannot_be_written_take_the_file_off_the_shelf(
    keep: Keep, own_shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr(operations, "_write_down", broken)
    with pytest.raises(RuntimeError):
        keep()
    assert on_disk(own_shelf) == []


def test_the_database_holds_no_key_that_opens_a_file(keep: Keep) -> None:
    file, somebody_elses = keep(), sealing.Keys(("A" * 43 + "=",))
    with pytest.raises(sealing.KeyMissing):
        somebody_elses.unwrap(bytes(file.wrapped_key), file.id)


def test_evidence_of_thirty_records_costs_as_much_as_of_three(
    keep: Keep, as_head: Person, school_return: Record, django_assert_num_queries: Any
) -> None:
    for number in range(4):
        keep(name=f"{number}.txt")
    operations.add_link(actor=as_head, about=school_return, url="https://example.org", label="x", today=TODAY)
    with django_assert_num_queries(2):
        found = queries.evidence_of([school_return.id])
    assert len(found[school_return.id]) == 5
    assert content.MOST_AT_ONCE == 10


def test_when_the_newest_version_was_a_mistake_the_one_before_is_the_newest_again(
    keep: Keep, as_head: Person, school_return: Record
) -> None:
    first = keep(b"first")
    second = keep(b"second", instead_of=first)
    third = keep(b"third", instead_of=second)
    operations.remove(actor=as_head, file=second, because=RemovedBecause.MISTAKE, now=NOW)
    assert [line.version for line in queries.evidence(school_return).files] == [3]
    operations.remove(actor=as_head, file=third, because=RemovedBecause.MISTAKE, now=NOW)
    assert [line.version for line in queries.evidence(school_return).files] == [1]
    assert queries.page(first).is_newest
    with pytest.raises(NotNow, match="was removed"):
        keep(b"x", instead_of=third)
    fourth = keep(b"fourth", instead_of=first)
    assert (fourth.version, fourth.supersedes) == (4, third)
    assert [line.version for line in queries.evidence(school_return).files] == [4]
