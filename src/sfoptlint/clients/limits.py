"""What an answer's headers say of how much more may be asked.

Campaign Monitor: `X-RateLimit-Limit`, `-Remaining` and `-Reset` in seconds, no `Retry-After` (API v3.3, Rate limiting).
Salesforce: `Sforce-Limit-Info: api-usage=18/15000` (REST API Developer Guide, Limit Info Header).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sfoptlint.clients.wire import Response

_USAGE = re.compile(r"(?:^|[^-\w])api-usage=(\d+)/(\d+)")
MAX_WAIT = 3600.0


@dataclass(frozen=True, slots=True)
class Usage:
    """How many of the org's requests of 24 hours are used."""

    used: int
    total: int


def usage(response: Response) -> Usage | None:
    """Return what an answer says of the org's requests, if anything."""
    found = _USAGE.search(response.header("Sforce-Limit-Info"))
    return Usage(int(found[1]), int(found[2])) if found else None


def wait_asked(response: Response, now: datetime) -> float | None:
    """Return how many seconds an answer asks to wait before the next request, None where it does not say."""
    asked = response.header("Retry-After").strip()
    if asked.isdecimal():
        return min(float(asked), MAX_WAIT)
    if asked:
        return _until(asked, now)
    reset = response.header("X-RateLimit-Reset").strip()
    spent = response.status == 429 or response.header("X-RateLimit-Remaining").strip() == "0"
    return min(float(reset), MAX_WAIT) if spent and reset.isdecimal() else None


def _until(date: str, now: datetime) -> float | None:
    try:
        at = parsedate_to_datetime(date)
    except ValueError:
        return None
    seconds = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    return min(max(seconds.total_seconds(), 0.0), MAX_WAIT)
