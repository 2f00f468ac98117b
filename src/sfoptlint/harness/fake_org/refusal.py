"""How the REST API says no: an HTTP status and a list of `{message, errorCode, fields}` (Status Codes and Error Responses)."""

from collections.abc import Sequence
from typing import Any, Final

from sfoptlint.clients.salesforce.results import SaveError
from sfoptlint.clients.wire import Response, json_response

_STATUSES: Final = {
    "NOT_FOUND": 404,
    "ENTITY_IS_DELETED": 404,
    "INVALID_CROSS_REFERENCE_KEY": 404,
    "INVALID_SESSION_ID": 401,
    "REQUEST_LIMIT_EXCEEDED": 403,
    "INSUFFICIENT_ACCESS_OR_READONLY": 403,
    "METHOD_NOT_ALLOWED": 405,
}
"""Where it is not 400."""


class OrgRefusal(Exception):  # noqa: N818 - the service's answer, not a fault of ours
    """The whole request is refused."""

    def __init__(self, code: str, message: str, fields: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.errors = (SaveError(code, message, tuple(fields)),)

    def response(self) -> Response:
        """Return the answer."""
        return refused(self.errors)


def refused(errors: Sequence[SaveError]) -> Response:
    """Return the answer about one record that was not saved."""
    status = _STATUSES.get(errors[0].status_code, 400)
    return json_response(status, [shown(error, "errorCode") for error in errors])


def shown(error: SaveError, code: str) -> dict[str, Any]:
    """Return an error as JSON; a single record's request calls its code `errorCode`, a collection `statusCode`."""
    return {"message": error.message, code: error.status_code, "fields": list(error.fields)}


def not_found() -> OrgRefusal:
    """Return the refusal about something that is not there."""
    return OrgRefusal("NOT_FOUND", "The requested resource does not exist")
