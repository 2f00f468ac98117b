"""What the platform refuses of the values that a trigger leaves in its record before the save."""

from collections.abc import Iterator

from sfoptlint.automation.apex.left import fields_left
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.automation import Block
from sfoptlint.automation.system_checks import bad_value, collision
from sfoptlint.core.expr import Call, Expr, FreeKind, Primitive
from sfoptlint.core.schema import FieldSchema
from sfoptlint.lang.apex.nodes import Node

_MOST_CASES = 60


def refuse(run: Run, node: Node, state: State) -> None:
    """Reject what a restricted picklist or a unique field does not take, for the trigger that `node` is."""
    model = run.terms.objects.get(run.event.object)
    for name, value in fields_left(state, run.terms).items():
        schema = model.field(name)
        if schema is not None:
            for when, block in _refusals(run, node, schema, value):
                run.emit(state, block, run.place(node), when=when)


def _refusals(run: Run, node: Node, schema: FieldSchema, value: Expr) -> Iterator[tuple[Expr, Block]]:
    if schema.unique:
        said = f"another record has the value that {schema.name} gets"
        taken = run.free_flag(node, FreeKind.FAILS, said, f":{schema.name}")
        yield collision(schema, value, taken, run.terms.interner)
    elif schema.restricted:
        for when, case in _cases(value, run.terms.true, run):
            refused = bad_value(schema, case)
            if refused is not None:
                yield when, refused


def _cases(value: Expr, when: Expr, run: Run) -> Iterator[tuple[Expr, Expr]]:
    """Yield what a value can be, each with its condition; of very many cases the first ones."""
    left = [(when, value)]
    for _ in range(_MOST_CASES):
        if not left:
            return
        when, value = left.pop()
        if isinstance(value, Call) and value.op == Primitive.IF:
            condition, yes, no = value.args
            left.append((run.terms.all(when, run.terms.no(condition)), no))
            left.append((run.terms.all(when, condition), yes))
        else:
            yield when, value
