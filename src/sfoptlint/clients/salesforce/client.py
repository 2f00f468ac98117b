"""Salesforce's REST API, as far as people, memberships and their opt-out need it.

REST API Developer Guide: Query, sObject Collections, sObject Describe, Limits.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import requests
from simple_salesforce.api import Salesforce as Connection
from simple_salesforce.exceptions import SalesforceError

from sfoptlint.clients.errors import BrokenAnswerError
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.results import Fields, ObjectDescribe, SaveResult, described, refusal, save_result
from sfoptlint.clients.salesforce.session import session_through
from sfoptlint.clients.wire import Transport

Answer = TypeVar("Answer")
COLLECTION = 200
"""Records of one request to composite/sobjects, at most."""
_JSON = {"Content-Type": "application/json"}
"""Said each time: once its metadata API was used, simple-salesforce would say `text/xml` on everything."""


class Salesforce:
    """An org, as the user of the token sees it. Every method raises a ClientError where there is no answer, or no yes."""

    def __init__(self, transport: Transport, access: Access) -> None:
        self._session = session_through(transport, access)
        self._connection = Connection(
            session_id="held by the session",
            instance_url=access.instance_url,
            version=access.version,
            session=self._session,
            object_pairs_hook=None,
        )

    def query(self, soql: str, *, page_size: int = 2000, include_deleted: bool = False) -> Iterator[Fields]:
        """Yield the rows of a query, page by page as they are asked for; a page has 200 to 2000 rows, or fewer."""
        headers = {**_JSON, "Sforce-Query-Options": f"batchSize={page_size}"}
        page = _asked(lambda: self._connection.query(soql, include_deleted=include_deleted, headers=headers))
        yield from _rows(page)
        while not page.get("done"):
            following = page.get("nextRecordsUrl")
            if not isinstance(following, str) or not following.startswith("/"):
                raise BrokenAnswerError("the answer is not done, and does not say where it goes on")
            page = self._more(following, headers)
            yield from _rows(page)

    def update(
        self, object_name: str, records: Sequence[Fields], headers: Mapping[str, str] | None = None
    ) -> tuple[SaveResult, ...]:
        """Save records, each by itself: one result for each, in this order.

        A record is its `Id` and the fields to set. 200 go in one request; where one fails, what the earlier ones did stays.
        """
        bodies = [{"id": r["Id"], **{name: value for name, value in r.items() if name != "Id"}} for r in records]
        return self._save("PATCH", object_name, bodies, headers)

    def create(
        self, object_name: str, records: Sequence[Fields], headers: Mapping[str, str] | None = None
    ) -> tuple[SaveResult, ...]:
        """Make records, each by itself: one result for each, in this order."""
        return self._save("POST", object_name, [dict(record) for record in records], headers)

    def describe(self, object_name: str) -> ObjectDescribe:
        """Return an object's fields as the user of the token may see them."""
        return described(self._restful("GET", f"sobjects/{object_name}/describe", None))

    def limits(self) -> Mapping[str, Mapping[str, int]]:
        """Return the org's limits, each with `Max` and `Remaining`."""
        answer = self._restful("GET", "limits", None)
        if not isinstance(answer, Mapping):
            raise BrokenAnswerError("the answer has no limits")
        return answer

    def _more(self, url: str, headers: Mapping[str, str]) -> Any:
        return _asked(lambda: self._connection.query_more(url, identifier_is_url=True, headers=headers))

    def _save(
        self, method: str, object_name: str, bodies: Sequence[Fields], headers: Mapping[str, str] | None
    ) -> tuple[SaveResult, ...]:
        results: list[SaveResult] = []
        for start in range(0, len(bodies), COLLECTION):
            chunk = bodies[start : start + COLLECTION]
            answer = self._restful(
                method,
                "composite/sobjects",
                {"allOrNone": False, "records": [{"attributes": {"type": object_name}, **body} for body in chunk]},
                headers,
            )
            if not isinstance(answer, list) or len(answer) != len(chunk):
                raise BrokenAnswerError(f"{len(chunk)} records were sent, and the answer is not about as many")
            results += [save_result(r, str(body.get("id", ""))) for r, body in zip(answer, chunk, strict=True)]
        return tuple(results)

    def _restful(self, method: str, path: str, body: object, headers: Mapping[str, str] | None = None) -> Any:
        return _asked(
            lambda: self._connection.restful(path, method=method, headers={**_JSON, **(headers or {})}, json=body)
        )


def _rows(page: Any) -> list[Fields]:
    rows = page.get("records") if isinstance(page, Mapping) else None
    if not isinstance(rows, list):
        raise BrokenAnswerError("the answer has no records")
    return [{name: value for name, value in row.items() if name != "attributes"} for row in rows]


def _asked(ask: Callable[[], Answer]) -> Answer:
    """Ask, and return the answer; raise what went wrong without the URL, which may hold an address."""
    try:
        return ask()
    except SalesforceError as error:
        raise refusal(error.status, error.content) from None
    except requests.exceptions.JSONDecodeError:
        raise BrokenAnswerError("the answer is not JSON") from None
