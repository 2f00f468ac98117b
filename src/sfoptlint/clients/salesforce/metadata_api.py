"""Retrieves metadata as a zip, on simple-salesforce's client of the Metadata API (Metadata API Developer Guide, retrieve())."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from simple_salesforce.api import Salesforce as Connection
from simple_salesforce.exceptions import SalesforceError

from sfoptlint.clients.clock import Clock
from sfoptlint.clients.errors import ApiError, BrokenAnswerError, ExhaustedError
from sfoptlint.clients.redaction import mask
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.session import session_through
from sfoptlint.clients.wire import Transport

Answer = TypeVar("Answer")
Members = Mapping[str, Sequence[str]]
"""Full names by metadata type; `*` is all that a wildcard covers."""
_BETWEEN = 3.0
_LONGEST = timedelta(minutes=30)


class MetadataApi:
    """The Metadata API of one org. It keeps a connection of its own: its headers would spoil those of the REST API."""

    def __init__(self, transport: Transport, access: Access, clock: Clock) -> None:
        self._transport = transport
        self._access = access
        self._clock = clock

    def retrieve(self, members: Members) -> tuple[bytes, tuple[str, ...]]:
        """Return a zip of these components, and what the org says could not be retrieved.

        Raises ClientError where the job fails or does not end.
        """
        api = Connection(
            session_id=self._access.token,
            instance_url=self._access.instance_url,
            version=self._access.version,
            session=session_through(self._transport, self._access),
        ).mdapi
        job, _ = _asked(lambda: api.retrieve("", unpackaged={name: list(m) for name, m in members.items()}))
        if not job:
            raise BrokenAnswerError("the answer names no retrieve job")
        self._wait(lambda: _asked(lambda: api.check_retrieve_status(job)))
        _, _, messages, archive = _asked(lambda: api.retrieve_zip(job))
        return archive, tuple(mask(f"{m.get('file')}: {m.get('message')}") for m in messages)

    def _wait(self, status: Callable[[], tuple[str | None, str | None, object]]) -> None:
        until = self._clock.now() + _LONGEST
        while True:
            state, message, _ = status()
            if state == "Succeeded":
                return
            if state == "Failed":
                raise ApiError(200, "RETRIEVE_FAILED", message or "the org does not say why")
            if self._clock.now() >= until:
                raise ExhaustedError(f"the retrieve has not ended within {_LONGEST}")
            self._clock.sleep(_BETWEEN)


def _asked(ask: Callable[[], Answer]) -> Answer:
    """Ask, and return the answer; raise what went wrong without the token, which every request holds."""
    try:
        return ask()
    except SalesforceError as error:
        text = str(error.content)
        code = "INVALID_SESSION_ID" if "INVALID_SESSION_ID" in text else str(error.status)
        if "REQUEST_LIMIT_EXCEEDED" in text:
            raise ExhaustedError("REQUEST_LIMIT_EXCEEDED") from None
        raise ApiError(error.status, code, "the Metadata API refuses") from None
    except (SyntaxError, TypeError):  # what its XML parser and its decoder raise on a broken answer
        raise BrokenAnswerError("the answer of the Metadata API is broken") from None
    except Exception as error:
        if type(error) is not Exception:
            raise
        # simple-salesforce's own, with the whole answer in its text.
        raise BrokenAnswerError("the answer of the Metadata API has no result") from None
