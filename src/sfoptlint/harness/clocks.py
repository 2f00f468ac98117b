"""Clocks for fakes: one that stands, and one that ticks."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock


@dataclass
class StandingClock:
    """Moves only when somebody waits, by a sleep or by `wait`."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment, in UTC."""
        return self.moment

    def sleep(self, seconds: float) -> None:
        """Let seconds pass."""
        self.moment += timedelta(seconds=seconds)

    def wait(self, span: timedelta) -> None:
        """Let time pass."""
        self.moment += span


@dataclass
class TickingClock:
    """A second passes with each look at it: a run that asks the same sees the same dates."""

    moment: datetime
    _lock: Lock = field(default_factory=Lock, repr=False)

    def now(self) -> datetime:
        """Return the moment, in UTC."""
        with self._lock:
            self.moment += timedelta(seconds=1)
            return self.moment

    def sleep(self, seconds: float) -> None:
        """Let seconds pass."""
        with self._lock:
            self.moment += timedelta(seconds=seconds)
