"""From which moment on an incremental load asks.

Campaign Monitor's dates are the client's local time, to the minute and without an offset; so is its filter. What a clock shows
twice (the hour after summer time ends) or what a new time zone of the client moves must not fall between two loads.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

OVERLAP = timedelta(hours=3)
"""More than any clock change, and than the time a load takes to see what was entered while it ran."""


@dataclass(frozen=True, slots=True)
class Watermark:
    """When the last whole load of a list began: by Campaign Monitor's clock (local), and by ours (UTC)."""

    local: datetime
    utc: datetime


def load_since(last: Watermark, now: Watermark, overlap: timedelta = OVERLAP) -> datetime:
    """Return the local moment from which to ask for changes.

    The client's offset may have changed in between: the earlier of the moment as it was shown then, and as it is shown
    today, is asked for. A wrong clock of ours cancels out as long as it stays as wrong.
    """
    offset = now.local - now.utc.replace(tzinfo=None)
    return min(last.local, last.utc.replace(tzinfo=None) + offset) - overlap
