"""The routes that write (API v3.3: Clients, Lists, Subscribers)."""

import json
from typing import Any, Final

from sfoptlint.clients.campaign_monitor.records import Code
from sfoptlint.clients.wire import Response, json_response
from sfoptlint.harness.fake_campaign_monitor.account import ALL_CLIENT_LISTS, ONLY_THIS_LIST, Account, Entry
from sfoptlint.harness.fake_campaign_monitor.refusal import Refusal, valid_address
from sfoptlint.harness.routing import Call
from sfoptlint.policy.address import address_key

Asked = Call[Account]
_CONSENTS: Final = ("yes", "no", "unchanged")
_MOST: Final = 1000
_EMPTY: Final = 212
_DONE: Final = Response(200)


def add(call: Asked) -> Response:
    """`POST /subscribers/{}.json`."""
    body = _object(call)
    call.state.list(call.parts[0])
    _consent(body)
    entry = call.state.subscribe(call.parts[0], _text(body, "EmailAddress"), resubscribe=_flag(body, "Resubscribe"))
    _fill(entry, body)
    return json_response(201, entry.email)


def update(call: Asked) -> Response:
    """`PUT /subscribers/{}.json`: another address, name or consent."""
    body = _object(call)
    list_id, email = call.parts[0], call.asked("email")
    call.state.entry(list_id, email)
    _consent(body)
    entry = call.state.rename(list_id, email, _text(body, "EmailAddress") or email)
    _fill(entry, body)
    if _flag(body, "Resubscribe"):
        call.state.subscribe(list_id, entry.email, resubscribe=True)
    return _DONE


def import_many(call: Asked) -> Response:
    """`POST /subscribers/{}/import.json`: who cannot be added is told beside those who were."""
    body = _object(call)
    mailing = call.state.list(call.parts[0])
    rows = body.get("Subscribers")
    if not isinstance(rows, list) or not rows:
        raise Refusal(400, _EMPTY, "There are no subscribers to add")
    if len(rows) > _MOST:
        raise Refusal(400, Code.TOO_MANY, f"The maximum number of subscribers in a batch is {_MOST}")
    known, done, failures, doubles = set(mailing.entries), set[str](), list[dict[str, Any]](), list[str]()
    for row in rows:
        email = _text(row, "EmailAddress") if isinstance(row, dict) else ""
        key = address_key(email)
        if key in done:
            doubles.append(email)
            continue
        done.add(key)
        try:
            _consent(row if isinstance(row, dict) else {})
            _fill(call.state.subscribe(mailing.id, email, resubscribe=_flag(body, "Resubscribe")), row)
        except Refusal as refusal:
            failures.append({"EmailAddress": email, "Code": refusal.code, "Message": refusal.message})
    failed = {address_key(str(failure["EmailAddress"])) for failure in failures}
    result = {
        "FailureDetails": failures,
        "TotalUniqueEmailsSubmitted": len(done),
        "TotalExistingSubscribers": len((done - failed) & known),
        "TotalNewSubscribers": len(done - failed - known),
        "DuplicateEmailsInSubmission": doubles,
    }
    if failures:
        raise Refusal(400, Code.PARTIAL_IMPORT, "Subscriber Import had some failures", result)
    return json_response(201, result)


def unsubscribe(call: Asked) -> Response:
    """`POST /subscribers/{}/unsubscribe.json`."""
    call.state.unsubscribe(call.parts[0], _text(_object(call), "EmailAddress"))
    return _DONE


def delete(call: Asked) -> Response:
    """`DELETE /subscribers/{}.json`."""
    call.state.delete(call.parts[0], call.asked("email"))
    return _DONE


def suppress(call: Asked) -> Response:
    """`POST /clients/{}/suppress.json`."""
    found = call.state.client(call.parts[0])
    addresses = _object(call).get("EmailAddresses")
    for address in addresses if isinstance(addresses, list) else [addresses]:
        call.state.suppress(found.id, valid_address(str(address)), "Suppressed")
    return _DONE


def unsuppress(call: Asked) -> Response:
    """`PUT /clients/{}/unsuppress.json`."""
    call.state.unsuppress(call.parts[0], call.asked("email"))
    return _DONE


def update_list(call: Asked) -> Response:
    """`PUT /lists/{}.json`: its title and what an unsubscribe reaches."""
    found, body = call.state.list(call.parts[0]), _object(call)
    setting = _text(body, "UnsubscribeSetting") or found.unsubscribe_setting
    if setting not in {ALL_CLIENT_LISTS, ONLY_THIS_LIST}:
        raise Refusal(400, 261, "Invalid Unsubscribe Setting")
    found.unsubscribe_setting = setting
    found.title = _text(body, "Title") or found.title
    found.confirmed_opt_in = _flag(body, "ConfirmedOptIn")
    found.suppress_unsubscribed = _flag(body, "AddUnsubscribesToSuppList")
    return _DONE


def _object(call: Asked) -> dict[str, Any]:
    try:
        body = json.loads(call.request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Refusal(400, 400, "Failed to deserialize your request: the body is not a JSON object")
    return body


def _text(body: dict[str, Any], key: str) -> str:
    return str(body.get(key) or "")


def _flag(body: dict[str, Any], key: str) -> bool:
    return body.get(key) in (True, "true", "True")


def _consent(body: dict[str, Any]) -> None:
    """Tracking consent must be said since v3.2."""
    if body.get("ConsentToTrack") in (None, ""):
        raise Refusal(400, 214, "ConsentToTrack is required")
    if str(body["ConsentToTrack"]).lower() not in _CONSENTS:
        raise Refusal(400, 215, "ConsentToTrack is Yes, No or Unchanged")


def _fill(entry: Entry, body: dict[str, Any]) -> None:
    if isinstance(body.get("Name"), str):
        entry.name = body["Name"]
    entry.consent = str(body["ConsentToTrack"]).capitalize()
    if isinstance(body.get("CustomFields"), list) and body["CustomFields"]:
        entry.custom_fields = [
            {"Key": str(f.get("Key", "")).strip("[]"), "Value": str(f.get("Value", ""))}
            for f in body["CustomFields"]
            if isinstance(f, dict)
        ]
