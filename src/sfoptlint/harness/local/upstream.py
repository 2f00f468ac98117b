"""From loopback to a service and back: what a recorder stands between."""

from typing import Final
from urllib.parse import urlsplit

from sfoptlint.clients.wire import Request, Response, Transport, json_response

_OURS: Final = frozenset({"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "keep-alive"})
"""Headers that speak of the way to us."""
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_TOKENS: Final = ("/oauth/", "/services/oauth2/")


class Upstream:
    """Sends requests to a service; only those that read, unless writing was allowed by name."""

    def __init__(self, inner: Transport, base_url: str | None, *, writes: bool) -> None:
        self._inner = inner
        self._base = urlsplit(base_url) if base_url else None
        self._writes = writes

    def send(self, request: Request) -> Response:
        """Return the service's answer."""
        if self._base is None:
            return json_response(404, {"error": "this service was not named; record with its URL"})
        reads = request.method in _READS or request.path.lower().startswith(_TOKENS)
        if not reads and not self._writes:
            return json_response(
                405, {"error": f"{request.method} would change something: record with --write to let it pass"}
            )
        url = urlsplit(request.url)._replace(scheme=self._base.scheme, netloc=self._base.netloc).geturl()
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _OURS}
        return self._inner.send(Request(request.method, url, headers, request.body))
