"""A PostgreSQL of the benchmarks' own, with a made-up area in it. Durable like the demo's: it syncs every commit."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from wholestory.config.supervisor.cluster import Cluster
from wholestory.config.supervisor.demo_state import schema_of_the_code
from wholestory.config.supervisor.keeping import Supervisor, clear_up
from wholestory.config.supervisor.locks import holding
from wholestory.config.supervisor.places import CHECKOUT, Places

Say = Callable[[str], None]
DATABASE = "wholestory"

#: Row-level security does not bind this role. It exists in the benchmarks' server only, to compare with.
BYPASSING = "wholestory_bench"


class NotMade(Exception):
    """The area could not be made; the lines above say why."""


def environment(data: Path, port: int) -> dict[str, str]:
    """Variables for every process of a benchmark; set before Django reads its settings."""
    return {
        "WHOLESTORY_DEMO": "on",
        "WHOLESTORY_DATA": str(data),
        "WHOLESTORY_LOG_LEVEL": "WARNING",
        "WHOLESTORY_ROLE": "web",
        "WHOLESTORY_DATABASE_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "wholestory.config.settings",
        "PORT": str(port),
    }


@contextmanager
def running(data: Path, scale: str, say: Say) -> Iterator[Places]:
    """The server, with an area of ``scale`` made now or before. Raises NotMade."""
    places = Places(data.resolve())
    with holding(places.lock):
        clear_up(places.processes)
        wanted = {"schema": schema_of_the_code(), "area": area_of_the_code(scale)}
        kept = places.data / "bench.json"
        if places.cluster.exists() and _read(kept) != wanted:
            say("The schema or the made-up area has changed since: starting over")
            shutil.rmtree(places.cluster)
        kept_whole = places.cluster.exists()
        supervisor, cluster = Supervisor(say, places.processes), Cluster(places)
        try:
            cluster.make()
            cluster.wait_until_ready(supervisor.keep(cluster.child()).process)
            if not kept_whole:
                _make(places, scale, say)
                kept.write_text(json.dumps(wanted), encoding="utf-8")
            yield places
        finally:
            supervisor.stop_all()


def area_of_the_code(scale: str) -> str:
    """A hash of what an area of this scale is made from."""
    digest = hashlib.sha256(scale.encode())
    for path in sorted((CHECKOUT / "wholestory" / "config" / "example").glob("scale*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _make(places: Places, scale: str, say: Say) -> None:
    began = time.monotonic()
    say("Preparing the database")
    _run("wholestory.config.supervisor.first_run", "schema", role="owner")
    say(f"Making up an area of the size “{scale}” (once; a few minutes)")
    _run("wholestory", "example", "--scale", scale, role="web")
    with psycopg.connect(places.database_address("postgres", DATABASE), autocommit=True) as admin:
        _make_the_bypassing_role(admin)
        admin.execute("vacuum analyze")
        admin.execute("checkpoint")
    say(f"    made in {time.monotonic() - began:.0f} s")


def _make_the_bypassing_role(admin: psycopg.Connection) -> None:
    if admin.execute("select 1 from pg_roles where rolname = %s", [BYPASSING]).fetchone() is None:
        admin.execute(f"create role {BYPASSING} login bypassrls in role wholestory_web")
    # What the web role is set to, so that only row-level security differs.
    admin.execute(f"alter role {BYPASSING} set plan_cache_mode = force_custom_plan")


def _run(module: str, *arguments: str, role: str) -> None:
    made = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=CHECKOUT, env={**os.environ, "WHOLESTORY_ROLE": role}, check=False,
    )  # fmt: skip
    if made.returncode:
        raise NotMade(f"“{' '.join(arguments)}” failed (status {made.returncode}); the lines above say why.")


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
