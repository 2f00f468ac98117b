"""The own search against z3, rule by rule: `python -m bench.differential FOLDER...` over real orgs; needs the extra `solver`.

z3 is asked alone whether the condition can be TRUE, and whether it can be anything else; a record that it finds counts when the
evaluator confirms it. `open` is no answer.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from bench.rules import active_rules, projects
from sfoptlint.automation.validation_rule import compile_validation_rule
from sfoptlint.core.expr import Interner
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import OptOutObject, Verdict
from sfoptlint.decide import Budget, Decision, Scenario, decide
from sfoptlint.decide.decision import Solver
from sfoptlint.decide.domain import TRUE, UNTRUE
from sfoptlint.decide.search import Outcome
from sfoptlint.decide.z3.alone import Alone
from sfoptlint.decide.z3_solver import Z3Solver
from sfoptlint.evaluate.world import World
from sfoptlint.judge.effects import DIRECTIONS
from sfoptlint.judge.schema_view import SchemaView
from sfoptlint.lang.formula.diagnostics import FormulaSyntaxError
from sfoptlint.metadata.validation_rule import ValidationRule
from sfoptlint.model.objects import Objects

_HARMFUL = (Verdict.ALWAYS, Verdict.SOMETIMES)


@dataclass(frozen=True, slots=True)
class Pair:
    """One rule in one direction: the own decision, alone and with z3 behind it, and what z3 says of both questions."""

    name: str
    own: Decision
    helped: Decision
    holds: Outcome
    spares: Outcome
    world: World | None
    seconds: float

    @property
    def contradiction(self) -> str:
        """Which of the two answers the own verdict cannot stand beside; empty where it can."""
        verdict = self.own.verdict
        if verdict is Verdict.NEVER and self.holds is Outcome.FOUND:
            return "never, but z3 finds a record that the evaluator confirms"
        if verdict in _HARMFUL and self.holds is Outcome.NONE:
            return f"{verdict}, but z3 proves that it cannot be TRUE"
        if verdict is Verdict.NEVER and self.spares is Outcome.NONE:
            return "never, but z3 proves that it is always TRUE"
        if verdict is Verdict.ALWAYS and self.spares is Outcome.FOUND:
            return "always, but z3 finds a record that is spared"
        if verdict is Verdict.SOMETIMES and self.spares is Outcome.NONE and "not proved" not in self.own.reason:
            return "sometimes, but z3 proves that it is always TRUE"
        return ""


def pairs(folder: Path, solver: Solver) -> Iterator[Pair]:
    """Yield each active rule of one org in each direction."""
    for project in projects(folder):
        objects, interner = Objects(project), Interner()
        for object_, rule in active_rules(objects):
            yield from _pairs(folder, object_, rule, objects, interner, solver)


def _pairs(  # noqa: PLR0913, PLR0917 - one rule, and everything that decides it
    folder: Path, object_: OptOutObject, rule: ValidationRule, objects: Objects, interner: Interner, solver: Solver
) -> Iterator[Pair]:
    try:
        automation = compile_validation_rule(rule, objects, interner)
    except FormulaSyntaxError:
        return
    schema, guard, axioms = SchemaView(object_, objects), automation.effects[0].guard, automation.axioms
    for direction, (before, after) in DIRECTIONS.items():
        scenario = Scenario(object_, OPT_OUT_FIELD[object_], before, after)
        own = decide(guard, axioms, scenario, schema, interner)
        helped = own
        if own.verdict is Verdict.UNKNOWN or not own.reach_proved or "not proved" in own.reason:
            helped = decide(guard, axioms, scenario, schema, interner, Budget(solver=solver))
        start = process_time()
        alone = Alone(guard, axioms, scenario, schema, interner, solver)
        holds, world = alone.ask(TRUE)
        spares, _ = alone.ask(UNTRUE)
        seconds = process_time() - start
        yield Pair(f"{folder.name} {rule.full_name} {direction}", own, helped, holds, spares, world, seconds)


def main(folders: list[str]) -> int:
    """Print the pairs of answers by count, and each contradiction; return how many there are."""
    solver = Z3Solver()
    counts: Counter[str] = Counter()
    helped: Counter[str] = Counter()
    contradictions: list[str] = []
    slowest: list[tuple[float, str]] = []
    for pair in (pair for folder in folders for pair in pairs(Path(folder), solver)):
        counts[f"own {pair.own.verdict}; z3: TRUE {pair.holds}, else {pair.spares}"] += 1
        slowest.append((pair.seconds, pair.name))
        if pair.helped is not pair.own:
            helped[_help(pair)] += 1
        if pair.contradiction:
            contradictions.append(f"contradiction: {pair.name}: own {pair.contradiction}: {pair.world}")
            print(contradictions[-1], flush=True)
    for title, counter in (("answers", counts), ("the own procedure, then z3 for what it leaves open", helped)):
        print(title)
        for line, count in counter.most_common():
            print(f"{count:6} {line}")
    slowest.sort(reverse=True)
    print(f"{len(slowest)} pairs, z3 alone {sum(seconds for seconds, _ in slowest):.0f} s CPU; the slowest:")
    for seconds, name in slowest[:5]:
        print(f"{seconds:6.1f} s {name}")
    print(f"{len(contradictions)} contradictions")
    return len(contradictions)


def _help(pair: Pair) -> str:
    own, helped = pair.own, pair.helped
    said = f"{own.verdict} becomes {helped.verdict}"
    if own.verdict is helped.verdict is Verdict.UNKNOWN:
        return f"{said} ({helped.reason.partition(':')[0]})"
    if own.verdict is helped.verdict:
        return f"{said}, reach proved {own.reach_proved} becomes {helped.reach_proved}"
    return said


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) > 0)
