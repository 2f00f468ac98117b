"""What the routes read of a request."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from sfoptlint.clients.wire import Request
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.refusal import OrgRefusal, not_found
from sfoptlint.harness.fake_org.schema import OrgObject
from sfoptlint.harness.routing import Call

Asked = Call[Org]
_ALLOWED: Final = re.compile(r"allowsave\s*=\s*true", re.IGNORECASE)
_PAGE: Final = re.compile(r"batchsize\s*=\s*(\d+)", re.IGNORECASE)
PAGE, SMALLEST_PAGE = 2000, 200


def body_of(request: Request) -> dict[str, Any]:
    """Return a request's JSON object."""
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        raise OrgRefusal("JSON_PARSER_ERROR", "The body is not JSON") from None
    if not isinstance(body, dict):
        raise OrgRefusal("JSON_PARSER_ERROR", "The body is not a JSON object")
    return body


def object_called(org: Org, name: str) -> OrgObject:
    """Return an object by its name; raise OrgRefusal where the org has none."""
    found = org.schema.get(name)
    if found is None:
        raise not_found()
    return found


def fields_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a record's JSON sets, without what it says of the record."""
    return {name: value for name, value in body.items() if name.casefold() not in {"attributes", "id"}}


def allows_duplicates(request: Request) -> bool:
    """Whether a request lets alerts of duplicate rules pass."""
    return bool(_ALLOWED.search(request.header("Sforce-Duplicate-Rule-Header")))


def page_size(request: Request) -> int:
    """Return how many rows a page has: 200 to 2000 (REST API Developer Guide, Query Options Header)."""
    found = _PAGE.search(request.header("Sforce-Query-Options"))
    return min(max(int(found[1]), SMALLEST_PAGE), PAGE) if found else PAGE


def api_path(request: Request) -> str:
    """Return the path up to the version that was asked."""
    return "/".join(request.path.split("/")[:4])
