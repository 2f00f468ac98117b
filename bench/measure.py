"""Runs a command and says what it cost."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: wall and CPU seconds (user and system), and the peak resident set in MiB."""

    wall: float
    cpu: float
    peak: float


def measure(command: Sequence[str], folder: Path) -> Cost:
    """Run a command and return its cost; its exit status is the command's own business, but it must not be a crash."""
    # An installed package has its bytecode; so has what is measured here, after the run that warms the caches.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}")
    scale = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale)


def typical(command: Sequence[str], folder: Path, *, runs: int) -> Cost:
    """Return the median cost of several runs, after one that warms the caches."""
    measure(command, folder)
    costs = [measure(command, folder) for _ in range(runs)]
    return Cost(median(c.wall for c in costs), median(c.cpu for c in costs), max(c.peak for c in costs))
