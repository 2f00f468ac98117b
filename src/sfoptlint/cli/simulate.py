"""`sfoptlint simulate`: saves a record through the order of execution of an org."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sfoptlint.cli.configured import configured
from sfoptlint.cli.main import ExitStatus
from sfoptlint.core.errors import UsageError

if TYPE_CHECKING:
    from sfoptlint.core.finding import Finding
    from sfoptlint.core.schema import FieldSchema
    from sfoptlint.core.settings import Settings
    from sfoptlint.core.witness import Values
    from sfoptlint.model.project import Project
    from sfoptlint.simulate.reading import Asked
    from sfoptlint.simulate.result import SaveResult
    from sfoptlint.simulate.typed import FieldOf

_PATH = click.Path(path_type=Path)


@click.command("simulate")
@click.argument("path", type=_PATH)
@click.option("--object", "object_", metavar="NAME", help="The object that is saved: Contact, Lead, Account.")
@click.option("--record", metavar="FILE", type=_PATH, help="The record: JSON, or the rows of a CSV file as one chunk.")
@click.option("--set", "sets", multiple=True, metavar="FIELD=VALUE", help="What is set: default, the opt-out box.")
@click.option("--witness", metavar="FINGERPRINT", help="Save the witness of a finding, by its fingerprint.")
@click.option("--config", metavar="FILE", help="The configuration: default sfoptlint.yml at the project's root.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(  # noqa: PLR0913, PLR0917 - an option each
    path: Path,
    object_: str | None,
    record: Path | None,
    sets: tuple[str, ...],
    witness: str | None,
    config: str | None,
    form: str,
) -> ExitStatus:
    """Save one record through the order of execution, and print every step.

    PATH is an org's metadata. A record is {"before": {...}, "set": {...}}, a witness of a finding, or plain fields; what the org
    and the user would answer beside it may stand there too.

    \b
    Example: sfoptlint simulate force-app --object Contact --record contact.json --set HasOptedOutOfEmail=true
             sfoptlint simulate force-app --witness 3f2a91c04be81d77
    """
    from sfoptlint.core.verdict import OptOutObject
    from sfoptlint.engine.org import org_at

    if object_:
        object_ = next((str(one) for one in OptOutObject if one.casefold() == object_.casefold()), object_)
    if (record is None) is (witness is None):
        raise UsageError("simulate: give --record FILE or --witness FINGERPRINT")
    if record is not None and not object_:
        raise UsageError("--record: say with --object which object it is of")
    if not path.exists():
        raise UsageError(f"{path}: is not there; name a folder, a zip or a metadata file")
    settings = configured(config, path)
    if witness is not None:
        finding = _finding(path, settings, witness)
        with org_at(path, holding=finding.place.path) as project:
            return _print(_of_finding(project, settings, finding, object_), form)
    assert record is not None
    assert object_ is not None
    with org_at(path) as project:
        return _print(_of_file(project, settings, object_, record, sets), form)


def _of_file(
    project: "Project", settings: "Settings", object_: str, record: Path, sets: tuple[str, ...]
) -> "tuple[SaveResult, ...]":
    from sfoptlint.core.opt_out import OPT_OUT_FIELD
    from sfoptlint.core.verdict import OptOutObject
    from sfoptlint.judge.schema_view import SchemaView
    from sfoptlint.model.objects import Objects
    from sfoptlint.simulate.reading import read_sets

    schema = SchemaView(object_, Objects(project))

    def field_of(name: str) -> "FieldSchema | None":
        return schema.field(tuple(name.split(".")))

    asked = _read(record, field_of)
    if asked.object and asked.object != object_:
        raise UsageError(f"--record {record}: is a {asked.object}, and --object says {object_}")
    try:
        more = read_sets(sets, field_of)
    except ValueError as error:
        raise UsageError(f"--set {error}") from None
    default: Values = {OPT_OUT_FIELD[OptOutObject(object_)]: True} if object_ in list(OptOutObject) else {}
    return _saved(project, settings, object_, asked, default, more)


def _read(record: Path, field_of: "FieldOf") -> "Asked":
    from sfoptlint.simulate.reading import read_csv, read_json

    try:
        text = record.read_bytes().decode("utf-8-sig")
        return read_csv(text, field_of) if record.suffix.casefold() == ".csv" else read_json(text, field_of)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"--record {record}: cannot be read: {reason}") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"--record {record}: {error}") from None


def _finding(path: Path, settings: "Settings", fingerprint: str) -> "Finding":
    """Return the finding whose fingerprint begins so; raise UsageError where there is not exactly one."""
    from sfoptlint.catalogue.load import load_rules
    from sfoptlint.engine.opening import open_paths
    from sfoptlint.engine.run import Request, run
    from sfoptlint.source.directory import DirectorySource

    today = datetime.now().date()  # noqa: DTZ005 - the day that the user lives in ends a suppression
    request = Request(str(path), open_paths([path]), settings, load_rules(), today, DirectorySource(Path()))
    found = {f.fingerprint: f for f in run(request).findings if f.fingerprint.startswith(fingerprint)}
    if len(found) != 1:
        many = (
            "several findings begin so" if found else "no finding has this fingerprint; lint --format json lists them"
        )
        raise UsageError(f"--witness {fingerprint}: {many}")
    (finding,) = found.values()
    if finding.witness is None:
        raise UsageError(f"--witness {fingerprint}: {finding.rule} on {finding.artifact} has no witness")
    return finding


def _of_finding(
    project: "Project", settings: "Settings", finding: "Finding", object_: str | None
) -> "tuple[SaveResult, ...]":
    from sfoptlint.simulate.reading import of_witness

    assert finding.witness is not None
    asked = of_witness(finding.witness)
    if object_ and object_ != asked.object:
        raise UsageError(f"--witness: its finding is on {asked.object}, and --object says {object_}")
    return _saved(project, settings, asked.object, asked, {}, {})


def _saved(  # noqa: PLR0913, PLR0917 - a save, and what it is made of
    project: "Project",
    settings: "Settings",
    object_: str,
    asked: "Asked",
    default: "Values",
    more: "Values",
) -> "tuple[SaveResult, ...]":
    from datetime import UTC

    from sfoptlint.judge.simulation import org_simulator

    simulator = org_simulator(project, settings)
    return simulator.save(object_, asked.changes(default, more), asked.around(datetime.now(UTC)))


def _print(results: "tuple[SaveResult, ...]", form: str) -> ExitStatus:
    from sfoptlint.core.printable import encodable
    from sfoptlint.simulate.result import Outcome, document
    from sfoptlint.simulate.trace_text import text

    if form == "json":
        click.echo(encodable(json.dumps(document(results[0], results[1:]), ensure_ascii=False, indent=1)))
    else:
        click.echo(encodable(text(results)))
    saved = all(result.outcome is Outcome.SAVED for result in results)
    return ExitStatus.CLEAN if saved else ExitStatus.FINDINGS
