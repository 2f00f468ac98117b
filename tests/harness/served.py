"""A small org and its export on disk, served by `sfoptlint harness serve` in a process of its own."""

import csv
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sfoptlint.core.settings import Settings
from sfoptlint.harness.exchange import Exchange, RecordingTransport
from sfoptlint.harness.fake_org.ids import whole
from sfoptlint.harness.faults import FaultyTransport, RequestFault
from sfoptlint.harness.local.authority import certify
from sfoptlint.harness.local.fakes import fakes
from sfoptlint.harness.local.server import LocalServer
from sfoptlint.harness.local.switch import CAMPAIGN_MONITOR_PATH

PEOPLE = 450
BLOCKED = 7
"""This contact has no phone, and the org's validation rule asks for one when the box is ticked."""
RULE = """<?xml version="1.0" encoding="UTF-8"?>
<ValidationRule xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Needs_Phone</fullName>
    <active>true</active>
    <errorConditionFormula>AND(HasOptedOutOfEmail, ISBLANK(Phone))</errorConditionFormula>
    <errorDisplayField>Phone</errorDisplayField>
    <errorMessage>A phone is needed</errorMessage>
</ValidationRule>
"""
LAST = "2026-11-20T10:00:00Z"
STATES = ("Active", "Unsubscribed", "Bounced", "Deleted", "Unconfirmed", "Suppressed")


@dataclass(frozen=True)
class Served:
    """Where the fakes answer, and the file of the authority to trust where they do so with TLS."""

    salesforce: str
    campaign_monitor: str
    authority: str
    process: "subprocess.Popen[str] | None" = None


def contact_id(n: int) -> str:
    return whole(f"003{n:012}")


def address(n: int) -> str:
    return f"p{n:03}@shore.example"


def write_org(folder: Path) -> Path:
    """Write an org with one validation rule."""
    rules = folder / "objects" / "Contact" / "validationRules"
    rules.mkdir(parents=True)
    (rules / "Needs_Phone.validationRule-meta.xml").write_text(RULE)
    return folder


def write_export(folder: Path) -> Path:
    """Write people, and the memberships of twelve of them on a list, two in each state."""
    folder.mkdir(parents=True)
    contacts = [
        {
            "Id": contact_id(n),
            "LastName": f"P{n}",
            "Email": address(n),
            "HasOptedOutOfEmail": "false",
            "Phone": "" if n == BLOCKED else "1",
            "LastModifiedDate": LAST,
        }
        for n in range(PEOPLE)
    ]
    memberships = [
        {
            "Id": whole(f"a0B{n:012}"),
            "wbsendit__Email__c": address(n),
            "wbsendit__State__c": STATES[n // 2],
            "wbsendit__List_Id__c": "news",
            "wbsendit__Contact__c": contact_id(n),
            "wbsendit__Lead__c": "",
        }
        for n in range(12)
    ]
    lead = {"Id": whole("00Q000000000001"), "Email": "le@shore.example", "HasOptedOutOfEmail": "false"}
    _write(folder / "Contact.csv", contacts)
    _write(folder / "Lead.csv", [{**lead, "LastModifiedDate": LAST, "IsConverted": "false"}])
    _write(folder / "wbsendit__Subscription__c.csv", memberships)
    return folder


def _write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    """Serve the small org; stop with SIGTERM."""
    org, data = write_org(folder / "org"), write_export(folder / "data")
    command = [sys.executable, "-m", "sfoptlint", "harness", "serve", "--org", str(org), "--data", str(data)]
    with subprocess.Popen([*command, "--port", "0", *options], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said: dict[str, str] = {}
        for line in process.stdout:
            if line == "ready\n":
                break
            name, _, value = line.rstrip("\n").partition(" ")
            said[name] = value
        try:
            yield Served(said["salesforce"], said["campaign-monitor"], said.get("ca", ""), process)
        finally:
            process.terminate()
            assert process.wait(10) == 0


@contextmanager
def serving_with_faults(folder: Path, *faults: RequestFault) -> Iterator[tuple[Served, list[Exchange]]]:
    """Serve the small org from this process, over TLS, so that faults can strike; yields every request that comes too."""
    exchanges: list[Exchange] = []
    org, data = write_org(folder / "org"), write_export(folder / "data")
    context, authority = certify(folder)
    with fakes(org, data, Settings(), 1, lambda _: None) as switch:
        server = LocalServer(RecordingTransport(FaultyTransport(switch, faults), exchanges), 0, context)
        server.start()
        try:
            yield Served(server.url, f"{server.url}{CAMPAIGN_MONITOR_PATH}", str(authority)), exchanges
        finally:
            server.close()


def run_program(name: str, environment: Mapping[str, str], *command: str) -> list[str]:
    """Run one of the programs beside this file, unchanged, and return the lines that it prints."""
    file = Path(__file__).parent / "programs" / name
    done = subprocess.run(
        [*(command or (sys.executable,)), str(file)],
        check=False,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
