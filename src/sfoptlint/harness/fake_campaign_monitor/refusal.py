"""How API v3.3 says no: an HTTP status, and `{"Code", "Message"}`."""

import re
from typing import Any, Final

from sfoptlint.clients.campaign_monitor.records import Code
from sfoptlint.clients.wire import Response, json_response

_ADDRESS: Final = re.compile(r"""[^\s"(),:;<>@\[\\\]]+@[^\s"(),:;<>@\[\\\].]+(?:\.[^\s"(),:;<>@\[\\\].]+)+""")
_MAX_ADDRESS: Final = 254


class Refusal(Exception):  # noqa: N818 - the service's answer, not a fault of ours
    """The API says no."""

    def __init__(self, status: int, code: int, message: str, result: Any = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.result = result

    def response(self) -> Response:
        """Return the answer."""
        body = {"Code": self.code, "Message": self.message}
        return json_response(self.status, body if self.result is None else {"ResultData": self.result, **body})


def invalid_list() -> Refusal:
    """Return the refusal about a list's id: 401, for the API does not say whether somebody else has it."""
    return Refusal(401, Code.INVALID_LIST, "Invalid ListID")


def invalid_client() -> Refusal:
    """Return the refusal about a client's id."""
    return Refusal(401, Code.INVALID_CLIENT, "Invalid ClientID")


def valid_address(email: str, code: int = Code.INVALID_EMAIL) -> str:
    """Return an address; raise Refusal where it is none."""
    stripped = email.strip()
    if len(stripped) > _MAX_ADDRESS or not _ADDRESS.fullmatch(stripped):
        raise Refusal(400, code, "Invalid Email Address")
    return stripped
