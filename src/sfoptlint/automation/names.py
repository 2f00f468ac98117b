"""What the names in a formula of one object stand for.

A field is read from the record, through look-ups where the path has them. A formula field is its own formula, in its own blank
mode: a rule may depend on the opt-out box through one.
"""

from dataclasses import dataclass

from sfoptlint.automation.field_types import value_type
from sfoptlint.automation.globals import Globals
from sfoptlint.core.expr import AFTER, Expr, Interner, Type
from sfoptlint.core.location import Place
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.lang.formula.building import declared, percent
from sfoptlint.lang.formula.diagnostics import FormulaSyntaxError
from sfoptlint.lang.formula.lower import lower
from sfoptlint.lang.formula.nodes import Span
from sfoptlint.lang.formula.parser import parse
from sfoptlint.lang.formula.resolver import BlankMode, Source
from sfoptlint.model.objects import Objects

MAX_FORMULA_DEPTH = 10
"""Formula fields inside formula fields; the platform itself allows ten levels of references."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A field found at the end of a path: its spelling on the way there, and what is known of it."""

    path: tuple[str, ...]
    object: str
    schema: FieldSchema | None


class RecordNames:
    """Resolves the names in formulas of one object; `prefix` is the way there from the record that is saved."""

    def __init__(
        self,
        object_name: str,
        objects: Objects,
        interner: Interner,
        *,
        prefix: tuple[str, ...] = (),
        expanding: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self._object = object_name
        self._objects = objects
        self._interner = interner
        self._prefix = prefix
        self._expanding = expanding

    def resolve(self, path: tuple[str, ...], span: Span) -> Expr | None:
        """Return what a name stands for; a field that nobody knows is a field of unknown type."""
        if path[0].startswith("$"):
            if path[0].casefold() == "$recordtype" and len(path) == 2:
                return self._field(("RecordType", path[1]))
            return Globals(self._objects, self._interner).resolve(path)
        return self._field(path)

    def _field(self, path: tuple[str, ...]) -> Expr:
        step = self._follow(path)
        full_path = self._prefix + step.path
        schema = step.schema
        if schema is None:
            return self._interner.field(AFTER, full_path, Type.UNKNOWN)
        if schema.formula is not None:
            expanded = self._expand(step, schema)
            if expanded is not None:
                return expanded
        field = self._interner.field(AFTER, full_path, value_type(schema.type))
        return percent(field, self._interner) if schema.type is FieldType.PERCENT else field

    def _follow(self, path: tuple[str, ...]) -> _Step:
        """Walk a path through look-ups; where one is not known, the rest is as it is written."""
        current, spelt = self._object, []
        for name in path[:-1]:
            relationship, _, chosen = name.partition(":")
            schema = self._objects.get(current).relationship(relationship) if current else None
            spelt.append(schema.relationship_name or relationship if schema else relationship)
            targets = schema.references if schema else ()
            current = chosen or (targets[0] if len(targets) == 1 else "")
        schema = self._objects.get(current).field(path[-1]) if current else None
        return _Step((*spelt, schema.name if schema else path[-1]), current, schema)

    def _expand(self, step: _Step, schema: FieldSchema) -> Expr | None:
        """Return a formula field as its formula; None where it does not parse, refers to itself, or goes too deep."""
        name = (step.object.casefold(), schema.name.casefold())
        if schema.formula is None or name in self._expanding or len(self._expanding) >= MAX_FORMULA_DEPTH:
            return None
        inner = RecordNames(
            step.object,
            self._objects,
            self._interner,
            prefix=self._prefix + step.path[:-1],
            expanding=(*self._expanding, name),
        )
        try:
            tree = parse(schema.formula)
        except FormulaSyntaxError:
            return None
        mode = BlankMode.ZERO if schema.blank_as_zero else BlankMode.BLANK
        place = Place(f"{step.object}.{schema.name}")
        expr = lower(tree, Source(schema.formula, place, mode), inner, self._interner).expr
        return declared(expr, value_type(schema.type), self._interner)
