"""`wholestory demo`, `wholestory demo-reset` and `wholestory serve`."""

import argparse
import http.client
import os
import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from wholestory.config.environment import Environment, Refused, current
from wholestory.config.supervisor.children import die_with_parent
from wholestory.config.supervisor.cluster import Cluster, ClusterFailed
from wholestory.config.supervisor.demo_state import DemoState
from wholestory.config.supervisor.keeping import StopAsked, Supervisor, clear_up
from wholestory.config.supervisor.locks import Taken, holding
from wholestory.config.supervisor.places import Places
from wholestory.config.supervisor.processes import processes, step
from wholestory.config.supervisor.system_user import NoSystemUser

WEB_SECONDS = 60
STOP_SECONDS = 60


Run = Callable[[Environment, Supervisor], None]


class CannotStart(Exception):
    """A start that makes no sense now. The text says why and what to do."""


def say(line: str) -> None:
    """One line of progress."""
    print(f"  {line}", flush=True)


def demo(argv: list[str]) -> int:
    """Run the example area until stopped. Returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="wholestory demo", description="Runs the example area with its own database; Ctrl-C stops it."
    )
    parser.add_argument(
        "--stop-with-parent", action="store_true", help="stop when the program that started this one ends"
    )
    chosen = parser.parse_args(argv)
    os.environ["WHOLESTORY_DEMO"] = "on"
    return _supervise(_run_demo, stop_with_parent=chosen.stop_with_parent)


def serve(argv: list[str]) -> int:
    """Run web and worker processes on a database server until stopped. Returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="wholestory serve",
        description="Runs web and worker processes on the database server of DATABASE_URL; Ctrl-C or TERM stops them.",
    )
    parser.parse_args(argv)
    return _supervise(_run_served, stop_with_parent=False)


def demo_reset(argv: list[str]) -> int:
    """Stop the demo and throw its data away. Returns the exit status."""
    argparse.ArgumentParser(
        prog="wholestory demo-reset", description="Stops the demo and throws its data away."
    ).parse_args(argv)
    os.environ["WHOLESTORY_DEMO"] = "on"
    environment = current()
    places = environment.places
    if not places.lock.exists():
        say("There is no demo to reset.")
        return 0
    state = DemoState(places)
    if state.ask_supervisor_to_stop():
        say("Stopping the demo")
    until = time.monotonic() + STOP_SECONDS
    while True:
        try:
            with holding(places.lock):
                clear_up(places.processes)
                _throw_away(places)
            break
        except Taken:
            if time.monotonic() > until:
                print("The demo does not stop. End it, then run make demo-reset again.", file=sys.stderr)
                return 1
            time.sleep(0.1)
    say("The demo's data is gone. The next make demo starts over.")
    return 0


def _throw_away(places: Places) -> None:
    # What the demo made, by name: the folder itself may be one that somebody chose.
    for name in ("postgres", "socket", "files", "anchors", "logs", "backups"):
        shutil.rmtree(places.data / name, ignore_errors=True)
    shutil.rmtree(places.socket_folder, ignore_errors=True)
    state = DemoState(places)
    for file in (places.secrets, places.processes, places.people, state.path, state.supervisor_path):
        file.unlink(missing_ok=True)


def _supervise(run: Run, *, stop_with_parent: bool) -> int:
    parent = os.getppid() if stop_with_parent else None
    if stop_with_parent:
        die_with_parent()
    environment = current()
    places = environment.places
    supervisor = Supervisor(say, places.processes, parent)
    supervisor.listen()
    try:
        with holding(places.lock):
            clear_up(places.processes)
            try:
                DemoState(places).note_supervisor()
                run(environment, supervisor)
            except StopAsked:
                say("Stopping")
            finally:
                supervisor.stop_all()
    except Taken:
        print(f"Wholestory is already running on {places.data}: {environment.site_address}", file=sys.stderr)
        print("Stop that one with Ctrl-C, or choose another folder with WHOLESTORY_DATA.", file=sys.stderr)
        return 1
    except (CannotStart, ClusterFailed, NoSystemUser, Refused) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run_demo(environment: Environment, supervisor: Supervisor) -> None:
    _need_free_ports(environment)
    state = DemoState(environment.places)
    if environment.embedded:
        _start_database(environment, supervisor, state)
    if not state.schema_is_current():
        with _timed("Preparing the database"):
            _run_step(environment, supervisor, "schema", "owner")
            state.note_schema()
    if not state.loaded:
        with _timed("Loading the example area"):
            _run_step(environment, supervisor, "example", "web")
            state.note_loaded()
    _start_processes(environment, supervisor)
    print(f"\nWholestory is running: {environment.site_address}", flush=True)
    if environment.open_pages == "apart":
        print(f"Pages without an account:  {environment.open_pages_address}", flush=True)
    print(
        "Example: invented. Everyone below is made up; sign in as any of them with one click.\n", flush=True
    )
    for line in state.people():
        print(f"  {line}", flush=True)
    print("\nCtrl-C stops it and keeps the data; make demo-reset starts over.", flush=True)
    supervisor.look_after()


def _run_served(environment: Environment, supervisor: Supervisor) -> None:
    if environment.embedded:
        raise CannotStart(
            "wholestory serve needs DATABASE_URL; the demo with its own database is: wholestory demo"
        )
    if environment.open_pages == "apart" and not environment.url_public:
        raise CannotStart(
            "wholestory serve also starts the open pages, as a role of their own: set DATABASE_URL_PUBLIC, or "
            "WHOLESTORY_OPEN_PAGES=together to have the web process answer them"
        )
    _need_free_ports(environment)
    environment.places.logs.mkdir(parents=True, exist_ok=True)
    _start_processes(environment, supervisor)
    say(f"Serving on 127.0.0.1:{environment.port} for {environment.site_address}")
    supervisor.look_after()


def _start_database(environment: Environment, supervisor: Supervisor, state: DemoState) -> None:
    places = environment.places
    if places.cluster.exists() and not state.loaded:
        say("The first start was interrupted; starting over")
        shutil.rmtree(places.cluster)
        state.forget()
    cluster = Cluster(places)
    doing = "Starting the database" if cluster.exists else "Making a database (the first time only)"
    with _timed(doing):
        for folder in cluster.make():
            say(f"(opened the way through {folder} for the database's own system user)")
        kept = supervisor.keep(cluster.child())
        cluster.wait_until_ready(kept.process)


def _start_processes(environment: Environment, supervisor: Supervisor) -> None:
    with _timed("Starting the web and worker processes"):
        for child in processes(environment):
            supervisor.keep(child)
        if not supervisor.wait_for(lambda: _answers(environment.port), WEB_SECONDS):
            raise CannotStart(f"The web process does not answer. Its log: {environment.places.logs}/web.log")
        if environment.open_pages == "apart" and not supervisor.wait_for(
            lambda: _answers(environment.open_pages_port), WEB_SECONDS
        ):
            raise CannotStart(f"The open pages do not answer. Their log: {environment.places.logs}/open.log")


def _run_step(environment: Environment, supervisor: Supervisor, name: str, role: str) -> None:
    status = supervisor.run(step(environment, name, role))
    if status != 0:
        raise CannotStart(f"The step “{name}” failed (status {status}); the lines above say why.")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _need_free_ports(environment: Environment) -> None:
    _need_free_port(environment.port, environment.port + 2)
    if environment.open_pages == "apart":
        _need_free_port(environment.open_pages_port, environment.port + 2)


def _need_free_port(port: int, instead: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotStart(f"Port {port} is in use. Choose another: make demo PORT={instead}") from error


@contextmanager
def _timed(doing: str) -> Iterator[None]:
    began = time.monotonic()
    say(f"{doing} ...")
    yield
    say(f"    done in {time.monotonic() - began:.1f} s")
