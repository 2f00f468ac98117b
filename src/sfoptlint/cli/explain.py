"""`sfoptlint explain`: prints one rule's page."""

from pathlib import Path

import click

from sfoptlint.catalogue.select import find_rule
from sfoptlint.cli.main import ExitStatus
from sfoptlint.cli.rules import known_rules


@click.command("explain")
@click.argument("rule", metavar="RULE")
@click.option(
    "--rules", "folders", multiple=True, metavar="DIR", type=click.Path(path_type=Path), help="Add your own rules."
)
def command(rule: str, folders: tuple[Path, ...]) -> ExitStatus:
    """Print a rule's page: what it finds, why, an example, how to fix it and how to suppress it.

    RULE is an id or a name.

    Example: sfoptlint explain OPT601
    """
    from sfoptlint.handbook.page import rule_page

    rules = known_rules(folders)
    click.echo(rule_page(find_rule(rules, rule), rules), nl=False)
    return ExitStatus.CLEAN
