"""The own search against z3, rule by rule: `python -m bench.differential FOLDER...` over real orgs; needs the extra `solver`.

z3 is asked alone, by a search that may look at nothing; an answer of its own is confirmed by the evaluator as everybody's is.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.rules import active_rules, projects
from sfoptlint.automation.validation_rule import compile_validation_rule
from sfoptlint.core.expr import Interner
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Verdict
from sfoptlint.decide import Budget, Scenario, decide
from sfoptlint.decide.z3_solver import Z3Solver
from sfoptlint.judge.schema_view import SchemaView
from sfoptlint.judge.validation_rule import DIRECTIONS
from sfoptlint.lang.formula.diagnostics import FormulaSyntaxError
from sfoptlint.model.objects import Objects

_HARMFUL = (Verdict.ALWAYS, Verdict.SOMETIMES)


def verdict_pairs(folder: Path) -> Iterator[tuple[str, Verdict, Verdict]]:
    """Yield each rule and direction of one org with the search's verdict and z3's."""
    z3 = Budget(nodes=0, solver=Z3Solver())
    for project in projects(folder):
        objects, interner = Objects(project), Interner()
        for object_, rule in active_rules(objects):
            try:
                guard = compile_validation_rule(rule, objects, interner).effects[0].guard
            except FormulaSyntaxError:
                continue
            schema = SchemaView(object_, objects)
            for direction, (before, after) in DIRECTIONS.items():
                scenario = Scenario(object_, OPT_OUT_FIELD[object_], before, after)
                own = decide(guard, (), scenario, schema, interner).verdict
                other = decide(guard, (), scenario, schema, interner, z3).verdict
                yield f"{folder.name} {rule.full_name} {direction}", own, other


def contradict(one: Verdict, other: Verdict) -> bool:
    """Return whether two verdicts cannot both be true; `sometimes` claims no more than that it can happen."""
    return {one, other} >= {Verdict.NEVER} and (one in _HARMFUL or other in _HARMFUL)


def main(folders: list[str]) -> int:
    """Print the pairs of verdicts by count, and each contradiction; return how many there are."""
    pairs: Counter[str] = Counter()
    contradictions = 0
    for folder in folders:
        for name, own, other in verdict_pairs(Path(folder)):
            pairs[f"search {own}, z3 {other}"] += 1
            if contradict(own, other):
                contradictions += 1
                print(f"contradiction: {name}: search {own}, z3 {other}")
    for pair, count in pairs.most_common():
        print(f"{count:6} {pair}")
    print(f"{contradictions} contradictions")
    return contradictions


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) > 0)
