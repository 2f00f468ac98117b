"""`sfoptlint rules`: lists the catalogue."""

import json
from pathlib import Path

import click

from sfoptlint.catalogue.load import load_rules
from sfoptlint.catalogue.rule import Rule
from sfoptlint.cli.main import ExitStatus


@click.command("rules")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--rules", "folders", multiple=True, metavar="DIR", type=click.Path(path_type=Path), help="Add your own.")
def command(form: str, folders: tuple[Path, ...]) -> ExitStatus:
    """List every rule: its id, its name, how much it weighs, and what it finds.

    Example: sfoptlint rules --format json
    """
    rules = load_rules(folders)
    if form == "json":
        click.echo(json.dumps([_document(rule) for rule in rules], indent=2, ensure_ascii=False))
    else:
        width = max(len(rule.name) for rule in rules)
        for rule in rules:
            click.echo(f"{rule.id}  {rule.name:<{width}}  {rule.severity:<7}  {rule.summary}")
    return ExitStatus.CLEAN


def _document(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "name": rule.name,
        "severity": rule.severity,
        "family": rule.family,
        "summary": rule.summary,
        "since": rule.since,
        "help": rule.help,
    }
