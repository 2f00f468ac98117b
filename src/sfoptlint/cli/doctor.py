"""`sfoptlint doctor`: the troubleshooting checklist, answered from data."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sfoptlint.cli.configured import config_file, configured
from sfoptlint.cli.main import ExitStatus
from sfoptlint.core.errors import UsageError

if TYPE_CHECKING:
    from sfoptlint.doctor.examination import Examination
    from sfoptlint.judge.family import Judgement

_PATH = click.Path(path_type=Path)


@click.command("doctor")
@click.option("--data", metavar="DIR", type=_PATH, required=True, help="A folder of exports: Contact.csv and so on.")
@click.option("--metadata", metavar="PATH", type=_PATH, help="The org's metadata: what in it stands in the way?")
@click.option("--email", metavar="X", help="Ask about whoever has this address.")
@click.option("--id", "record_id", metavar="ID", help="Ask about the person with this id.")
@click.option("--as-of", metavar="MOMENT", help="When the data was exported: default, the newest moment in it.")
@click.option(
    "--bundle", metavar="FILE", type=_PATH, help="Write a zip for whoever helps: counts and causes, no address."
)
@click.option("--config", metavar="FILE", help="The configuration: default sfoptlint.yml at the project's root.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(  # noqa: PLR0913, PLR0917 - an option each
    data: Path,
    metadata: Path | None,
    email: str | None,
    record_id: str | None,
    as_of: str | None,
    bundle: Path | None,
    config: str | None,
    form: str,
) -> ExitStatus:
    """Say who is not opted out that should be, why, and what to do.

    Example: sfoptlint doctor --data export --metadata force-app
    """
    from sfoptlint.data_directory.directory import DataDirectory
    from sfoptlint.doctor.examination import Asked, Request, examine
    from sfoptlint.doctor.rendering import as_json, as_text

    if email is not None and record_id is not None:
        raise UsageError("--email and --id: choose one")
    settings = configured(config, metadata or data)
    judged = None
    if metadata is not None:
        from sfoptlint.engine.judged import judge_paths

        judged = judge_paths([metadata], settings)
    request = Request(DataDirectory(data), settings.policy, Asked(email, record_id), judged, _moment(as_of))
    found = examine(request)
    if bundle is not None:
        _write_bundle(bundle, found, judged, config_file(config, metadata or data))
    click.echo(as_json(found) if form == "json" else as_text(found), nl=form == "json")
    return ExitStatus.FINDINGS if found.in_trouble else ExitStatus.CLEAN


def _write_bundle(
    target: Path, found: "Examination", judged: "tuple[Judgement, ...] | None", configuration: Path
) -> None:
    """Say what the bundle holds, then write it."""
    from sfoptlint.doctor.bundle import bundle, listing, write

    files = bundle(found, judged, configuration)
    click.echo("\n".join([f"{target} will hold:", *listing(files)]), err=True)
    write(files, target)


def _moment(text: str | None) -> datetime | None:
    from sfoptlint.data_directory.values import moment

    if text is None:
        return None
    found = moment(text)
    if found is None:
        raise UsageError(f"--as-of {text}: is no moment; write it as 2026-11-22T10:00:00Z")
    return found
