"""`sfoptlint harness`: the sync against fakes. Each subcommand is a module of its own, imported when it is asked for."""

from importlib import import_module

import click

SUBCOMMANDS = {
    "run": "plays scenarios",
    "record": "records what passes between a program and the services",
    "serve": "serves both fakes on loopback",
}
"""Every subcommand with its line of help; the command itself is `cli/harness_<name>.py`."""


class LazySubcommands(click.Group):
    """A group that imports a subcommand's module only when that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SUBCOMMANDS:
            return None
        found = import_module(f"sfoptlint.cli.harness_{cmd_name}").command
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(SUBCOMMANDS.items()))


@click.group("harness", cls=LazySubcommands)
def command() -> None:
    """Run the sync against a fake Campaign Monitor and a simulated org.

    Example: sfoptlint harness run
    """
