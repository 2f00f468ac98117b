"""Faults, by where they strike: a request that is not answered as it should be, or a save that is not done as it should be."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sfoptlint.clients.errors import FailureKind, TransportError
from sfoptlint.clients.salesforce.results import SaveError
from sfoptlint.clients.wire import Request, Response, Transport, json_response
from sfoptlint.harness.exchange import Pattern
from sfoptlint.harness.fake_org.ids import key_of
from sfoptlint.harness.fake_org.metadata_api import is_soap, soap_fault
from sfoptlint.harness.fake_org.saving import Refused, Save, Saved, Saves

NEVER_SENT: Final[Mapping[str, FailureKind]] = {
    "dns": FailureKind.CONNECT,
    "connect": FailureKind.CONNECT,
    "tls": FailureKind.TLS,
    "timeout": FailureKind.TIMEOUT,
    "reset": FailureKind.RESET,
}
"""Answers that the service never gave, for it never saw the request."""
CARRIED_OUT: Final[Mapping[str, FailureKind]] = {
    "lost": FailureKind.TIMEOUT,
    "slow": FailureKind.TIMEOUT,
    "cut": FailureKind.RESET,
    "gzip": FailureKind.BROKEN_BODY,
}
"""Answers that did not arrive, though the service did what was asked."""
MADE_UP: Final[Mapping[str, Response]] = {
    "html": Response(502, {"Content-Type": "text/html"}, b"<html><body>Bad Gateway</body></html>"),
    "xml": Response(200, {"Content-Type": "text/xml"}, b'<?xml version="1.0"?><Lists></Lists>'),
}
BENT: Final = ("short", "empty", "truncated")
"""Answers that lack a row, all rows, or their second half."""
STATE: Final = "state="
"""Begins an answer whose rows are all in another state."""
_TEXTS: Final = {
    "REQUEST_LIMIT_EXCEEDED": "TotalRequests Limit exceeded.",
    "INVALID_SESSION_ID": "Session expired or invalid",
    "INVALID_QUERY_LOCATOR": "invalid query locator",
}


@dataclass(slots=True)
class RequestFault:
    """Strikes the requests of a pattern: from the nth on, so many times. `said` is the pattern as it
    was written; `do` happens before the request is passed on."""

    at: Pattern
    said: str
    nth: int = 1
    times: int = 1
    answer: str | None = None
    do: Callable[[], None] | None = None
    seen: int = 0

    def due(self, request: Request) -> bool:
        """Count a request, and return whether it is struck."""
        if not self.at.matches(request):
            return False
        self.seen += 1
        return self.nth <= self.seen < self.nth + self.times


class FaultyTransport:
    """Passes requests on, but for those that a fault strikes."""

    def __init__(self, inner: Transport, faults: Iterable[RequestFault]) -> None:
        self._inner = inner
        self._faults = faults

    def send(self, request: Request) -> Response:
        """Return the answer, the service's or the fault's."""
        answer = None
        for fault in [fault for fault in self._faults if fault.due(request)]:
            if fault.do is not None:
                fault.do()
            answer = fault.answer or answer
        if answer is None:
            return self._inner.send(request)
        return self._struck(answer, request)

    def _struck(self, answer: str, request: Request) -> Response:
        if answer in NEVER_SENT:
            raise TransportError(NEVER_SENT[answer], f"{request.method} {request.path}")
        if answer in CARRIED_OUT:
            self._inner.send(request)
            raise TransportError(CARRIED_OUT[answer], f"{request.method} {request.path}")
        if answer in MADE_UP:
            return MADE_UP[answer]
        if answer in BENT or answer.startswith(STATE):
            return _bent(answer, self._inner.send(request))
        return refused(answer, request.path)


def is_answer(text: str) -> bool:
    """Return whether a text names an answer: a word, or a status with or without a code."""
    status, _, code = text.partition("/")
    known = text in {*NEVER_SENT, *CARRIED_OUT, *MADE_UP, *BENT} or text.startswith(STATE)
    return known or (status.isdecimal() and len(status) == 3 and (not text.endswith("/")) and " " not in code)


def refused(answer: str, path: str) -> Response:
    """Return a refusal such as `401/102` or `403/REQUEST_LIMIT_EXCEEDED`, in the words of the service whose code it is."""
    status, _, code = answer.partition("/")
    if code and not code.isdecimal():
        message = _TEXTS.get(code, code.lower())
        if is_soap(path):
            return soap_fault(code, message)
        return json_response(int(status), [{"errorCode": code, "message": message}])
    headers = {"X-RateLimit-Reset": "30", "X-RateLimit-Remaining": "0"} if status == "429" else {}
    return json_response(int(status), {"Code": int(code or status), "Message": "refused"}, headers)


def _bent(answer: str, response: Response) -> Response:
    if answer == "truncated":
        return Response(response.status, response.headers, response.body[: len(response.body) // 2])
    page = response.json()
    if answer.startswith(STATE):
        page["Results"] = [{**row, "State": answer.removeprefix(STATE)} for row in page["Results"]]
    else:
        page["Results"] = page["Results"][1:] if answer == "short" else []
    return json_response(response.status, page)


@dataclass(slots=True)
class SaveFault:
    """Strikes the saves of one record, so many times: with a status code, or with a save that is undone."""

    record: str
    code: str
    message: str = ""
    times: int = 1


REVERTED: Final = "reverted"


@dataclass
class FaultySaves:
    """Saves records as `inner` does, but for those that a fault strikes."""

    inner: Saves
    faults: list[SaveFault] = field(default_factory=list)

    def save(self, chunk: Sequence[Save]) -> Sequence[Saved | Refused]:
        """Return, for each record, how it ends or why it is not saved."""
        struck = {at: outcome for at, save in enumerate(chunk) if (outcome := self._struck(save)) is not None}
        others = [save for at, save in enumerate(chunk) if at not in struck]
        saved = iter(self.inner.save(others) if others else ())
        return [struck[at] if at in struck else next(saved) for at in range(len(chunk))]

    def _struck(self, save: Save) -> Saved | Refused | None:
        record = key_of(str((save.stored or {}).get("Id", "")))
        fault = next((fault for fault in self.faults if fault.times > 0 and key_of(fault.record) == record), None)
        if fault is None:
            return None
        fault.times -= 1
        if fault.code == REVERTED:
            return Saved(dict(save.stored or {}))
        return Refused((SaveError(fault.code, fault.message or fault.code.lower().replace("_", " ")),))
