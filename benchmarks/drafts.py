"""Two hundred people saving drafts: all in the same moment, and as they do when they type."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.utils import timezone

from benchmarks.measuring import Timing, timed
from benchmarks.people import Area
from wholestory.access import acting
from wholestory.assurance.models import Return
from wholestory.config.supervisor.places import CHECKOUT, Places
from wholestory.paperwork.models import Status
from wholestory.partners.models import Role, Seat

PEOPLE = 200
#: A page saves a second after the last key, and every eight seconds while somebody never pauses.
EVERY_SECONDS = 8
STEADY_SECONDS = 32
WORDS = "We looked at this again with the team, and what was a plan in the autumn is in place since January. "
TOKEN = "b" * 32


class NotSaved(Exception):
    """A save was not answered as it should be."""


@dataclass
class Writer:
    """Somebody typing: where they save, the cookies they send, what they have typed so far."""

    path: str
    set_id: str
    key: str
    session: str
    saves: int = 0

    def body(self) -> dict[str, str]:
        """What the page's script would send next."""
        self.saves += 1
        text = WORDS * 3 + f"({timezone.now().timestamp():.3f}, {self.saves})"
        return {
            "set": self.set_id, "page": "b1", "q": self.key, self.key: text, f"_rev-{self.key}": "0",
            "_window": self.session[:32].ljust(32, "w"), "csrfmiddlewaretoken": TOKEN,
        }  # fmt: skip


def writers(area: Area) -> list[Writer]:
    """Two hundred leads, each with their own agency's draft."""
    with acting.as_system(area.board):
        drafts = list(
            Return.objects.filter(cycle=area.live, answers__status=Status.DRAFT, stage__in=["issued", "in_progress"])
            .select_related("record").order_by("id")[:PEOPLE]
        )  # fmt: skip
    seats = {
        seat.agency_id: seat
        for seat in Seat.objects.filter(
            board=area.board, role=Role.AGENCY_LEAD, agency__in=[ret.agency_id for ret in drafts]
        ).select_related("person__account")
    }
    found = []
    for ret in drafts:
        client = Client(HTTP_HOST="localhost")
        seat = seats[ret.agency_id]
        client.force_login(seat.person.account, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["seat"] = str(seat.id)
        session.save()
        path = f"/self-audits/returns/{ret.record.reference}/form/save/"
        found.append(
            Writer(path, str(ret.answers_id), "accountability_written_said", session.session_key or "")
        )
    return found


def measure(area: Area, places: Places) -> dict[str, Any]:
    """One after another in this process; then two hundred at once and two hundred typing, through a web server."""
    typing = writers(area)
    out: dict[str, Any] = {"people": len(typing), "alone": _alone(typing[0])}
    with _serving(places) as (port, log):
        for one in typing[:8]:
            _save(http.client.HTTPConnection("127.0.0.1", port, timeout=30), one)
        out["at_once"] = _measured(log, lambda: _all_at_once(typing, port))
        time.sleep(1)
        out["typing"] = _measured(log, lambda: _typing(typing, port))
        out["every_seconds"] = EVERY_SECONDS
    return out


def _alone(writer: Writer) -> dict[str, Any]:
    """Server time of one save with nobody else there, through the real middleware."""
    client = Client(HTTP_HOST="localhost", headers={"X-Requested-With": "fetch"})
    client.cookies[settings.SESSION_COOKIE_NAME] = writer.session

    def save() -> None:
        response = client.post(writer.path, writer.body())
        if response.status_code != 200:
            raise NotSaved(f"A save answered {response.status_code}: {response.content[:200]!r}")

    timing = timed(save, 120, before=5)
    return {"p50": timing.p50, "p95": timing.p95}


@contextmanager
def _serving(places: Places) -> Iterator[tuple[int, Any]]:
    """Gunicorn as it serves people: two processes of four threads, a pool of connections each."""
    port = int(os.environ["PORT"])
    log = places.logs / "bench-web.log"
    with log.open("wb") as out:
        web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "python:wholestory.config.serving", "wholestory.config.wsgi"],
            cwd=CHECKOUT, stdout=out, stderr=out,
            env={**os.environ, "WHOLESTORY_DATABASE_POOL": "8", "WHOLESTORY_LOG_LEVEL": "INFO"},
        )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while not _answers(port):
            if web.poll() is not None or time.monotonic() > until:
                raise NotSaved(f"The web server did not start. Its log: {log}")
            time.sleep(0.2)
        yield port, log
    finally:
        web.terminate()
        try:
            web.wait(15)
        except subprocess.TimeoutExpired:
            web.kill()


def _answers(port: int) -> bool:
    trial = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        trial.request("GET", "/healthz")
        return trial.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        trial.close()


def _save(connection: http.client.HTTPConnection, writer: Writer) -> None:
    connection.request(
        "POST", writer.path, urlencode(writer.body()),
        {
            "Host": "localhost", "Content-Type": "application/x-www-form-urlencoded", "X-Requested-With": "fetch",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={writer.session}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
        },
    )  # fmt: skip
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise NotSaved(f"A save answered {answer.status}: {body[:200]!r}")


def _each(typing: list[Writer], what: Any) -> Timing:
    """Run ``what`` for every writer in a thread of its own; all times together. Raises NotSaved when any failed."""
    timing, failed = Timing(), []
    barrier = threading.Barrier(len(typing))

    def one(at: int, writer: Writer) -> None:
        try:
            what(at, writer, timing, barrier)
        except (NotSaved, OSError, http.client.HTTPException, threading.BrokenBarrierError) as problem:
            failed.append(problem)
            barrier.abort()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(typing)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise NotSaved(f"{len(failed)} of {len(typing)} did not save; the first: {failed[0]!r}")
    return timing


def _all_at_once(typing: list[Writer], port: int) -> Timing:
    def once(at: int, writer: Writer, timing: Timing, barrier: threading.Barrier) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.connect()
        barrier.wait(60)
        with timing.one():
            _save(connection, writer)
        connection.close()

    return _each(typing, once)


def _typing(typing: list[Writer], port: int) -> Timing:
    def on_and_on(at: int, writer: Writer, timing: Timing, barrier: threading.Barrier) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.connect()
        barrier.wait(60)
        due = time.monotonic() + EVERY_SECONDS * at / len(typing)
        until = time.monotonic() + STEADY_SECONDS
        while due < until:
            time.sleep(max(0.0, due - time.monotonic()))
            with timing.one():
                _save(connection, writer)
            due += EVERY_SECONDS
        connection.close()

    return _each(typing, on_and_on)


def _measured(log: Any, run: Any) -> dict[str, Any]:
    """What people waited for, and what the server itself took, from its own log."""
    skip = log.stat().st_size
    began = time.monotonic()
    waited: Timing = run()
    took = time.monotonic() - began
    time.sleep(0.5)
    with log.open("rb") as lines:
        lines.seek(skip)
        served = Timing([line["milliseconds"] for line in map(_line, lines) if line.get("method") == "POST"])
    return {
        "saves": len(waited.milliseconds), "per_second": len(waited.milliseconds) / took, "p50": waited.p50,
        "p95": waited.p95, "server_p50": served.p50, "server_p95": served.p95,
    }  # fmt: skip


def _line(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
