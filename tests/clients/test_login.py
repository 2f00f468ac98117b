"""How a token is come by, and how it is refused, without ever showing one."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sfoptlint.clients.errors import FailureKind, TransportError
from sfoptlint.clients.salesforce.login import JWT_CLIENT, JWT_KEY, JWT_USER, ORG_TOKEN, access
from sfoptlint.clients.wire import Request, Response, Transport, json_response
from sfoptlint.core.errors import UsageError

URL = "https://harbour.example.my.salesforce.com"
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


class StandingClock:
    def now(self) -> datetime:
        return NOW

    def sleep(self, seconds: float) -> None:
        raise AssertionError(seconds)


@dataclass
class Answering:
    """Gives one answer to everything, and keeps what it was asked."""

    answer: Response
    asked: list[Request] = field(default_factory=list)

    def send(self, request: Request) -> Response:
        self.asked.append(request)
        return self.answer


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    file = tmp_path_factory.mktemp("keys") / "server.key"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return file


def environment(key_file: Path) -> dict[str, str]:
    return {JWT_KEY: str(key_file), JWT_CLIENT: "3MVG9", JWT_USER: "sync.harbour"}


def test_a_token_of_the_environment_is_taken_as_it_is() -> None:
    transport = Answering(json_response(500, {}))
    found = access(f"{URL}/", {ORG_TOKEN: "00Dsecret"}, transport, StandingClock())
    assert (found.instance_url, found.token, found.renew) == (URL, "00Dsecret", None)
    assert "secret" not in repr(found)
    assert transport.asked == []


def test_a_jwt_is_signed_and_renewed(key_file: Path) -> None:
    transport = Answering(json_response(200, {"access_token": "00Dfresh"}))
    found = access(URL, environment(key_file), transport, StandingClock())
    assert found.token == "00Dfresh"
    assert found.renew is not None
    found.renew()
    assert [request.url for request in transport.asked] == [f"{URL}/services/oauth2/token"] * 2
    sent = parse_qs(transport.asked[0].body.decode())
    claims = jwt.decode(sent["assertion"][0], options={"verify_signature": False})
    assert sent["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    assert claims == {"iss": "3MVG9", "sub": "sync.harbour", "aud": URL, "exp": int(NOW.timestamp()) + 180}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"error": "invalid_grant", "error_description": "user hasn't approved this consumer"}, "hasn't approved"),
        ({"error": "invalid_client"}, "invalid_client"),
        ({}, "the answer has no token"),
        ([], "the answer has no token"),
    ],
)
def test_a_refused_jwt_says_why(key_file: Path, answer: object, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        access(URL, environment(key_file), Answering(json_response(400, answer)), StandingClock())


class Broken:
    """Breaks off each time."""

    def send(self, request: Request) -> Response:
        raise TransportError(FailureKind.RESET, f"{request.method} {request.path}")


@pytest.mark.parametrize("transport", [Broken(), Answering(Response(502, {}, b"<html>"))])
def test_no_answer_to_a_jwt_is_one_line(key_file: Path, transport: Transport) -> None:
    with pytest.raises(UsageError, match=f"^--org {URL}: gives no token for the JWT: .*; run the command again$"):
        access(URL, environment(key_file), transport, StandingClock())


def test_a_key_that_is_none_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.key"
    broken.write_text("-----BEGIN", encoding="ascii")
    for file in (broken, tmp_path / "missing.key"):
        with pytest.raises(UsageError, match=r"no readable private key in PEM form"):
            access(URL, environment(file), Answering(json_response(200, {})), StandingClock())


def test_without_a_way_in_it_says_what_to_set() -> None:
    with pytest.raises(UsageError, match=ORG_TOKEN):
        access(URL, {}, Answering(json_response(200, {})), StandingClock())


def _command_line(folder: Path, answer: object, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "sf"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{json.dumps(answer)}\nEND\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_an_alias_is_asked_of_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = {"result": {"instanceUrl": f"{URL}/", "accessToken": "00Dsecret"}}
    _command_line(tmp_path, shown, monkeypatch)
    found = access("harbour", {}, Answering(json_response(200, {})), StandingClock())
    assert (found.instance_url, found.token) == (URL, "00Dsecret")


def test_an_alias_that_is_not_logged_in_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _command_line(tmp_path, {"status": 1, "name": "NoAuthInfoFound"}, monkeypatch)
    with pytest.raises(UsageError, match="log in with `sf org login web`"):
        access("harbour", {}, Answering(json_response(200, {})), StandingClock())
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    with pytest.raises(UsageError, match="is not on the PATH"):
        access("harbour", {}, Answering(json_response(200, {})), StandingClock())
