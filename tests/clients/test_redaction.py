"""No address and no token in what a person may read."""

import pytest

from sfoptlint.clients.errors import ApiError, FailureKind, TransportError
from sfoptlint.clients.redaction import mask
from sfoptlint.clients.trace import TracingTransport
from sfoptlint.clients.wire import Request, Response
from tests.clients.wires import ScriptedTransport


@pytest.mark.parametrize(
    "text",
    [
        "ann@shore.example",
        "Ann+news@Shore.example.",
        "email=ann%2Btag%40shore.example&page=1",
        'the value "ann b"@shore.example is taken',
        "<ann@shore.example>",
        "WHERE Email = 'ann@shore.example'",
        "müller@bücher.example",
        "o'ann@shore.example",
    ],
)
def test_an_address_is_masked(text: str) -> None:
    masked = mask(text)
    assert "shore" not in masked.lower()
    assert "bücher" not in masked
    assert "ann" not in masked.lower()
    assert "<address>" in masked


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer s3cr3t.token",
        "Authorization: Basic s3cr3t==",
        "sid=s3cr3t; path=/",
        '{"access_token": "s3cr3t", "refresh_token":"s3cr3t2"}',
        "grant_type=refresh_token&refresh_token=s3cr3t",
        "<sessionId>s3cr3t</sessionId>",
        "00D000000000001!AQs3cr3t.x_y",
    ],
)
def test_a_token_is_masked(text: str) -> None:
    masked = mask(text)
    assert "s3cr3t" not in masked
    assert "<secret>" in masked


def test_errors_say_what_happened_without_whom() -> None:
    refused = ApiError(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "ann@shore.example may not be changed")
    assert str(refused) == "FIELD_CUSTOM_VALIDATION_EXCEPTION: <address> may not be changed"
    assert "ann" not in str(TransportError(FailureKind.RESET, "GET /x?email=ann@shore.example"))


def test_nothing_secret_is_shown_of_a_request() -> None:
    request = Request("GET", "https://one.example/a", {"Authorization": "Bearer s3cr3t"}, b"ann@shore.example")
    assert "s3cr3t" not in repr(request)
    assert "ann" not in repr(request)


def test_a_trace_has_a_line_for_each_exchange() -> None:
    told: list[str] = []
    transport = TracingTransport(
        ScriptedTransport([Response(200), TransportError(FailureKind.TIMEOUT, "x")]), told.append
    )
    request = Request("GET", "https://one.example/subscribers/ab.json?email=ann%40shore.example&page=1")
    transport.send(request)
    with pytest.raises(TransportError):
        transport.send(request)
    assert told == [
        "GET /subscribers/ab.json?email=<address>&page=1 200",
        "GET /subscribers/ab.json?email=<address>&page=1 timeout: x",
    ]
