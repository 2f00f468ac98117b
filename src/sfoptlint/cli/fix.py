"""`sfoptlint fix`: repairs layouts, or shows how they would be repaired."""

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sfoptlint.cli.configured import config_file, configured
from sfoptlint.cli.main import ExitStatus
from sfoptlint.cli.reporting import keeps_styles
from sfoptlint.core.printable import encodable, printable

if TYPE_CHECKING:
    from sfoptlint.engine.run import Request
    from sfoptlint.fix.run import Repaired


@dataclass(frozen=True, slots=True)
class FixOptions:
    """Which findings are repaired."""

    config: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]


_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@click.command("fix")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Apply the repairs.")
@click.option("--config", metavar="FILE", help="The configuration: default sfoptlint.yml at the project's root.")
@click.option("--select", multiple=True, metavar="RULE", help="Repair findings of these rules alone.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave findings of a rule as they are.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
def command(paths: tuple[Path, ...], write: bool, color: str, **options: Any) -> ExitStatus:
    """Show what can be repaired in page layouts as a unified diff, or write it.

    A layout is given the membership related list, the list's State column or the email opt-out field where `lint` misses
    them; nothing that stands there is touched. Exit status: 0 where nothing is left to repair, 1 where something is.

    \b
    Example: sfoptlint fix force-app
             sfoptlint fix force-app --write
    """
    from sfoptlint.fix.run import Repaired, Unrepaired, repairs

    done = left = 0
    with ExitStack() as stack:
        for item in repairs(_request(paths or (Path(),), FixOptions(**options), stack)):
            match item:
                case Unrepaired():
                    complaint = f"{_name(item.file)}:{item.line}:{item.column}: {item.reason}"
                case Repaired() if write:
                    complaint = _write(item)
                case Repaired():
                    complaint = _show(item, color)
            done += not complaint
            left += bool(complaint)
            if complaint:
                click.echo(printable(f"sfoptlint: {complaint}"), err=True)
    click.echo(_summary(done, left, write=write), err=True)
    return ExitStatus.FINDINGS if left or (done and not write) else ExitStatus.CLEAN


def _request(paths: tuple[Path, ...], options: FixOptions, stack: ExitStack) -> "Request":
    from sfoptlint.catalogue.load import load_rules
    from sfoptlint.catalogue.select import select_rules
    from sfoptlint.engine.opening import open_paths
    from sfoptlint.engine.run import Request
    from sfoptlint.fix.run import rules_with_repairs
    from sfoptlint.judge.family import Family
    from sfoptlint.source.directory import DirectorySource

    file = config_file(options.config, paths[0])
    settings = configured(options.config, paths[0])
    rules = load_rules([Path(folder) for folder in settings.rule_folders])
    opened = open_paths(paths)
    for one in opened:
        stack.callback(one.source.close)
    return Request(
        root=", ".join(map(str, paths)),
        opened=opened,
        settings=settings,
        rules=rules_with_repairs(
            select_rules(rules, select=options.select, ignore=options.ignore, severity=settings.severity)
        ),
        today=date.today(),  # noqa: DTZ011 - the day that the user lives in ends a suppression
        config=DirectorySource(file.parent),
        families=frozenset({Family.PAGE}),
    )


def _show(item: "Repaired", color: str) -> str:
    """Print the diff of one file. On a terminal what cannot be seen stands there as its escape."""
    from sfoptlint.fix.diff import diff_lines

    for line in diff_lines(item.before, item.after, _name(item.file)):
        shown = "\t".join(map(printable, line.rstrip("\r").split("\t"))) if sys.stdout.isatty() else encodable(line)
        style = _COLOURS.get(line[:1])
        click.echo(click.style(shown, fg=style) if style else shown, color=keeps_styles(color))
    return ""


def _write(item: "Repaired") -> str:
    """Write one file and say so; return why that could not be done."""
    from sfoptlint.fix.write import write_whole

    name = _name(item.file)
    if item.archive is not None:
        return f"{name}: is in a zip, which is not written to; unpack it and fix the folder"
    try:
        write_whole(item.file, item.after)
    except OSError as error:
        return f"{name}: cannot be written: {error.strerror}; check who may write it and its folder"
    click.echo(printable(f"{name}: added {' and '.join(item.repairs)}"))
    return ""


def _name(file: Path) -> str:
    """Return a file's path from the current folder, where a diff is applied; without the first slash where it is elsewhere."""
    absolute, here = file.absolute(), Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix().lstrip("/")


def _summary(done: int, left: int, *, write: bool) -> str:
    """Return the last line: how many files, and what to do next."""
    if not done and not left:
        return "nothing to repair"
    untouched = f", {_files(left)} left as before" if left else ""
    if write:
        return f"{_files(done)} repaired{untouched}"
    return f"{_files(done)} can be repaired{untouched}" + ("; --write does it" if done else "")


def _files(number: int) -> str:
    return f"{number} file{'' if number == 1 else 's'}"
