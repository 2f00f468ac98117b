"""`sfoptlint lint`: reads metadata and reports findings."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from sfoptlint.catalogue.load import load_rules
from sfoptlint.catalogue.select import select_rules
from sfoptlint.cli.configured import config_file, configured
from sfoptlint.cli.main import ExitStatus
from sfoptlint.cli.reporting import Reporting, check, report, reporting_options
from sfoptlint.core.errors import MissingExtraError, UsageError, did_you_mean
from sfoptlint.core.outcome import Context
from sfoptlint.core.settings import Settings, SolverChoice
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.engine.opening import Opened, only_changed, open_paths, open_revision, open_staged
from sfoptlint.engine.run import Request, run
from sfoptlint.engine.suppress import read_baseline, write_baseline
from sfoptlint.source.directory import DirectorySource


@dataclass(frozen=True, slots=True)
class LintOptions:
    """The options of `lint` beside those of every reporting command."""

    staged: bool
    revision: str | None
    since: str | None
    baseline: Path | None
    write_baseline: Path | None
    rule_folders: tuple[Path, ...]
    objects: str | None
    context: str | None
    solver: str
    no_cache: bool
    jobs: int


_FILE = click.Path(path_type=Path)


@click.command("lint")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=_FILE)
@click.option("--staged", is_flag=True, help="Judge what is staged in git, for a pre-commit hook.")
@click.option("--revision", metavar="REV", help="Judge the tree of a git revision, not the files on disk.")
@click.option("--since", metavar="REV", help="Report only findings in files that changed since a git revision.")
@click.option("--baseline", metavar="FILE", type=_FILE, help="Leave out the findings that this file lists.")
@click.option("--write-baseline", metavar="FILE", type=_FILE, help="List every finding in this file, and pass.")
@click.option("--rules", "rule_folders", multiple=True, metavar="DIR", type=_FILE, help="Add your own rules.")
@click.option("--objects", metavar="LIST", help="Judge these objects alone, of Contact,Lead,Account.")
@click.option(
    "--context", type=click.Choice([context.value for context in Context]), help="How the sync saves: default batch."
)
@click.option("--solver", type=click.Choice([s.value for s in SolverChoice]), default="own", show_default=True)
@click.option("--no-cache", is_flag=True, help="Read every file anew, as is done now in any case.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    help="Use up to N processes; one is used now in any case, and the report is the same.",
)
@reporting_options
def command(paths: tuple[Path, ...], reporting: Reporting, **options: Any) -> ExitStatus:
    """Read Salesforce metadata and report what can stop, undo or hide an email opt-out.

    PATH is a Salesforce DX project or package directory, a folder in Metadata API format, a zip from a retrieve, or single
    files. Default: the current folder.

    Example: sfoptlint lint force-app --output report.sarif --fail-on warning
    """
    return lint(paths or (Path(),), reporting, LintOptions(**options))


def lint(paths: tuple[Path, ...], reporting: Reporting, options: LintOptions) -> ExitStatus:
    """Lint and report; raise UsageError where the request cannot be met."""
    check(reporting)
    config = config_file(reporting.config, paths[0])
    with ExitStack() as stack:
        opened = _open(paths, options)
        for one in opened:
            stack.callback(one.source.close)
        if options.since is not None:
            opened = [only_changed(one, options.since, config) for one in opened]
        return _lint(paths, opened, config, reporting, options)


def _lint(
    paths: tuple[Path, ...], opened: list[Opened], config: Path, reporting: Reporting, options: LintOptions
) -> ExitStatus:
    settings = _settings(paths[0], reporting, options)
    folders = [*map(Path, settings.rule_folders), *options.rule_folders]
    rules = select_rules(
        load_rules(folders), select=reporting.select, ignore=reporting.ignore, severity=settings.severity
    )
    request = Request(
        root=", ".join(map(str, paths)),
        opened=opened,
        settings=settings,
        rules=rules,
        today=date.today(),  # noqa: DTZ011 - the day that the user lives in ends a suppression
        config=DirectorySource(config.parent),
        baseline=read_baseline(options.baseline) if options.baseline and not options.write_baseline else frozenset(),
        partial=bool(reporting.select or reporting.ignore or options.objects),
    )
    outcome = run(request)
    if options.write_baseline:
        write_baseline(options.write_baseline, outcome.findings)
        outcome = replace(outcome, findings=())
    return report(outcome, reporting)


def _settings(near: Path, reporting: Reporting, options: LintOptions) -> Settings:
    settings = configured(reporting.config, near)
    if options.objects is not None:
        settings = replace(settings, objects=_objects(options.objects))
    if options.context is not None:
        settings = replace(settings, context=Context(options.context))
    if options.solver == SolverChoice.Z3 and find_spec("z3") is None:
        raise MissingExtraError("solver", "--solver z3")
    return replace(settings, solver=SolverChoice(options.solver))


def _objects(words: str) -> tuple[OptOutObject, ...]:
    named = [word.strip() for word in words.split(",") if word.strip()]
    for word in named:
        if word not in list(OptOutObject):
            raise UsageError(f"--objects: {word} has no opt-out box{did_you_mean(word, OptOutObject)}")
    if not named:
        raise UsageError(f"--objects: name one or more of {','.join(OptOutObject)}")
    return tuple(object_ for object_ in OptOutObject if object_ in named)


def _open(paths: tuple[Path, ...], options: LintOptions) -> list[Opened]:
    if options.staged and options.revision:
        raise UsageError("--staged and --revision: choose one")
    if options.staged:
        return open_staged(paths)
    return open_revision(paths, options.revision) if options.revision else open_paths(paths)
