"""`sfoptlint sync`: carries opt-outs from Campaign Monitor to Salesforce, and lists what stands in the way."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial, wraps
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sfoptlint.cli.main import ExitStatus
from sfoptlint.core.errors import MissingExtraError, UsageError
from sfoptlint.core.settings import CONFIG_NAME, Policy

if TYPE_CHECKING:
    from sfoptlint.sync.context import Sync
    from sfoptlint.sync.verdict import Report

JOURNAL = Path("sfoptlint-journal.sqlite")
_FILE = click.Path(path_type=Path)
_WELL = frozenset({"planned", "written", "already", "held", "gone"})


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options that every run has."""

    org: str
    client: str | None
    campaign_monitor: str | None
    authority: str | None
    journal: Path
    config: Path | None
    write: bool
    allow_opt_in: bool
    unsubscribe_opted_out: bool
    form: str


_OPTIONS = (
    click.option(
        "--org", required=True, metavar="ALIAS|URL", help="An alias of the Salesforce CLI, or an instance's URL."
    ),
    click.option("--client", metavar="ID", help="The Campaign Monitor client; needed where the account has several."),
    click.option(
        "--campaign-monitor", metavar="URL", help="Another base URL of Campaign Monitor's API, such as a fake's."
    ),
    click.option("--authority", metavar="FILE", help="Trust the certificates in this file alone."),
    click.option("--journal", type=_FILE, default=JOURNAL, show_default=True, help="What is known and what was done."),
    click.option("--config", type=_FILE, help=f"The configuration; default {CONFIG_NAME} here, where there is one."),
    click.option("--write", is_flag=True, help="Write. Without it the plan is printed, and nothing changes anywhere."),
    click.option("--allow-opt-in", is_flag=True, help="With policy.clear_on_resubscribe: let boxes be cleared too."),
    click.option(
        "--unsubscribe-opted-out", is_flag=True, help="Unsubscribe in Campaign Monitor whose box a person ticked."
    ),
    click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True),
)


def _run_options(function: Callable[..., ExitStatus]) -> Callable[..., ExitStatus]:
    """Give a command the options of a run, and hand them over as one object, first."""

    @wraps(function)
    def gathered(*arguments: Any, **values: Any) -> ExitStatus:
        own = {name: values.pop(name) for name in RunOptions.__dataclass_fields__}
        return function(RunOptions(**own), *arguments, **values)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


@click.group("sync")
def command() -> None:
    """Carry opt-outs from Campaign Monitor to the box in Salesforce.

    Nothing is written without --write: the plan is printed, a line a person: who, from what to what, and why. Nobody is
    opted back in unless policy.clear_on_resubscribe and --allow-opt-in both say so. A run that was killed is resumed by
    running it again. Tokens: SFOPTLINT_CAMPAIGN_MONITOR_KEY and, where --org is a URL, SFOPTLINT_ORG_TOKEN.

    Example: sfoptlint sync primary --org production --client 4a397ccaaa55eb4e6aa1221e1e2d7122
    """


@command.command("primary")
@_run_options
def primary(options: RunOptions) -> ExitStatus:
    """Load what changed, then run the opt-out job.

    Example: sfoptlint sync primary --org production --client 4a397ccaaa55eb4e6aa1221e1e2d7122 --write
    """
    from sfoptlint.sync.run import primary as work

    return _run(options, work)


@command.command("full-refresh")
@_run_options
def full_refresh(options: RunOptions) -> ExitStatus:
    """Load everything anew, then run the opt-out job.

    Example: sfoptlint sync full-refresh --org production --client 4a397ccaaa55eb4e6aa1221e1e2d7122 --write
    """
    from sfoptlint.sync.run import full_refresh as work

    return _run(options, work)


@command.command("refresh")
@_run_options
@click.option("--list", "list_id", required=True, metavar="ID", help="The list.")
@click.option("--email", required=True, help="The address.")
def refresh(options: RunOptions, list_id: str, email: str) -> ExitStatus:
    """Ask for one membership, as its Refresh button does, and decide about its address.

    Example: sfoptlint sync refresh --org production --client 4a39... --list a58e... --email ann@example.com
    """
    from sfoptlint.sync.run import refresh as work

    return _run(options, partial(work, list_id=list_id, email=email))


@command.command("opt-out-job")
@_run_options
def opt_out_job(options: RunOptions) -> ExitStatus:
    """Decide about everybody from the memberships that are known, and load nothing.

    Example: sfoptlint sync opt-out-job --org production --client 4a397ccaaa55eb4e6aa1221e1e2d7122
    """
    from sfoptlint.sync.run import opt_out_job as work

    return _run(options, work)


@command.command("issues")
@click.option("--journal", type=_FILE, default=JOURNAL, show_default=True, help="The journal of the runs.")
@click.option("--config", type=_FILE, help="The configuration, for policy.sync_max_age_hours.")
@click.option("--all", "closed", is_flag=True, help="Those that are over too.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def issues(journal: Path, config: Path | None, closed: bool, form: str) -> ExitStatus:
    """List the maintenance log: what is not as it should be, since when, and what helps.

    Example: sfoptlint sync issues --format json
    """
    from sfoptlint.sync.journal import copied
    from sfoptlint.sync.run import maintenance_log
    from sfoptlint.sync.show import issues_as_json, issues_as_text

    if not journal.is_file():
        raise UsageError(
            f"{journal}: is not there; run `sfoptlint sync primary --write` first, or name it with --journal"
        )
    with copied(journal) as opened:
        found = maintenance_log(opened, datetime.now(UTC), _policy(config), closed=closed)
    click.echo(issues_as_json(found) if form == "json" else issues_as_text(found))
    return ExitStatus.CLEAN


def _run(options: RunOptions, work: Callable[["Sync", "Report"], None]) -> ExitStatus:
    if find_spec("simple_salesforce") is None or find_spec("requests") is None:
        raise MissingExtraError("org", "sync")
    from sfoptlint.clients.campaign_monitor.calls import BASE_URL
    from sfoptlint.sync.connect import Addresses, connect
    from sfoptlint.sync.context import Options
    from sfoptlint.sync.session import opened
    from sfoptlint.sync.show import entry_as_json, summary_as_json, summary_as_text
    from sfoptlint.sync.verdict import Report

    addresses = Addresses(options.org, options.client, options.campaign_monitor or BASE_URL, options.authority)
    allowed = Options(options.write, options.allow_opt_in, options.unsubscribe_opted_out)
    setting = connect(addresses, os.environ, _policy(options.config), allowed)
    as_json = options.form == "json"
    report = Report(lambda entry: click.echo(entry_as_json(entry) if as_json else str(entry)))
    with _progress() as reached, opened(options.journal, setting, reached) as sync:
        work(sync, report)
    click.echo((summary_as_json if as_json else summary_as_text)(report, written=options.write))
    well = not report.stopped and not report.incomplete and report.counts.keys() <= _WELL
    return ExitStatus.CLEAN if well else ExitStatus.FINDINGS


@contextmanager
def _progress() -> "Iterator[Callable[[str], None]]":
    """Count the pages that were read, on a terminal; nobody else sees it."""
    shown = sys.stderr.isatty()
    pages = 0

    def reached(step: str) -> None:
        nonlocal pages
        pages += step == "page staged"
        if shown and step == "page staged":
            click.echo(f"\r{pages} pages read", nl=False, err=True)

    yield reached
    if shown and pages:
        click.echo(err=True)


def _policy(config: Path | None) -> Policy:
    from sfoptlint.config import read_settings

    file = config or Path(CONFIG_NAME)
    return read_settings(file, file.name).policy if config or file.is_file() else Policy()
