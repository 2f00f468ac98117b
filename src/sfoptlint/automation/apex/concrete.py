"""A trigger run on one record: the walk again, in which a world decides each condition where the way meets it.

One way is left, so nothing is merged, and what the trigger leaves in the record is known field by field. What no world settles
leaves both ways open, and the effects on them say so by a guard of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sfoptlint.automation.apex.carried import carried
from sfoptlint.automation.apex.naming import NamesAgain
from sfoptlint.automation.apex.run import Spent
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.terms import OTHERS, Terms
from sfoptlint.automation.apex.trigger import TriggerText, run_event
from sfoptlint.automation.apex.values import RecordCell, Ref, Scalar
from sfoptlint.automation.apex.walk import Walk
from sfoptlint.automation.automation import Effect
from sfoptlint.core.expr import Const, Expr, Interner, Type
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.evaluate.lazy import Outcome
from sfoptlint.evaluate.world import World
from sfoptlint.model.objects import Objects


class Deciding(Terms):
    """The nodes of one event, and what they come to in its world."""

    def __init__(self, objects: Objects, world: World) -> None:
        super().__init__(Interner(), objects, apart=True)
        self._evaluation = Evaluation(world)

    def decided(self, condition: Expr) -> Expr:
        """Return the truth of a condition; the condition itself where the world does not settle it."""
        if isinstance(condition, Const):
            return condition
        outcome = self._evaluation.outcome(condition)
        return condition if isinstance(outcome, FormulaError) else self.const(outcome is True)

    def outcome(self, expr: Expr) -> Outcome:
        """Return what an expression comes to."""
        return self._evaluation.outcome(expr)


@dataclass(slots=True)
class Transaction:
    """What triggers of one transaction hand on: statics, and what was spent of the limits."""

    state: State | None = None
    terms: Deciding | None = None
    spent: list[Spent] = field(default_factory=list)

    def begin(self, terms: Deciding) -> State:
        """Return the state in which the next event begins."""
        if self.state is None or self.terms is None:
            return State(terms)
        return carried(self.state, self.terms.outcome, terms)

    def end(self, state: State, terms: Deciding, spent: list[Spent]) -> None:
        """Keep how an event left the statics."""
        self.state, self.terms, self.spent = state, terms, spent


@dataclass(frozen=True, slots=True)
class Ran:
    """What one event did, in order, and the fields that it left changed in the record, by the names that it calls them."""

    effects: tuple[Effect, ...]
    fields: Mapping[str, Outcome]


def run_trigger(text: TriggerText, timing: str, world: World, transaction: Transaction) -> Ran:
    """Run a trigger for one event of an update, `before` or `after`."""
    terms = Deciding(text.objects, world)
    state = transaction.begin(terms)
    company = any(other in world.rows for other in OTHERS)
    run = Walk(text.codebase, terms, text.context, NamesAgain(text.names), company=company)
    run.spent = [replace(spent, guard=terms.true) for spent in transaction.spent]
    run_event(run, text, state, timing)
    spent = [one for one in run.spent if terms.decided(one.guard) is terms.true]
    transaction.end(state, terms, spent)
    effects = [replace(effect, guard=terms.decided(effect.guard)) for effect in run.effects]
    return Ran(tuple(e for e in effects if e.guard is not terms.false), _left(state, terms))


def _left(state: State, terms: Deciding) -> dict[str, Outcome]:
    record = state.store.get(("trigger", "record"))
    cell = state.cell(record) if isinstance(record, Ref) and not state.dead else None
    if not isinstance(cell, RecordCell):
        return {}
    model = terms.objects.get(cell.object)
    plain = {name: value.expr for name, value in cell.fields.items() if isinstance(value, Scalar)}
    spelt = {name: found.name if (found := model.field(name)) else terms.spelling(name) for name in plain}
    return {spelt[name]: _as(expr, terms) for name, expr in plain.items()}


def _as(expr: Expr, terms: Deciding) -> Outcome:
    outcome = terms.outcome(expr)
    return False if outcome is None and expr.type is Type.BOOLEAN else outcome
