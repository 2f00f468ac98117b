"""The trace of a save for a terminal."""

from collections.abc import Iterator, Sequence

from sfoptlint.core.printable import printable
from sfoptlint.simulate.result import Outcome, SaveResult, Step
from sfoptlint.simulate.shown import shown


def text(results: Sequence[SaveResult]) -> str:
    """Return the traces of records that were saved together, each under its number where there are several."""
    several = [[f"record {number} of {len(results)}"] for number in range(1, len(results) + 1)]
    heads = several if len(results) > 1 else [[]]
    return "\n\n".join("\n".join([*head, *lines(result)]) for head, result in zip(heads, results, strict=True))


def lines(result: SaveResult) -> Iterator[str]:
    """Yield the steps, what came of them, and what was taken for granted."""
    width = max((len(step.phase) + 2 * step.depth for step in result.steps), default=0)
    for step in result.steps:
        yield f"  {printable(_step(step, width))}"
    yield result.outcome.value
    for error in result.errors:
        fields = f" [{', '.join(error.fields)}]" if error.fields else ""
        yield printable(f"  {error.status_code}: {error.message}{fields}")
    for reason in result.reasons:
        yield printable(f"  not known: {reason}")
    if result.outcome is not Outcome.REJECTED:
        for name, value in sorted(result.record.items()):
            yield printable(f"  {name}: {shown(value)}")
    for later in result.later:
        yield printable(f"  later, {later.when}: {later.what}" + (f" ({later.by})" if later.by else ""))
    for assumption in result.assumptions:
        yield printable(f"  assumed: {assumption}")


def _step(step: Step, width: int) -> str:
    phase = "  " * step.depth + step.phase
    who = f"{step.by}  " if step.by else ""
    where = f"  ({step.at.path}:{step.at.line})" if step.at else ""
    return f"{phase:<{width}}  {who}{step.words}{where}"
