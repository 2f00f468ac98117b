"""Transports as a server of HTTP on loopback. It logs nothing: a request's path may hold an address."""

import ssl
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import DEFAULT_BUFFER_SIZE
from socket import socket
from threading import Thread
from typing import Final

from sfoptlint.clients.errors import ClientError, FailureKind, TransportError
from sfoptlint.clients.wire import Request, Response, Transport, json_response

HOST: Final = "127.0.0.1"
MAX_BODY: Final = 200 * 2**20
_IDLE: Final = 120.0
"""Seconds after which a connection that says nothing is let go."""
_PER_HOP: Final = frozenset({"connection", "content-length", "transfer-encoding", "content-encoding", "keep-alive"})


class LocalServer:
    """Answers on a port of loopback from a transport, each connection on a thread of its own."""

    def __init__(
        self,
        transport: Transport,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        told: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._server = _Server(transport, port, tls, told)
        self.scheme = "https" if tls else "http"
        self.port = self._server.server_port
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"{self.scheme}://{HOST}:{self.port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """Stop answering, and let go of the port."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, transport: Transport, port: int, tls: ssl.SSLContext | None, told: Callable[[str], None]
    ) -> None:
        self.transport = transport
        self.tls = tls
        self.told = told
        super().__init__((HOST, port), _Handler)

    def get_request(self) -> tuple[socket, tuple[str, int]]:
        connection, address = super().get_request()
        if self.tls is None:
            return connection, address
        # The handshake waits for the connection's own thread: a client that dawdles stops nobody else.
        return self.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that breaks off is the client's business."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "sfoptlint"
    wbufsize = DEFAULT_BUFFER_SIZE  # headers and body in one piece: two small ones wait for each other
    disable_nagle_algorithm = True
    timeout = _IDLE
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """Say nothing."""

    def _respond(self) -> None:
        body = self._body()
        if body is None:
            self.close_connection = True
            self._write(Response(413))
            return
        answer = self._answer(body)
        if answer is None:
            self.close_connection = True
            return
        self._write(answer)

    def _answer(self, body: bytes) -> Response | None:
        """Return the answer; None where the connection behind us broke, which then breaks here too."""
        host = self.headers.get("Host") or f"{HOST}:{self.server.server_port}"
        scheme = "https" if self.server.tls else "http"
        url = self.path if "://" in self.path.partition("?")[0] else f"{scheme}://{host}{self.path}"
        request = Request(self.command, url, dict(self.headers.items()), body)
        try:
            return self.server.transport.send(request)
        except ClientError as error:
            if isinstance(error, TransportError) and error.kind is FailureKind.RESET:
                return None
            return json_response(502, {"error": str(error)})
        except Exception as error:
            frame = error.__traceback__
            while frame is not None and frame.tb_next is not None:
                frame = frame.tb_next
            where = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
            self.server.told(f"internal error: {type(error).__name__} at {where}: please report it")
            return json_response(500, {"error": "internal error"})

    def _body(self) -> bytes | None:
        """Return the request's body; None where it is too long or its length is nonsense."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._chunks()
        length = self.headers.get("Content-Length", "0").strip()
        if not length.isdecimal() or int(length) > MAX_BODY:
            return None
        return self.rfile.read(int(length))

    def _chunks(self) -> bytes | None:
        body = bytearray()
        while True:
            try:
                size = int(self.rfile.readline(64).split(b";")[0].strip(), 16)
            except ValueError:
                return None
            if size < 0 or len(body) + size > MAX_BODY:
                return None
            body += self.rfile.read(size)
            self.rfile.readline(64)
            if size == 0:
                return bytes(body)

    def _write(self, response: Response) -> None:
        with suppress(ConnectionError):
            self.send_response(response.status)
            for name, value in response.headers.items():
                if name.lower() not in _PER_HOP:
                    self.send_header(name, value)
            if response.status != 204:
                self.send_header("Content-Length", str(len(response.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(response.body)
            self.wfile.flush()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _respond  # noqa: N815 - as http.server calls them
