"""Nothing is left behind, what dies comes back, and nothing acknowledged is lost."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.config.installations import Installation, installation, soon, words
from wholestory.config.supervisor.keeping import clear_up
from wholestory.config.supervisor.locks import Taken, holding, is_free

pytestmark = pytest.mark.slow

SMALL = ("-m", "tests.config.small_installation")


@pytest.fixture
def small() -> Iterator[Installation]:
    with installation(*SMALL) as made:
        yield made


def address(made: Installation) -> str:
    return made.places.database_address("postgres", "postgres")


def answers(made: Installation) -> bool:
    try:
        psycopg.connect(address(made), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(small: Installation, number: signal.Signals) -> None:
    small.start("ready")
    assert len(small.processes()) > 4
    small.send(number)
    assert small.wait() == 0
    assert small.processes() == []
    assert not small.places.processes.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_killing_the_supervisor_leaves_no_process(small: Installation) -> None:
    small.start("ready")
    small.send(signal.SIGKILL)
    small.wait()
    # The one that is deaf to TERM is cleared up by the next start; every other ends by itself.
    assert soon(lambda: {words(process)[-1] for process in small.processes()} <= {"deaf"}), small.processes()
    small.start("ready")
    assert sum(words(process)[-1] == "deaf" for process in small.processes()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_killing_the_starter_of_the_supervisor_leaves_no_process(small: Installation) -> None:
    # As `make` does it: a starter runs the supervisor, and is killed before it can pass anything on.
    starter = "import os, subprocess, sys; subprocess.run([sys.executable, *sys.argv[1:], str(os.getpid())])"
    small.arguments = ("-c", starter, *SMALL)
    small.start("ready")
    small.send(signal.SIGKILL)
    small.wait()
    # Even the one that is deaf: the supervisor itself has time to stop it.
    assert soon(lambda: small.processes() == []), [words(process) for process in small.processes()]


def test_what_is_killed_comes_back(small: Installation) -> None:
    small.start("ready")
    idle = small.named("idle")
    idle.kill()
    assert soon(lambda: small.named("idle").pid != idle.pid)
    server = small.named("/postgres")
    server.kill()
    assert soon(lambda: not server.is_running())
    assert soon(lambda: answers(small))
    assert small.named("/postgres").pid != server.pid


def test_nothing_acknowledged_is_lost_when_the_database_is_killed(small: Installation) -> None:
    small.start("ready")
    with psycopg.connect(address(small), autocommit=True) as connection:
        connection.execute("create table kept (number int primary key)")
    acknowledged: list[int] = []
    enough = threading.Event()

    def write() -> None:
        number = 0
        while not enough.is_set():
            try:
                with psycopg.connect(address(small), autocommit=True, connect_timeout=2) as connection:
                    while not enough.is_set():
                        number += 1
                        connection.execute("insert into kept values (%s)", [number])
                        acknowledged.append(number)
            except psycopg.OperationalError:
                continue

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(3):
            before = len(acknowledged)
            assert soon(lambda before=before: len(acknowledged) > before + 100)
            small.named("/postgres").kill()
        before = len(acknowledged)
        assert soon(lambda: len(acknowledged) > before + 100)
        small.send(signal.SIGKILL)  # and the supervisor, in the middle of writing
        small.wait()
    finally:
        enough.set()
        writer.join()
    small.start("ready")
    with psycopg.connect(address(small)) as connection:
        kept = {row[0] for row in connection.execute("select number from kept")}
    assert set(acknowledged) - kept == set()
    assert len(acknowledged) > 400


def test_a_pid_file_that_names_another_program_does_not_stop_the_start(small: Installation) -> None:
    small.start("ready")
    pid_file = small.places.cluster / "postmaster.pid"
    text = pid_file.read_text()
    small.send(signal.SIGTERM)
    small.wait()
    # The number of a living process that is no database: this test itself.
    pid_file.write_text(text.replace(text.split("\n")[0], str(os.getpid()), 1))
    small.start("ready")
    assert answers(small)


def test_one_data_folder_has_one_supervisor(small: Installation) -> None:
    small.start("ready")
    assert not is_free(small.places.lock)
    with pytest.raises(Taken), holding(small.places.lock):
        pass
    small.send(signal.SIGKILL)
    small.wait()
    assert soon(lambda: is_free(small.places.lock))


def test_a_list_of_processes_never_hits_a_reused_number(tmp_path: Path) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        noted = tmp_path / "processes.json"
        began = psutil.Process(left.pid).create_time()
        noted.write_text(json.dumps([[bystander.pid, 1.0], [left.pid, began], [999999, 1.0]]))
        clear_up(noted)
        assert bystander.poll() is None
        left.wait(timeout=5)
        assert not noted.exists()
    finally:
        bystander.kill()
        bystander.wait()
        left.wait()


def test_a_test_server_starts_for_its_first_user_and_stops_after_its_last() -> None:
    user = """import sys, time
from pathlib import Path
from wholestory.config.supervisor.embedded import embedded_server
with embedded_server(Path(sys.argv[1])):
    print("ready", flush=True)
    time.sleep(60)
"""
    with installation("-c", user) as made:
        made.arguments = ("-c", user, str(made.data))
        made.start("ready")
        other = Installation(made.data, "-c", user, str(made.data))
        other.start("ready")
        made.send(signal.SIGKILL)
        made.wait()
        assert answers(made)  # somebody still uses it
        other.send(signal.SIGKILL)
        other.wait()
        assert soon(lambda: made.processes() == [], 20)
