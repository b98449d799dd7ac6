"""Starts installations of their own for tests, and finds every process that belongs to one."""

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from wholestory.config.supervisor.places import CHECKOUT, Places


class Installation:
    """A data folder, the process started on it, and the lines that process wrote."""

    def __init__(self, data: Path, *arguments: str, **variables: str) -> None:
        self.data = data
        self.places = Places(data)
        self.arguments = arguments
        self.variables = variables
        self.process: subprocess.Popen[str] | None = None
        self.lines: list[str] = []
        self._queue: queue.Queue[str] = queue.Queue()

    def start(self, ready: str, seconds: float = 60) -> float:
        """Start it and wait for a line that begins with `ready`. Returns the seconds that took."""
        self.lines.clear()
        self._queue = queue.Queue()
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, *self.arguments],
            cwd=CHECKOUT,
            env={**os.environ, "WHOLESTORY_DEMO": "on", "WHOLESTORY_DATA": str(self.data), **self.variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._read, args=(self.process, self._queue), daemon=True).start()
        while time.monotonic() - began < seconds:
            try:
                line = self._queue.get(timeout=0.5)
            except queue.Empty:
                if self.process.poll() is not None:
                    break
                continue
            self.lines.append(line)
            if line.strip().startswith(ready):
                return time.monotonic() - began
        raise AssertionError(f"it did not say “{ready}”:\n" + "".join(self.lines))

    @staticmethod
    def _read(process: subprocess.Popen[str], lines: "queue.Queue[str]") -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                lines.put(line)

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process that was started."""
        assert self.process is not None
        self.process.send_signal(number)

    def wait(self, seconds: float = 30) -> int:
        """Wait for it to end. Returns its exit status."""
        assert self.process is not None
        return self.process.wait(timeout=seconds)

    def processes(self) -> list[psutil.Process]:
        """Every living process that was started with this data folder, whoever its parent is now."""
        found = []
        for process in psutil.process_iter():
            try:
                # PostgreSQL's own processes overwrite their environment, but work in the data folder.
                theirs = process.environ().get("WHOLESTORY_DATA") == str(self.data)
                theirs = theirs or Path(process.cwd()).is_relative_to(self.data)
                if theirs and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def named(self, word: str) -> psutil.Process:
        """The oldest process with `word` in its command line, other than the one that was started; waits for it."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            found = [process for process in self.processes() if word in " ".join(words(process))]
            if found := [
                process for process in found if self.process is None or process.pid != self.process.pid
            ]:
                return min(found, key=lambda process: process.create_time())
            time.sleep(0.05)
        raise AssertionError(f"no process named {word}")


def words(process: psutil.Process) -> list[str]:
    """Its command line; one empty word when it has ended."""
    try:
        return process.cmdline() or [""]
    except psutil.NoSuchProcess:
        return [""]


def soon(true: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it becomes true within `seconds`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return False


@contextmanager
def installation(*arguments: str, **variables: str) -> Iterator[Installation]:
    """An installation in a folder of its own in the checkout; nothing of it is left afterwards.

    Not in pytest's temporary folder: that one is closed to the system user PostgreSQL runs as under root.
    """
    data = CHECKOUT / ".data" / f"try-{os.getpid()}-{time.monotonic_ns() % 10**9}"
    made = Installation(data, *arguments, **variables)
    try:
        yield made
    finally:
        for process in made.processes():
            with suppress(psutil.NoSuchProcess):  # it may just have ended by itself
                process.kill()
        if made.process is not None:
            made.process.wait()
        soon(lambda: not made.processes(), 10)
        shutil.rmtree(made.places.socket_folder, ignore_errors=True)
        shutil.rmtree(data, ignore_errors=True)
