"""On an ordinary server: TCP, passwords, an administrator who is no superuser, an older version; no demo anywhere."""

import base64
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.config.installations import Installation, soon
from wholestory.config.supervisor.cluster import binaries
from wholestory.config.supervisor.places import CHECKOUT
from wholestory.config.supervisor.system_user import system_user

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]

ROLES = ("owner", "web", "worker", "public", "backup")
OLDER = binaries().parents[1] / "pginstall" / "bin"
"""The wheel also carries PostgreSQL 16."""


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """An ordinary server."""

    folder: Path
    port: int
    password: str

    def address(self, user: str, database: str = "wholestory") -> str:
        return f"postgresql://{user}:{self.password}@127.0.0.1:{self.port}/{database}"

    def answers(self) -> bool:
        try:
            psycopg.connect(self.address("postgres", "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """PostgreSQL 16 with passwords, listening on a port, with an administrator who may only make roles."""
    user = system_user()
    folder = CHECKOUT / ".data" / f"server-{os.getpid()}"
    made = Server(folder, free_port(), secrets.token_urlsafe(12))
    user.own(folder)
    user.open_way_to(folder)
    password = CHECKOUT / ".data" / f"server-password-{os.getpid()}"
    password.write_text(made.password)
    data = folder / "data"
    with_passwords = ("--auth", "scram-sha-256", "--pwfile", str(password))
    subprocess.run(
        [
            OLDER / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            *with_passwords,
            "--encoding",
            "UTF8",
            "--locale",
            "C",
            "-N",
        ],
        check=True,
        capture_output=True,
        **user.switch,
    )
    password.unlink()
    running = subprocess.Popen(
        [
            OLDER / "postgres",
            "-D",
            data,
            "-p",
            str(made.port),
            "-h",
            "127.0.0.1",
            "-k",
            folder,
            "-c",
            "fsync=off",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **user.switch,
    )
    try:
        assert soon(made.answers, 60)
        with psycopg.connect(made.address("postgres", "postgres"), autocommit=True) as admin:
            words = "create role dba login createrole createdb bypassrls password {}"
            admin.execute(sql.SQL(words).format(sql.Literal(made.password)))
        yield made
    finally:
        running.terminate()
        running.wait()
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def settings(server: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of a real installation on that server, prepared and migrated as the how-to says."""
    made = _addresses_and_keys(server, tmp_path_factory.mktemp("real"))
    admin_address = server.address("dba", "postgres")
    assert "is made" in run(made, "database", "prepare", DATABASE_URL_ADMIN=admin_address)
    assert "was there" in run(made, "database", "prepare", DATABASE_URL_ADMIN=admin_address)
    with psycopg.connect(server.address("postgres", "postgres"), autocommit=True) as admin:
        for role in ROLES:
            words = sql.SQL("alter role {} password {}")
            admin.execute(words.format(sql.Identifier(f"wholestory_{role}"), sql.Literal(server.password)))

    run(made, "database", "migrate")
    run(made, "manage", "collectstatic", "--noinput", "-v0")
    return made


def _addresses_and_keys(server: Server, folder: Path) -> dict[str, str]:
    def key() -> str:
        return base64.urlsafe_b64encode(os.urandom(32)).decode()

    return {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DATABASE_URL": server.address("wholestory_web"),
        "DATABASE_URL_OWNER": server.address("wholestory_owner"),
        "DATABASE_URL_WORKER": server.address("wholestory_worker"),
        "DATABASE_URL_PUBLIC": server.address("wholestory_public"),
        "WHOLESTORY_OPEN_PORT": str(free_port()),
        "WHOLESTORY_ADDRESS": "https://board.example.org",
        "WHOLESTORY_MAIL_BY": "outbox",
        "WHOLESTORY_MAIL_FROM": "team@board.example.org",
        "WHOLESTORY_FILES_KEYS": key(),
        "WHOLESTORY_FIELD_KEYS": key(),
        "WHOLESTORY_ANCHOR_KEY": key(),
        "WHOLESTORY_DATA": str(folder / "data"),
        "WHOLESTORY_STATIC": str(folder / "static"),
        "PORT": str(free_port()),
    }


def run(settings: dict[str, str], *arguments: str, **more: str) -> str:
    """What a command writes; it must succeed."""
    ran = subprocess.run(
        [sys.executable, "-m", "wholestory", *arguments],
        cwd=CHECKOUT,
        env={**settings, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout + ran.stderr


def test_djangos_own_check_before_going_live_finds_nothing(settings: dict[str, str]) -> None:
    assert "no issues" in run(settings, "manage", "check", "--deploy")


def test_the_web_role_owns_nothing_and_passes_by_no_rule(server: Server, settings: dict[str, str]) -> None:
    with psycopg.connect(server.address("wholestory_web")) as web:
        about = "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
        assert web.execute(about).fetchone() == (False, False, False, False)
        owned = "select count(*) from pg_class where relowner = (select oid from pg_roles where rolname = current_user)"
        assert web.execute(owned).fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("create table something (id int)")


def test_it_serves_pages_and_works_through_the_queue(settings: dict[str, str]) -> None:
    served = Installation(Path(settings["WHOLESTORY_DATA"]), "-m", "wholestory", "serve")
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(settings)
    try:
        served.variables = {"WHOLESTORY_DEMO": "off"}
        served.start("Serving on")
        port = int(settings["PORT"])
        assert soon(lambda: ask(port, "/readyz")[0] == 200, 60), ask(port, "/readyz")
        status, body = ask(port, "/sign-in/", Host="board.example.org", **{"X-Forwarded-Proto": "https"})
        assert status == 200, body[:300]
        status, body = ask(int(settings["WHOLESTORY_OPEN_PORT"]), "/readyz")
        assert status == 200, body[:300]
        status, body = ask(port, "/notify/x/", Host="board.example.org", **{"X-Forwarded-Proto": "https"})
        assert status == 404, "the open pages are a process of their own"
        status, _ = ask(port, "/sign-in/", Host="elsewhere.example.org", **{"X-Forwarded-Proto": "https"})
        assert status == 400
        log = (served.places.logs / "web.log").read_text()
        assert json.loads(log.splitlines()[-1])["level"] in {"info", "warning", "error"}
        assert "elsewhere.example.org" not in log
        served.send(signal.SIGTERM)
        assert served.wait() == 0
        assert served.processes() == []
    finally:
        os.environ.clear()
        os.environ.update(before)
        for process in served.processes():
            process.kill()


def ask(port: int, path: str, **headers: str) -> tuple[int, str]:
    """Status and text of an answer; status 0 when there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()
