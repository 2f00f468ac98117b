"""The decision procedure: whether a guard can hold during the opt-out update, with a proof either way."""

from sfoptlint.decide.bypass import Bypass, bypass_terms
from sfoptlint.decide.decide import decide, decide_under, proved_never
from sfoptlint.decide.decision import Budget, Decision
from sfoptlint.decide.program import Leaf
from sfoptlint.decide.realm import Schema
from sfoptlint.decide.scenario import Scenario, fold
from sfoptlint.decide.update import Update

__all__ = [
    "Budget",
    "Bypass",
    "Decision",
    "Leaf",
    "Scenario",
    "Schema",
    "Update",
    "bypass_terms",
    "decide",
    "decide_under",
    "fold",
    "proved_never",
]
