"""Programs that know nothing of us talk to `harness serve` as they are."""

import os
import shutil
import signal
from pathlib import Path

import createsend  # type: ignore[import-untyped]

from tests.harness.served import run_program, serving


def test_campaign_monitors_own_client(tmp_path: Path) -> None:
    with serving(tmp_path, "--tls", "--seed", "1") as served:
        # It trusts the authorities in a file of its own package, and no address: a copy of it trusts ours too.
        copy = shutil.copytree(Path(str(createsend.__file__)).parent, tmp_path / "path" / "createsend")
        with (copy / "cacert.pem").open("a") as trusted:
            trusted.write(Path(served.authority).read_text())
        url = served.campaign_monitor.replace("127.0.0.1", "localhost")
        environment = {**os.environ, "PYTHONPATH": str(copy.parent), "CAMPAIGN_MONITOR": url}
        assert run_program("with_createsend.py", environment) == [
            "list news",
            "active 2 p000@shore.example p001@shore.example",
            "unsubscribed 2 p002@shore.example p003@shore.example",
            "bounced 2 p004@shore.example p005@shore.example",
            "deleted 2 p006@shore.example p007@shore.example",
            "unconfirmed 2 p008@shore.example p009@shore.example",
            "suppressed p010@shore.example p011@shore.example",
            "before Active",
            "after Unsubscribed 3",
            "lists Unsubscribed",
            "history []",
            "added new@shore.example",
            "import 206",
            "deleted Deleted",
            "not on the list 203",
            "not ours 101",
        ]


def test_simple_salesforce(tmp_path: Path) -> None:
    with serving(tmp_path, "--tls") as served:
        environment = {**os.environ, "SALESFORCE": served.salesforce, "REQUESTS_CA_BUNDLE": served.authority}
        assert run_program("with_simple_salesforce.py", environment) == [
            "global True",
            "describe boolean True False",
            "rows 450 p000@shore.example p449@shore.example",
            "count 450",
            "update 204",
            "is True",
            "refused FIELD_CUSTOM_VALIDATION_EXCEPTION A phone is needed",
            "collection False True",
            "bulk 2 1",
            "failed True",
            "made True 204",
            "query INVALID_FIELD",
            "sandbox True",
            "usage 15000",
        ]


def test_it_stops_when_it_is_interrupted(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        assert served.authority == ""
        assert served.campaign_monitor == f"{served.salesforce}/api/v3.3"
        assert served.process is not None
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(10) == 0
