"""Whether a request is the recorded one, matcher by matcher, and what differs where it is not."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from sfoptlint.clients.redaction import mask
from sfoptlint.clients.wire import Request
from sfoptlint.harness.cassette.bodies import body_value
from sfoptlint.harness.cassette.cassette import Interaction, RecordedRequest

_SHOWN: Final = 400


@dataclass(frozen=True, slots=True)
class Difference:
    """One matcher that says no: its name, and what each side has."""

    matcher: str
    asked: str
    recorded: str


def differences(request: Request, recorded: RecordedRequest) -> tuple[Difference, ...]:
    """Return every matcher that says no, the weightiest first; none where the request is the recorded one."""
    return tuple(_differences(request, recorded))


def endpoint(method: str, url: str) -> tuple[str, str, str]:
    """Return what is asked of whom: method, host and path."""
    parts = urlsplit(url)
    return method.upper(), parts.netloc.lower(), parts.path


def _differences(request: Request, recorded: RecordedRequest) -> Iterator[Difference]:
    names = ("method", "host", "path")
    asked, had = endpoint(request.method, request.url), endpoint(recorded.method, recorded.url)
    for name, left, right in zip(names, asked, had, strict=True):
        if left != right:
            yield Difference(name, left, right)
    left_query, right_query = sorted(request.query), sorted(_query(recorded.url))
    if left_query != right_query:
        yield Difference("query", _pairs(left_query), _pairs(right_query))
    body = body_value(request.body, request.header("Content-Type"))
    if recorded.kept and body != recorded.body:
        yield Difference("body", _text(body), _text(recorded.body))
    for name, value in recorded.headers:
        if request.header(name) != value:
            yield Difference(f"header {name}", request.header(name) or "(none)", value)


def miss(request: Request, closest: Interaction | None, reason: str) -> str:
    """Return the message about a request that nothing recorded answers."""
    lines = [f"the cassette has no answer: {reason}", f"  asked     {_line(request.method, request.url)}"]
    body = body_value(request.body, request.header("Content-Type"))
    if body is not None:
        lines.append(f"            {_text(body)}")
    if closest is not None:
        recorded = closest.request
        lines.append(f"  closest   {_line(recorded.method, recorded.url)} (seq {closest.seq})")
        for difference in differences(request, recorded):
            lines += [
                f"  {difference.matcher} differs",
                f"            asked     {mask(difference.asked)}",
                f"            recorded  {mask(difference.recorded)}",
            ]
    return "\n".join(lines)


def _line(method: str, url: str) -> str:
    return f"{method} {mask(url)}"


def _query(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


def _pairs(query: list[tuple[str, str]]) -> str:
    return "&".join(f"{name}={value}" for name, value in query) or "(none)"


def _text(body: Any) -> str:
    if body is None:
        return "(none)"
    text = body if isinstance(body, str) else json.dumps(body, sort_keys=True)
    shown = mask(text)
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "..."
