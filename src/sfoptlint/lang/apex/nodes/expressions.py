"""Expressions: Apex Developer Guide, "Expressions and Operators". Parentheses leave no node."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from sfoptlint.lang.apex.nodes.node import Node, TypeName


@dataclass(frozen=True, slots=True, eq=False)
class Expression(Node):
    """Anything that has a value."""


@dataclass(frozen=True, slots=True, eq=False)
class Identifier(Expression):
    """A bare name, in the source's case; Apex compares names without regard to case."""

    kind: ClassVar[str] = "identifier"
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class This(Expression):
    """`this` as a value."""

    kind: ClassVar[str] = "this"


@dataclass(frozen=True, slots=True, eq=False)
class Super(Expression):
    """`super` before a call."""

    kind: ClassVar[str] = "super"


@dataclass(frozen=True, slots=True, eq=False)
class IntLiteral(Expression):
    """`5`, or `5L` with `long` set."""

    kind: ClassVar[str] = "int"
    value: int
    long: bool


@dataclass(frozen=True, slots=True, eq=False)
class DecimalLiteral(Expression):
    """`1.5`, or `1.5d` with `double` set."""

    kind: ClassVar[str] = "decimal_floating_point_literal"
    value: Decimal
    double: bool


@dataclass(frozen=True, slots=True, eq=False)
class StringLiteral(Expression):
    """A text between single quotes, or between three of them over several lines; `value` has the escapes resolved."""

    kind: ClassVar[str] = "string_literal"
    value: str


@dataclass(frozen=True, slots=True, eq=False)
class BooleanLiteral(Expression):
    """`true` or `false`."""

    kind: ClassVar[str] = "boolean"
    value: bool


@dataclass(frozen=True, slots=True, eq=False)
class NullLiteral(Expression):
    """`null`."""

    kind: ClassVar[str] = "null_literal"


@dataclass(frozen=True, slots=True, eq=False)
class FieldAccess(Expression):
    """`object.field` (`Trigger.new` too), or `object?.field` with `safe` set. The name ends where the node ends."""

    kind: ClassVar[str] = "field_access"
    object: Expression
    field: str
    safe: bool


@dataclass(frozen=True, slots=True, eq=False)
class MethodInvocation(Expression):
    """`name(..)`, `object.name(..)` or `object?.name(..)`; `name_start` is where the name stands."""

    kind: ClassVar[str] = "method_invocation"
    object: Expression | None
    name: str
    name_start: int
    arguments: tuple[Expression, ...]
    safe: bool


@dataclass(frozen=True, slots=True, eq=False)
class ExplicitConstructorInvocation(Expression):
    """`this(..)` or `super(..)`, the call of another constructor; `constructor` is the word in lower case."""

    kind: ClassVar[str] = "explicit_constructor_invocation"
    constructor: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ArrayAccess(Expression):
    """`array[index]`."""

    kind: ClassVar[str] = "array_access"
    array: Expression
    index: Expression


@dataclass(frozen=True, slots=True, eq=False)
class AssignmentExpression(Expression):
    """`left = right` and its kin; the named argument of `new Contact(LastName = 'x')` is one too."""

    kind: ClassVar[str] = "assignment_expression"
    left: Expression
    operator: str
    right: Expression


@dataclass(frozen=True, slots=True, eq=False)
class BinaryExpression(Expression):
    """A chain of operators of one precedence, to be read from the left: `a + b - c` has three operands and `+`, `-`.

    Flat, because real sources join hundreds of texts in one expression. Operators are written without blanks (`> =` is
    `>=`).
    """

    kind: ClassVar[str] = "binary_expression"
    operands: tuple[Expression, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class InstanceofExpression(Expression):
    """`left instanceof right`."""

    kind: ClassVar[str] = "instanceof_expression"
    left: Expression
    right: TypeName


@dataclass(frozen=True, slots=True, eq=False)
class UnaryExpression(Expression):
    """`!`, `-`, `+` or `~` before an operand."""

    kind: ClassVar[str] = "unary_expression"
    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True, eq=False)
class UpdateExpression(Expression):
    """`++` or `--`, before the operand where `prefix` is set."""

    kind: ClassVar[str] = "update_expression"
    operator: str
    operand: Expression
    prefix: bool


@dataclass(frozen=True, slots=True, eq=False)
class TernaryExpression(Expression):
    """`condition ? consequence : alternative`."""

    kind: ClassVar[str] = "ternary_expression"
    condition: Expression
    consequence: Expression
    alternative: Expression


@dataclass(frozen=True, slots=True, eq=False)
class CastExpression(Expression):
    """`(Type) value`."""

    kind: ClassVar[str] = "cast_expression"
    type: TypeName
    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class ClassLiteral(Expression):
    """`Type.class`."""

    kind: ClassVar[str] = "class_literal"
    type: TypeName
