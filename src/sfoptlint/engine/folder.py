"""Lints one folder as the command line does: for the examples of the rules, and for the pages made from them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sfoptlint.catalogue.rule import Rule
from sfoptlint.catalogue.select import select_rules
from sfoptlint.config import read_settings
from sfoptlint.core.outcome import Outcome
from sfoptlint.core.settings import CONFIG_NAME, Settings
from sfoptlint.engine.opening import open_paths
from sfoptlint.engine.run import Request, run
from sfoptlint.source.directory import DirectorySource


def lint_folder(folder: Path, rules: Sequence[Rule], today: date) -> Outcome:
    """Return the outcome of a folder with its own configuration; `today` ends suppressions."""
    file = folder / CONFIG_NAME
    settings = read_settings(file, CONFIG_NAME) if file.is_file() else Settings()
    return run(
        Request(
            root=folder.name,
            opened=open_paths([folder]),
            settings=settings,
            rules=select_rules(rules, severity=settings.severity),
            today=today,
            config=DirectorySource(folder),
        )
    )
