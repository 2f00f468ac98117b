"""Expressions that make something: objects, lists, sets, maps; and those that reach the database."""

from dataclasses import dataclass
from typing import ClassVar

from sfoptlint.lang.apex.nodes.expressions import Expression
from sfoptlint.lang.apex.nodes.node import Node, TypeName


@dataclass(frozen=True, slots=True, eq=False)
class ObjectCreationExpression(Expression):
    """`new Type(..)`; the named arguments of an sObject are assignments."""

    kind: ClassVar[str] = "object_creation_expression"
    type: TypeName
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ArrayCreationExpression(Expression):
    """`new Type[size]`, `new Type[]{..}`, `new List<Type>{..}` or `new Set<Type>{..}`; `type` is the whole type."""

    kind: ClassVar[str] = "array_creation_expression"
    type: TypeName
    size: Expression | None
    values: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MapEntry(Node):
    """`key => value`."""

    kind: ClassVar[str] = "map_key_initializer"
    key: Expression
    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class MapCreationExpression(Expression):
    """`new Map<K, V>{key => value, ..}`."""

    kind: ClassVar[str] = "map_creation_expression"
    type: TypeName
    entries: tuple[MapEntry, ...]


@dataclass(frozen=True, slots=True, eq=False)
class BoundExpression(Node):
    """`:expression` within a query; the span starts at the colon."""

    kind: ClassVar[str] = "bound_apex_expression"
    expression: Expression


@dataclass(frozen=True, slots=True, eq=False)
class QueryExpression(Expression):
    """`[SELECT ..]` or `[FIND ..]`, the brackets included in the span; `language` is `soql` or `sosl`.

    The query itself is another language: whoever needs its tree parses the text between the brackets, with `bind_spans`
    so that the two agree on where an Apex expression ends.
    """

    kind: ClassVar[str] = "query_expression"
    language: str
    binds: tuple[BoundExpression, ...]

    @property
    def bind_spans(self) -> dict[int, int]:
        """The end of every bind, keyed by the offset of its colon."""
        return {bind.start: bind.end for bind in self.binds}


@dataclass(frozen=True, slots=True, eq=False)
class DmlExpression(Expression):
    """`insert`, `update`, `upsert`, `delete`, `undelete` or `merge`: Apex Developer Guide, "Apex DML Statements".

    `operation` and `mode` (`user`, `system` or None: "Enforce User Mode for Database Operations") are in lower case.
    """

    kind: ClassVar[str] = "dml_expression"
    operation: str
    mode: str | None
    target: Expression
    upsert_key: Expression | None
    merge_with: Expression | None
