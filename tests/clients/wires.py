"""Transports and a clock for tests: answers given beforehand, time that passes when somebody waits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sfoptlint.clients.errors import TransportError
from sfoptlint.clients.wire import Request, Response

Step = Response | TransportError | Callable[[Request], Response]


@dataclass
class ScriptedTransport:
    """Answers request after request as it was told, and keeps what it was asked."""

    steps: Sequence[Step]
    asked: list[Request] = field(default_factory=list)

    def send(self, request: Request) -> Response:
        step = self.steps[len(self.asked)]
        self.asked.append(request)
        if isinstance(step, TransportError):
            raise step
        return step if isinstance(step, Response) else step(request)


@dataclass
class StandingClock:
    """A clock that moves only when somebody sleeps."""

    moment: datetime = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)
