"""The verdicts of each object, counted, for the summary of a report."""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.core.outcome import Outcome
from sfoptlint.core.verdict import Direction, Effect, OptOutObject, Row, Verdict

_OF_AUTOMATIONS = frozenset({Effect.BLOCK, Effect.REVERT, Effect.OVERWRITE})
_CHAINS = "OPT7"
"""How the rules begin whose findings are about several automations together, of which no row speaks."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of one object are harmful (always or sometimes), proved safe, and not decided."""

    object: OptOutObject
    harmful: int
    safe: int
    undecided: int


def tallies(outcome: Outcome) -> Iterator[Tally]:
    """Yield the count of each object that has rows and that findings are raised on."""
    for object_ in OptOutObject:
        verdicts = [row.verdict for row in outcome.rows if row.object is object_]
        if verdicts and object_ in outcome.raised:
            safe, undecided = verdicts.count(Verdict.NEVER), verdicts.count(Verdict.UNKNOWN)
            yield Tally(object_, len(verdicts) - safe - undecided, safe, undecided)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for one object: how many automations, and chains of them, lose an opt-out, and how many surely do not."""

    object: OptOutObject
    ways: int
    safe: int
    undecided: int


def answers(outcome: Outcome) -> Iterator[Answer]:
    """Yield the answer of each object that has rows and that findings are raised on."""
    for object_ in OptOutObject:
        rows = [row for row in outcome.rows if row.object is object_]
        if rows and object_ in outcome.raised:
            worst = [_worst(of) for of in _by_automation(rows).values()]
            lost = sum(verdict is Verdict.SOMETIMES for verdict in worst) + _chains(outcome, object_)
            yield Answer(object_, lost, worst.count(Verdict.NEVER), worst.count(Verdict.UNKNOWN))


def _by_automation(rows: list[Row]) -> dict[str, list[Verdict]]:
    """Return the verdicts on an opt-out by automation; the same full name in two trees counts once, as the worse of both."""
    found: dict[str, list[Verdict]] = {}
    for row in rows:
        if row.effect in _OF_AUTOMATIONS and row.direction is Direction.OPT_OUT:
            found.setdefault(str(row.artifact), []).append(row.verdict)
    return found


def _worst(verdicts: list[Verdict]) -> Verdict:
    """Return SOMETIMES where one is harmful."""
    if any(verdict in (Verdict.ALWAYS, Verdict.SOMETIMES) for verdict in verdicts):
        return Verdict.SOMETIMES
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.NEVER


def _chains(outcome: Outcome, object_: OptOutObject) -> int:
    told = (f for f in outcome.findings if f.rule.startswith(_CHAINS) and f.object == object_)
    return sum(Direction.OPT_OUT in finding.directions for finding in told)
