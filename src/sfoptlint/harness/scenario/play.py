"""Plays a scenario: the world, its steps, and what is not as it should be at the end."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sfoptlint.clients.redaction import mask
from sfoptlint.core.errors import UsageError
from sfoptlint.harness.changes import take
from sfoptlint.harness.exchange import Exchange, changes
from sfoptlint.harness.fake_org.values import to_json
from sfoptlint.harness.scenario.model import Scenario, Step, Then
from sfoptlint.harness.scenario.read import read_scenario
from sfoptlint.harness.scene import started
from sfoptlint.harness.world import Refused, World
from sfoptlint.sync.context import Rules
from sfoptlint.sync.verdict import Action, PersonVerdict

TRACED: Final = 40
"""How many of the last requests a trace shows."""


@dataclass(frozen=True, slots=True)
class Result:
    """A scenario's outcome. `reason` is empty where it passed; `trace` shows the step that failed, or the last one."""

    name: str
    seconds: float
    reason: str = ""
    trace: Sequence[str] = ()
    covers: Sequence[str] = ()

    @property
    def passed(self) -> bool:
        """Whether the end was as it has to be."""
        return not self.reason


def play(folder: Path, timer: Callable[[], float], rules: Rules | None = None) -> Result:
    """Play the scenario of a folder; `timer` returns seconds, `rules` are the sync's pure parts.

    Raises UsageError where it is not well stated.
    """
    scenario = read_scenario(folder)
    begun = timer()
    with TemporaryDirectory(prefix="sfoptlint-") as temporary:
        reason, trace = _played(scenario, Path(temporary), rules or Rules())
    return Result(scenario.name, round(timer() - begun, 3), reason, trace, scenario.covers)


def _played(scenario: Scenario, folder: Path, rules: Rules) -> tuple[str, Sequence[str]]:
    step: Step | None = None
    try:
        with started(scenario.given, folder) as world:
            at, world.rules = 0, rules
            for step in scenario.when:
                at = len(world.exchanges)
                take(world, step)
            wrong = [*compare(world, scenario.then)]
            return "; ".join(wrong), (_trace(world, step, at) if wrong else ())
    except UsageError as error:
        place = f"{scenario.file}:{step.line}: " if step else f"{scenario.file}: given: "
        raise UsageError(f"{place}{error}") from error


def _trace(world: World, step: Step | None, at: int) -> list[str]:
    """Show the last step: its requests with what came, and what the run told."""
    shown = f"{step.verb} {dict(step.values)}" if step else ""
    requests = [world.names.outward(_line(one)) for one in world.exchanges[at:][-TRACED:]]
    told = [world.names.outward(str(entry)) for entry in world.told]
    issues = [world.names.outward(f"{issue.cause} {issue.record}: {issue.evidence}") for issue in world.issues()]
    lines = [f"step: {shown}", *requests, *(f"told: {line}" for line in told), *(f"log: {line}" for line in issues)]
    return [mask(line) for line in lines]


def _line(one: Exchange) -> str:
    query = "&".join(f"{name}={value}" for name, value in one.request.query)
    return f"{one.request.method} {one.request.path}{'?' if query else ''}{query} {one.came}"


def compare(world: World, then: Then) -> Iterator[str]:
    """Yield what is not as it should be, a sentence each."""
    yield from _records(world, then.records)
    yield from _lines("requests", [*then.requests], changes(world.exchanges, world.names))
    yield from _log(world, then.log)
    said = [*map(str, world.told), *(issue.evidence for issue in world.issues()), world.stopped]
    if any("@" in line for line in said):
        yield "an address was told or logged"
    for fault in world.faults:
        if fault.seen < fault.nth:
            yield f"fault: {fault.said} came {fault.seen} times, not {fault.nth}: it never struck"
    for pattern, count in then.reads.items():
        made = sum(world.names.pattern(pattern).matches(one.request) for one in world.exchanges)
        if made != count:
            yield f"reads: {pattern} was asked for {made} times, not {count}"
    if then.memberships is not None and world.memberships() != then.memberships:
        yield f"memberships: {world.memberships()}, not {_plain(then.memberships)}"
    if then.told is not None:
        yield from _told(world, then.told)
    if (then.stopped or "") not in world.stopped or bool(then.stopped) != bool(world.stopped):
        yield f"stopped: {world.stopped or 'the run did not stop'}, not {then.stopped or 'at all'}"


def _plain(nested: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    return {name: dict(inner) for name, inner in nested.items()}


def _records(world: World, expected: Mapping[str, Mapping[str, Any] | None]) -> Iterator[str]:
    for name, fields in expected.items():
        if name not in world.names.ids:
            yield f"records: there is no {name}"
            continue
        record = world.record(name)
        if fields is None or record is None:
            if (fields is None) is not (record is None):
                yield f"records: {name} is {'gone' if record is None else 'still there'}"
            continue
        for field_name, value in fields.items():
            held = to_json(record.values.get(field_name))
            if held != value:
                yield f"records: {name}.{field_name} is {held!r}, not {value!r}"


def _log(world: World, expected: Sequence[str]) -> Iterator[str]:
    """Compare the open issues: `cause record`, or `cause record: text` where the evidence has to hold the text."""
    held = {world.names.outward(f"{issue.cause} {issue.record}"): issue.evidence for issue in world.issues()}
    wanted = {line.partition(": ")[0]: line.partition(": ")[2] for line in expected}
    yield from _lines("log", sorted(wanted), sorted(held))
    for line, text in wanted.items():
        evidence = world.names.outward(held.get(line, text))
        if text not in evidence:
            yield f"log: {line} says {evidence!r}, not {text!r}"


def _told(world: World, expected: Sequence[str]) -> Iterator[str]:
    """Compare what the runs told, a line each: `became record`, with an action's words after it."""
    told = [world.names.outward(_short(entry)) for entry in world.told]
    yield from _lines("told", [*expected], told)


def _short(entry: PersonVerdict | Action | Refused) -> str:
    match entry:
        case PersonVerdict():
            return f"{entry.became} {entry.id}"
        case Action():
            return f"{entry.became} {entry.record}: {entry.what} on {entry.list}"
        case Refused():
            return f"refused: {entry.why}"


def _lines(what: str, expected: list[str], held: list[str]) -> Iterator[str]:
    if expected == held:
        return
    missing = [line for line in expected if line not in held]
    extra = [line for line in held if line not in expected]
    if missing or extra:
        parts = [f"missing {missing}" if missing else "", f"unexpected {extra}" if extra else ""]
        yield f"{what}: {' and '.join(filter(None, parts))}"
    else:
        yield f"{what}: {held}, not {expected}"
