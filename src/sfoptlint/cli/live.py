"""The way into a live org, as the commands that ask one share it."""

from dataclasses import dataclass
from importlib.util import find_spec
from os import environ
from typing import TYPE_CHECKING

from sfoptlint.core.errors import MissingExtraError

if TYPE_CHECKING:
    from sfoptlint.clients.clock import Clock
    from sfoptlint.clients.salesforce.access import Access
    from sfoptlint.clients.wire import Transport


@dataclass(frozen=True, slots=True)
class Live:
    """A transport to an org, and the token for it."""

    transport: "Transport"
    access: "Access"
    clock: "Clock"


def access_to(org: str, authority: str | None, command: str) -> Live:
    """Return the way into an org; raise UsageError where there is none, MissingExtraError where the extra is missing."""
    if find_spec("simple_salesforce") is None or find_spec("requests") is None:
        raise MissingExtraError("org", command)
    from sfoptlint.clients.clock import SystemClock
    from sfoptlint.clients.live import live_transport
    from sfoptlint.clients.salesforce.login import access

    clock = SystemClock()
    transport = live_transport(authority, clock)
    return Live(transport, access(org, environ, transport, clock), clock)
