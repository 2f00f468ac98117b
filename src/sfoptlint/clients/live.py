"""The way to the live services: the network, asked again where that is safe."""

from functools import partial
from random import uniform

from sfoptlint.clients.clock import Clock
from sfoptlint.clients.network import NetworkTransport
from sfoptlint.clients.retry import RetryingTransport
from sfoptlint.clients.wire import Transport


def live_transport(authority: str | None, clock: Clock) -> Transport:
    """Return a transport over the network; `authority` is a file of certificates to trust, those of the system by default."""
    return RetryingTransport(NetworkTransport(authority=authority), clock, jitter=partial(uniform, 0.5, 1.0))
