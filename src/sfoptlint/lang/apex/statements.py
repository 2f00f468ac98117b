"""Statements: which one stands here, and the simple ones."""

from collections.abc import Callable, Mapping
from typing import Final, TypeGuard

from sfoptlint.lang.apex.blocks import BlockParser
from sfoptlint.lang.apex.control import do_statement, for_statement, if_statement, try_statement, while_statement
from sfoptlint.lang.apex.lexer import WORD
from sfoptlint.lang.apex.nodes import (
    BreakStatement,
    ContinueStatement,
    DmlExpression,
    EmptyStatement,
    Expression,
    ExpressionStatement,
    MethodInvocation,
    ReturnStatement,
    RunAsStatement,
    Statement,
    ThrowStatement,
)
from sfoptlint.lang.apex.switches import switch_statement

_EXPRESSION_FOLLOWS: Final = frozenset(("(", "=", "?.", "++", "--", "+=", "-="))
_NO_DML: Final = frozenset(("=", ".", "?.", "++", "--", "+=", "-=", ";", ")"))
_DML: Final = frozenset(("insert", "update", "upsert", "delete", "undelete", "merge"))
_MODES: Final = frozenset(("user", "system"))


class StatementParser(BlockParser):
    """Reads statements."""

    __slots__ = ()

    def statement(self) -> Statement:
        """Read one statement; a broken one raises, and costs the block around it nothing else."""
        depth = self.depth + 1
        if depth > self.deepest:
            self.deepen(depth)
        self.depth = depth
        i = self.i
        special = _STATEMENTS.get(self.words[i])
        node = special(self) if special else self._simple(i)
        self.depth = depth - 1
        return node

    def _simple(self, i: int) -> Statement:
        """Read a declaration of variables, or an expression with its `;`."""
        if self.kinds[i] == WORD and self.words[i + 1] not in _EXPRESSION_FOLLOWS and self.declares(i):
            return self.local_variables(self.modifiers())
        return self._expression_statement()

    def _expression_statement(self) -> Statement:
        start = self.starts[self.i]
        expression = self.expression()
        if self.words[self.i] == "{" and _runs_as(expression):
            body = self.block()
            return RunAsStatement(start, self.end(), expression.arguments, body)
        self.expect(";")
        return ExpressionStatement(start, self.ends[self.i - 1], expression)

    def declaration(self) -> Statement:
        """Read the declaration of variables behind their modifiers."""
        return self.local_variables(self.modifiers())

    def empty(self) -> Statement:
        """Read a lone `;`."""
        self.i += 1
        return EmptyStatement(self.starts[self.i - 1], self.end())

    def return_statement(self) -> Statement:
        """Read `return` with its value or without."""
        start = self.i
        self.i += 1
        value = None if self.words[self.i] == ";" else self.expression()
        self.expect(";")
        return ReturnStatement(self.starts[start], self.end(), value)

    def throw_statement(self) -> Statement:
        """Read `throw` with its value."""
        start = self.i
        self.i += 1
        value = self.expression()
        self.expect(";")
        return ThrowStatement(self.starts[start], self.end(), value)

    def jump(self) -> Statement:
        """Read `break` or `continue`."""
        start = self.i
        self.i += 1
        self.expect(";")
        node = BreakStatement if self.words[start] == "break" else ContinueStatement
        return node(self.starts[start], self.end())

    def switch(self) -> Statement:
        """Read a switch statement, or an expression that starts with a variable of that name."""
        return switch_statement(self) if self.words[self.i + 1] == "on" else self._simple(self.i)

    def dml_statement(self) -> Statement:
        """Read a database statement; `as user` or `as system` may stand behind its verb."""
        start = self.i
        if self.words[start + 1] in _NO_DML:
            return self._expression_statement()
        self.i += 1
        mode = None
        if self.words[self.i] == "as" and self.words[self.i + 1] in _MODES:
            mode = self.words[self.i + 1]
            self.i += 2
        expression = self._dml(self.starts[start], self.words[start], mode)
        self.expect(";")
        return ExpressionStatement(self.starts[start], self.end(), expression)

    def _dml(self, start: int, operation: str, mode: str | None) -> DmlExpression:
        target = self.expression()
        key: Expression | None = None
        merged: Expression | None = None
        if operation == "merge":
            merged = self.expression()
        elif operation == "upsert" and self.kinds[self.i] == WORD:
            key = self.unary()
        return DmlExpression(start, self.end(), operation, mode, target, key, merged)


def _runs_as(expression: Expression) -> TypeGuard[MethodInvocation]:
    return isinstance(expression, MethodInvocation) and expression.name.lower() == "runas"


_STATEMENTS: Final[Mapping[str, Callable[[StatementParser], Statement]]] = {
    "{": StatementParser.block,
    ";": StatementParser.empty,
    "if": if_statement,
    "for": for_statement,
    "while": while_statement,
    "do": do_statement,
    "try": try_statement,
    "return": StatementParser.return_statement,
    "throw": StatementParser.throw_statement,
    "switch": StatementParser.switch,
    **dict.fromkeys(("break", "continue"), StatementParser.jump),
    **dict.fromkeys(_DML, StatementParser.dml_statement),
    **dict.fromkeys(("final", "transient", "@"), StatementParser.declaration),
}
