"""Runs anonymous Apex that always ends in a failed assertion, so that all it did is rolled back (Apex Developer Guide,
Anonymous Blocks; Tooling API, executeAnonymous)."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import requests

from sfoptlint.clients.errors import ApiError, BrokenAnswerError
from sfoptlint.clients.redaction import mask
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.results import refusal
from sfoptlint.clients.salesforce.session import session_through
from sfoptlint.clients.wire import Transport


class AnonymousApex:
    """Asks one org to run scripts that tell something by failing."""

    def __init__(self, transport: Transport, access: Access) -> None:
        self._session = session_through(transport, access)
        self._url = f"{access.instance_url.rstrip('/')}/services/data/v{access.version}/tooling/executeAnonymous/"

    def told(self, script: str, mark: str) -> Mapping[str, Any]:
        """Run a script and return the JSON object behind the mark in its failed assertion; raises ClientError."""
        answer = self._session.get(f"{self._url}?anonymousBody={quote(script, safe='')}")
        content = _json(answer)
        if answer.status_code >= 300:
            raise refusal(answer.status_code, content)
        if not isinstance(content, Mapping):
            raise BrokenAnswerError("the answer about a script is none")
        if content.get("compiled") is not True:
            raise ApiError(200, "NOT_COMPILED", str(content.get("compileProblem")))
        message = str(content.get("exceptionMessage") or "")
        _, found, told = message.partition(mark)
        if not found:
            raise ApiError(200, "SCRIPT_FAILED", mask(message) or "the script did not tell what it saw")
        try:
            document = json.loads(told)
        except ValueError:
            raise BrokenAnswerError("what the script told is cut off") from None
        return document if isinstance(document, Mapping) else {}


def _json(answer: requests.Response) -> Any:
    try:
        return answer.json()
    except requests.exceptions.JSONDecodeError:
        raise BrokenAnswerError("the answer is not JSON") from None
