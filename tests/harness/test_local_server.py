"""The server carries requests and answers as they are, and survives those who do not speak HTTP."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from sfoptlint.clients.errors import FailureKind, TransportError
from sfoptlint.clients.network import NetworkTransport
from sfoptlint.clients.wire import Request, Response
from sfoptlint.harness.fake_campaign_monitor.fake import FakeCampaignMonitor
from sfoptlint.harness.fake_org.fake import FakeOrg
from sfoptlint.harness.local.authority import certify
from sfoptlint.harness.local.server import LocalServer
from sfoptlint.harness.local.switch import Switch
from tests.harness.worlds import account, org

Serve = Callable[..., LocalServer]
Answer = Callable[[Request], Response]


class Answering:
    """Answers from a function."""

    def __init__(self, answer: Answer) -> None:
        self.send = answer


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:

        def started(answer: Answer, *args: object) -> LocalServer:
            server = LocalServer(Answering(answer), 0, *args)  # type: ignore[arg-type]
            stack.callback(server.close)
            server.start()
            return server

        yield started


@pytest.fixture
def network() -> Iterator[NetworkTransport]:
    with closing(NetworkTransport()) as transport:
        yield transport


def test_a_request_arrives_as_it_was_sent(serve: Serve, network: NetworkTransport) -> None:
    asked: list[Request] = []

    def answer(request: Request) -> Response:
        asked.append(request)
        return Response(201, {"X-Said": "yes", "Content-Length": "999"}, b"made\xff")

    server = serve(answer)
    response = network.send(Request("PATCH", f"{server.url}/a%20b?q=%40x&q=", {"X-Asked": "y"}, b"\x00body"))
    assert (response.status, response.body, response.header("x-said")) == (201, b"made\xff", "yes")
    (request,) = asked
    assert (request.method, request.path, request.query) == ("PATCH", "/a%20b", (("q", "@x"), ("q", "")))
    assert (request.body, request.header("X-Asked")) == (b"\x00body", "y")
    assert request.host == f"127.0.0.1:{server.port}"


def test_both_services_answer_on_one_port(network: NetworkTransport) -> None:
    with ExitStack() as stack:
        server = LocalServer(Switch(FakeOrg(org()), FakeCampaignMonitor(account("news"))))
        stack.callback(server.close)
        server.start()
        token = {"Authorization": "Bearer t"}
        lists = network.send(Request("GET", f"{server.url}/api/v3.3/clients/c1/lists.json", token))
        assert lists.json() == [{"ListID": "news", "Name": "News"}]
        limits = network.send(Request("GET", f"{server.url}/services/data/v64.0/limits", token))
        assert limits.json()["DailyApiRequests"]["Remaining"] == 14_999
        assert network.send(Request("POST", f"{server.url}/oauth/token", {}, b"code=1")).status == 200
        assert network.send(Request("POST", f"{server.url}/services/oauth2/token", {}, b"code=1")).status == 200
        assert (
            network.send(Request("DELETE", f"{server.url}/services/data/v64.0/sobjects/Contact/x", token)).status == 404
        )


def test_with_tls_only_who_trusts_the_authority_gets_an_answer(
    serve: Serve, network: NetworkTransport, tmp_path: Path
) -> None:
    context, authority = certify(tmp_path)
    server = serve(lambda _: Response(200, {}, b"ok"), context)
    with closing(NetworkTransport(authority=str(authority))) as trusting:
        for host in ("127.0.0.1", "localhost"):
            assert trusting.send(Request("GET", f"https://{host}:{server.port}/")).body == b"ok"
    with pytest.raises(TransportError) as raised:
        network.send(Request("GET", server.url))
    assert raised.value.kind is FailureKind.TLS


def spoken(server: LocalServer, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), 5) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        heard = b""
        while piece := connection.recv(65536):
            heard += piece
        return heard


NONSENSE = [
    (b"hello\r\n\r\n", b"400"),
    (b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", b"501"),
    (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", b"413"),
    (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
    (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"413"),
    (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", b"413"),
    (b"", b""),
]


@pytest.mark.parametrize(("data", "status"), NONSENSE)
def test_nonsense_is_refused_and_the_next_request_answered(
    serve: Serve, network: NetworkTransport, data: bytes, status: bytes
) -> None:
    server = serve(lambda _: Response(200, {}, b"ok"))
    assert status in spoken(server, data).partition(b"\r\n")[0]
    assert network.send(Request("GET", server.url)).body == b"ok"


def test_a_body_in_chunks_is_put_together(serve: Serve) -> None:
    server = serve(lambda request: Response(200, {}, request.body))
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    heard = spoken(server, head + b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")
    assert heard.endswith(b"\r\n\r\nabcde")


def test_a_fault_of_ours_is_told_without_what_was_asked(network: NetworkTransport) -> None:
    def answer(request: Request) -> Response:
        raise KeyError(request.url)

    told: list[str] = []
    server = LocalServer(Answering(answer), 0, None, told.append)
    with ExitStack() as stack:
        stack.callback(server.close)
        server.start()
        response = network.send(Request("GET", f"{server.url}/?email=ann@shore.example"))
    assert (response.status, response.json()) == (500, {"error": "internal error"})
    assert len(told) == 1
    assert "KeyError at" in told[0]
    assert "ann" not in told[0]


def test_an_answer_without_a_body_has_none(serve: Serve, network: NetworkTransport) -> None:
    server = serve(lambda _: Response(204))
    assert network.send(Request("DELETE", server.url)).body == b""
    assert network.send(Request("HEAD", server.url)).body == b""
