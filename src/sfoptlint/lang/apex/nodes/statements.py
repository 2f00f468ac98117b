"""Statements: Apex Developer Guide, "Control Flow Statements", "Variables" and "Exception Statements"."""

from dataclasses import dataclass
from typing import ClassVar

from sfoptlint.lang.apex.nodes.expressions import Expression
from sfoptlint.lang.apex.nodes.modifiers import Modifiers
from sfoptlint.lang.apex.nodes.node import Node, TypeName, Unparsed


@dataclass(frozen=True, slots=True, eq=False)
class StatementNode(Node):
    """Anything that is executed for its effect."""


Statement = StatementNode | Unparsed
"""A statement, or the gap where one was."""


@dataclass(frozen=True, slots=True, eq=False)
class Block(StatementNode):
    """`{ .. }`."""

    kind: ClassVar[str] = "block"
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, eq=False)
class EmptyStatement(StatementNode):
    """A lone `;`."""

    kind: ClassVar[str] = ";"


@dataclass(frozen=True, slots=True, eq=False)
class VariableDeclarator(Node):
    """One `name` or `name = value`; the name starts where the node starts."""

    kind: ClassVar[str] = "variable_declarator"
    name: str
    value: Expression | None


@dataclass(frozen=True, slots=True, eq=False)
class LocalVariableDeclaration(StatementNode):
    """`final Type a = 1, b;`."""

    kind: ClassVar[str] = "local_variable_declaration"
    modifiers: Modifiers
    type: TypeName
    declarators: tuple[VariableDeclarator, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ExpressionStatement(StatementNode):
    """An expression and a `;`: a call, an assignment, a database operation."""

    kind: ClassVar[str] = "expression_statement"
    expression: Expression


@dataclass(frozen=True, slots=True, eq=False)
class IfBranch(Node):
    """One `if (condition) body` of a chain."""

    kind: ClassVar[str] = "if_branch"
    condition: Expression
    body: Statement


@dataclass(frozen=True, slots=True, eq=False)
class IfStatement(StatementNode):
    """`if (..) .. else if (..) .. else ..`: the branches in order, then what runs when none of them does.

    Flat, because generated sources chain hundreds of `else if`; the grammar has one if_statement for each branch.
    """

    kind: ClassVar[str] = "if_statement"
    branches: tuple[IfBranch, ...]
    alternative: Statement | None


@dataclass(frozen=True, slots=True, eq=False)
class WhileStatement(StatementNode):
    """`while (condition) body`."""

    kind: ClassVar[str] = "while_statement"
    condition: Expression
    body: Statement


@dataclass(frozen=True, slots=True, eq=False)
class DoStatement(StatementNode):
    """`do body while (condition);`."""

    kind: ClassVar[str] = "do_statement"
    body: Statement
    condition: Expression


@dataclass(frozen=True, slots=True, eq=False)
class ForStatement(StatementNode):
    """`for (init; condition; update) body`; `init` is one declaration or any number of expressions."""

    kind: ClassVar[str] = "for_statement"
    init: LocalVariableDeclaration | tuple[Expression, ...]
    condition: Expression | None
    update: tuple[Expression, ...]
    body: Statement


@dataclass(frozen=True, slots=True, eq=False)
class EnhancedForStatement(StatementNode):
    """`for (Type name : value) body`: over a list, a set or the rows of a query ("SOQL For Loops")."""

    kind: ClassVar[str] = "enhanced_for_statement"
    type: TypeName
    name: str
    value: Expression
    body: Statement


@dataclass(frozen=True, slots=True, eq=False)
class WhenSObjectType(Node):
    """`Type name` behind `when`: the branch for one sObject type."""

    kind: ClassVar[str] = "when_sobject_type"
    type: TypeName
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class SwitchLabel(Node):
    """What stands behind `when`: values, or one sObject type; `when else` has neither."""

    kind: ClassVar[str] = "switch_label"
    values: tuple[Expression, ...]
    sobject_type: WhenSObjectType | None


@dataclass(frozen=True, slots=True, eq=False)
class SwitchRule(Node):
    """One `when` with its block; no branch falls through to the next."""

    kind: ClassVar[str] = "switch_rule"
    label: SwitchLabel
    body: Block


@dataclass(frozen=True, slots=True, eq=False)
class SwitchStatement(StatementNode):
    """`switch on condition { when .. }`: Apex Developer Guide, "Switch Statements"."""

    kind: ClassVar[str] = "switch_expression"
    condition: Expression
    rules: tuple[SwitchRule, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CatchClause(Node):
    """`catch (Type name) body`."""

    kind: ClassVar[str] = "catch_clause"
    type: TypeName
    name: str
    body: Block


@dataclass(frozen=True, slots=True, eq=False)
class FinallyClause(Node):
    """`finally body`."""

    kind: ClassVar[str] = "finally_clause"
    body: Block


@dataclass(frozen=True, slots=True, eq=False)
class TryStatement(StatementNode):
    """`try body catch .. finally ..`."""

    kind: ClassVar[str] = "try_statement"
    body: Block
    catches: tuple[CatchClause, ...]
    finally_clause: FinallyClause | None


@dataclass(frozen=True, slots=True, eq=False)
class ThrowStatement(StatementNode):
    """`throw value;`."""

    kind: ClassVar[str] = "throw_statement"
    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class ReturnStatement(StatementNode):
    """`return;` or `return value;`."""

    kind: ClassVar[str] = "return_statement"
    value: Expression | None


@dataclass(frozen=True, slots=True, eq=False)
class BreakStatement(StatementNode):
    """`break;`."""

    kind: ClassVar[str] = "break_statement"


@dataclass(frozen=True, slots=True, eq=False)
class ContinueStatement(StatementNode):
    """`continue;`."""

    kind: ClassVar[str] = "continue_statement"


@dataclass(frozen=True, slots=True, eq=False)
class RunAsStatement(StatementNode):
    """`System.runAs(user) body`, in tests only: Apex Developer Guide, "Using the runAs Method"."""

    kind: ClassVar[str] = "run_as_statement"
    arguments: tuple[Expression, ...]
    body: Block
