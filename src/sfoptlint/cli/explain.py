"""`sfoptlint explain`: prints one rule's page."""

from pathlib import Path

import click

from sfoptlint.catalogue.load import load_rules
from sfoptlint.catalogue.select import find_rule
from sfoptlint.cli.main import ExitStatus
from sfoptlint.engine.document import page


@click.command("explain")
@click.argument("rule")
@click.option("--rules", "folders", multiple=True, metavar="DIR", type=click.Path(path_type=Path), help="Add your own.")
def command(rule: str, folders: tuple[Path, ...]) -> ExitStatus:
    """Print the page of one rule: why it is there, what it finds, what is fine, and how to repair or suppress it.

    Example: sfoptlint explain OPT601
    """
    rules = load_rules(folders)
    click.echo(page(find_rule(rules, rule), rules), nl=False)
    return ExitStatus.CLEAN
