"""`sfoptlint parse`: parses every file that there is a parser for, and lists what it did not understand."""

from contextlib import ExitStack
from pathlib import Path

import click

from sfoptlint.cli.main import ExitStatus
from sfoptlint.engine.opening import open_paths
from sfoptlint.engine.parsing import Tally, parse_everything


@click.command("parse")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
def command(paths: tuple[Path, ...]) -> ExitStatus:
    """Parse metadata, formulas and Apex, and list what was not understood, a line each.

    Example: sfoptlint parse force-app
    """
    tally, misunderstood = Tally(), 0
    with ExitStack() as stack:
        for opened in open_paths(paths):
            stack.callback(opened.source.close)
            for item in parse_everything(opened.source, opened.focus, tally):
                misunderstood += 1
                place = item.place
                click.echo(f"{place.path}:{place.line}:{place.column}: {item.reason}")
    click.echo(
        f"{tally.metadata} metadata files, {tally.formulas} formulas and {tally.apex} Apex files parsed; "
        f"{misunderstood} not understood",
        err=True,
    )
    return ExitStatus.FINDINGS if misunderstood else ExitStatus.CLEAN
