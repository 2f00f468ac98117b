"""What two answers have in common when they differ in their values alone."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

from sfoptlint.clients.wire import Response

SAID = frozenset(
    {"Code", "errorCode", "statusCode", "success", "done", "State", "SubscriberState", "totalSize", "state"}
)
"""Fields whose values have to be the same too."""


def differences(recorded: Response, given: Response, *, excerpt: bool) -> list[str]:
    """Return in which ways an answer is not of the recorded one's shape; an excerpt may lack what is given."""
    found = [] if recorded.status == given.status else [f"status {recorded.status}, and the fake says {given.status}"]
    kinds = [response.header("Content-Type").partition(";")[0] for response in (recorded, given)]
    if recorded.body and kinds[0] != kinds[1]:
        found.append(f"type {kinds[0]}, and the fake says {kinds[1]}")
    if not recorded.body or not given.body:
        return found + (["one has no body"] if bool(recorded.body) != bool(given.body) else [])
    if kinds[0] == "text/csv":
        return found + list(_csv(recorded, given))
    return found + list(_compared("", json.loads(recorded.body), json.loads(given.body), excerpt=excerpt))


def _csv(recorded: Response, given: Response) -> Iterator[str]:
    tables = [list(csv.reader(StringIO(response.body.decode(), newline=""))) for response in (recorded, given)]
    if tables[0][0] != tables[1][0] or len(tables[0]) != len(tables[1]):
        yield f"columns or rows differ: {tables}"


def _compared(path: str, recorded: Any, given: Any, *, excerpt: bool) -> Iterator[str]:
    if recorded is None or given is None:
        return
    if _kind(recorded) != _kind(given):
        yield f"{path}: {_kind(recorded)}, and the fake gives {_kind(given)}"
    elif isinstance(recorded, dict):
        yield from _keys(path, recorded, given, excerpt=excerpt)
    elif isinstance(recorded, list):
        if len(recorded) != len(given) and not excerpt:
            yield f"{path}: {len(recorded)} of them, and the fake gives {len(given)}"
        for one, other in zip(recorded, given, strict=False):
            yield from _compared(f"{path}[]", one, other, excerpt=excerpt)


def _keys(path: str, recorded: dict[str, Any], given: dict[str, Any], *, excerpt: bool) -> Iterator[str]:
    for key, value in recorded.items():
        if key not in given:
            yield f"{path}.{key} is missing"
        elif key in SAID and value != given[key]:
            yield f"{path}.{key}: {value}, and the fake says {given[key]}"
        else:
            yield from _compared(f"{path}.{key}", value, given[key], excerpt=excerpt)
    # A refusal that names no field may leave the list of fields out, or give an empty one.
    more = set(given) - set(recorded) - {"fields"}
    if more and not excerpt:
        yield f"{path}: the fake gives {sorted(more)} too"


def _kind(value: Any) -> str:
    match value:
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case _:
            return type(value).__name__
