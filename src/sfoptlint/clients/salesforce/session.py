"""A session of requests that sends through our transport, so that simple-salesforce does too.

It covers what simple-salesforce 1.12 gets wrong: an expired token is renewed here, so that the repeated request keeps its
headers; a plain http instance keeps its scheme; nobody waits forever, for the transport has timeouts.
"""

from collections.abc import Mapping
from io import BytesIO
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from sfoptlint.clients.errors import BrokenAnswerError
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.wire import Request, Response, Transport

_REPEATABLE = frozenset({"GET", "HEAD", "PATCH", "PUT", "DELETE"})
"""A PATCH sets fields to values: twice is once."""
_UNPACKED = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers that speak of a body as it travelled; ours is unpacked."""


def session_through(transport: Transport, access: Access) -> requests.Session:
    """Return a session whose requests go to `transport` with the token of `access`."""
    session = requests.Session()
    session.trust_env = False  # proxies and certificates are the transport's, and a netrc file is nobody's here
    adapter = TransportAdapter(transport, access)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


class TransportAdapter(HTTPAdapter):
    """Answers a session from a transport."""

    def __init__(self, transport: Transport, access: Access) -> None:
        super().__init__()
        self._transport = transport
        self._access = access
        self._scheme = urlsplit(access.instance_url).scheme or "https"

    def send(  # noqa: PLR0913, PLR0917 - the signature is that of requests
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: object = None,
        verify: object = True,
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a prepared request; what concerns the connection is the transport's."""
        answer = self._transport.send(self._translated(request))
        if self._access.renew is not None and _expired(answer):
            self._access.token = self._access.renew()
            answer = self._transport.send(self._translated(request))
        headers = {name: value for name, value in answer.headers.items() if name.lower() not in _UNPACKED}
        raw = HTTPResponse(BytesIO(answer.body), headers=headers, status=answer.status, preload_content=False)
        return self.build_response(request, raw)

    def _translated(self, request: requests.PreparedRequest) -> Request:
        body = request.body or b""
        assert isinstance(body, str | bytes)
        assert request.method is not None
        url = urlsplit(str(request.url))._replace(scheme=self._scheme).geturl()
        headers = {**request.headers, "Authorization": f"Bearer {self._access.token}"}
        data = body.encode() if isinstance(body, str) else body
        return Request(request.method, url, headers, data, idempotent=request.method in _REPEATABLE)


def _expired(answer: Response) -> bool:
    """Whether an answer is 401 INVALID_SESSION_ID (REST API Developer Guide, Status Codes and Error Responses)."""
    if answer.status != 401:
        return False
    try:
        errors = answer.json()
    except BrokenAnswerError:
        return False
    return isinstance(errors, list) and any(
        isinstance(error, dict) and error.get("errorCode") == "INVALID_SESSION_ID" for error in errors
    )
