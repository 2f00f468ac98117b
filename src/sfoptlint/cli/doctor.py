"""`sfoptlint doctor`: the troubleshooting checklist, answered from data."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sfoptlint.cli.configured import config_file, configured
from sfoptlint.cli.live import Live, access_to
from sfoptlint.cli.main import ExitStatus, tell
from sfoptlint.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfoptlint.data_directory.records import Records
    from sfoptlint.doctor.diagnosis import Ways
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
    probe: bool
    yes_production: bool
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
@click.option("--probe", is_flag=True, help="Try the opt-out in the org, inside a transaction that is rolled back.")
@click.option("--yes-production", is_flag=True, help="Allow --probe in an org that is no sandbox.")
@click.option(
    "--bundle", metavar="FILE", type=_PATH, help="Write a zip for whoever helps: counts and causes, no address."
)
@click.option("--config", metavar="FILE", help="The configuration: default sfoptlint.yml at the project's root.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(**options: Any) -> ExitStatus:
    """Say who is not opted out that should be, why, and what to do.

    With --org, the token of an instance's URL stands in SFOPTLINT_ORG_TOKEN. Nothing is written to the org; --probe saves
    and rolls back, and shows first what it runs.

    \b
    Example: sfoptlint doctor --data export --metadata force-app
             sfoptlint doctor --org production --email ann@example.com
    """
    return _doctor(DoctorOptions(**options))


def _doctor(options: DoctorOptions) -> ExitStatus:
    from sfoptlint.doctor.examination import Asked, Request, examine
    from sfoptlint.doctor.rendering import as_json, as_text

    _check(options)
    near = options.metadata or options.data or Path()
    settings = configured(options.config, near)
    judged = None
    if options.metadata is not None:
        from sfoptlint.engine.judged import judge_paths

        judged = judge_paths([options.metadata], settings)
    asked = Asked(options.email, options.record_id)
    records, live = _records(options, judged)
    probe = _prober(options, records, live)
    found = examine(Request(records, settings.policy, asked, judged, _moment(options), probe))
    for line in found.left_out:
        tell(line)
    if options.bundle is not None:
        _write_bundle(options.bundle, found, judged, config_file(options.config, near))
    click.echo(as_json(found) if options.form == "json" else as_text(found), nl=options.form == "json")
    return ExitStatus.FINDINGS if found.in_trouble else ExitStatus.CLEAN


def _check(options: DoctorOptions) -> None:
    if (options.data is None) is (options.org is None):
        raise UsageError("doctor: give --data DIR or --org ALIAS")
    if options.email is not None and options.record_id is not None:
        raise UsageError("--email and --id: choose one")
    for option, value in (("--email", options.email), ("--id", options.record_id)):
        if value is not None and not value.strip():
            raise UsageError(f"{option}: is blank, which names nobody")
    if options.probe and options.org is None:
        raise UsageError("--probe: asks a live org; give --org")
    if options.probe and options.email is None and options.record_id is None:
        raise UsageError("--probe: tries one person's opt-out; give --email or --id")


def _records(options: DoctorOptions, judged: "tuple[Judgement, ...] | None") -> "tuple[Records, Live | None]":
    if options.data is not None:
        from sfoptlint.data_directory.directory import DataDirectory

        return DataDirectory(options.data), None
    assert options.org is not None
    live = access_to(options.org, options.authority, "doctor --org")
    from sfoptlint.clients.salesforce.client import Salesforce
    from sfoptlint.doctor.live import LiveRecords
    from sfoptlint.doctor.ways import fields_asked

    return LiveRecords(Salesforce(live.transport, live.access), fields_asked(judged or ())), live


def _prober(options: DoctorOptions, records: "Records", live: "Live | None") -> "Callable[[Ways | None], Ways | None]":
    """Return what puts the org's own answer before what the metadata says; a production org has to be allowed."""
    if not options.probe or live is None:
        return lambda ways: ways
    from sfoptlint.clients.salesforce.anonymous import AnonymousApex
    from sfoptlint.doctor.live import LiveRecords
    from sfoptlint.doctor.probe import Probed

    assert isinstance(records, LiveRecords)
    if not options.yes_production and records.is_sandbox() is not True:
        raise UsageError("--probe: this org is no sandbox, or does not say so; --yes-production allows it")
    apex = AnonymousApex(live.transport, live.access)

    def show(script: str) -> None:
        click.echo(f"runs in {options.org}, and rolls back:\n{script}", err=True)

    return lambda ways: Probed(apex, show, ways)


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
