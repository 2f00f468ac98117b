"""The doctor and the retrieve against a served org, over TLS: what they find there, and how they end where it fails."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sfoptlint.cli.main import root
from sfoptlint.clients.salesforce.login import ORG_TOKEN
from tests.harness.served import BLOCKED, Served, address, contact_id, serving

RULE = "objects/Contact/validationRules/Needs_Phone.validationRule-meta.xml"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served"), "--tls") as found:
        yield found


def run(served: Served, *arguments: str, token: str = "any") -> Result:
    command, *options = arguments
    given = [command, "--org", served.salesforce, "--authority", served.authority, *options]
    return CliRunner(env={ORG_TOKEN: token}).invoke(root, given, standalone_mode=False)


def causes(result: Result) -> dict[str, str]:
    return {person["id"]: person["cause"] for person in json.loads(result.stdout)["people"]}


def test_the_retrieve_and_then_the_doctor_with_what_it_brought(served: Served, tmp_path: Path) -> None:
    into = tmp_path / "org"
    fetched = run(served, "retrieve", "--into", str(into))
    assert fetched.exception is None
    assert (into / RULE).is_file()
    found = causes(run(served, "doctor", "--metadata", str(into), "--format", "json"))
    assert found[contact_id(BLOCKED)] == "blocked_by_automation"
    assert found.keys() == {contact_id(n) for n in (2, 3, 6, 7)}
    assert {cause for id_, cause in found.items() if id_ != contact_id(BLOCKED)} == {"primary_sync_not_running"}


def test_the_probe_is_shown_then_answers_and_leaves_nothing(served: Served) -> None:
    asked = ("doctor", "--email", address(BLOCKED).upper(), "--probe", "--format", "json")
    result = run(served, *asked)
    assert causes(result) == {contact_id(BLOCKED): "blocked_by_automation"}
    assert "FIELD_CUSTOM_VALIDATION_EXCEPTION" in result.stdout
    assert "rolls back" in result.stderr
    assert f"new Contact(Id = '{contact_id(BLOCKED)}'" in result.stderr
    spared = run(served, "doctor", "--id", contact_id(2), "--probe", "--format", "json")
    (person,) = json.loads(spared.stdout)["people"]
    assert (person["cause"], person["actual"]) == ("primary_sync_not_running", False)
    again = run(served, "doctor", "--id", contact_id(2), "--format", "json")
    assert json.loads(again.stdout)["people"][0]["actual"] is False


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--probe",), "give --email or --id"),
        (("--email", "stranger@shore.example"), "nobody in the data has it"),
        (("--data", "."), "give --data DIR or --org ALIAS"),
    ],
)
def test_wrong_usage_is_one_line(served: Served, options: tuple[str, ...], said: str) -> None:
    assert said in str(run(served, "doctor", *options).exception)


def test_a_token_that_is_missing_or_refused_is_one_line(served: Served, tmp_path: Path) -> None:
    assert ORG_TOKEN in str(run(served, "doctor", token="").exception)
    assert "log in again" in str(run(served, "doctor", token=" ").exception)
    refused = run(served, "retrieve", "--into", str(tmp_path / "org"), token=" ")
    assert "log in again" in str(refused.exception)
