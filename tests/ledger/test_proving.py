"""`wholestory ledger verify` finds a changed line, a missing line, a cut tail and a head rolled back."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.ledger.conftest import KEY, Connect, append, tampering
from wholestory.ledger import anchors, command, proving

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def prove(record: Connect, folder: Path) -> proving.Proof:
    with record("worker").cursor() as cursor:
        return proving.prove(cursor, folder, KEY)


def anchor(record: Connect, folder: Path, at: datetime = NOW) -> bool:
    with record("worker").cursor() as cursor:
        return anchors.write(folder, KEY, proving.heads(cursor), at)


def test_a_whole_record_holds(record: Connect, folder: Path) -> None:
    append(record("web"), 20)
    assert anchor(record, folder)
    append(record("web"), 5)
    proof = prove(record, folder)
    assert proof.whole
    assert proof.lanes == 32
    assert proof.anchors == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("update ledger.line set reason = 'kinder' where number = 3 and lane = 0", "content was changed"),
        (
            "update ledger.line set person = gen_random_uuid() where number = 3 and lane = 0",
            "content was changed",
        ),
        (
            "update ledger.line set at = at - interval '1 day' where number = 3 and lane = 0",
            "content was changed",
        ),
        (
            "update ledger.line set ids = array[gen_random_uuid()] where number = 3 and lane = 0",
            "content was changed",
        ),
        ("delete from ledger.line where number = 2 and lane = 0", "a line before this one is missing"),
        ("delete from ledger.line where number = 1 and lane = 0", "a line before this one is missing"),
        ("update ledger.line set hash = sha256('x') where number = 2 and lane = 0", "content was changed"),
        ("update ledger.lane set head = sha256('x') where lane = 0", "head was changed"),
    ],
)
def test_a_change_is_found_and_named(record: Connect, folder: Path, change: str, why: str) -> None:
    append(record("web"), 6)
    admin = record("admin")
    with tampering(admin):
        admin.execute(change)
    proof = prove(record, folder)
    assert not proof.whole
    assert proof.broken[0].lane == 0
    assert why in proof.broken[0].why


def test_a_cut_tail_is_found_by_the_head(record: Connect, folder: Path) -> None:
    append(record("web"), 6)
    admin = record("admin")
    with tampering(admin):
        admin.execute(
            "delete from ledger.line where lane = 0 and number = (select number from ledger.lane where lane = 0)"
        )
    assert "last lines of the lane are missing" in prove(record, folder).broken[0].why


def cut_back(record: Connect, lines: int) -> int:
    """Cut the last lines of lane 0 and roll its head back with them, so that the lane itself is whole."""
    admin = record("admin")
    with tampering(admin):
        admin.execute(
            "delete from ledger.line where lane = 0 and number > (select number - %s from ledger.lane where lane = 0)",
            [lines],
        )
        admin.execute(
            "update ledger.lane h set (number, head) = (select l.number, l.hash from ledger.line l"
            " where l.lane = h.lane order by l.number desc limit 1) where lane = 0"
        )
        left = admin.execute("select number from ledger.lane where lane = 0").fetchone()
    assert left
    return int(str(left[0]))


def test_a_tail_cut_with_its_head_is_found_only_by_the_anchor(
    record: Connect, folder: Path, tmp_path: Path
) -> None:
    append(record("web"), 6)
    anchor(record, folder)
    left = cut_back(record, 2)
    assert prove(record, tmp_path / "none").whole, "without an anchor nothing shows"
    proof = prove(record, folder)
    assert proof.broken[0].number == left + 1
    assert "it is gone" in proof.broken[0].why


def test_a_lane_written_anew_after_a_cut_is_found_and_the_first_line_named(
    record: Connect, folder: Path
) -> None:
    append(record("web"), 3)
    anchor(record, folder)
    append(record("web"), 3)
    anchor(record, folder, NOW + timedelta(minutes=1))
    left = cut_back(record, 2)
    append(record("web"), 9)
    proof = prove(record, folder)
    assert not proof.whole
    assert proof.broken[0].number <= left + 1
    assert "not what was anchored at 2026-11-22 09:01" in proof.broken[0].why


def test_an_anchor_that_was_changed_or_removed_is_found(record: Connect, folder: Path) -> None:
    for minute in range(3):
        append(record("web"))
        anchor(record, folder, NOW + timedelta(minutes=minute))
    path = folder / "2026-11-22.jsonl"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], lines[1].replace("09:01", "09:02"), lines[2]]) + "\n")
    assert "line 2 was changed" in prove(record, folder).anchors_broken
    path.write_text("\n".join([lines[0], lines[2]]) + "\n")
    assert "line 2 does not follow" in prove(record, folder).anchors_broken
    path.write_text("nonsense\n")
    assert "line 1 is not an anchor" in prove(record, folder).anchors_broken


def test_anchors_follow_one_another_over_midnight(record: Connect, folder: Path) -> None:
    for hour in (0, 20, 40):
        append(record("web"))
        anchor(record, folder, NOW + timedelta(hours=hour))
    assert prove(record, folder).anchors == 3
    (folder / "2026-11-23.jsonl").unlink()
    assert "2026-11-24.jsonl line 1 does not follow" in prove(record, folder).anchors_broken


def test_an_anchor_is_written_only_when_something_grew_or_an_hour_passed(
    record: Connect, folder: Path
) -> None:
    assert anchor(record, folder)
    assert not anchor(record, folder, NOW + timedelta(minutes=1))
    append(record("web"))
    assert anchor(record, folder, NOW + timedelta(minutes=2))
    assert anchor(record, folder, NOW + timedelta(minutes=63))
    held = [json.loads(line) for line in (folder / "2026-11-22.jsonl").read_text().splitlines()]
    assert [len(one["heads"]) for one in held] == [32, 1, 0]


def test_writers_at_once_take_lanes_of_their_own_and_every_line_is_chained(
    record: Connect, folder: Path
) -> None:
    before = prove(record, folder).lines
    writers = [threading.Thread(target=append, args=(record("web"), 50)) for _ in range(8)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    proof = prove(record, folder)
    assert proof.lines == before + 400
    assert proof.whole


def test_writers_in_open_transactions_do_not_wait_for_one_another(record: Connect) -> None:
    first, second = record("web"), record("web")
    with first.transaction():
        append(first)
        second.execute("set lock_timeout = '1s'")
        append(second)


def test_the_command_says_so_in_words_and_by_its_status(
    record: Connect, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    append(record("web"), 3)
    anchor(record, folder)
    assert command.report(prove(record, folder), NOW + timedelta(minutes=2), as_json=False) == 0
    assert "The access record is whole." in capsys.readouterr().out
    left = cut_back(record, 1)
    assert command.report(prove(record, folder), NOW, as_json=False) == 1
    assert f"Broken: lane 0, line {left + 1}" in capsys.readouterr().out
    assert command.report(prove(record, folder), NOW, as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["broken"][0]["number"] == left + 1
    assert told["whole"] is False
