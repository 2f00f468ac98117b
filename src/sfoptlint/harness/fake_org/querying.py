"""The routes of queries: a page of rows, and a locator for the rest (REST API Developer Guide, Query, QueryAll, Query More)."""

from typing import Any

from sfoptlint.clients.wire import Response, json_response
from sfoptlint.harness.fake_org.asked import Asked, api_path, page_size
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.record import Cursor
from sfoptlint.harness.fake_org.refusal import OrgRefusal
from sfoptlint.harness.fake_org.soql.query import run
from sfoptlint.harness.fake_org.soql.refusal import QueryRefusedError

CURSORS = 10
"""Locators that the org keeps for a user; a further query drops the oldest."""


def query(call: Asked) -> Response:
    """`GET /query?q=`."""
    return _query(call, include_deleted=False)


def query_all(call: Asked) -> Response:
    """`GET /queryAll?q=`: with the recycle bin."""
    return _query(call, include_deleted=True)


def query_more(call: Asked) -> Response:
    """`GET /query/<locator>-<first row>`."""
    name, _, at = call.parts[-1].rpartition("-")
    cursor = call.state.cursors.get(name)
    if cursor is None or not at.isdecimal() or int(at) > len(cursor.rows):
        raise OrgRefusal("INVALID_QUERY_LOCATOR", "invalid query locator")
    return json_response(200, _page(call, cursor, name, int(at)))


def _query(call: Asked, *, include_deleted: bool) -> Response:
    text = call.asked("q")
    if not text.strip():
        raise OrgRefusal("MALFORMED_QUERY", "A query string has to be specified")
    org = call.state
    try:
        answered = run(org, text, api_path(call.request), include_deleted=include_deleted)
    except QueryRefusedError as refusal:
        raise OrgRefusal(refusal.code, str(refusal)) from None
    cursor = Cursor(answered.rows, page_size(call.request), include_deleted)
    if not answered.rows:
        return json_response(200, {"totalSize": answered.total, "done": True, "records": []})
    return json_response(200, _page(call, cursor, "", 0))


def _page(call: Asked, cursor: Cursor, name: str, at: int) -> dict[str, Any]:
    stop = at + cursor.page_size
    answer: dict[str, Any] = {"totalSize": len(cursor.rows), "done": stop >= len(cursor.rows)}
    if not answer["done"]:
        name = name or _keep(call.state, cursor)
        which = "queryAll" if cursor.include_deleted else "query"
        answer["nextRecordsUrl"] = f"{api_path(call.request)}/{which}/{name}-{stop}"
    return {**answer, "records": cursor.rows[at:stop]}


def _keep(org: Org, cursor: Cursor) -> str:
    name = "01g" + org.ids.make("Cursor")[3:]
    org.cursors[name] = cursor
    while len(org.cursors) > CURSORS:
        del org.cursors[next(iter(org.cursors))]
    return name
