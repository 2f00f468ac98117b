"""Text for people: each finding with the source line it stands in, then one paragraph that sums up.

Styles are ANSI sequences; the command line strips them where colour is off.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from click import style

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.outcome import Outcome
from sfoptlint.core.printable import printable
from sfoptlint.report.plain import notes, visible
from sfoptlint.report.source_line import cells, split
from sfoptlint.report.tally import answers, tallies

FULL_FRAMES = 5
"""Findings of one rule that are shown in full; the rest are listed by name, for a legacy org has hundreds."""

_COLOUR = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def render(outcome: Outcome) -> str:
    """Return the report, with ANSI styles."""
    opening = list(_answers(outcome))
    blocks = ["\n".join(opening)] if opening else []
    blocks += ["\n".join(_internal_errors(outcome))] if outcome.internal_errors else []
    for _, group in groupby(sorted(outcome.findings, key=_group_key), key=_group_key):
        blocks += _rule_blocks(list(group))
    blocks.append("\n".join(_summary(outcome)))
    return "\n\n".join(blocks) + "\n"


def _group_key(finding: Finding) -> tuple[int, str, str]:
    return finding.severity.rank, finding.rule, finding.object or ""


def _rule_blocks(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the frames of one rule's findings on one object; the last ones by name alone where there are many."""
    for finding in findings[:FULL_FRAMES]:
        yield "\n".join(frame(finding))
    rest = findings[FULL_FRAMES:]
    if rest:
        first = rest[0]
        yield "\n".join(
            [
                _title(first, f"{len(rest)} more like the last one"),
                *(f"  --> {_place(f)} {_subject(f)}" for f in rest),
            ]
        )


def frame(finding: Finding) -> Iterator[str]:
    """Yield the lines of one finding in full."""
    gutter = " " * len(str(finding.place.line))
    yield _title(finding, finding.message)
    yield f"{gutter}{style('-->', fg='blue')} {_place(finding)}"
    if finding.excerpt is not None:
        bar = style("|", fg="blue")
        line = split(finding.excerpt)
        yield f"{gutter} {bar}"
        yield f"{finding.place.line} {bar} {line.before}{line.marked}{line.after}"
        marks = style("^" * max(1, cells(line.marked)), fg=_COLOUR[finding.severity])
        yield f"{gutter} {bar} {' ' * cells(line.before)}{marks}"
    for note in notes(finding):
        label = style(printable(note.label) + ":", bold=True)
        yield f"{gutter} {style('=', fg='blue')} {label} {printable(note.text)}"


def _title(finding: Finding, message: str) -> str:
    label = style(f"{finding.severity}[{finding.rule}]", fg=_COLOUR[finding.severity], bold=True)
    return f"{label}: {style(printable(message), bold=True)}"


def _place(finding: Finding) -> str:
    return printable(f"{finding.place.path}:{finding.place.line}:{finding.place.column}")


def _subject(finding: Finding) -> str:
    name = printable(str(finding.artifact))
    return f"{name} ({finding.object})" if finding.object else name


def _internal_errors(outcome: Outcome) -> Iterator[str]:
    for error in outcome.internal_errors:
        yield style(printable(f"internal error in {error.where}"), fg="red", bold=True)
        yield visible(error.detail.rstrip())
    yield "This is a defect of sfoptlint: please report it with these lines and the file named above."


def _answers(outcome: Outcome) -> Iterator[str]:
    for answer in answers(outcome):
        ways, safe = _plural(answer.ways, "way"), _plural(answer.safe, "automation")
        said = f"{answer.object}: {ways} to lose an opt-out, {safe} proved safe, {answer.undecided} not decided"
        yield style(said, bold=True)


def _summary(outcome: Outcome) -> Iterator[str]:
    for tally in tallies(outcome):
        yield f"{tally.object}: {tally.harmful} harmful, {tally.safe} proved safe, {tally.undecided} not decided"
    for gap in outcome.gaps:
        yield printable(f"not judged: {gap.path}: {gap.reason}")
    read = sum(outcome.read.values())
    counts = ", ".join(_plural(outcome.count(severity), severity.value) for severity in Severity)
    yield f"{counts} in {_plural(read, 'file')} read"


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
