"""What went over the wire: every request of a run, and the words of those that change something."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

from sfoptlint.clients.errors import ClientError
from sfoptlint.clients.wire import Request, Response, Transport


@dataclass(frozen=True, slots=True)
class Pattern:
    """A method and parts that a request's URL holds, in any order: `GET lists/news/active page=2`."""

    method: str
    parts: tuple[str, ...]

    def matches(self, request: Request) -> bool:
        """Return whether a request is one of these."""
        url = unquote_plus(request.url)
        return request.method == self.method and all(part in url for part in self.parts)


@dataclass
class Names:
    """What the scenario calls things, by their ids; outward names, inward ids."""

    ids: dict[str, str] = field(default_factory=dict)

    def pattern(self, text: str) -> Pattern:
        """Read a pattern, lists by the scenario's names."""
        method, *parts = text.split()
        return Pattern(method, tuple("/".join(self.ids.get(step, step) for step in part.split("/")) for part in parts))

    def outward(self, text: str) -> str:
        """Return a text with the scenario's names for the ids in it."""
        for name, record in self.ids.items():
            text = text.replace(record, name)
        return text


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what came of it: a status, or the failure."""

    request: Request
    came: str


class RecordingTransport:
    """Keeps every request that passes, also one that gets no answer."""

    def __init__(self, inner: Transport, exchanges: list[Exchange]) -> None:
        self._inner = inner
        self._exchanges = exchanges

    def send(self, request: Request) -> Response:
        """Send, and keep."""
        try:
            response = self._inner.send(request)
        except ClientError as error:
            self._exchanges.append(Exchange(request, str(error)))
            raise
        self._exchanges.append(Exchange(request, str(response.status)))
        return response


def changes(exchanges: Sequence[Exchange], names: Names) -> list[str]:
    """Return the requests that change something, in words, in their order."""
    said = (_said(one.request, names) for one in exchanges if one.request.method != "GET")
    return [line for line in said if line]


def _said(request: Request, names: Names) -> str:
    path = request.path
    if path.endswith("/composite/sobjects"):
        return _saves(json.loads(request.body), names)
    if path.endswith("/unsubscribe.json"):
        return names.outward(f"unsubscribe {json.loads(request.body)['EmailAddress']} from {path.split('/')[-2]}")
    if path.endswith("/import.json"):
        addresses = ", ".join(row["EmailAddress"] for row in json.loads(request.body)["Subscribers"])
        return names.outward(f"add {addresses} to {path.split('/')[-2]}")
    return names.outward(f"{request.method} {path}")


def _saves(body: Mapping[str, Any], names: Names) -> str:
    records = body["records"]
    target = records[0]["attributes"]["type"]
    changed = {name: value for name, value in records[0].items() if name not in {"attributes", "id"}}
    sets = ", ".join(f"{name} = {json.dumps(value)}" for name, value in changed.items())
    return f"{target} {sets}: {', '.join(sorted(names.outward(record['id']) for record in records))}"
