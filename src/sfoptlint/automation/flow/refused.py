"""What the platform refuses of the values that a flow writes."""

from collections.abc import Iterator, Mapping
from functools import partial

from sfoptlint.automation.automation import Block
from sfoptlint.automation.flow.frame import Frame
from sfoptlint.automation.system_checks import bad_value, refused
from sfoptlint.core.expr import Expr
from sfoptlint.core.logic import true
from sfoptlint.metadata.flow.elements import Element


def bad_values(frame: Frame, object_: str, fields: Mapping[str, Expr]) -> Iterator[tuple[Expr, Block]]:
    """Yield each literal that a restricted picklist of the object does not take."""
    model = frame.walk.objects.get(object_) if object_ else None
    for name, value in fields.items():
        schema = model.field(name) if model is not None else None
        bad = bad_value(schema, value) if schema is not None else None
        if bad is not None:
            yield true(frame.walk.interner), bad


def refusals(frame: Frame, fields: Mapping[str, Expr], element: Element) -> Iterator[tuple[Expr, Block]]:
    """Yield how values of the saved record are refused, each with its condition."""
    model, oracle = frame.walk.objects.get(frame.walk.saved), frame.walk.oracle
    for name, value in fields.items():
        schema = model.field(name)
        if schema is None:
            continue
        said = f"another record has the value that {element.name} gives {schema.name}"
        taken = partial(oracle.taken, f"{frame.key(element)}:{schema.name}", frame.place(element.at), said)
        for when, block in refused(schema, value, taken, frame.walk.interner):
            yield oracle.settle(when), block
