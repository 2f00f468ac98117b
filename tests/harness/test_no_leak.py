"""No address and no token that was handed in comes out again: in a log, an error, a trace, a report, a cassette."""

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from sfoptlint.clients.campaign_monitor.calls import Calls
from sfoptlint.clients.campaign_monitor.client import CampaignMonitor
from sfoptlint.clients.campaign_monitor.credentials import ApiKey, OAuth
from sfoptlint.clients.campaign_monitor.records import NewSubscriber, State
from sfoptlint.clients.errors import ClientError
from sfoptlint.clients.network import NetworkTransport, Timeouts
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.bulk import BulkJobs
from sfoptlint.clients.salesforce.client import Salesforce
from sfoptlint.clients.trace import TracingTransport
from sfoptlint.clients.wire import Request, Response, Transport, json_response
from sfoptlint.harness.cassette.disguise import Disguise
from sfoptlint.harness.cassette.recorder import Recorder
from sfoptlint.harness.cassette.redaction import Redaction
from sfoptlint.harness.cassette.writing import write_cassette
from sfoptlint.harness.local.server import LocalServer
from tests.clients.wires import StandingClock
from tests.harness.test_local_server import Answering

WHO = "Ann.Shore+news@Harbour.example"
KEY, TOKEN, REFRESH, SESSION = "s3cretApiKey", "s3cretAccess", "s3cretRefresh", "00D000000000001!AQs3cretSession"
SECRETS = (
    WHO,
    WHO.replace("@", "%40").replace("+", "%2B"),
    "Ann.Shore",
    "ann.shore",
    "harbour",
    KEY,
    TOKEN,
    REFRESH,
    SESSION,
    "s3cret",
)

ANSWERS: dict[str, Callable[[Request], Response]] = {
    "refused": lambda _: json_response(400, {"Code": 1, "Message": f"{WHO}: access_token={TOKEN}"}),
    "expired": lambda _: json_response(401, {"Code": 121, "Message": f"Bearer {TOKEN}"}),
    "refused by the org": lambda _: json_response(400, [{"errorCode": "X", "message": f"{WHO}: {SESSION}"}]),
    "a proxy's page": lambda _: Response(502, {"Content-Type": "text/html"}, f"<p>{WHO} {SESSION}".encode()),
    "half an answer": lambda _: Response(200, {"Content-Type": "application/json"}, f'{{"Email": "{WHO}'.encode()),
    "another answer": lambda _: json_response(200, {"records": [{"success": "yes", "id": WHO}], "Code": WHO}),
    "rows": lambda _: json_response(
        200, [{"success": False, "errors": [{"statusCode": "X", "message": f"{WHO} {SESSION}"}]}]
    ),
}


def asked_of(wire: Transport, url: str) -> Iterator[Callable[[], object]]:
    """Yield what a sync asks, about one person."""
    for credentials in (ApiKey(KEY), OAuth(TOKEN, REFRESH)):
        api = CampaignMonitor(Calls(wire, credentials, f"{url}/api/v3.3"))
        yield partial(api.subscriber, "news", WHO)
        yield partial(api.lists_for_email, "c", WHO)
        yield partial(api.page, "news", State.ACTIVE)
        yield partial(api.unsubscribe, "news", WHO)
        yield partial(api.subscribe, "news", NewSubscriber(WHO, "Ann Shore"))
        yield partial(api.import_subscribers, "news", [NewSubscriber(WHO)])
        yield partial(api.delete, "news", WHO)
    access = Access(url, SESSION)
    org, jobs = Salesforce(wire, access), BulkJobs(wire, access, StandingClock())
    yield lambda: list(org.query(f"SELECT Id FROM Contact WHERE Email = '{WHO}'"))
    yield lambda: org.update("Contact", [{"Id": "003", "Email": WHO}])
    yield lambda: org.describe("Contact")
    yield lambda: list(jobs.update("Contact", [{"Id": "003", "Email": WHO}]))


SHOWN = [ApiKey(KEY), OAuth(TOKEN, REFRESH), Access("https://org.example", SESSION), NewSubscriber(WHO)]


def leaked(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_nothing_that_was_handed_in_comes_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, answer: Callable[[Request], Response]
) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[str] = []
    server = LocalServer(Answering(answer), 0, None, said.append)
    server.start()
    redaction = Redaction(Disguise(b"k"), [KEY, TOKEN, REFRESH, SESSION])
    with closing(server), closing(NetworkTransport(Timeouts(2, 2))) as network:
        recorder = Recorder(network, redaction, StandingClock(), said.append)
        for ask in asked_of(TracingTransport(recorder, said.append), server.url):
            try:
                ask()
                said.append("done")
            except ClientError:
                said.append(traceback.format_exc())
    write_cassette(recorder.cassette("a test"), tmp_path / "some.yaml")
    text = "\n".join([*said, repr(SHOWN), caplog.text, *(file.read_text() for file in tmp_path.iterdir())])
    assert len(said) > 15
    assert "/api/v3.3/subscribers/news.json?email=" in caplog.text
    assert leaked(text) == []


def test_nor_when_nobody_answers(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server = LocalServer(Answering(lambda _: Response(200)))
    server.close()
    said: list[str] = []
    with closing(NetworkTransport(Timeouts(1, 1))) as network:
        for ask in asked_of(TracingTransport(network, said.append), server.url):
            with pytest.raises(ClientError) as raised:
                ask()
            said += traceback.format_exception(raised.value)
    assert len(said) > 15
    assert leaked("\n".join([*said, caplog.text])) == []
