"""`sfoptlint doctor`: the troubleshooting checklist, answered from data."""

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sfoptlint.cli.configured import config_file, configured
from sfoptlint.cli.main import ExitStatus
from sfoptlint.core.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from sfoptlint.data_directory.records import Records
    from sfoptlint.doctor.examination import Examination
    from sfoptlint.judge.family import Judgement

_PATH = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class DoctorOptions:
    """The options of `doctor`."""

    data: Path | None
    org: str | None
    authority: str | None
    metadata: Path | None
    email: str | None
    record_id: str | None
    as_of: str | None
    bundle: Path | None
    config: str | None
    form: str


@click.command("doctor")
@click.option("--data", metavar="DIR", type=_PATH, help="A folder of exports: Contact.csv and so on.")
@click.option("--org", metavar="ALIAS|URL", help="A live org: an alias of the Salesforce CLI, or an instance's URL.")
@click.option("--authority", metavar="FILE", help="Trust the certificates in this file alone.")
@click.option("--metadata", metavar="PATH", type=_PATH, help="The org's metadata: what in it stands in the way?")
@click.option("--email", metavar="X", help="Ask about whoever has this address.")
@click.option("--id", "record_id", metavar="ID", help="Ask about the person with this id.")
@click.option("--as-of", metavar="MOMENT", help="When the data was exported: default, the newest moment in it.")
@click.option(
    "--bundle", metavar="FILE", type=_PATH, help="Write a zip for whoever helps: counts and causes, no address."
)
@click.option("--config", metavar="FILE", help="The configuration: default sfoptlint.yml at the project's root.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(**options: Any) -> ExitStatus:
    """Say who is not opted out that should be, why, and what to do.

    With --org, the token of an instance's URL stands in SFOPTLINT_ORG_TOKEN. Nothing is written to the org.

    \b
    Example: sfoptlint doctor --data export --metadata force-app
             sfoptlint doctor --org production --email ann@example.com
    """
    return _doctor(DoctorOptions(**options))


def _doctor(options: DoctorOptions) -> ExitStatus:
    from sfoptlint.doctor.examination import Asked, Request, examine
    from sfoptlint.doctor.rendering import as_json, as_text

    if (options.data is None) is (options.org is None):
        raise UsageError("doctor: give --data DIR or --org ALIAS")
    if options.email is not None and options.record_id is not None:
        raise UsageError("--email and --id: choose one")
    near = options.metadata or options.data or Path()
    settings = configured(options.config, near)
    judged = None
    if options.metadata is not None:
        from sfoptlint.engine.judged import judge_paths

        judged = judge_paths([options.metadata], settings)
    asked = Asked(options.email, options.record_id)
    found = examine(Request(_records(options, judged), settings.policy, asked, judged, _moment(options)))
    if options.bundle is not None:
        _write_bundle(options.bundle, found, judged, config_file(options.config, near))
    click.echo(as_json(found) if options.form == "json" else as_text(found), nl=options.form == "json")
    return ExitStatus.FINDINGS if found.in_trouble else ExitStatus.CLEAN


def _records(options: DoctorOptions, judged: "tuple[Judgement, ...] | None") -> "Records":
    if options.data is not None:
        from sfoptlint.data_directory.directory import DataDirectory

        return DataDirectory(options.data)
    if find_spec("simple_salesforce") is None or find_spec("requests") is None:
        raise MissingExtraError("org", "doctor --org")
    from sfoptlint.clients.clock import SystemClock
    from sfoptlint.clients.live import live_transport
    from sfoptlint.clients.salesforce.client import Salesforce
    from sfoptlint.clients.salesforce.login import access
    from sfoptlint.doctor.live import LiveRecords
    from sfoptlint.doctor.ways import fields_asked

    assert options.org is not None
    transport = live_transport(options.authority, SystemClock())
    way_in = access(options.org, environ, transport, SystemClock())
    return LiveRecords(Salesforce(transport, way_in), fields_asked(judged or ()))


def _write_bundle(
    target: Path, found: "Examination", judged: "tuple[Judgement, ...] | None", configuration: Path
) -> None:
    """Say what the bundle holds, then write it."""
    from sfoptlint.doctor.bundle import bundle, listing, write

    files = bundle(found, judged, configuration)
    click.echo("\n".join([f"{target} will hold:", *listing(files)]), err=True)
    write(files, target)


def _moment(options: DoctorOptions) -> datetime | None:
    from sfoptlint.data_directory.values import moment

    if options.as_of is None:
        return datetime.now(UTC) if options.org is not None else None
    found = moment(options.as_of)
    if found is None:
        raise UsageError(f"--as-of {options.as_of}: is no moment; write it as 2026-11-22T10:00:00Z")
    return found
