"""z3 agrees with the search, and answers some of what the search leaves open."""

import pytest

from sfoptlint.core.expr import Interner
from sfoptlint.core.verdict import Verdict
from sfoptlint.decide import Budget
from sfoptlint.decide.domain import TRUE, UNTRUE
from sfoptlint.decide.search import Outcome
from tests.decide.asking import CONTACT, ask, lowered, scenario
from tests.decide.test_decide import CASES


def test_z3_never_contradicts_the_search() -> None:
    from sfoptlint.decide.z3_solver import Z3Solver

    solver = Z3Solver()
    for formula, *_ in CASES:
        alone = ask(formula)
        helped = ask(formula, budget=Budget(nodes=1, solver=solver))
        if Verdict.UNKNOWN not in (alone.verdict, helped.verdict):
            harmful = (Verdict.ALWAYS, Verdict.SOMETIMES)
            assert (alone.verdict in harmful) is (helped.verdict in harmful), formula


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        ("AND(BEGINS(Reason__c, 'foo'), BEGINS(Reason__c, 'bar'))", Verdict.NEVER),
        ("AND(Score__c + Other_Score__c > 10, Score__c < 3, Other_Score__c < 3)", Verdict.NEVER),
    ],
)
def test_z3_answers_what_the_search_leaves_open(formula: str, verdict: Verdict) -> None:
    from sfoptlint.decide.z3_solver import Z3Solver

    assert ask(formula, budget=Budget(solver=Z3Solver())).verdict is verdict


def test_z3_alone_agrees_with_every_verdict() -> None:
    from sfoptlint.decide.z3.alone import Alone
    from sfoptlint.decide.z3_solver import Z3Solver

    solver, answered = Z3Solver(), 0
    for formula, *_ in CASES:
        interner = Interner()
        alone = Alone(lowered(formula, interner), (), scenario(), CONTACT, interner, solver)
        answers = alone.ask(TRUE)[0], alone.ask(UNTRUE)[0]
        own = ask(formula).verdict
        if own is not Verdict.UNKNOWN and Outcome.OPEN not in answers:
            answered += 1
            assert VERDICTS[answers] is own, formula
    assert answered > 0.9 * len(CASES)


VERDICTS = {
    (Outcome.FOUND, Outcome.NONE): Verdict.ALWAYS,
    (Outcome.FOUND, Outcome.FOUND): Verdict.SOMETIMES,
    (Outcome.NONE, Outcome.FOUND): Verdict.NEVER,
}
