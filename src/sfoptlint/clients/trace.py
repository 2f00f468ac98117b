"""A transport that tells of each exchange, a line each, with nothing in it that nobody may read."""

from collections.abc import Callable

from sfoptlint.clients.errors import ClientError
from sfoptlint.clients.redaction import mask
from sfoptlint.clients.wire import Request, Response, Transport


class TracingTransport:
    """Tells `told` of each request and its answer: `GET /api/v3.3/clients.json 200`."""

    def __init__(self, inner: Transport, told: Callable[[str], None]) -> None:
        self._inner = inner
        self._told = told

    def send(self, request: Request) -> Response:
        """Send, and tell."""
        asked = f"{request.method} {_path_and_query(request)}"
        try:
            response = self._inner.send(request)
        except ClientError as error:
            self._told(f"{asked} {error}")
            raise
        self._told(f"{asked} {response.status}")
        return response


def _path_and_query(request: Request) -> str:
    shown = "&".join(f"{name}={mask(value)}" for name, value in request.query)
    return mask(request.path) + (f"?{shown}" if shown else "")
