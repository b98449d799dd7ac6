"""The access record: lines a second with eight writers, and how fast all of it is proved."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.installation import DATABASE
from benchmarks.measuring import Timing
from benchmarks.people import Area
from wholestory.config.supervisor.cluster import binaries
from wholestory.config.supervisor.places import Places

WRITERS, SECONDS = 8, 12

BEGIN = "begin;\nselect access_act_as('{person}', '{seat}');\n"
LINE = (
    "insert into ledger.line (board, verb, kind, record, ids, reason, writes) values"
    " ('{board}', 'example.read', 'assurance.return', '{record}', '{{}}', 'benchmark', false);\n"
)
WORK = "select pg_sleep(0.01);\n"
SCRIPTS = {
    "no line": BEGIN + "commit;\n",
    "a line": BEGIN + LINE + "commit;\n",
    "no line, 10 ms of work": BEGIN + WORK + "commit;\n",
    "a line, then 10 ms of work": BEGIN + LINE + WORK + "commit;\n",
}


def measure(area: Area, places: Places) -> dict[str, Any]:
    """Writers first, then the proof of everything there is."""
    person, seat = area.leads[0].person, area.leads[0].seat
    names = {"person": person.id, "seat": seat.id, "board": area.board.id, "record": area.live.record_id}
    written = [{"script": name, **_write(places, text.format(**names))} for name, text in SCRIPTS.items()]
    return {"writers": WRITERS, "written": written, "proof": _prove(places)}


def _write(places: Places, script: str) -> dict[str, float]:
    """Transactions a second of eight sessions, by PostgreSQL's own pgbench; p95 from its log."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "script.sql"
        path.write_text(script, encoding="utf-8")
        address = places.database_address("wholestory_web", DATABASE)
        subprocess.run(
            [
                str(binaries() / "pgbench"), "-n", "-c", str(WRITERS), "-j", "2", "-T", str(SECONDS), "-f", str(path),
                "--log", f"--log-prefix={folder}/took", address,
            ],
            check=True, capture_output=True,
        )  # fmt: skip
        took = Timing()
        for log in Path(folder).glob("took*"):
            took.milliseconds += [int(line.split()[2]) / 1000 for line in log.read_text().splitlines()]
    return {"per_second": len(took.milliseconds) / SECONDS, "p95": took.p95}


def _prove(places: Places) -> dict[str, float]:
    address = places.database_address("wholestory_worker", DATABASE)
    with psycopg.connect(address) as connection:
        heads = connection.execute("select coalesce(sum(number), 0), count(*) from ledger.heads()").fetchone()
        began = time.perf_counter()
        broken = connection.execute("select count(*) from ledger.broken()").fetchone()
        took = time.perf_counter() - began
    lines, lanes = (int(n) for n in heads or (0, 0))
    return {
        "lines": lines, "lanes": lanes, "seconds": took, "per_second": lines / took,
        "broken": broken[0] if broken else -1,
    }  # fmt: skip
