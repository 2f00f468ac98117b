"""Where the org fails, over TLS: one line from doctor and retrieve, no token in it, and then a run that ends well."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from sfoptlint.clients.salesforce.login import ORG_TOKEN
from sfoptlint.harness.exchange import Exchange, Pattern
from sfoptlint.harness.faults import RequestFault
from sfoptlint.metadata.manifest import BATCHES
from tests.harness.served import BLOCKED, Served, address, contact_id, serving, serving_with_faults

TOKEN = "00D000000000001!secret-of-the-org"
PEOPLE = {contact_id(n) for n in (2, 3, 6, BLOCKED)}
CONFIG = "sync_user: {name: Sync, profile: Sync, permission_sets: [], permission_set_groups: []}\n"
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<Profile xmlns="http://soap.sforce.com/2006/04/metadata">
    <fieldPermissions>
        <editable>false</editable><field>Contact.HasOptedOutOfEmail</field><readable>READABLE</readable>
    </fieldPermissions>
    <objectPermissions><allowEdit>true</allowEdit><allowRead>true</allowRead><object>Contact</object></objectPermissions>
</Profile>
"""
EXPIRED = ("401/INVALID_SESSION_ID", "the token has expired: log in again, and run the command again")
USED_UP = ("403/REQUEST_LIMIT_EXCEEDED", "the org's requests of 24 hours are used up: run the command again tomorrow")
BROKE = ("reset", "run the command again")


def run(served: Served, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command, *options = arguments
    where = ["--org", served.salesforce, "--authority", served.authority]
    return subprocess.run(
        [sys.executable, "-m", "sfoptlint", command, *where, *options],
        env=os.environ | {ORG_TOKEN: TOKEN},
        capture_output=True,
        text=True,
        check=False,
    )


def assert_ended_well(done: "subprocess.CompletedProcess[str]") -> None:
    assert (done.returncode, done.stderr) == (1, "")
    assert {person["id"] for person in json.loads(done.stdout)["people"]} == PEOPLE


def assert_refused(done: "subprocess.CompletedProcess[str]", said: str) -> None:
    (line,) = done.stderr.splitlines()[-1:]
    assert (done.returncode, done.stdout) == (2, "")
    assert line.startswith("sfoptlint: ")
    assert said in line
    assert "secret" not in done.stderr
    assert "@" not in done.stderr


def queries(exchanges: Sequence[Exchange]) -> Counter[str]:
    return Counter(one.request.url for one in exchanges if "/query" in one.request.path)


def retrieves(exchanges: Sequence[Exchange]) -> list[str]:
    """Return which batch each retrieve asked for, by the first metadata type that it alone has."""
    asked = [one.request.body.decode() for one in exchanges if b"<retrieve" in one.request.body.replace(b"met:", b"")]
    firsts = {name: next(iter(types)) for name, types in BATCHES.items()}
    return [name for body in asked for name, type_ in firsts.items() if f">{type_}<" in body]


def fault(method: str, part: str, answer: str, nth: int = 1, times: int = 1) -> RequestFault:
    return RequestFault(Pattern(method, (part,)), f"{method} {part}", nth, times, answer)


@pytest.mark.parametrize("options", [(), ("--email", address(BLOCKED), "--probe")])
def test_a_field_that_may_not_be_seen(tmp_path: Path, options: tuple[str, ...]) -> None:
    for readable in ("false", "true"):
        folder = tmp_path / readable
        profiles = folder / "org" / "profiles"
        profiles.mkdir(parents=True)
        (profiles / "Sync.profile-meta.xml").write_text(PROFILE.replace("READABLE", readable))
        (folder / "sync.yml").write_text(CONFIG)
        with serving(folder, "--tls", "--config", str(folder / "sync.yml")) as served:
            done = run(served, "doctor", "--format", "json", *options)
        if readable == "false":
            assert_refused(done, "Contact.HasOptedOutOfEmail: this user may not see the field; grant read access to it")
            assert len(done.stderr.splitlines()) == 1
        elif options:
            assert "INVALID_FIELD_FOR_INSERT_UPDATE" in done.stdout
            assert json.loads(done.stdout)["people"][0]["cause"] == "not_editable"
        else:
            assert_ended_well(done)


@pytest.mark.parametrize(
    ("part", "refusal"), [("/describe", EXPIRED), ("FROM Lead", USED_UP), ("FROM wbsendit__Subscription__c", EXPIRED)]
)
def test_the_doctor_is_refused_and_then_ends_well(tmp_path: Path, part: str, refusal: tuple[str, str]) -> None:
    with serving_with_faults(tmp_path, fault("GET", part, refusal[0])) as (served, _):
        done = run(served, "doctor", "--format", "json")
        assert_refused(done, refusal[1])
        assert len(done.stderr.splitlines()) == 1
        assert_ended_well(run(served, "doctor", "--format", "json"))


def test_a_dropped_connection_is_taken_up_where_it_broke(tmp_path: Path) -> None:
    with serving_with_faults(tmp_path, fault("GET", "FROM Lead", "reset", times=2)) as (served, exchanges):
        assert_ended_well(run(served, "doctor", "--format", "json"))
    asked = queries(exchanges)
    again = [url for url, times in asked.items() if times > 1]
    assert len(asked) > 2
    assert [asked[url] for url in again] == [3]
    assert "FROM+Lead" in again[0].replace("%20", "+")


def test_a_connection_that_drops_each_time(tmp_path: Path) -> None:
    with serving_with_faults(tmp_path, fault("GET", "FROM Lead", "reset", times=5)) as (served, _):
        done = run(served, "doctor", "--format", "json")
        assert_refused(done, f"reset: GET 127.0.0.1:{served.salesforce.rpartition(':')[2]}/services/data/")
        assert_refused(done, "run the command again")
        assert len(done.stderr.splitlines()) == 1
        assert_ended_well(run(served, "doctor", "--format", "json"))


@pytest.mark.parametrize(("answer", "said"), [EXPIRED, USED_UP])
def test_the_probe_is_refused_and_leaves_nothing(tmp_path: Path, answer: str, said: str) -> None:
    asked = ("doctor", "--id", contact_id(2), "--probe", "--format", "json")
    with serving_with_faults(tmp_path, fault("GET", "/executeAnonymous", answer)) as (served, _):
        refused = run(served, *asked)
        assert_refused(refused, said)
        assert_refused(refused, f"sfoptlint: --probe: {answer.partition('/')[2]}")
        again = json.loads(run(served, *asked).stdout)["people"]
        assert [(person["id"], person["actual"]) for person in again] == [(contact_id(2), False)]


@pytest.mark.parametrize(("nth", "refusal"), [(1, EXPIRED), (4, USED_UP), (5, BROKE), (9, USED_UP)])
def test_a_retrieve_goes_on_with_what_is_missing(tmp_path: Path, nth: int, refusal: tuple[str, str]) -> None:
    into = tmp_path / "into"
    with serving_with_faults(tmp_path, fault("POST", "/services/Soap", refusal[0], nth)) as (served, exchanges):
        done = run(served, "retrieve", "--into", str(into))
        assert_refused(done, f"{refusal[1]}; what is there already is not fetched again")
        ended = [name for name in BATCHES if f"{name}: " in done.stderr]
        assert len(ended) == (nth - 1) // 3
        broken = len(exchanges)
        again = run(served, "retrieve", "--into", str(into))
    assert again.returncode == 0
    assert retrieves(exchanges[broken:]) == [name for name in BATCHES if name not in ended]
    assert (into / "objects/Contact/validationRules/Needs_Phone.validationRule-meta.xml").is_file()
    assert not [file for file in into.iterdir() if file.name.startswith(".")]
