"""`harness record` between a program and the fakes: what it writes, and what it lets pass."""

import subprocess
import sys
from pathlib import Path

import pytest
import requests

from sfoptlint.cli.main import ExitStatus, run
from sfoptlint.harness.cassette.cassette import Origin
from sfoptlint.harness.cassette.reading import read_cassette
from sfoptlint.harness.cassette.replay import CassetteTransport
from sfoptlint.harness.fake_campaign_monitor.fake import FakeCampaignMonitor
from sfoptlint.harness.fake_org.fake import FakeOrg
from sfoptlint.harness.local.server import LocalServer
from sfoptlint.harness.local.switch import Switch
from tests.harness.worlds import account, org

KEY = "s3cretApiKey"


def recorded(file: Path, server: LocalServer, *options: str) -> tuple[list[int], str]:
    """Record three requests, and return their statuses and what the command said."""
    command = [sys.executable, "-m", "sfoptlint", "harness", "record", "--to", str(file), *options]
    ask = [*command, "--salesforce", server.url, "--campaign-monitor", server.url]
    with subprocess.Popen(ask, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = dict(line.split() for line in iter(process.stdout.readline, "ready\n"))
        with requests.Session() as session:
            session.auth = (KEY, "x")
            lists = f"{said['campaign-monitor']}/lists/news"
            subscribers = f"{said['campaign-monitor']}/subscribers/news"
            answers = [
                session.get(f"{lists}/active.json", timeout=5),
                session.get(f"{subscribers}.json?email=Ann@shore.example", timeout=5),
                session.post(f"{subscribers}/unsubscribe.json", json={"EmailAddress": "Ann@shore.example"}, timeout=5),
            ]
        process.terminate()
        _, errors = process.communicate(timeout=10)
        assert process.returncode == 0
    return [answer.status_code for answer in answers], errors


@pytest.fixture
def served() -> LocalServer:
    state = account("news")
    state.put("news", "Ann@shore.example", "Active")
    return LocalServer(Switch(FakeOrg(org()), FakeCampaignMonitor(state)))


def test_what_passes_is_recorded_and_replays(tmp_path: Path, served: LocalServer) -> None:
    file = tmp_path / "some.yaml"
    served.start()
    try:
        statuses, said = recorded(file, served, "--write")
    finally:
        served.close()
    assert statuses == [200, 200, 200]
    assert said == f"sfoptlint: {file}: 3 exchanges recorded\n"
    text = file.read_text()
    assert "shore" not in text.lower()
    assert KEY not in text
    assert "127.0.0.1" not in text
    cassette = read_cassette(file)
    assert cassette.header.origin is Origin.RECORDED
    assert cassette.interactions[0].request.url.endswith("/api/v3.3/lists/news/active.json")
    assert CassetteTransport(cassette).unused == list(cassette.interactions)


def test_what_would_change_something_is_stopped(tmp_path: Path, served: LocalServer) -> None:
    file = tmp_path / "some.yaml"
    served.start()
    try:
        statuses, _ = recorded(file, served)
    finally:
        served.close()
    assert statuses == [200, 200, 405]
    assert [one.request.method for one in read_cassette(file).interactions] == ["GET", "GET"]


WRONG = [
    (["--salesforce", "https://org.example"], "is there already"),
    ([], "name --salesforce URL or --campaign-monitor URL"),
    (["--salesforce", "org.example"], "is no URL"),
]


@pytest.mark.parametrize(("options", "said"), WRONG)
def test_what_it_cannot_do_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    file = tmp_path / "some.yaml"
    if "already" in said:
        file.touch()
    assert run(["harness", "record", "--to", str(file), *options]) == ExitStatus.USAGE
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
