"""Expressions: precedence climbing over operands, iterative wherever real sources are long."""

from typing import Final

from sfoptlint.lang.apex.nodes import (
    AssignmentExpression,
    BinaryExpression,
    Expression,
    InstanceofExpression,
    TernaryExpression,
)
from sfoptlint.lang.apex.operators import ASSIGNMENT, CLOSING, PRECEDENCE
from sfoptlint.lang.apex.types import TypeParser

_ANGLES: Final = frozenset(("<", ">"))


class ExpressionParser(TypeParser):
    """Reads expressions; what an operand is stands in the subclass."""

    __slots__ = ()

    def expression(self) -> Expression:
        """Read an expression, assignments included."""
        depth = self.depth + 1
        if depth > self.deepest:
            self.deepen(depth)
        self.depth = depth
        start = self.i
        left = self.unary()
        word = self.words[self.i]
        if word not in CLOSING:
            if word in PRECEDENCE:
                left = self._binary(left, start, 1)
            if self.words[self.i] not in CLOSING:
                left = self._tail(left, start)
        self.depth = depth - 1
        return left

    def _tail(self, left: Expression, start: int) -> Expression:
        """Read what may follow an operand chain: a ternary, or an assignment."""
        if self.words[self.i] == "?":
            self.i += 1
            consequence = self.expression()
            self.expect(":")
            alternative = self.expression()
            return TernaryExpression(self.starts[start], self.end(), left, consequence, alternative)
        operator, width = self._operator()
        if operator in ASSIGNMENT:
            self.i += width
            right = self.expression()
            return AssignmentExpression(self.starts[start], self.end(), left, operator, right)
        return left

    def _operator(self) -> tuple[str, int]:
        """Return the operator where the cursor stands and its number of tokens: `>` `=` with a blank is `>=`."""
        i = self.i
        word = self.words[i]
        if word not in _ANGLES:
            return word, 1
        following = self.words[i + 1]
        if word == ">":
            if following == ">=":
                return ">>=", 2
            if following == ">":
                return {">": (">>>", 3), ">=": (">>>=", 3)}.get(self.words[i + 2], (">>", 2))
        return (word + "=", 2) if following == "=" else (word, 1)

    def _binary(self, left: Expression, start: int, floor: int) -> Expression:
        """Read the operators behind an operand that bind at least as tightly as `floor`."""
        while True:
            operator, _ = self._operator()
            level = PRECEDENCE.get(operator, 0)
            if level < floor:
                return left
            if operator == "instanceof":
                self.i += 1
                right = self.type_name()
                left = InstanceofExpression(self.starts[start], self.end(), left, right)
            else:
                left = self._chain(left, start, level)

    def _chain(self, left: Expression, start: int, level: int) -> Expression:
        """Read all operators of one precedence that follow each other."""
        operands, operators = [left], []
        operator, width = self._operator()
        while PRECEDENCE.get(operator) == level and operator != "instanceof":
            self.i += width
            at = self.i
            right = self.unary()
            word = self.words[self.i]
            if word in PRECEDENCE and PRECEDENCE.get(self._operator()[0], 0) > level:
                self.descend()
                right = self._binary(right, at, level + 1)
                self.depth -= 1
            operands.append(right)
            operators.append(operator)
            operator, width = self._operator()
        return BinaryExpression(self.starts[start], self.end(), tuple(operands), tuple(operators))

    def arguments(self) -> tuple[Expression, ...]:
        """Read what stands between two parentheses, separated by commas."""
        self.expect("(")
        if self.accept(")"):
            return ()
        arguments = [self.expression()]
        while self.accept(","):
            arguments.append(self.expression())
        self.expect(")")
        return tuple(arguments)

    def unary(self) -> Expression:
        """Read an operand with all that stands before and behind it."""
        raise NotImplementedError
