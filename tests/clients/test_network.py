"""The network's failures by their kind, against a server that misbehaves."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from threading import Thread

import pytest

from sfoptlint.clients.errors import FailureKind, TransportError
from sfoptlint.clients.network import NetworkTransport, Timeouts
from sfoptlint.clients.wire import Request

ANSWER = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\nSet-Cookie: sid=1\r\n\r\nok"


class Server:
    """Answers each connection with the same bytes and hangs up; with None it says nothing."""

    def __init__(self, answer: bytes | None) -> None:
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.heard: list[bytes] = []
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/x?email=ann%40shore.example"
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with ExitStack() as kept:
            while True:
                try:
                    connection, _ = self._socket.accept()
                except OSError:
                    return
                kept.enter_context(connection)
                self.heard.append(connection.recv(65536))
                if self._answer is not None:
                    connection.sendall(self._answer)
                    connection.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


@pytest.fixture
def network() -> Iterator[NetworkTransport]:
    with closing(NetworkTransport(Timeouts(2, 0.2))) as transport:
        yield transport


FAILURES: list[tuple[bytes | None, FailureKind]] = [
    (None, FailureKind.TIMEOUT),
    (b"", FailureKind.RESET),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", FailureKind.BROKEN_BODY),
    (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope", FailureKind.BROKEN_BODY),
    (b"nonsense\r\n\r\n", FailureKind.RESET),
]


@pytest.mark.parametrize(("answer", "kind"), FAILURES)
def test_each_failure_has_its_kind(network: NetworkTransport, answer: bytes | None, kind: FailureKind) -> None:
    with closing(Server(answer)) as server, pytest.raises(TransportError) as raised:
        network.send(Request("GET", server.url))
    assert raised.value.kind is kind
    assert "ann" not in str(raised.value)


def test_where_nobody_listens_nothing_was_done(network: NetworkTransport) -> None:
    server = Server(None)
    server.close()
    with pytest.raises(TransportError) as raised:
        network.send(Request("GET", server.url))
    assert raised.value.kind is FailureKind.CONNECT
    assert not raised.value.maybe_done


def test_an_answer_comes_back_as_it_was_and_leaves_no_cookie(network: NetworkTransport) -> None:
    with closing(Server(ANSWER)) as server:
        response = network.send(Request("POST", server.url, {"Authorization": "Bearer t"}, b"body"))
        network.send(Request("GET", server.url))
    assert (response.status, response.body) == (200, b"ok")
    assert b"Authorization: Bearer t" in server.heard[0]
    assert b"Cookie" not in server.heard[1]
