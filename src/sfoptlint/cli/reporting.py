"""The options that every reporting command shares, and what becomes of an outcome."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from os import environ
from pathlib import Path
from typing import Any

import click

from sfoptlint.cli.main import ExitStatus
from sfoptlint.core.errors import UsageError
from sfoptlint.core.finding import Severity
from sfoptlint.core.outcome import Outcome
from sfoptlint.core.printable import encodable
from sfoptlint.report.formats import ReportFormat, format_of_file, renderer

NEVER = "never"
"""The value of --fail-on that lets every finding pass."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """How to report, as the user asked for it."""

    form: str
    output: tuple[str, ...]
    fail_on: str
    config: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    color: str


_LEVELS = [*(severity.value for severity in Severity), NEVER]
_OPTIONS = (
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True),
    click.option("--ignore", multiple=True, metavar="RULE", help="Leave a rule out: id, name or prefix."),
    click.option("--select", multiple=True, metavar="RULE", help="Run these rules alone: id, name or prefix."),
    click.option("--config", metavar="FILE", help="The configuration: default sfoptlint.yml at the project's root."),
    click.option(
        "--fail-on",
        type=click.Choice([*(severity.value for severity in Severity), NEVER]),
        default="error",
        show_default=True,
    ),
    click.option("--output", multiple=True, metavar="FILE", help="Also write a report; its name says the format."),
    click.option(
        "--format", "form", type=click.Choice([form.value for form in ReportFormat]), default="text", show_default=True
    ),
)


def reporting_options(command: Callable[..., ExitStatus]) -> Callable[..., ExitStatus]:
    """Give a command the shared options, as one argument `reporting`."""

    @wraps(command)
    def wrapped(**given: Any) -> ExitStatus:
        reporting = Reporting(**{name: given.pop(name) for name in Reporting.__slots__})
        return command(reporting=reporting, **given)

    for option in _OPTIONS:
        wrapped = option(wrapped)
    return wrapped


def check(reporting: Reporting) -> None:
    """Raise UsageError for an --output whose name asks for no format, before any work is done."""
    for name in reporting.output:
        format_of_file(name)


def report(outcome: Outcome, reporting: Reporting) -> ExitStatus:
    """Write every report that was asked for and return the exit status."""
    form = ReportFormat(reporting.form)
    click.echo(encodable(renderer(form)(outcome)), nl=False, color=keeps_styles(reporting.color))
    for name in reporting.output:
        _write(name, click.unstyle(encodable(renderer(format_of_file(name))(outcome))))
    if outcome.internal_errors:
        for error in outcome.internal_errors:
            last = error.detail.strip().splitlines()[-1]
            click.echo(f"sfoptlint: internal error in {error.where}: {last}; please report it", err=True)
        return ExitStatus.INTERNAL
    if reporting.fail_on == NEVER:
        return ExitStatus.CLEAN
    limit = Severity(reporting.fail_on).rank
    return ExitStatus.FINDINGS if any(f.severity.rank <= limit for f in outcome.findings) else ExitStatus.CLEAN


def keeps_styles(color: str) -> bool | None:
    """Return whether to keep ANSI styles; None leaves it to whether the output is a terminal."""
    if color == "auto" and not environ.get("NO_COLOR"):
        return None
    return color == "always"


def _write(name: str, text: str) -> None:
    try:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(text.encode())
    except OSError as error:
        raise UsageError(f"--output {name}: cannot be written: {error.strerror}") from error
