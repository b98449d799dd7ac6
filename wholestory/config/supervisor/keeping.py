"""Starts children, starts them again when they end, and stops them all: the loop of the supervisor.

Signal handlers only set a flag; everything is done in the loop, in the main thread.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import psutil

from wholestory.config.supervisor.children import Child

POLL_SECONDS = 0.1
STEADY_SECONDS = 10
"""A child that ran this long is started again at once; one that ended sooner waits a little longer each time."""

LONGEST_WAIT = 15


class StopAsked(Exception):
    """Somebody asked us to stop, by Ctrl-C or a signal."""


@dataclass
class Kept:
    """A child that is kept running."""

    child: Child
    process: subprocess.Popen[bytes]
    started: float
    """Monotonic seconds."""
    quick_ends: int = 0
    start_again_at: float | None = None
    """When the next start is due, in monotonic seconds; None while it runs."""


class Supervisor:
    """Keeps children running until it is asked to stop."""

    def __init__(
        self, say: Callable[[str], None], list_of_processes: Path, parent: int | None = None
    ) -> None:
        self.say = say
        self.list_of_processes = list_of_processes
        self.parent = parent
        """Stop when this is no longer our parent process; None when we may outlive it."""
        self.kept: list[Kept] = []
        self.times_asked = 0

    def listen(self) -> None:
        """From now on Ctrl-C, TERM and HUP ask us to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self.times_asked += 1

    def check(self) -> None:
        """Raise StopAsked when somebody has asked, or the process that started us has gone."""
        orphaned = self.parent is not None and os.getppid() != self.parent
        if self.times_asked or orphaned:
            raise StopAsked

    # Starting ------------------------------------------------------------------------------------------
    def keep(self, child: Child) -> Kept:
        """Start `child`, and start it again whenever it ends."""
        kept = Kept(child, child.start(), time.monotonic())
        self.kept.append(kept)
        self._note()
        return kept

    def run(self, child: Child) -> int:
        """Run `child` once, to its end, while the others are kept. Returns its exit status."""
        process = child.start()
        kept = Kept(child, process, time.monotonic())
        self.kept.append(kept)
        self._note()
        try:
            while process.poll() is None:
                self.check()
                self._look_after(other_than=kept)
                time.sleep(POLL_SECONDS)
        except StopAsked:
            self._stop_one(kept)
            raise
        finally:
            self.kept.remove(kept)
            self._note()
        child.sweep(process)
        return process.returncode

    def wait_for(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Look after the children until `ready`. False when it took longer than `seconds`."""
        until = time.monotonic() + seconds
        while not ready():
            self.check()
            self._look_after()
            if time.monotonic() > until:
                return False
            time.sleep(POLL_SECONDS)
        return True

    def look_after(self) -> None:
        """Keep the children running until somebody asks us to stop."""
        while True:
            self.check()
            self._look_after()
            time.sleep(POLL_SECONDS)

    def _look_after(self, other_than: Kept | None = None) -> None:
        for kept in self.kept:
            if kept is not other_than:
                self._look_after_one(kept)

    def _look_after_one(self, kept: Kept) -> None:
        now = time.monotonic()
        if kept.start_again_at is not None:
            if now >= kept.start_again_at:
                kept.process, kept.started, kept.start_again_at = kept.child.start(), now, None
                self._note()
            return
        status = kept.process.poll()
        if status is None:
            return
        kept.child.sweep(kept.process)
        kept.quick_ends = 0 if now - kept.started > STEADY_SECONDS else kept.quick_ends + 1
        wait = 0 if kept.quick_ends < 2 else min(0.5 * 2 ** (kept.quick_ends - 2), LONGEST_WAIT)
        kept.start_again_at = now + wait
        where = f"; its log: {kept.child.log}" if kept.child.log and kept.quick_ends == 3 else ""
        self.say(f"{kept.child.name} ended ({_in_words(status)}), starting it again{where}")

    # Stopping ------------------------------------------------------------------------------------------
    def stop_all(self) -> None:
        """Stop every child, the last started first. Asked again meanwhile, it does not wait politely."""
        while self.kept:
            self._stop_one(self.kept[-1])
            self.kept.pop()
        self.list_of_processes.unlink(missing_ok=True)

    def _stop_one(self, kept: Kept) -> None:
        child, process = kept.child, kept.process
        asked = self.times_asked
        if kept.start_again_at is None:
            child.signal(process, child.stop_with)
            if not _ends(process, child.stop_seconds, lambda: self.times_asked > asked):
                child.signal(process, child.force_with)
                if not _ends(process, 10, lambda: False):
                    process.kill()
                    process.wait()
        child.sweep(process)

    # After a crash -------------------------------------------------------------------------------------
    def _note(self) -> None:
        """Write down who runs, for `clear_up` after a crash of ours where the kernel does not clear up itself."""
        running = []
        for kept in self.kept:
            if kept.start_again_at is None:
                try:
                    running.append([kept.process.pid, psutil.Process(kept.process.pid).create_time()])
                except psutil.NoSuchProcess:
                    continue
        draft = self.list_of_processes.with_suffix(".draft")
        draft.write_text(json.dumps(running))
        draft.replace(self.list_of_processes)


def clear_up(list_of_processes: Path) -> None:
    """End what an earlier supervisor started and could not stop. The caller holds the installation's lock."""
    try:
        listed = json.loads(list_of_processes.read_text())
    except (FileNotFoundError, ValueError):
        return
    left = []
    for pid, created in listed:
        try:
            process = psutil.Process(pid)
            if abs(process.create_time() - created) < 1:  # not another program under a reused number
                left += [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            continue
    for act in ("terminate", "kill"):
        for process in left:
            try:
                getattr(process, act)()
            except psutil.NoSuchProcess:
                continue
        _, left = psutil.wait_procs(left, timeout=10)
    list_of_processes.unlink(missing_ok=True)


def _ends(process: subprocess.Popen[bytes], seconds: float, hurried: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while process.poll() is None:
        if time.monotonic() > until or hurried():
            return False
        time.sleep(0.02)
    return True


def _in_words(status: int) -> str:
    if status >= 0:
        return f"status {status}"
    return f"signal {signal.Signals(-status).name}"
