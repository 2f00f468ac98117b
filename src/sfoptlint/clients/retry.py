"""A transport that asks again where asking again is safe and may help."""

from collections.abc import Callable
from dataclasses import dataclass

from sfoptlint.clients.clock import Clock
from sfoptlint.clients.errors import ExhaustedError, FailureKind, TransportError
from sfoptlint.clients.limits import wait_asked
from sfoptlint.clients.wire import Request, Response, Transport

REFUSED_UNDONE = frozenset({429, 503})
"""Statuses that say that nothing was carried out."""
FAILED_SOMEHOW = frozenset({408, 500, 502, 504})
"""Statuses after which nobody knows."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how patiently; times in seconds. `patience` bounds all waiting of one run together."""

    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0
    patience: float = 1800.0


def steady() -> float:
    """Return the whole of each wait: the jitter of a run that shall be repeatable."""
    return 1.0


class RetryingTransport:
    """Repeats a request after what passes by itself, waiting longer each time, or as long as the answer asks.

    A request that is not idempotent is repeated only when it was certainly not carried out. `jitter` returns a share of
    each wait between 0.5 and 1, so that many clients do not return at once.
    """

    def __init__(
        self,
        inner: Transport,
        clock: Clock,
        policy: RetryPolicy | None = None,
        jitter: Callable[[], float] = steady,
    ) -> None:
        self._inner = inner
        self._clock = clock
        self._policy = policy or RetryPolicy()
        self._jitter = jitter
        self._patience = self._policy.patience
        self._pause = 0.0

    def send(self, request: Request) -> Response:
        """Return the answer, or the last one there was; raise the last TransportError where none came."""
        for attempt in range(1, self._policy.attempts + 1):
            last = attempt == self._policy.attempts
            self._wait(self._pause)
            self._pause = 0.0
            try:
                response = self._inner.send(request)
            except TransportError as error:
                if last or not _worth_repeating(error, request):
                    raise
                self._wait(self._backoff(attempt))
                continue
            asked = wait_asked(response, self._clock.now())
            if last or not _repeat(response, request):
                self._pause = asked or 0.0  # the next request waits, whoever sends it
                return response
            self._wait(self._backoff(attempt) if asked is None else asked)
        raise AssertionError("the last attempt returns or raises")

    def _backoff(self, attempt: int) -> float:
        wait = self._policy.first_wait * 2.0 ** (attempt - 1)
        return float(min(wait, self._policy.longest_wait)) * self._jitter()

    def _wait(self, seconds: float) -> None:
        if seconds <= 0:
            return
        if seconds > self._patience:
            raise ExhaustedError(f"asked to wait {seconds:.0f} s more, and {self._patience:.0f} s of patience are left")
        self._patience -= seconds
        self._clock.sleep(seconds)


def _repeat(response: Response, request: Request) -> bool:
    return response.status in REFUSED_UNDONE or (request.idempotent and response.status in FAILED_SOMEHOW)


def _worth_repeating(error: TransportError, request: Request) -> bool:
    if error.kind is FailureKind.TLS:
        return False
    return request.idempotent or not error.maybe_done
