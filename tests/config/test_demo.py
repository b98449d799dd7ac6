"""`wholestory demo`, from its first start to its reset."""

import http.client
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.config.installations import Installation, installation, soon
from wholestory.config.supervisor.places import CHECKOUT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]

READY = "Ctrl-C stops it"
FIRST_START_SECONDS = 600
SECOND_START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture(scope="module")
def kept() -> Iterator[Installation]:
    """One demo for the whole file: its first start is the expensive part."""
    ports = {
        "PORT": str(free_port()),
        "WHOLESTORY_OPEN_PORT": str(free_port()),
        "WHOLESTORY_OPEN_PAGES": "apart",
    }
    with installation("-m", "wholestory", "demo", WHOLESTORY_LOG_LEVEL="INFO", **ports) as made:
        made.start(READY, FIRST_START_SECONDS)
        yield made


@pytest.fixture
def demo(kept: Installation) -> Installation:
    """The demo, running."""
    if kept.process is None or kept.process.poll() is not None:
        kept.start(READY, FIRST_START_SECONDS)
    return kept


def ask(demo: Installation, path: str) -> tuple[int, dict[str, Any]]:
    """Status and JSON of an answer; status 0 when there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", int(demo.variables["PORT"]), timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException):
        return 0, {}
    finally:
        connection.close()
    return answer.status, json.loads(body) if "json" in answer.headers.get("Content-Type", "") else {}


def ready(demo: Installation) -> bool:
    return ask(demo, "/readyz")[0] == 200


def test_it_says_where_it_is_and_who_may_be_signed_in_as(demo: Installation) -> None:
    said = "".join(demo.lines)
    assert f"http://localhost:{demo.variables['PORT']}" in said
    assert f"http://localhost:{demo.variables['WHOLESTORY_OPEN_PORT']}" in said
    assert "Example: invented" in said
    assert len(json.loads(demo.places.people.read_text())["people"]) >= 5
    assert ask(demo, "/healthz") == (200, {"alive": True})
    assert soon(lambda: ready(demo), 60), ask(demo, "/readyz")


@pytest.mark.parametrize("word", ["gunicorn", "worker", "/postgres"])
def test_a_killed_process_comes_back(demo: Installation, word: str) -> None:
    assert soon(lambda: ready(demo), 60)
    before = demo.named(word)
    before.kill()
    assert soon(lambda: not before.is_running())
    assert soon(lambda: ready(demo), 90), ask(demo, "/readyz")
    assert demo.named(word).pid != before.pid


def test_it_does_not_start_twice_on_one_folder_or_one_port(demo: Installation) -> None:
    again = Installation(demo.data, *demo.arguments, **{**demo.variables, "PORT": str(free_port())})
    with pytest.raises(AssertionError, match="already running"):
        again.start(READY)
    with (
        installation("-m", "wholestory", "demo", PORT=demo.variables["PORT"]) as elsewhere,
        pytest.raises(AssertionError, match="Choose another: make demo PORT="),
    ):
        elsewhere.start(READY)


def test_stopping_leaves_no_process_and_keeps_the_data_for_a_quick_second_start(demo: Installation) -> None:
    demo.send(signal.SIGINT)
    assert demo.wait() == 0
    assert demo.processes() == []
    demo.start(READY, SECOND_START_SECONDS)
    assert "Loading" not in "".join(demo.lines)
    assert "Preparing" not in "".join(demo.lines)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_killing_it_leaves_no_process(demo: Installation) -> None:
    demo.send(signal.SIGKILL)
    demo.wait()
    assert soon(lambda: demo.processes() == [], 30), demo.processes()
    demo.start(READY, SECOND_START_SECONDS)


def test_a_reset_stops_it_and_throws_its_data_away(demo: Installation) -> None:
    reset = Installation(demo.data, "-m", "wholestory", "demo-reset")
    reset.start("The demo's data is gone")
    assert reset.wait() == 0
    assert demo.wait() == 0
    assert demo.processes() == []
    assert not demo.places.cluster.exists()
    assert not demo.places.secrets.exists()


def test_serving_without_a_database_is_refused() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "wholestory", "serve"],
        cwd=CHECKOUT,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "DATABASE_URL is not set" in ran.stderr
