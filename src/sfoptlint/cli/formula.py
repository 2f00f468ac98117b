"""`sfoptlint formula`: parses and evaluates formulas."""

from pathlib import Path

import click

from sfoptlint.core.errors import UsageError

_FILE = click.Path(path_type=Path)


@click.command("formula")
@click.argument("formula", required=False)
@click.option("--record", metavar="FILE", type=_FILE, help="The field values, as JSON.")
@click.option("--blanks", type=click.Choice(["blank", "zero"]), default="blank", help="How a blank number is read.")
@click.option("--ast", is_flag=True, help="Print the tree instead of the value.")
@click.option("--batch", metavar="FILE", type=_FILE, help="Answer the formulas of a file of JSON lines.")
def command(formula: str | None, record: Path | None, blanks: str, ast: bool, batch: Path | None) -> int:
    """Parse and evaluate one formula, or a batch.

    A record is {"Email": null, "Amount": {"type": "Currency", "value": "10"}}, with the values of $User.Id and the like
    beside its fields; {"before": {...}, "set": {...}} is an update, and "before": null makes the record a new one.

    \b
    Example: sfoptlint formula 'LEN(LastName) > 3' --record contact.json
             sfoptlint formula --ast '2 * 3 ^ 2'
    """
    if (formula is None) is (batch is None):
        raise UsageError("formula: give a FORMULA or --batch FILE")
    if batch is not None:
        return _answer_batch(batch)
    assert formula is not None
    return _print_tree(formula) if ast else _print_value(formula, record, blanks)


def _answer_batch(batch: Path) -> int:
    from datetime import UTC, datetime

    from sfoptlint.calculator.batch import answer_lines

    try:
        lines = batch.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--batch {batch}: {error}") from None
    for line in answer_lines(lines, datetime.now(UTC), UTC):
        click.echo(line)
    return 0


def _print_tree(formula: str) -> int:
    from sfoptlint.calculator.calculate import CalculationError, parsed
    from sfoptlint.lang.formula.printer import print_tree

    try:
        click.echo(print_tree(parsed(formula)))
    except CalculationError as error:
        raise UsageError(f"formula:{error}") from None
    return 0


def _print_value(formula: str, record: Path | None, blanks: str) -> int:
    from datetime import UTC, datetime

    from sfoptlint.calculator.calculate import CalculationError, calculate, shown
    from sfoptlint.calculator.record import read_record
    from sfoptlint.lang.formula.resolver import BlankMode

    mode = BlankMode.ZERO if blanks == "zero" else BlankMode.BLANK
    try:
        value = shown(calculate(formula, read_record(record, datetime.now(UTC), UTC), mode))
    except CalculationError as error:
        raise UsageError(f"formula:{error}") from None
    click.echo("" if value is None else str(value).upper() if isinstance(value, bool) else value)
    return 0
