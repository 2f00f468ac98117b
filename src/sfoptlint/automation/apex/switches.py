"""`switch on` (Apex Developer Guide, "Switch Statements")."""

from sfoptlint.automation.apex.arithmetic import equal
from sfoptlint.automation.apex.frames import Exits
from sfoptlint.automation.apex.joining import join
from sfoptlint.automation.apex.names import local
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import RecordCell, Ref, Scalar, Value
from sfoptlint.core.expr import Expr
from sfoptlint.lang.apex.nodes import Expression, Identifier, SwitchRule, SwitchStatement


def switch(run: Run, node: SwitchStatement, state: State, exits: Exits) -> None:
    """Walk the rules of a switch; those that name values first, then the one for all else."""
    value = run.evaluate(node.condition, state)
    if state.dead:
        return
    ends: list[State] = []
    for rule in sorted(node.rules, key=_is_else):
        inside = state.fork()
        condition = run.terms.true if _is_else(rule) else _matches(run, rule, value, state)
        inside.assume(condition)
        if rule.label.sobject_type is not None:
            inside.store[local(run, rule.label.sobject_type.name)] = value
        run.execute(rule.body, inside, exits)
        ends.append(inside)
        state.assume(run.terms.no(condition))
    join(state, *ends)


def _is_else(rule: SwitchRule) -> bool:
    return not rule.label.values and rule.label.sobject_type is None


def _matches(run: Run, rule: SwitchRule, value: Value, state: State) -> Expr:
    terms = run.terms
    if rule.label.sobject_type is not None:
        return _of_type(run, rule.label.sobject_type.type.name, value, state)
    return terms.any(*(equal(run, value, _label(run, label, state), label, state) for label in rule.label.values))


def _label(run: Run, label: Expression, state: State) -> Value:
    """A bare name in a label is a constant of the enum."""
    return Scalar(run.terms.const(label.name)) if isinstance(label, Identifier) else run.evaluate(label, state)


def _of_type(run: Run, name: str, value: Value, state: State) -> Expr:
    terms = run.terms
    found: Expr = terms.false
    for condition, case in cases(value, terms.true, state):
        cell = state.cell(case) if isinstance(case, Ref) else None
        if isinstance(cell, RecordCell) and cell.object.casefold() == name.casefold():
            found = terms.any(found, condition)
    return found
