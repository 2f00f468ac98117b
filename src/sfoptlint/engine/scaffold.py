"""Writes the skeleton of a new rule: `make new-rule ID=OPT610 NAME=some-name FAMILY=page`."""

import sys
from collections.abc import Sequence
from pathlib import Path

from sfoptlint.catalogue.load import built_in_folder, load_rules
from sfoptlint.core.errors import UsageError
from sfoptlint.judge.family import Family

_RULE = """id: {id}
name: {name}
summary: One sentence on what is found.
severity: warning
family: {family}
since: next
why: |
  Who is harmed, and how.
help: What to do about it.
"""
_DETECTOR = '''"""Asks: one question of the family's judgements?"""

from collections.abc import Iterable, Iterator
from typing import Any

from sfoptlint.ruleapi import Observation


def detect(judged: Iterable[Any]) -> Iterator[Observation]:
    """Yield what answers the question."""
    for _ in judged:
        yield from ()
'''


def scaffold(root: Path, rule_id: str, name: str, family: str) -> Path:
    """Write the folder and return it; raise UsageError where the id or name is taken, or the family is not known."""
    for rule in load_rules():
        if rule_id == rule.id or name == rule.name:
            raise UsageError(f"{rule_id} {name}: {rule.folder.name} has that id or name already")
    if family not in list(Family):
        raise UsageError(f"{family}: is no family; choose one of {', '.join(Family)}")
    folder = root / f"{rule_id}_{name.replace('-', '_')}"
    for kind in ("bad", "good"):
        (folder / kind / "first").mkdir(parents=True)
    (folder / "rule.yaml").write_text(_RULE.format(id=rule_id, name=name, family=family), encoding="utf-8")
    (folder / "detector.py").write_text(_DETECTOR, encoding="utf-8")
    return folder


def main(arguments: Sequence[str]) -> int:
    """Write a rule from the words ID, NAME and FAMILY; return the exit status."""
    try:
        rule_id, name, family = arguments
        folder = scaffold(built_in_folder(), rule_id, name, family)
    except (ValueError, UsageError) as error:
        reason = error if isinstance(error, UsageError) else "make new-rule ID=OPT610 NAME=some-name FAMILY=page"
        print(reason, file=sys.stderr)  # noqa: T201
        return 2
    print(f"{folder}: fill in rule.yaml, detector.py, bad/ and good/, then `make accept`")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
