"""The clock, handed in wherever time is read or waited for."""

from datetime import UTC, datetime
from time import sleep
from typing import Protocol


class Clock(Protocol):
    """Time as a run sees it."""

    def now(self) -> datetime:
        """Return the moment, in UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the moment, in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        sleep(seconds)
