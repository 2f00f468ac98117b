"""The search and z3, each asked alone over generated formulas: neither proves what the other one refutes."""

from hypothesis import given, settings

from sfoptlint.core.expr import Interner
from sfoptlint.core.verdict import Verdict
from sfoptlint.decide import decide
from sfoptlint.decide.domain import TRUE, UNTRUE
from sfoptlint.decide.search import Outcome
from sfoptlint.decide.z3.alone import Alone
from sfoptlint.decide.z3_solver import Z3Solver
from tests.decide.asking import CONTACT, lowered, scenario
from tests.property.test_decide import formulas

_STEPS = 200_000


@settings(deadline=None)
@given(formulas)
def test_the_search_and_z3_never_contradict_each_other(formula: str) -> None:
    interner = Interner()
    guard = lowered(formula, interner)
    own = decide(guard, (), scenario(), CONTACT, interner)
    asked = Alone(guard, (), scenario(), CONTACT, interner, Z3Solver(_STEPS, rounds=4))
    holds, world = asked.ask(TRUE)
    spares, _ = asked.ask(UNTRUE)
    assert not (holds is Outcome.NONE and spares is Outcome.NONE)
    match own.verdict:
        case Verdict.NEVER:
            assert holds is not Outcome.FOUND, world
            assert spares is not Outcome.NONE
        case Verdict.ALWAYS:
            assert holds is not Outcome.NONE
            assert spares is not Outcome.FOUND
        case Verdict.SOMETIMES:
            assert holds is not Outcome.NONE, own.world
            assert spares is not Outcome.NONE or "not proved" in own.reason
