"""What the platform refuses of the values that a flow writes."""

from collections.abc import Iterator, Mapping

from sfoptlint.automation.automation import Block
from sfoptlint.automation.flow.frame import Frame
from sfoptlint.automation.system_checks import bad_value, collision
from sfoptlint.core.expr import Expr
from sfoptlint.core.logic import true
from sfoptlint.metadata.flow.elements import Element


def bad_values(frame: Frame, object_: str, fields: Mapping[str, Expr]) -> Iterator[tuple[Expr, Block]]:
    """Yield each literal that a restricted picklist of the object does not take."""
    model = frame.walk.objects.get(object_) if object_ else None
    for name, value in fields.items():
        schema = model.field(name) if model is not None else None
        refused = bad_value(schema, value) if schema is not None else None
        if refused is not None:
            yield true(frame.walk.interner), refused


def refusals(frame: Frame, fields: Mapping[str, Expr], element: Element) -> Iterator[tuple[Expr, Block]]:
    """Yield how values of the saved record are refused, each with its condition."""
    saved, oracle = frame.walk.saved, frame.walk.oracle
    yield from bad_values(frame, saved, fields)
    for name, value in fields.items():
        schema = frame.walk.objects.get(saved).field(name)
        if schema is not None and schema.unique:
            said = f"another record has the value that {element.name} gives {schema.name}"
            taken = oracle.taken(f"{frame.key(element)}:{schema.name}", frame.place(element.at), said)
            guard, block = collision(schema, value, taken, frame.walk.interner)
            yield oracle.settle(guard), block
