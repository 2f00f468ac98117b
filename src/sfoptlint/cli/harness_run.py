"""`sfoptlint harness run`: plays scenarios."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from sfoptlint.cli.main import ExitStatus
from sfoptlint.core.errors import MissingExtraError, UsageError
from sfoptlint.core.printable import printable

if TYPE_CHECKING:
    from sfoptlint.harness.scenario.play import Result

HERE = Path("fixtures/scenarios")


@click.command("run")
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@click.option("--format", "form", type=click.Choice(["text", "json", "junit"]), default="text", show_default=True)
@click.option("--output", multiple=True, metavar="FILE", type=click.Path(path_type=Path), help="Also write this file.")
@click.option("--list", "listed", is_flag=True, help="Name the scenarios with what they cover, and play none.")
def command(scenarios: tuple[str, ...], form: str, output: tuple[Path, ...], listed: bool) -> ExitStatus:
    """Play scenarios: a world, what happens in it, and how it has to end.

    SCENARIO is a folder with a scenario.yaml, a folder of such folders, or the name of one of the default scenarios: those of
    fixtures/scenarios here where there is such a folder, else those that come with sfoptlint. A file given with --output
    has the format that its name ends in: .json or .xml (JUnit).

    Example: sfoptlint harness run --output junit.xml
    """
    for module in ("requests", "simple_salesforce"):
        if find_spec(module) is None:
            raise MissingExtraError("harness", "harness run")
    from sfoptlint.harness.scenario.play import Result, play
    from sfoptlint.harness.scenario.read import read_scenario, scenario_folders
    from sfoptlint.harness.scenario.shipped import default_folder

    default = default_folder(HERE)
    folders = scenario_folders([_path(name, default) for name in scenarios], default)
    if listed:
        for folder in folders:
            scenario = read_scenario(folder)
            click.echo(f"{scenario.name}: {scenario.about} [{', '.join(scenario.covers)}]")
        return ExitStatus.CLEAN
    refused: list[UsageError] = []
    results: list[Result] = []
    for folder in folders:
        try:
            results.append(play(folder, perf_counter))
        except UsageError as error:  # the others are played all the same
            refused.append(error)
            results.append(Result(folder.name, 0.0, str(error)))
    for file in output:
        file.write_text(_document(results, _form(file)) + "\n", encoding="utf-8")
    click.echo(_document(results, form))
    for complaint in refused:
        click.echo(printable(f"sfoptlint: {complaint}"), err=True)
    if refused:
        return ExitStatus.USAGE
    return ExitStatus.CLEAN if all(result.passed for result in results) else ExitStatus.FINDINGS


def _path(name: str, default: Path) -> Path:
    """Return the path that a name means: one that is there, else a scenario of the default folder."""
    if Path(name).exists():
        return Path(name)
    if (default / name).is_dir():
        return default / name
    from sfoptlint.core.errors import did_you_mean

    known = [folder.name for folder in default.iterdir()]
    raise UsageError(f"{name}: is neither a path nor one of the scenarios{did_you_mean(name, known)}")


def _form(file: Path) -> str:
    forms = {".json": "json", ".xml": "junit", ".txt": "text"}
    if file.suffix not in forms:
        raise UsageError(f"--output {file}: ends in none of {', '.join(forms)}")
    return forms[file.suffix]


def _document(results: Sequence["Result"], form: str) -> str:
    from sfoptlint.harness.results import as_json, as_junit, as_table

    match form:
        case "json":
            return as_json(results)
        case "junit":
            return as_junit(results)
        case _:
            return as_table(results)
