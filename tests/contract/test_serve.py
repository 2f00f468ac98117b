"""`harness serve`: what it prints, and that both fakes answer at once."""

import json
import ssl
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.contract.data import write_data
from tests.contract.org import write_org

BASIC = {"Authorization": "Basic " + b64encode(b"any:x").decode()}
BEARER = {"Authorization": "Bearer any"}


@contextmanager
def served(folder: Path, *options: str) -> Iterator[list[list[str]]]:
    """Serve an org and data; yields the words of the lines before `ready`."""
    org, data = write_org(folder / "org"), write_data(folder / "data")
    command = [sys.executable, "-m", "sfoptlint", "harness", "serve", "--org", str(org), "--data", str(data)]
    with subprocess.Popen([*command, "--port", "0", *options], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield [line.split() for line in iter(server.stdout.readline, "ready\n") if line]
        finally:
            server.terminate()


def asked(url: str, headers: dict[str, str], authority: str | None = None) -> tuple[int, Any]:
    context = ssl.create_default_context(cafile=authority) if authority else None
    try:
        with urlopen(Request(url, headers=headers), timeout=20, context=context) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def test_both_fakes_are_named_and_answer(tmp_path: Path) -> None:
    with served(tmp_path) as lines:
        (first, org), (second, lists) = lines
        assert (first, second) == ("salesforce", "campaign-monitor")
        assert org.startswith("http://127.0.0.1:")
        assert lists.startswith("http://127.0.0.1:")
        assert lists.endswith("/api/v3.3")
        status, page = asked(f"{lists}/lists/L1/unsubscribed.json?date=", BASIC)
        assert (status, [row["State"] for row in page["Results"]]) == (200, ["Unsubscribed", "Unsubscribed"])
        status, error = asked(f"{lists}/lists/L9/active.json", BASIC)
        assert (status, error["Code"]) == (401, 101)
        status, error = asked(f"{lists}/subscribers/L1.json?email=zed@example.com", BASIC)
        assert (status, error["Code"]) == (400, 203)
        status, found = asked(f"{org}/services/data/v60.0/query?q=SELECT+Id+FROM+Contact", BEARER)
        assert (status, found["totalSize"]) == (200, 6)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_authority_is_made_on_the_spot(tmp_path: Path, host: str) -> None:
    with served(tmp_path, "--tls") as lines:
        said = dict(lines)
        assert set(said) == {"salesforce", "campaign-monitor", "ca"}
        url = said["campaign-monitor"].replace("127.0.0.1", host)
        assert url.startswith("https://")
        assert asked(f"{url}/clients.json", BASIC, said["ca"])[0] == 200
