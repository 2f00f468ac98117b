"""`sfoptlint rules`: lists the catalogue of rules."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from sfoptlint.catalogue.load import load_rules
from sfoptlint.catalogue.rule import Rule
from sfoptlint.cli.main import ExitStatus
from sfoptlint.core.settings import CONFIG_NAME
from sfoptlint.engine.opening import project_root

SCHEMA = "sfoptlint-rules/1"


@click.command("rules")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--rules", "folders", multiple=True, metavar="DIR", type=click.Path(path_type=Path), help="Add your own rules."
)
def command(form: str, folders: tuple[Path, ...]) -> ExitStatus:
    """List every rule: its id, severity, family, name and what it finds.

    Rules that the sfoptlint.yml of the current project adds are among them.

    Example: sfoptlint rules --format json
    """
    rules = known_rules(folders)
    click.echo(_document(rules) if form == "json" else "\n".join(_lines(rules)))
    return ExitStatus.CLEAN


def known_rules(folders: Sequence[Path]) -> list[Rule]:
    """Return the built-in rules, those that the current project's configuration adds, and those of these folders.

    Raises UsageError where the configuration or a rule is wrong.
    """
    file = project_root(Path()) / CONFIG_NAME
    configured: tuple[str, ...] = ()
    if file.is_file():
        from sfoptlint.config import read_settings

        configured = read_settings(file, file.name).rule_folders
    return load_rules([*map(Path, configured), *folders])


def _lines(rules: Sequence[Rule]) -> Iterator[str]:
    rows = [(rule.id, rule.severity.value, rule.family.value, rule.name, rule.summary) for rule in rules]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    for *words, summary in rows:
        yield "  ".join([*(word.ljust(width) for word, width in zip(words, widths, strict=True)), summary])


def _document(rules: Sequence[Rule]) -> str:
    import json

    listed = [
        {
            "id": rule.id,
            "name": rule.name,
            "summary": rule.summary,
            "severity": rule.severity,
            "family": rule.family,
            "since": rule.since,
            "why": rule.why,
            "help": rule.help,
            "references": list(rule.references),
        }
        for rule in rules
    ]
    return json.dumps({"schema": SCHEMA, "rules": listed}, indent=2, ensure_ascii=False)
