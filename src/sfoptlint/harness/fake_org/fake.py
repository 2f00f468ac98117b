"""The fake as a transport: any token, and nothing without one."""

from threading import Lock

from sfoptlint.clients.wire import Request, Response, json_response
from sfoptlint.harness.fake_org import anonymous, bulk, describing, metadata_api, querying, records
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.refusal import OrgRefusal
from sfoptlint.harness.routing import Call, Route, Router

DATA = "/services/data"
TOKEN_PATH = "/services/oauth2/token"  # noqa: S105 - a path
IDENTITY_PATHS = ("/services/oauth2/userinfo", "/id/")
_V = f"{DATA}/v{{}}"
ROUTES: tuple[Route[Org], ...] = (
    Route("GET", DATA, describing.versions),
    Route("GET", _V, describing.resources),
    Route("GET", f"{_V}/limits", describing.limits),
    Route("GET", f"{_V}/query", querying.query),
    Route("GET", f"{_V}/queryAll", querying.query_all),
    Route("GET", f"{_V}/query/{{}}", querying.query_more),
    Route("GET", f"{_V}/queryAll/{{}}", querying.query_more),
    Route("GET", f"{_V}/sobjects", describing.every_object),
    Route("GET", f"{_V}/sobjects/{{}}", describing.one_object),
    Route("GET", f"{_V}/sobjects/{{}}/describe", describing.describe),
    Route("POST", f"{_V}/sobjects/{{}}", records.create_one),
    Route("GET", f"{_V}/sobjects/{{}}/{{}}", records.read_one),
    Route("PATCH", f"{_V}/sobjects/{{}}/{{}}", records.update_one),
    Route("DELETE", f"{_V}/sobjects/{{}}/{{}}", records.delete_one),
    Route("PATCH", f"{_V}/composite/sobjects", records.update_many),
    Route("POST", f"{_V}/composite/sobjects", records.create_many),
    Route("DELETE", f"{_V}/composite/sobjects", records.delete_many),
    Route("GET", f"{_V}/composite/sobjects/{{}}", records.read_many),
    Route("POST", f"{_V}/composite/sobjects/{{}}", records.read_many_posted),
    Route("GET", f"{_V}/tooling/executeAnonymous", anonymous.execute),
    Route("POST", f"{metadata_api.SOAP}/{{}}", metadata_api.answer),
    Route("POST", f"{metadata_api.SOAP}/{{}}/deployRequest", metadata_api.answer),
    Route("POST", f"{metadata_api.SOAP}/{{}}/deployRequest/{{}}", metadata_api.answer),
    Route("POST", f"{_V}/jobs/ingest", bulk.create),
    Route("GET", f"{_V}/jobs/ingest", bulk.every),
    Route("GET", f"{_V}/jobs/ingest/{{}}", bulk.info),
    Route("PATCH", f"{_V}/jobs/ingest/{{}}", bulk.change),
    Route("DELETE", f"{_V}/jobs/ingest/{{}}", bulk.remove),
    Route("PUT", f"{_V}/jobs/ingest/{{}}/batches", bulk.upload),
    Route("GET", f"{_V}/jobs/ingest/{{}}/successfulResults", bulk.successful),
    Route("GET", f"{_V}/jobs/ingest/{{}}/failedResults", bulk.failed),
    Route("GET", f"{_V}/jobs/ingest/{{}}/unprocessedrecords", bulk.unprocessed),
)


class FakeOrg:
    """Answers requests from an org's state, one at a time."""

    def __init__(self, org: Org) -> None:
        self.org = org
        self._router = Router(ROUTES)
        self._lock = Lock()

    def send(self, request: Request) -> Response:
        """Return the answer; each one says how many of the day's requests are used."""
        with self._lock:
            try:
                response = self._answer(request)
            except OrgRefusal as refusal:
                response = _refused(refusal, request)
            used = f"api-usage={self.org.requests}/{self.org.daily_requests}"
            return Response(response.status, {**response.headers, "Sforce-Limit-Info": used}, response.body)

    def _answer(self, request: Request) -> Response:
        self.org.catch_up()
        path = request.path.lower().rstrip("/")
        if path == TOKEN_PATH:
            return _token(self.org, request)
        if not path.startswith((DATA, *IDENTITY_PATHS)) and not metadata_api.is_soap(path):
            raise OrgRefusal("NOT_FOUND", "The requested resource does not exist")
        if path != DATA:
            self._check_access(request)
        if path.startswith(IDENTITY_PATHS):
            return json_response(200, describing.identity(self.org, request))
        found = self._router.find(request.method, request.path)
        if found is None:
            if self._router.methods(request.path):
                raise OrgRefusal("METHOD_NOT_ALLOWED", f"HTTP Method '{request.method}' not allowed.")
            raise OrgRefusal("NOT_FOUND", "The requested resource does not exist")
        answer, parts = found
        return answer(Call(self.org, request, parts))

    def _check_access(self, request: Request) -> None:
        scheme, _, token = request.header("Authorization").partition(" ")
        if scheme.lower() not in {"bearer", "oauth"} or not token.strip():
            raise OrgRefusal("INVALID_SESSION_ID", "Session expired or invalid")
        if self.org.requests >= self.org.daily_requests:
            raise OrgRefusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
        self.org.requests += 1


def _refused(refusal: OrgRefusal, request: Request) -> Response:
    (error,) = refusal.errors
    if metadata_api.is_soap(request.path):
        return metadata_api.soap_fault(error.status_code, error.message)
    return refusal.response()


def _token(org: Org, request: Request) -> Response:
    """Give a token to whoever asks (REST API Developer Guide, OAuth endpoints)."""
    return json_response(
        200,
        {
            "access_token": f"{org.id[:15]}!{org.ids.make('Token')}",
            "instance_url": describing.site(request),
            "id": describing.identity_url(org, request),
            "token_type": "Bearer",
            "issued_at": str(int(org.now().timestamp() * 1000)),
            "signature": "",
        },
    )
