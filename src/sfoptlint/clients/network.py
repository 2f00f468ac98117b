"""The transport of real life, on requests."""

from dataclasses import dataclass
from logging import LogRecord, getLogger
from types import MappingProxyType

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NewConnectionError

from sfoptlint.clients.errors import FailureKind, TransportError
from sfoptlint.clients.redaction import mask
from sfoptlint.clients.wire import Request, Response

_LOGGER = "urllib3.connectionpool"


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds until a connection is given up, and a silence."""

    connect: float = 10.0
    read: float = 120.0


class NetworkTransport:
    """Sends over the network; asks once, follows nothing, keeps no cookie. `authority` is a file of certificates to trust."""

    def __init__(self, timeouts: Timeouts | None = None, authority: str | None = None) -> None:
        self._timeouts = timeouts or Timeouts()
        getLogger(_LOGGER).addFilter(_masked)  # once, however many transports there are
        self._session = requests.Session()
        self._session.auth = _as_it_is  # without this a netrc file would replace our Authorization header
        self._session.mount("https://", HTTPAdapter(max_retries=0))
        self._session.mount("http://", HTTPAdapter(max_retries=0))
        self._verify = authority or True  # said each time: the environment's certificates would win over the session's

    def send(self, request: Request) -> Response:
        """Return the answer; raise TransportError where none came."""
        try:
            answer = self._session.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                data=request.body or None,
                timeout=(self._timeouts.connect, self._timeouts.read),
                allow_redirects=False,
                verify=self._verify,
            )
        except requests.RequestException as error:
            # The text of the original quotes the URL, and with it perhaps an address.
            raise TransportError(_kind(error), f"{request.method} {request.host}{request.path}") from None
        finally:
            self._session.cookies.clear()
        return Response(answer.status_code, MappingProxyType(dict(answer.headers)), answer.content)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()


def _masked(record: LogRecord) -> bool:
    """Take addresses and tokens out of what urllib3 logs: at the level of debugging, the URL of each request."""
    record.msg, record.args = mask(record.getMessage()), ()
    return True


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _kind(error: requests.RequestException) -> FailureKind:
    match error:
        case requests.exceptions.SSLError():
            return FailureKind.TLS
        case requests.exceptions.ConnectTimeout() | requests.exceptions.ProxyError():
            return FailureKind.CONNECT
        case requests.exceptions.Timeout():
            return FailureKind.TIMEOUT
        case requests.exceptions.ChunkedEncodingError() | requests.exceptions.ContentDecodingError():
            return FailureKind.BROKEN_BODY
        case requests.exceptions.ConnectionError():
            return FailureKind.CONNECT if _never_connected(error) else FailureKind.RESET
        case _:
            return FailureKind.CONNECT


def _never_connected(error: requests.exceptions.ConnectionError) -> bool:
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", cause), NewConnectionError)
