"""From findings to repairs: only what lint raises is repaired, so configuration and suppressions count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sfoptlint.catalogue.rule import Rule
from sfoptlint.core.finding import Finding
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.engine.opening import Opened
from sfoptlint.engine.run import Request, run
from sfoptlint.fix.layout import Repair, repaired
from sfoptlint.fix.text import CannotRepairError
from sfoptlint.judge.family import Family
from sfoptlint.metadata.kind import Kind
from sfoptlint.source.archive import ArchiveSource
from sfoptlint.source.directory import DirectorySource

REPAIRS = {
    "OPT601": Repair.MEMBERSHIP_LIST,
    "OPT602": Repair.MEMBERSHIP_LIST,
    "OPT603": Repair.STATE_COLUMN,
    "OPT606": Repair.OPT_OUT_FIELD,
}
"""What a layout is given against the finding of each rule."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """One layout before and after. What stands in an archive is at no place that could be written to."""

    file: Path
    before: bytes
    after: bytes
    repairs: tuple[Repair, ...]
    archive: Path | None = None


@dataclass(frozen=True, slots=True)
class Unrepaired:
    """A file that was left as it is, the place in it, and why with the remedy."""

    file: Path
    line: int
    column: int
    reason: str


def rules_with_repairs(rules: Sequence[Rule]) -> list[Rule]:
    """Return those of the rules whose findings can be repaired, and those about files that cannot be read."""
    return [rule for rule in rules if rule.id in REPAIRS or rule.family is Family.INPUT]


def repairs(request: Request) -> Iterator[Repaired | Unrepaired]:
    """Lint, and yield every layout that can be repaired and every file that stands in the way, each once."""
    seen: set[Path] = set()
    for opened in request.opened:
        findings = run(replace(request, opened=[opened])).findings
        for path in sorted({finding.place.path for finding in findings}):
            file = _file(opened, path)
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield from _of_file(opened, file, [f for f in findings if f.place.path == path])


def _of_file(opened: Opened, file: Path, findings: Sequence[Finding]) -> Iterator[Repaired | Unrepaired]:
    for finding in findings:
        if finding.object is None:  # of the rule about files that cannot be read
            reason = finding.message.removeprefix(finding.place.path).strip()
            yield Unrepaired(file, finding.place.line, finding.place.column, reason)
    on_layout = [f for f in findings if f.artifact.type == Kind.LAYOUT and f.rule in REPAIRS]
    if not on_layout:
        return
    first = on_layout[0]
    wanted = [repair for repair in Repair if repair in {REPAIRS[finding.rule] for finding in on_layout}]
    before = opened.source.read(first.place.path)
    after, made = before, list[Repair]()
    for repair in wanted:
        try:
            after = repaired(after, OptOutObject(first.object or ""), repair)
            made.append(repair)
        except CannotRepairError as error:
            yield Unrepaired(file, first.place.line, first.place.column, str(error))
    if made:
        archive = opened.source.file if isinstance(opened.source, ArchiveSource) else None
        yield Repaired(file, before, after, tuple(made), archive)


def _file(opened: Opened, path: str) -> Path:
    """Return where a file stands; one in an archive as if the archive were a folder."""
    match opened.source:
        case DirectorySource():
            return opened.source.file(path)
        case ArchiveSource():
            return opened.source.file / path
        case _:
            return opened.folder / path
