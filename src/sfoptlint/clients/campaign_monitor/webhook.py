"""What Campaign Monitor posts to a webhook (API v3.3, Webhooks).

A post is not signed, may come twice and out of order: it says whose state to read again, never what the state is.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sfoptlint.clients.campaign_monitor.records import moment, need
from sfoptlint.clients.errors import BrokenAnswerError

MAX_EVENTS = 1000


@dataclass(frozen=True, slots=True)
class Event:
    """Subscribe, Update or Deactivate. `old_email` is the address before a renaming, `state` empty for Subscribe."""

    type: str
    email: str = field(repr=False)
    date: datetime
    state: str = ""
    old_email: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """The events of one post, about one list."""

    list_id: str
    events: tuple[Event, ...]


def read_webhook(body: bytes) -> Batch:
    """Read a post in JSON; raise BrokenAnswerError where it is not what is documented."""
    try:
        envelope = json.loads(body)
    except (ValueError, RecursionError):
        raise BrokenAnswerError("a webhook's body is not JSON; set PayloadFormat to json") from None
    events = need(envelope, "Events")
    if not isinstance(events, list) or len(events) > MAX_EVENTS:
        raise BrokenAnswerError(f"a webhook's Events is a list of at most {MAX_EVENTS}")
    return Batch(str(need(envelope, "ListID")), tuple(map(_event, events)))


def _event(event: Any) -> Event:
    return Event(
        str(need(event, "Type")),
        str(need(event, "EmailAddress")),
        moment(need(event, "Date")),
        str(event.get("State") or ""),
        str(event.get("OldEmailAddress") or ""),
    )
