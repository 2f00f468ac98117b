"""z3 agrees with the search, and answers some of what the search leaves open."""

import pytest

from sfoptlint.core.verdict import Verdict
from sfoptlint.decide import Budget
from tests.decide.asking import ask
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
