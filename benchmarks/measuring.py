"""Timing: percentiles, taking turns, and what machine it was."""

from __future__ import annotations

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Timing:
    """Milliseconds of something done many times."""

    milliseconds: list[float] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """The time that ``share`` (0 to 1) of all stayed within."""
        return percentile(self.milliseconds, share)

    @property
    def p50(self) -> float:
        """The middle."""
        return self.percentile(0.5)

    @property
    def p95(self) -> float:
        """What nineteen of twenty stayed within."""
        return self.percentile(0.95)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Time one."""
        began = time.perf_counter()
        yield
        self.milliseconds.append((time.perf_counter() - began) * 1000)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of ``values`` do not exceed. Raises ValueError for none."""
    if not values:
        raise ValueError("Nothing was measured.")
    ordered = sorted(values)
    at = max(0, -(-int(share * 1000 * len(ordered)) // 1000) - 1)
    return ordered[min(at, len(ordered) - 1)]


def timed(do: Callable[[], Any], times: int, *, before: int = 2) -> Timing:
    """Do it ``before`` times to warm up, then ``times`` times with the clock running."""
    for _ in range(before):
        do()
    timing = Timing()
    gc.collect()
    for _ in range(times):
        with timing.one():
            do()
    return timing


def in_turns(ways: dict[str, Callable[[], Any]], rounds: int, times: int) -> dict[str, Timing]:
    """Each way in turn, round after round, so that whatever else the machine does falls on all alike."""
    timings = {name: Timing() for name in ways}
    for _ in range(rounds):
        for name, do in ways.items():
            found = timed(do, times, before=1)
            timings[name].milliseconds += found.milliseconds
    return timings


def processor_ms(pid: int) -> float:
    """How long another process has had a core so far, in milliseconds; 0 where the system does not tell (not Linux)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def middle(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def machine() -> dict[str, Any]:
    """What it was measured on."""
    return {
        "cores": os.cpu_count() or 1,
        "processor": _processor(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
    }


def load() -> float:
    """How many processes wanted a core in the last minute; above the number of cores, figures are too slow."""
    return round(os.getloadavg()[0], 1)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )
