"""The routes that read (API v3.3: Account, Clients, Lists, Subscribers)."""

from datetime import datetime, timedelta
from typing import Any

from sfoptlint.clients.campaign_monitor.records import DATE_FORMAT, State
from sfoptlint.clients.wire import Response, json_response
from sfoptlint.harness.fake_campaign_monitor.account import Account, Entry, Suppression
from sfoptlint.harness.fake_campaign_monitor.pages import Views, entered_since, envelope, paging, since, sort_key
from sfoptlint.harness.routing import Call, Handler
from sfoptlint.policy.address import address_key

Asked = Call[Account]


def system_date(call: Asked) -> Response:
    """`GET /systemdate.json`."""
    return json_response(200, {"SystemDate": f"{call.state.now():{DATE_FORMAT}}"})


def clients(call: Asked) -> Response:
    """`GET /clients.json`."""
    return json_response(200, [{"ClientID": c.id, "Name": c.name} for c in call.state.clients.values()])


def client(call: Asked) -> Response:
    """`GET /clients/{}.json`: the basic details."""
    found = call.state.client(call.parts[0])
    basics = {"ClientID": found.id, "CompanyName": found.name, "Country": "", "TimeZone": str(call.state.zone)}
    return json_response(200, {"ApiKey": None, "BasicDetails": basics, "BillingDetails": None})


def lists(call: Asked) -> Response:
    """`GET /clients/{}/lists.json`."""
    found = call.state.client(call.parts[0])
    return json_response(200, [{"ListID": m.id, "Name": m.title} for m in call.state.lists_of(found.id)])


def lists_for_email(call: Asked) -> Response:
    """`GET /clients/{}/listsforemail.json`."""
    found, key = call.state.client(call.parts[0]), address_key(call.asked("email"))
    entries = [(m, m.entries[key]) for m in call.state.lists_of(found.id) if key in m.entries]
    return json_response(
        200,
        [
            {
                "ListID": mailing.id,
                "ListName": mailing.title,
                "SubscriberState": entry.state,
                "DateSubscriberAdded": f"{entry.joined:{DATE_FORMAT}}",
            }
            for mailing, entry in entries
        ],
    )


def suppression_list(call: Asked) -> Response:
    """`GET /clients/{}/suppressionlist.json`."""
    found, asked = call.state.client(call.parts[0]), paging(call)
    rows = sorted(found.suppression.values(), key=sort_key(asked.order))
    return json_response(200, envelope(rows, asked, _suppressed))


def list_details(call: Asked) -> Response:
    """`GET /lists/{}.json`."""
    found = call.state.list(call.parts[0])
    return json_response(
        200,
        {
            "ListID": found.id,
            "Title": found.title,
            "UnsubscribePage": "",
            "ConfirmedOptIn": found.confirmed_opt_in,
            "ConfirmationSuccessPage": "",
            "UnsubscribeSetting": found.unsubscribe_setting,
        },
    )


def list_stats(call: Asked) -> Response:
    """`GET /lists/{}/stats.json`."""
    found, now = call.state.list(call.parts[0]), call.state.now()
    stats: dict[str, int] = {}
    for total, part, state in _STATS:
        dates = [entry.date for entry in found.entries.values() if entry.state == state]
        stats[total] = len(dates)
        stats |= {f"{part}{span}": sum(start <= at < stop for at in dates) for span, start, stop in _spans(now)}
    return json_response(200, stats)


def collection(state: State, views: Views) -> Handler[Account]:
    """Return who answers `GET /lists/{}/<state>.json`."""

    def answer(call: Asked) -> Response:
        found, asked, moment = call.state.list(call.parts[0]), paging(call), since(call)
        tracking = call.asked("includetrackingpreference").lower() == "true"
        rows = entered_since(views.of(found, state, asked.order), moment, asked.order)
        return json_response(200, envelope(rows, asked, lambda entry: subscriber(entry, tracking=tracking)))

    return answer


def one_subscriber(call: Asked) -> Response:
    """`GET /subscribers/{}.json`."""
    tracking = call.asked("includetrackingpreference").lower() == "true"
    return json_response(200, subscriber(call.state.entry(call.parts[0], call.asked("email")), tracking=tracking))


def history(call: Asked) -> Response:
    """`GET /subscribers/{}/history.json`: nobody here was ever sent anything."""
    call.state.entry(call.parts[0], call.asked("email"))
    return json_response(200, [])


def subscriber(entry: Entry, *, tracking: bool) -> dict[str, Any]:
    """Return a subscriber as the API shows it."""
    shown: dict[str, Any] = {
        "EmailAddress": entry.email,
        "Name": entry.name,
        "Date": f"{entry.date:{DATE_FORMAT}}",
        "ListJoinedDate": f"{entry.joined:{DATE_FORMAT}}",
        "State": entry.state,
        "CustomFields": entry.custom_fields,
        "ReadsEmailWith": "",
    }
    return {**shown, "ConsentToTrack": entry.consent} if tracking else shown


def _suppressed(row: Suppression) -> dict[str, Any]:
    return {
        "EmailAddress": row.email,
        "Date": f"{row.date:{DATE_FORMAT}}",
        "State": "Suppressed",
        "SuppressionReason": row.reason,
    }


_STATS = (
    ("TotalActiveSubscribers", "NewActiveSubscribers", State.ACTIVE),
    ("TotalUnsubscribes", "Unsubscribes", State.UNSUBSCRIBED),
    ("TotalDeleted", "Deleted", State.DELETED),
    ("TotalBounces", "Bounces", State.BOUNCED),
)


def _spans(now: datetime) -> list[tuple[str, datetime, datetime]]:
    day = timedelta(days=1)
    today = now.replace(hour=0, minute=0)
    end = today + day
    return [
        ("Today", today, end),
        ("Yesterday", today - day, today),
        ("ThisWeek", today - day * today.weekday(), end),
        ("ThisMonth", today.replace(day=1), end),
        ("ThisYear", today.replace(month=1, day=1), end),
    ]
