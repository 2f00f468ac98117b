"""A transport that keeps what passes, redacted before it is kept."""

from collections.abc import Callable
from threading import Lock
from typing import Final

from sfoptlint.clients.clock import Clock
from sfoptlint.clients.wire import Request, Response, Transport
from sfoptlint.harness.cassette.cassette import Cassette, Header, Interaction, Origin
from sfoptlint.harness.cassette.redaction import Redaction, UnsafeRecordingError

_TOKEN_PATHS: Final = ("/oauth/", "/services/oauth2/", "/services/soap/u/")
"""Where tokens are had: nothing of that is ever kept."""


class Recorder:
    """Passes requests on, and keeps each exchange; `told` hears of what is not kept."""

    def __init__(
        self, inner: Transport, redaction: Redaction, clock: Clock, told: Callable[[str], None] = lambda _: None
    ) -> None:
        self._inner = inner
        self._redaction = redaction
        self._began = clock.now()
        self._told = told
        self._kept: list[Interaction] = []
        self._lock = Lock()

    def send(self, request: Request) -> Response:
        """Return the answer as it came."""
        response = self._inner.send(request)
        if not request.path.lower().startswith(_TOKEN_PATHS):
            self._keep(request, response)
        return response

    def cassette(self, source: str) -> Cassette:
        """Return what was kept so far; `source` names what was recorded."""
        header = Header(
            Origin.RECORDED, source, recorded=f"{self._began:%Y-%m-%dT%H:%M:%SZ}", redaction=self._redaction.name
        )
        with self._lock:
            return Cassette(header, tuple(self._kept))

    def _keep(self, request: Request, response: Response) -> None:
        try:
            asked, kept = self._redaction.exchange(request, response)
        except UnsafeRecordingError as unsafe:
            self._told(str(unsafe))
            return
        with self._lock:
            self._kept.append(Interaction(len(self._kept) + 1, asked, kept))
