"""Our own cassettes: each says where it came from, replays, is loaded by `responses`, and is what the fakes answer too."""

import json
from pathlib import Path

import pytest
import responses

from sfoptlint.clients.campaign_monitor.calls import Calls
from sfoptlint.clients.campaign_monitor.client import CampaignMonitor
from sfoptlint.clients.campaign_monitor.credentials import ApiKey
from sfoptlint.clients.errors import TransportError
from sfoptlint.clients.retry import RetryingTransport
from sfoptlint.clients.wire import Request, Response
from sfoptlint.core.settings import Settings
from sfoptlint.harness.cassette.bodies import FORM
from sfoptlint.harness.cassette.cassette import Interaction, Origin
from sfoptlint.harness.cassette.reading import read_cassette
from sfoptlint.harness.cassette.replay import CassetteTransport
from sfoptlint.harness.local.fakes import fakes
from tests.clients.wires import StandingClock
from tests.conftest import FIXTURES
from tests.harness.shape import differences

FOLDER = FIXTURES / "cassettes"
FILES = sorted(FOLDER.glob("*.yaml"))
NAMES = [file.stem for file in FILES]
PASSED_ON = ("id", "nextRecordsUrl")
"""What one answer names for the next request: the fake has its own."""


def asked(one: Interaction) -> Request:
    """Return a recorded request as a program would send it."""
    body, headers = one.request.body, dict(one.request.headers)
    data = b"" if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    kind = "text/csv" if isinstance(body, str) else "application/json"
    assert FORM not in headers.values()
    return Request(
        one.request.method, one.request.url, {"Authorization": "Bearer t", "Content-Type": kind, **headers}, data
    )


def own(request: Request, names: dict[str, str]) -> Request:
    """Return a request with the fake's own names for what the recorded answers named."""
    url = request.url
    for recorded, given in names.items():
        url = url.replace(recorded, given)
    return Request(request.method, url, request.headers, request.body)


def passed_on(recorded: Response, given: Response) -> dict[str, str]:
    """Return the fake's names by the recorded ones."""
    if "json" not in recorded.header("Content-Type") or not recorded.body or not given.body:
        return {}
    left, right = json.loads(recorded.body), json.loads(given.body)
    if not isinstance(left, dict) or not isinstance(right, dict):
        return {}
    return {left[key]: right[key] for key in PASSED_ON if isinstance(left.get(key), str) and key in right}


def test_there_are_some() -> None:
    assert len(FILES) >= 8


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_it_says_that_it_was_written(file: Path) -> None:
    header = read_cassette(file).header
    assert header.origin is Origin.WRITTEN
    assert "Guide" in header.source or "API v3.3" in header.source


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_it_replays_whole_and_plain_responses_loads_it(file: Path) -> None:
    cassette = read_cassette(file)
    transport = CassetteTransport(cassette)
    left = [fault.at_seq for fault in cassette.faults]
    for one in cassette.interactions:
        while one.seq in left:
            left.remove(one.seq)
            try:
                assert transport.send(asked(one)).status in {429, 502}
            except TransportError as error:
                assert error.maybe_done  # noqa: PT017 - a fault may be an answer too
        assert transport.send(asked(one)) == one.response
    assert transport.unused == []
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock._add_from_file(file)
        assert len(mock.registered()) == len(cassette.interactions)


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_the_fakes_answer_as_it_does(file: Path) -> None:
    told: list[str] = []
    world = FOLDER / "world"
    with fakes(world / "org", world / "data", Settings(), 1, told.append) as switch:
        names: dict[str, str] = {}
        found: list[str] = []
        for one in read_cassette(file).interactions:
            given = switch.send(own(asked(one), names))
            names |= passed_on(one.response, given)
            where = f"{one.seq} {one.request.method} {one.request.url}"
            found += [f"{where}: {d}" for d in differences(one.response, given, excerpt=one.phase == "excerpt")]
    assert found == []
    assert told == []


def test_a_client_gets_through_the_faults() -> None:
    clock = StandingClock()
    cassette = CassetteTransport(read_cassette(FOLDER / "campaign_monitor_faults.yaml"))
    api = CampaignMonitor(Calls(RetryingTransport(cassette, clock), ApiKey("k")))
    (client,) = api.clients()
    news, _ = api.lists(client.id)
    api.unsubscribe(news.id, "p001@harbour.example")
    assert cassette.unused == []
    assert clock.slept == [7, 1, 2, 1]
