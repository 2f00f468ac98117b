"""Begins a rule: `python -m sfoptlint.catalogue.scaffold OPT610 some-name page`, or `make new-rule`."""

import sys
from pathlib import Path

import click

from sfoptlint import __version__
from sfoptlint.catalogue.load import built_in_folder, check_id_and_name, load_rules
from sfoptlint.core.errors import UsageError, did_you_mean
from sfoptlint.core.settings import CONFIG_NAME
from sfoptlint.judge.family import Family

JUDGEMENTS = {
    Family.VALIDATION_RULE: "RuleJudgement",
    Family.FLOW: "EffectsJudgement",
    Family.APEX: "EffectsJudgement",
    Family.WORKFLOW_RULE: "EffectsJudgement",
    Family.APPROVAL_PROCESS: "EffectsJudgement",
    Family.DUPLICATE_RULE: "EffectsJudgement",
    Family.CHAIN: "Chain",
    Family.PAGE: "PageJudgement",
    Family.ACCESS: "AccessJudgement",
    Family.INPUT: "InputProblem",
    Family.SUPPRESSION: "StaleSuppression",
}
"""What a detector of each family is given, by its name in `ruleapi`."""

_STATED = """\
id: {id}
name: {name}
summary: Say in one sentence what it finds.
severity: note
family: {family}
since: {since}
why: |
  Say what happens to the opt-out, or to the people who look for it.
help: Say what to do about it.
references:
  - "Metadata API Developer Guide: the page that states the fact"
"""
_DETECTOR = '''\
"""Asks: what, in one question?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import {imports}


def detect(judged: Iterable[{judgement}]) -> Iterator[Observation]:
    """Yield what it finds."""
    for _ in judged:
        yield from ()
'''

_CASES = ("bad/what_is_wrong", "good/what_is_not")
_CONFIGURATION = """\
# What this example says in its configuration, or nothing. Its metadata goes beside this file; then name its folder for what
# it shows. The good one is a near miss: let it differ from the bad one in what matters alone.
"""


def begin_rule(rule_id: str, name: str, family: str, root: Path) -> Path:
    """Write the skeleton of a rule below `root` and return its folder.

    Raises UsageError for an id or name that is not well formed or is taken, and for a family that is not there.
    """
    check_id_and_name("new rule", rule_id, name)
    if family not in list(Family):
        raise UsageError(f"new rule: family is one of {', '.join(Family)}, not {family}{did_you_mean(family, Family)}")
    built_in = built_in_folder()
    for rule in load_rules([root] if root != built_in and any(root.glob("*/rule.yaml")) else []):
        for word in (rule_id, name):
            if word in (rule.id, rule.name):
                raise UsageError(f"new rule: {word} is taken by {rule.folder}")
    folder = root / f"{rule_id}_{name.replace('-', '_')}"
    judgement = JUDGEMENTS[Family(family)]
    imports = ", ".join(sorted([judgement, "Observation"]))
    try:
        for case in _CASES:
            (folder / case).mkdir(parents=True)
            (folder / case / CONFIG_NAME).write_text(_CONFIGURATION, encoding="utf-8")
        stated = _STATED.format(id=rule_id, name=name, family=family, since=__version__)
        (folder / "rule.yaml").write_text(stated, encoding="utf-8")
        detector = _DETECTOR.format(imports=imports, judgement=judgement)
        (folder / "detector.py").write_text(detector, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}") from error
    return folder


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("rule_id", metavar="ID")
@click.argument("name", metavar="NAME")
@click.argument("family", metavar="FAMILY")
@click.option(
    "--rules", "root", metavar="DIR", type=click.Path(path_type=Path), help="Where to: default the built-in rules."
)
def command(rule_id: str, name: str, family: str, root: Path | None) -> None:
    """Write the skeleton of a rule.

    Example: make new-rule ID=OPT610 NAME=some-name FAMILY=page
    """
    try:
        folder = begin_rule(rule_id, name, family, root or built_in_folder())
    except UsageError as error:
        click.echo(f"sfoptlint: {error}", err=True)
        sys.exit(2)
    click.echo(
        f"{folder}: begun; fill its cases, add one more to bad/ and to good/, then `make accept` writes its page"
    )


if __name__ == "__main__":
    command()
