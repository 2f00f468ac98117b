"""The fake as a transport: any key, any token, and nothing without one."""

from base64 import b64decode
from hashlib import sha256
from threading import Lock
from urllib.parse import parse_qs

from sfoptlint.clients.campaign_monitor.records import Code, State
from sfoptlint.clients.wire import Request, Response, json_response
from sfoptlint.harness.fake_campaign_monitor import reading, writing
from sfoptlint.harness.fake_campaign_monitor.account import Account
from sfoptlint.harness.fake_campaign_monitor.pages import Views
from sfoptlint.harness.fake_campaign_monitor.refusal import Refusal
from sfoptlint.harness.routing import Call, Route, Router

PREFIX = "/api/v3.3"
TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path
_TWO_WEEKS = 1_209_600


class FakeCampaignMonitor:
    """Answers requests from an account's state, one at a time."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._router = Router(_routes(Views()))
        self._lock = Lock()

    def send(self, request: Request) -> Response:
        """Return the answer."""
        with self._lock:
            try:
                return self._answer(request)
            except Refusal as refusal:
                return refusal.response()

    def _answer(self, request: Request) -> Response:
        if request.path.lower() == TOKEN_PATH:
            return _token(request)
        _check_credentials(request)
        path = request.path[len(PREFIX) :] if request.path.lower().startswith(PREFIX) else ""
        found = self._router.find(request.method, path)
        if found is None:
            status = 405 if self._router.methods(path) else 404
            raise Refusal(status, status, "Method Not Allowed" if status == 405 else "Not Found")
        answer, parts = found
        return answer(Call(self.account, request, parts))


def _routes(views: Views) -> list[Route[Account]]:
    return [
        Route("GET", "/systemdate.json", reading.system_date),
        Route("GET", "/clients.json", reading.clients),
        Route("GET", "/clients/{}.json", reading.client),
        Route("GET", "/clients/{}/lists.json", reading.lists),
        Route("GET", "/clients/{}/listsforemail.json", reading.lists_for_email),
        Route("GET", "/clients/{}/suppressionlist.json", reading.suppression_list),
        Route("POST", "/clients/{}/suppress.json", writing.suppress),
        Route("PUT", "/clients/{}/unsuppress.json", writing.unsuppress),
        Route("GET", "/lists/{}.json", reading.list_details),
        Route("PUT", "/lists/{}.json", writing.update_list),
        Route("GET", "/lists/{}/stats.json", reading.list_stats),
        *(Route("GET", f"/lists/{{}}/{state.lower()}.json", reading.collection(state, views)) for state in State),
        Route("GET", "/subscribers/{}.json", reading.one_subscriber),
        Route("POST", "/subscribers/{}.json", writing.add),
        Route("PUT", "/subscribers/{}.json", writing.update),
        Route("DELETE", "/subscribers/{}.json", writing.delete),
        Route("GET", "/subscribers/{}/history.json", reading.history),
        Route("POST", "/subscribers/{}/import.json", writing.import_many),
        Route("POST", "/subscribers/{}/unsubscribe.json", writing.unsubscribe),
    ]


def _token(request: Request) -> Response:
    """Trade any code or refresh token for a pair (API v3.3, Authenticating with OAuth)."""
    form = parse_qs(request.body.decode(errors="replace"))
    given = form.get("refresh_token") or form.get("code")
    if not given:
        return json_response(400, {"error": "invalid_request", "error_description": "no code and no refresh_token"})
    made = sha256(given[0].encode()).hexdigest()
    return json_response(
        200, {"access_token": f"at-{made[:32]}", "expires_in": _TWO_WEEKS, "refresh_token": f"rt-{made[32:]}"}
    )


def _check_credentials(request: Request) -> None:
    scheme, _, given = request.header("Authorization").partition(" ")
    given = given.strip()
    match scheme.lower():
        case "bearer" if given:
            return
        case "basic":
            try:
                key = b64decode(given, validate=True).decode(errors="replace").partition(":")[0]
            except ValueError:
                key = ""
            if key:
                return
            raise Refusal(401, Code.INVALID_KEY, "Invalid API Key")
        case _:
            raise Refusal(401, 50, "Must supply a valid HTTP Basic Authorization header")
