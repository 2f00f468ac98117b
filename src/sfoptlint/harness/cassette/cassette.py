"""What a cassette holds.

`responses` loads the file too: it reads the seven keys of each `response` and nothing else. What it does not keep stands beside:
the request, faults, and where the whole came from.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sfoptlint.clients.wire import Response

FORMAT = 1


class Origin(StrEnum):
    """Where a cassette came from."""

    RECORDED = "recorded"
    """From a live system."""
    WRITTEN = "written"
    """By hand, from the documentation."""


class Order(StrEnum):
    """In which order interactions are to come."""

    STRICT = "strict"
    """All of them in the file's order."""
    PER_ENDPOINT = "per-endpoint"
    """Those of one method, host and path in the file's order."""
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Header:
    """What the file says of itself. `source` names the documents, or the versions that were recorded."""

    origin: Origin
    source: str
    order: Order = Order.PER_ENDPOINT
    recorded: str = ""
    redaction: str = ""
    """How addresses were replaced, with the first characters of a hash of the key; empty where none was."""


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """What was asked. `body` is the JSON's value, the pairs of a form, or a text; None where there was none.

    `headers` are those that have a meaning for the answer: no other is compared. Where the body was not `kept`, as the recorder
    of `responses` keeps none, it is not compared either.
    """

    method: str
    url: str
    body: Any = field(default=None, repr=False)
    headers: tuple[tuple[str, str], ...] = ()
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Interaction:
    """A request with its answer, good for so many repetitions. `seq` is its number in the file, `phase` what it belongs to."""

    seq: int
    request: RecordedRequest
    response: Response
    repeat: int = 1
    phase: str = ""


@dataclass(frozen=True, slots=True)
class CassetteFault:
    """Something that goes wrong once, just before the interaction of that number is answered.

    `kind` is a failure of the transport (`timeout`, `reset`, `connect`, `tls`, `broken_body`) or an HTTP status.
    """

    at_seq: int
    kind: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cassette:
    """A whole file."""

    header: Header
    interactions: tuple[Interaction, ...]
    faults: tuple[CassetteFault, ...] = ()
