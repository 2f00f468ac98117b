"""A transport that stops before too much is asked."""

from sfoptlint.clients.errors import ExhaustedError
from sfoptlint.clients.limits import Usage, usage
from sfoptlint.clients.wire import Request, Response, Transport


class BudgetTransport:
    """Counts requests and minds what the org has left.

    `most` bounds the requests of one run; `reserve` is the share of the org's daily requests that is left to others.
    """

    def __init__(self, inner: Transport, most: int | None = None, reserve: float = 0.1) -> None:
        self._inner = inner
        self._most = most
        self._reserve = reserve
        self.sent = 0
        self.usage: Usage | None = None

    def send(self, request: Request) -> Response:
        """Send within the budget; raise ExhaustedError beyond it."""
        if self._most is not None and self.sent >= self._most:
            raise ExhaustedError(f"the budget of {self._most} requests is used up")
        if self.usage is not None and self.usage.used >= self.usage.total * (1 - self._reserve):
            raise ExhaustedError(
                f"the org has used {self.usage.used} of its {self.usage.total} requests of 24 hours; the rest is left to others"
            )
        self.sent += 1
        response = self._inner.send(request)
        self.usage = usage(response) or self.usage
        return response
