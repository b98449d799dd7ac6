"""A process we start, and how it is started so that it cannot outlive us."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wholestory.config.supervisor.system_user import SystemUser

LARGEST_LOG = 10_000_000
"""Bytes after which a log is put aside at the next start of its process."""

PR_SET_PDEATHSIG = 1


def nothing() -> None:
    """Does nothing."""


@dataclass(frozen=True)
class Child:
    """What to run, and how to stop it."""

    name: str
    arguments: tuple[str, ...]
    log: Path | None = None
    """Where its output goes; None leaves it on the terminal."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables on top of our own."""
    stop_with: str = "SIGTERM"
    stop_seconds: float = 10
    """How long it may take to stop before it is forced."""
    force_with: str = "SIGKILL"
    dies_with_parent: str = "SIGTERM"
    """The signal the kernel sends it when we are killed (Linux)."""
    user: SystemUser = field(default_factory=lambda: SystemUser(None, None))
    before_start: Callable[[], None] = nothing

    def start(self) -> subprocess.Popen[bytes]:
        """Start it in a session of its own, so that Ctrl-C at the terminal reaches us only.

        Must be called from the main thread: the kernel watches the thread, not the process, that started it.
        """
        self.before_start()
        output = None
        if self.log is not None:
            _put_aside(self.log)
            output = self.log.open("ab")
        try:
            return subprocess.Popen(
                self.arguments,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **self.environment},
                start_new_session=True,
                preexec_fn=_tie_to(os.getpid(), self.dies_with_parent),
                **self.user.switch,
            )
        finally:
            if output is not None:
                output.close()

    def signal(self, process: subprocess.Popen[bytes], name: str) -> None:
        """Send `name` to the process. Nothing happens when it has ended."""
        process.send_signal(signal.Signals[name])

    def sweep(self, process: subprocess.Popen[bytes]) -> None:
        """After it ended: end whatever it started itself and left behind in its session."""
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return


def die_with_parent(signal_name: str = "SIGTERM") -> None:
    """Ask the kernel to send this process a signal when the one that started it ends (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.Signals[signal_name], 0, 0, 0)


def _tie_to(parent: int, signal_name: str) -> Callable[[], None] | None:
    if sys.platform != "linux":
        # Elsewhere the next start clears up by the list of processes instead.
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl  # looked up before the fork, where it is safe
    number = int(signal.Signals[signal_name])

    def tie() -> None:
        # Runs last before the program itself: a change of user before it would clear the request.
        prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:  # we were killed in between
            os._exit(1)

    return tie


def _put_aside(log: Path) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
