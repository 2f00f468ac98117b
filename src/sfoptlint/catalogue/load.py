"""Finds the rule folders, checks what they say, and imports a detector when it is needed."""

import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import yaml

import sfoptlint
from sfoptlint import detectors
from sfoptlint.catalogue.rule import Detector, Rule
from sfoptlint.core.errors import UsageError, did_you_mean
from sfoptlint.core.finding import Severity
from sfoptlint.judge.family import Family

_ID = re.compile(r"[A-Z]{2,8}[0-9]{3}")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_REQUIRED = ("id", "name", "summary", "severity", "family", "since", "why", "help")
_KEYS = (*_REQUIRED, "references")


def built_in_folder() -> Path:
    """Return the folder of the rules that come with the tool: in the package, or beside `src` in a checkout."""
    package = Path(sfoptlint.__file__).parent
    installed = package / "rules"
    return installed if installed.is_dir() else package.parent.parent / "rules"


def load_rules(folders: Sequence[Path] = ()) -> list[Rule]:
    """Return the built-in rules and those of a user's own folders, sorted by id.

    Raises UsageError for a folder without rules, a rule that is not well stated, and an id or name that is taken.
    """
    rules: list[Rule] = []
    for root in (built_in_folder(), *folders):
        stated = sorted(root.glob("*/rule.yaml"))
        if not stated:
            raise UsageError(f"{root}: holds no rule (a rule is a folder with rule.yaml and detector.py)")
        rules += [_read(file) for file in stated]
    _check_unique(rules)
    _make_importable(rule.folder.parent for rule in rules)
    return sorted(rules, key=lambda rule: rule.id)


def check_id_and_name(where: str, rule_id: str, name: str) -> None:
    """Raise UsageError unless both are well formed; `where` begins its message."""
    if not _ID.fullmatch(rule_id) or not _NAME.fullmatch(name):
        raise UsageError(f"{where}: an id is like OPT601 and a name like layout-without-membership-list")


def detector_of(rule: Rule) -> Detector:
    """Import a rule's detector; raise UsageError where there is none."""
    try:
        detect = import_module(rule.module).detect
    except (ImportError, AttributeError, SyntaxError) as error:
        raise UsageError(f"{rule.folder / 'detector.py'}: has no detect to import: {error}") from error
    return cast("Detector", detect)


def _read(file: Path) -> Rule:
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        stated = yaml.load(file.read_text(encoding="utf-8"), loader)  # noqa: S506 - a safe loader, the one in C where there is one
    except (yaml.YAMLError, OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{file}: is not readable YAML: {' '.join(str(error).split())}") from error
    if not isinstance(stated, dict):
        raise UsageError(f"{file}: holds no mapping; it needs {', '.join(_REQUIRED)}")
    _check(file, stated)
    folder = file.parent
    return Rule(
        id=stated["id"],
        name=stated["name"],
        summary=stated["summary"].strip(),
        severity=Severity(stated["severity"]),
        family=Family(stated["family"]),
        since=str(stated["since"]),
        why=stated["why"].strip(),
        help=" ".join(stated["help"].split()),
        references=tuple(stated.get("references", ())),
        folder=folder,
        module=f"{detectors.__name__}.{folder.name}.detector",
    )


def _check(file: Path, stated: dict[str, Any]) -> None:
    for key in _REQUIRED:
        if not isinstance(stated.get(key), str) or not stated[key].strip():
            raise UsageError(f"{file}: needs {key}, as text")
    for key in stated:
        if key not in _KEYS:
            hint = did_you_mean(str(key), _KEYS) or f"; the keys are {', '.join(_KEYS)}"
            raise UsageError(f"{file}: knows no key {key}{hint}")
    references = stated.get("references", [])
    if not isinstance(references, list) or not all(isinstance(reference, str) for reference in references):
        raise UsageError(f"{file}: references is a list of texts")
    check_id_and_name(str(file), stated["id"], stated["name"])
    if not file.parent.name.isidentifier() or not file.parent.name.startswith(stated["id"] + "_"):
        raise UsageError(f"{file}: its folder must be {stated['id']}_ and words joined by underscores")
    for key, values in (("severity", Severity), ("family", Family)):
        if stated[key] not in list(values):
            raise UsageError(f"{file}: {key} is one of {', '.join(values)}, not {stated[key]}")


def _check_unique(rules: Iterable[Rule]) -> None:
    taken: dict[str, Rule] = {}
    for rule in rules:
        for word in (rule.id, rule.name, rule.folder.name):
            other = taken.setdefault(word, rule)
            if other is not rule:
                raise UsageError(f"{rule.folder / 'rule.yaml'}: {word} is taken by {other.folder / 'rule.yaml'}")


def _make_importable(roots: Iterable[Path]) -> None:
    """Let `sfoptlint.detectors.<folder>.detector` be imported from every rule root."""
    for root in roots:
        if str(root) not in detectors.__path__:
            detectors.__path__.append(str(root))
