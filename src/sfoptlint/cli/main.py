"""The `sfoptlint` command: finds the subcommand, and turns every way to end into an exit status."""

import gc
import sys
from collections.abc import Sequence
from enum import IntEnum
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn

import click

from sfoptlint import __version__
from sfoptlint.core.errors import UsageError
from sfoptlint.core.printable import printable

COMMANDS = {
    "lint": "reads metadata and reports findings",
    "rules": "lists the catalogue of rules",
    "explain": "prints one rule's page",
    "parse": "lists what the parsers did not understand",
    "simulate": "saves one record through the order of execution",
    "formula": "parses and evaluates formulas",
    "fix": "repairs page layouts",
    "retrieve": "fetches from a live org what lint reads",
    "doctor": "answers the troubleshooting checklist from data",
    "reconcile": "compares expected with actual opt-out for everybody",
    "harness": "runs the sync against fakes, or serves them",
    "sync": "carries opt-outs from Campaign Monitor to Salesforce",
}
"""Every command with its line of help; the command itself is `cli/<name>.py`, imported when it runs."""


class ExitStatus(IntEnum):
    """What the process answers to its caller."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INTERNAL = 3


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"sfoptlint.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sfoptlint")
def root() -> None:
    """Say which Salesforce automation can stop or undo an email opt-out, with a proof.

    Example: sfoptlint lint force-app
    """


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status; never raises."""
    try:
        status = root.main(list(arguments), prog_name="sfoptlint", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        name = error.ctx.command_path if error.ctx else "sfoptlint"
        return _refuse(f"name a command; {name} --help lists them")
    except click.ClickException as error:
        return _refuse(error.format_message())
    except UsageError as error:
        return _refuse(str(error))
    except OSError as error:  # a file or folder that somebody named, or the disk
        return _refuse(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except (click.Abort, KeyboardInterrupt):
        return _refuse("interrupted")
    except Exception:
        from traceback import format_exc

        from sfoptlint.clients.redaction import mask

        click.echo(mask(format_exc()), nl=False, err=True)
        click.echo("sfoptlint: internal error: please report it with these lines and the command line", err=True)
        return ExitStatus.INTERNAL
    return status if isinstance(status, int) else ExitStatus.CLEAN


def tell(what: str) -> None:
    """Say something beside the output, on a line of its own."""
    click.echo(printable(f"sfoptlint: {what}"), err=True)


def _refuse(reason: str) -> ExitStatus:
    tell(reason)
    return ExitStatus.USAGE


def collect_less() -> None:
    """What an analysis makes lives to its end: to look for circles after every 700 objects costs a tenth of the time."""
    gc.set_threshold(200_000, 50, 100)


def main() -> NoReturn:
    """Enter from the console script."""
    collect_less()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A pipe's reader expects UTF-8 whatever the locale is; a terminal has its own.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    status = run(sys.argv[1:])
    gc.freeze()  # nor is anything looked for at the end, which would take longer than a small analysis
    sys.exit(status)
