"""When a request is repeated, how long that waits, and when it stops."""

import pytest

from sfoptlint.clients.budget import BudgetTransport
from sfoptlint.clients.errors import ExhaustedError, FailureKind, TransportError
from sfoptlint.clients.retry import RetryingTransport, RetryPolicy
from sfoptlint.clients.wire import Request, Response
from tests.clients.wires import ScriptedTransport, StandingClock

READ = Request("GET", "https://one.example/a", idempotent=True)
MAKE = Request("POST", "https://one.example/a")
OK, BUSY = Response(200), Response(503)
TIMEOUT = TransportError(FailureKind.TIMEOUT, "")
NO_WAY = TransportError(FailureKind.CONNECT, "")


@pytest.mark.parametrize(
    ("request_", "first", "times"),
    [
        (READ, BUSY, 2),
        (MAKE, BUSY, 2),
        (READ, Response(429), 2),
        (READ, Response(500), 2),
        (MAKE, Response(500), 1),
        (MAKE, Response(502), 1),
        (READ, Response(400), 1),
        (READ, Response(401), 1),
        (MAKE, NO_WAY, 2),
        (READ, TIMEOUT, 2),
        (READ, TransportError(FailureKind.BROKEN_BODY, ""), 2),
    ],
)
def test_what_passes_by_itself_is_asked_again_where_that_is_safe(
    request_: Request, first: Response | TransportError, times: int
) -> None:
    inner = ScriptedTransport([first, OK])
    RetryingTransport(inner, StandingClock()).send(request_)
    assert len(inner.asked) == times


@pytest.mark.parametrize(
    ("request_", "error"),
    [(MAKE, TIMEOUT), (READ, TransportError(FailureKind.TLS, "")), (MAKE, TransportError(FailureKind.RESET, ""))],
)
def test_what_may_have_been_done_is_not_asked_twice(request_: Request, error: TransportError) -> None:
    inner = ScriptedTransport([error])
    with pytest.raises(TransportError):
        RetryingTransport(inner, StandingClock()).send(request_)


def test_waits_grow_and_have_an_end() -> None:
    clock, inner = StandingClock(), ScriptedTransport([BUSY] * 5)
    response = RetryingTransport(inner, clock, RetryPolicy(longest_wait=3)).send(READ)
    assert response.status == 503
    assert clock.slept == [1, 2, 3, 3]


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"Retry-After": "7"}, 7),
        ({"retry-after": "Sun, 22 Nov 2026 10:00:09 GMT"}, 9),
        ({"Retry-After": "Sun, 22 Nov 2026 09:00:00 GMT"}, 0),
        ({"X-RateLimit-Reset": "31", "X-RateLimit-Remaining": "0"}, 31),
        ({"X-RateLimit-Reset": "31"}, 31),
        ({"Retry-After": "soon"}, 1),
        ({}, 1),
    ],
)
def test_an_answer_may_say_how_long_to_wait(headers: dict[str, str], waited: float) -> None:
    clock = StandingClock()
    RetryingTransport(ScriptedTransport([Response(429, headers), OK]), clock).send(READ)
    assert sum(clock.slept) == waited


def test_the_last_request_of_a_window_lets_the_next_one_wait() -> None:
    clock = StandingClock()
    spent = Response(200, {"X-RateLimit-Limit": "10", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "12"})
    transport = RetryingTransport(ScriptedTransport([spent, OK]), clock)
    transport.send(READ)
    assert clock.slept == []
    transport.send(READ)
    assert clock.slept == [12]


def test_patience_is_for_the_whole_run() -> None:
    inner = ScriptedTransport([Response(429, {"Retry-After": "40"})] * 4)
    transport = RetryingTransport(inner, StandingClock(), RetryPolicy(patience=100))
    with pytest.raises(ExhaustedError, match="20 s of patience"):
        transport.send(READ)
    assert len(inner.asked) == 3


def test_jitter_shortens_a_wait() -> None:
    clock = StandingClock()
    RetryingTransport(ScriptedTransport([BUSY, OK]), clock, jitter=lambda: 0.5).send(READ)
    assert clock.slept == [0.5]


def test_the_budget_counts_each_attempt() -> None:
    inner = ScriptedTransport([BUSY] * 3)
    with pytest.raises(ExhaustedError, match="budget of 3"):
        RetryingTransport(BudgetTransport(inner, most=3), StandingClock()).send(READ)


def test_the_rest_of_the_days_requests_is_left_to_others() -> None:
    used = Response(200, {"Sforce-Limit-Info": "api-usage=9000/10000; per-app-api-usage=17/250(appName=sync)"})
    transport = BudgetTransport(ScriptedTransport([used, used]), reserve=0.1)
    transport.send(READ)
    with pytest.raises(ExhaustedError, match="9000 of its 10000"):
        transport.send(READ)
