"""One call of Campaign Monitor's API v3.3: JSON out, JSON or an error in."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from sfoptlint.clients.campaign_monitor.credentials import Credentials
from sfoptlint.clients.campaign_monitor.records import Code
from sfoptlint.clients.errors import ApiError, BrokenAnswerError
from sfoptlint.clients.wire import Request, Response, Transport

BASE_URL = "https://api.createsend.com/api/v3.3"


class PartialImportError(ApiError):
    """Code 210: an import took some addresses and left out others; `result` says which."""

    def __init__(self, status: int, code: str, message: str, result: Any) -> None:
        super().__init__(status, code, message)
        self.result = result


class Calls:
    """Sends calls, and renews an expired token once for each."""

    def __init__(self, transport: Transport, credentials: Credentials, base_url: str = BASE_URL) -> None:
        self._transport = transport
        self._credentials = credentials
        self._base_url = base_url.rstrip("/")

    def get(self, *path: str, query: Mapping[str, object] | None = None) -> Any:
        """Read a resource."""
        return self._call("GET", path, query)

    def post(self, *path: str, body: object) -> Any:
        """Post to a resource. Each one here does, sent twice, what it does once."""
        return self._call("POST", path, None, body)

    def delete(self, *path: str, query: Mapping[str, object]) -> Any:
        """Delete from a resource."""
        return self._call("DELETE", path, query)

    def _call(self, method: str, path: tuple[str, ...], query: Mapping[str, object] | None, body: object = None) -> Any:
        response = self._send(method, path, query, body)
        if response.status == 401 and _code(response) == Code.EXPIRED_TOKEN:
            if not self._credentials.renew(self._transport, self._base_url):
                raise self._error(response)
            response = self._send(method, path, query, body)
        if not 200 <= response.status < 300:
            raise self._error(response)
        return response.json() if response.body.strip() else None

    def _error(self, response: Response) -> ApiError:
        code = _code(response)
        if not code:
            return ApiError(response.status, str(response.status), "the answer is not one that the API documents")
        answer = response.json()
        message = str(answer.get("Message") or "")
        for secret in filter(None, self._credentials.secrets()):
            message = message.replace(secret, "<secret>")
        if code == Code.PARTIAL_IMPORT:
            return PartialImportError(response.status, str(code), message, answer.get("ResultData"))
        return ApiError(response.status, str(code), message)

    def _send(self, method: str, path: tuple[str, ...], query: Mapping[str, object] | None, body: object) -> Response:
        url = f"{self._base_url}/{'/'.join(quote(part, safe='') for part in path)}.json"
        if query:
            url += "?" + urlencode({name: value for name, value in query.items() if value is not None})
        headers = {
            "Authorization": self._credentials.header(),
            "Content-Type": "application/json; charset=utf-8",
            "Accept": "application/json",
        }
        data = b"" if body is None else json.dumps(body).encode()
        return self._transport.send(Request(method, url, headers, data, idempotent=True))


def _code(response: Response) -> int:
    try:
        answer = response.json()
    except BrokenAnswerError:
        return 0
    code = answer.get("Code") if isinstance(answer, dict) else None
    return code if isinstance(code, int) else 0
