"""A PostgreSQL server shared by whoever uses it at the moment, for tests and benchmarks.

    with embedded_server(Path(".data/test")) as server:
        psycopg.connect(server.address("postgres", "postgres"))

Each user holds a shared file lock. A keeper process of its own runs the server as its child, and stops it when
nobody has held the lock for a few seconds; the kernel lets go of the lock however a user ends.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wholestory.config.supervisor.cluster import Cluster, ClusterFailed, binaries
from wholestory.config.supervisor.keeping import StopAsked, Supervisor
from wholestory.config.supervisor.locks import Taken, holding, is_free
from wholestory.config.supervisor.places import Places

IDLE_SECONDS = 5
START_SECONDS = 90


@dataclass(frozen=True)
class Server:
    """A running server."""

    places: Places

    def address(self, user: str, database: str) -> str:
        """The address of `database` for `user`."""
        return self.places.database_address(user, database)

    @property
    def programs(self) -> Path:
        """The folder of psql, pg_dump and the others."""
        return binaries()


@contextmanager
def embedded_server(data: Path) -> Iterator[Server]:
    """A server whose data is in the folder `data`, started when it is not running. Not durable: for tests.

    Its roles trust whoever reaches the socket; `postgres` is its superuser. Raises ClusterFailed.
    """
    places = Places(data.resolve())
    with holding(places.in_use, shared=True, wait=True):
        _start_keeper_until_it_answers(places)
        yield Server(places)


def _start_keeper_until_it_answers(places: Places) -> None:
    cluster = Cluster(places, durable=False)
    until = time.monotonic() + START_SECONDS
    while not (places.socket_folder.exists() and cluster.answers()):
        if is_free(places.lock):
            _start_keeper(places)
        if time.monotonic() > until:
            raise ClusterFailed(f"The test database did not start. Its logs: {places.logs}")
        time.sleep(0.1)


def _start_keeper(places: Places) -> None:
    places.logs.mkdir(parents=True, exist_ok=True)
    with (places.logs / "keeper.log").open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "wholestory.config.supervisor.embedded", str(places.data)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd="/",
        )
    # It holds the lock soon, or ends because another keeper does.
    while is_free(places.lock) and keeper.poll() is None:
        time.sleep(0.02)
    keeper.returncode = keeper.returncode or 0  # it outlives us: nothing to wait for


def keep(data: Path) -> int:
    """What the keeper does: run the server while anybody uses it. Returns the exit status."""
    places = Places(data)
    supervisor = Supervisor(lambda line: print(line, flush=True), places.processes)
    supervisor.listen()
    try:
        with holding(places.lock):
            try:
                _serve_users(places, supervisor)
            finally:
                supervisor.stop_all()
    except (StopAsked, Taken):
        return 0
    return 0


def _serve_users(places: Places, supervisor: Supervisor) -> None:
    cluster = Cluster(places, durable=False)
    cluster.make()
    cluster.wait_until_ready(supervisor.keep(cluster.child()).process)
    while True:
        _wait_until_unused(supervisor, places)
        try:
            # Held until the server has stopped, so that nobody begins to use it meanwhile.
            with holding(places.in_use):
                supervisor.stop_all()
                return
        except Taken:
            continue


def _wait_until_unused(supervisor: Supervisor, places: Places) -> None:
    last_used = time.monotonic()

    def unused() -> bool:
        nonlocal last_used
        if not is_free(places.in_use):
            last_used = time.monotonic()
        return time.monotonic() - last_used > IDLE_SECONDS

    while not supervisor.wait_for(unused, seconds=3600):
        pass


if __name__ == "__main__":
    sys.exit(keep(Path(sys.argv[1])))
