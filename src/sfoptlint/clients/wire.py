"""A request and an answer as plain data, and the seam that carries one to the other."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

from sfoptlint.clients.errors import BrokenAnswerError

Query = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A request of HTTP. `idempotent`: sent twice, it does what it does once, so that it may be repeated unanswered.

    Neither headers nor body are shown by `repr`: they carry tokens and addresses.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    idempotent: bool = False

    @property
    def host(self) -> str:
        """The host with its port, in lower case."""
        return urlsplit(self.url).netloc.lower()

    @property
    def path(self) -> str:
        """The path, still percent-encoded."""
        return urlsplit(self.url).path

    @property
    def query(self) -> Query:
        """The query's pairs, decoded, in their order."""
        return tuple(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))

    def header(self, name: str) -> str:
        """Return a header's value whatever the case of its name, empty where there is none."""
        return header(self.headers, name)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of HTTP; the body is decoded of what `Content-Encoding` named."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str:
        """Return a header's value whatever the case of its name, empty where there is none."""
        return header(self.headers, name)

    def json(self) -> Any:
        """Return the body as JSON; raise BrokenAnswerError where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise BrokenAnswerError(f"HTTP {self.status}: the answer is not JSON, {len(self.body)} bytes") from None


def header(headers: Mapping[str, str], name: str) -> str:
    """Return a header's value whatever the case of its name, empty where there is none."""
    wanted = name.casefold()
    return next((value for key, value in headers.items() if key.casefold() == wanted), "")


def json_response(status: int, value: Any, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer whose body is JSON."""
    return Response(
        status, {"Content-Type": "application/json;charset=UTF-8", **(headers or {})}, json.dumps(value).encode()
    )


class Transport(Protocol):
    """Whatever answers a request: the network, a cassette, a fake, or one of these with something around it."""

    def send(self, request: Request) -> Response:
        """Return the answer, whatever its status; raise TransportError where none came."""
        ...
